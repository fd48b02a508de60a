"""Stored words and transition tables of recommendations (text axis of the lifecycle)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.kernel.words import Verbs, Words


class TextState(Words):
    """Where the text of a recommendation stands."""

    DRAFTED = "drafted", pgettext_lazy("recommendation", "draft")
    IN_REVIEW = "in_review", pgettext_lazy("recommendation", "under review")
    FINAL_LIST = "final_list", pgettext_lazy("recommendation", "on the final list")
    ADOPTED = "adopted", pgettext_lazy("recommendation", "adopted")
    ADOPTED_WITH_RESERVATION = (
        "adopted_with_reservation",
        pgettext_lazy("recommendation", "adopted with reservation"),
    )
    POSTPONED = "postponed", pgettext_lazy("recommendation", "postponed")
    NOT_ADOPTED = "not_adopted", pgettext_lazy("recommendation", "not adopted")
    PUBLISHED = "published", pgettext_lazy("recommendation", "published")
    SUPERSEDED = "superseded", pgettext_lazy("recommendation", "replaced")
    WITHDRAWN = "withdrawn", pgettext_lazy("recommendation", "withdrawn")


TEXT_MOVES: dict[TextState, frozenset[TextState]] = {
    TextState.DRAFTED: frozenset({TextState.IN_REVIEW, TextState.WITHDRAWN}),
    TextState.IN_REVIEW: frozenset({TextState.FINAL_LIST, TextState.DRAFTED}),
    TextState.FINAL_LIST: frozenset(
        {
            TextState.ADOPTED,
            TextState.ADOPTED_WITH_RESERVATION,
            TextState.POSTPONED,
            TextState.NOT_ADOPTED,
        }
    ),
    TextState.ADOPTED: frozenset({TextState.PUBLISHED, TextState.SUPERSEDED}),
    TextState.ADOPTED_WITH_RESERVATION: frozenset({TextState.PUBLISHED, TextState.SUPERSEDED}),
    TextState.POSTPONED: frozenset({TextState.DRAFTED, TextState.WITHDRAWN}),
    TextState.NOT_ADOPTED: frozenset({TextState.DRAFTED}),
    TextState.PUBLISHED: frozenset({TextState.SUPERSEDED, TextState.WITHDRAWN}),
    TextState.SUPERSEDED: frozenset(),
    TextState.WITHDRAWN: frozenset(),
}


WORDING_OPEN: frozenset[TextState] = frozenset({TextState.DRAFTED, TextState.IN_REVIEW})
"""Where the wording may change. From the final list on it is closed."""

TRANSLATIONS_OPEN: frozenset[TextState] = WORDING_OPEN | {
    TextState.FINAL_LIST,
    TextState.ADOPTED,
    TextState.ADOPTED_WITH_RESERVATION,
}
"""Where translations may be mended; the original they follow stays as it is."""

ADOPTED: frozenset[TextState] = frozenset({TextState.ADOPTED, TextState.ADOPTED_WITH_RESERVATION})

DECISIONS: frozenset[TextState] = ADOPTED | {TextState.POSTPONED, TextState.NOT_ADOPTED}
"""What a decision on the final list may come to."""

TAKEN: frozenset[TextState] = ADOPTED | {TextState.PUBLISHED}
"""Taken by the dialogue and standing: what a brief carries."""

CLOSED: frozenset[TextState] = frozenset({TextState.SUPERSEDED, TextState.WITHDRAWN})


class Level(Words):
    """How far a recommendation reaches."""

    LOCAL = "local", _("local")
    NATIONAL = "national", _("national")
    MAGHREB = "maghreb", _("Maghreb")
    EU_SOUTH_MED = "eu_south_med", _("EU and South Mediterranean")


class Instrument(Words):
    """The means by which the addressee would act."""

    LAW = "law", _("law")
    DECREE = "decree", _("decree")
    ORDER = "order", _("ministerial order")
    CIRCULAR = "circular", _("circular")
    REGISTER = "register", _("label or register")
    CONTRACT = "contract", _("contract or pact")
    GRANT = "grant", _("grant")
    CASCADE_GRANT = "cascade_grant", _("cascade grant")
    GUARANTEE = "guarantee", _("guarantee")
    EQUITY = "equity", _("equity or co-investment")
    TAX = "tax", _("tax measure")
    INSTITUTION = "institution", _("institution or one-stop shop")
    FACILITY = "facility", _("shared facility")
    TRAINING = "training", _("training or certification")
    DATA_DUTY = "data_duty", _("information or data duty")
    REGIONAL_AGREEMENT = "regional_agreement", _("regional agreement")


class Certainty(Words):
    """How far the evidence can be relied on."""

    HIGH = "high", pgettext_lazy("certainty", "high")
    MODERATE = "moderate", pgettext_lazy("certainty", "moderate")
    LOW = "low", pgettext_lazy("certainty", "low")
    VERY_LOW = "very_low", pgettext_lazy("certainty", "very low")
    OPINION_ONLY = "opinion_only", pgettext_lazy("certainty", "opinion only")


class CostRange(Words):
    """The order of magnitude of the cost. `unknown` is allowed and counted."""

    NONE = "none", pgettext_lazy("cost", "none")
    LOW = "low", pgettext_lazy("cost", "low")
    MEDIUM = "medium", pgettext_lazy("cost", "medium")
    HIGH = "high", pgettext_lazy("cost", "high")
    UNKNOWN = "unknown", pgettext_lazy("cost", "unknown")


class Funding(Words):
    """Where the money would come from."""

    EXISTING = "existing", _("existing budget")
    NEW = "new", _("new budget")
    DONOR = "donor", _("donor")
    PRIVATE = "private", _("private funding")
    MIXED = "mixed", _("mixed sources")
    UNKNOWN = "unknown", _("unknown")


class EvidenceKind(Words):
    """What kind of evidence a citation is."""

    LAW_TEXT = "law_text", _("legal text")
    STATISTICS = "statistics", _("official statistics")
    EVALUATION = "evaluation", _("independent evaluation")
    RESEARCH = "research", _("research study")
    AGENCY_REPORT = "agency_report", _("agency or donor report")
    SELF_REPORT = "self_report", _("self-reported")
    PRESS = "press", _("press")
    TESTIMONY = "testimony", _("testimony")


class ValueChain(Words):
    """The chain of production a recommendation concerns."""

    ALL = "all", _("all value chains")
    AEROSPACE = "aerospace", _("aerospace")
    AUTOMOTIVE = "automotive", _("automotive")
    DATES = "dates", _("dates (the fruit)")
    ELECTRONICS = "electronics", _("electronics and mechatronics")
    ENERGY = "energy", _("renewable energy")
    FERTILISERS = "fertilisers", _("fertilisers and phosphates")
    FOOD = "food", _("food and agriculture")
    ICT = "ict", _("information technology")
    MARITIME = "maritime", _("maritime economy")
    OLIVE_OIL = "olive_oil", _("olive oil")
    PHARMA = "pharma", _("medicines and health")
    TEXTILE = "textile", _("textile and clothing")
    TOURISM = "tourism", _("tourism and crafts")


class RelationKind(Words):
    """How one recommendation stands to another."""

    DUPLICATES = "duplicates", _("says the same as")
    CONTINUES = "continues", _("continues")
    CONFIRMS = "confirms", _("confirms")
    AMENDS = "amends", _("amends")
    REPLACES = "replaces", _("replaces")
    CONTRADICTS = "contradicts", _("contradicts")


SAME: frozenset[RelationKind] = frozenset(
    {
        RelationKind.CONTINUES,
        RelationKind.CONFIRMS,
        RelationKind.AMENDS,
        RelationKind.REPLACES,
    }
)
"""Relations by which a later recommendation goes on with the identity of an earlier one."""


class DuePrecision(Words):
    """How exactly a date is meant."""

    DAY = "day", _("by this day")
    QUARTER = "quarter", _("in the quarter of this day")


class Confidentiality(Words):
    """Who may read a recommendation before it is published."""

    PUBLIC = "public", _("everyone")
    PARTICIPANTS = "participants", _("participants")
    ORGANISERS = "organisers", _("organisers only")


class Verb(Verbs):
    """What this app writes into the audit log."""

    DRAFTED = "recommendation_drafted", _("wrote the first draft")
    REVISED = "recommendation_revised", _("edited it")
    PLANNED = "recommendation_planned", _("changed the plan")
    TRANSLATED = "recommendation_translated", _("changed a translation")
    MOVED = "recommendation_moved", _("changed its state")
    DECIDED = "recommendation_decided", _("recorded the decision")
    REVIEWED = "recommendation_reviewed", _("reviewed it")
    RELATED = "recommendation_related", _("linked it to another one")
    UNRELATED = "recommendation_unrelated", _("removed a link to another recommendation")
    CITED = "source_cited", _("cited a source")
    CITED_AGAIN = "source_cited_again", _("cited a source again in its current form")
    TOOK_AWAY = "source_taken_away", _("removed a source")
    ORDERED = "sources_ordered", _("changed the order of sources")
    NAMED_ADDRESSEE = "addressee_named", _("added an addressee")
    REVISED_ADDRESSEE = "addressee_revised", _("changed an addressee")
    ADDED_LINK = "link_added", _("added a link")
