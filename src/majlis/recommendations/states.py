"""Stored words and transition tables of recommendations (text axis of the lifecycle)."""

from django.utils.translation import gettext_lazy as _

from majlis.kernel.words import Words


class TextState(Words):
    """Where the text of a recommendation stands."""

    DRAFTED = "drafted", _("draft")
    IN_REVIEW = "in_review", _("under review")
    FINAL_LIST = "final_list", _("in the final list")
    ADOPTED = "adopted", _("adopted")
    ADOPTED_WITH_RESERVATION = "adopted_with_reservation", _("adopted with reservation")
    POSTPONED = "postponed", _("postponed")
    NOT_ADOPTED = "not_adopted", _("not adopted")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")


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
    INSTITUTION = "institution", _("institution or desk")
    FACILITY = "facility", _("shared facility")
    TRAINING = "training", _("training or certification")
    DATA_DUTY = "data_duty", _("information or data duty")
    REGIONAL_AGREEMENT = "regional_agreement", _("regional agreement")


class Certainty(Words):
    """How far the evidence can be relied on."""

    HIGH = "high", _("high")
    MODERATE = "moderate", _("moderate")
    LOW = "low", _("low")
    VERY_LOW = "very_low", _("very low")
    OPINION_ONLY = "opinion_only", _("opinion only")


class CostRange(Words):
    """The order of magnitude of the cost. `unknown` is allowed and counted."""

    NONE = "none", _("none")
    LOW = "low", _("low")
    MEDIUM = "medium", _("medium")
    HIGH = "high", _("high")
    UNKNOWN = "unknown", _("unknown")


class Funding(Words):
    """Where the money would come from."""

    EXISTING = "existing", _("existing budget")
    NEW = "new", _("new budget")
    DONOR = "donor", _("donor")
    PRIVATE = "private", _("private")
    MIXED = "mixed", _("mixed")
    UNKNOWN = "unknown", _("unknown")


class EvidenceKind(Words):
    """What kind of evidence a citation is."""

    LAW_TEXT = "law_text", _("law text")
    STATISTICS = "statistics", _("official statistics")
    EVALUATION = "evaluation", _("independent evaluation")
    RESEARCH = "research", _("research study")
    AGENCY_REPORT = "agency_report", _("agency or donor report")
    SELF_REPORT = "self_report", _("self-report")
    PRESS = "press", _("press")
    TESTIMONY = "testimony", _("testimony")


class Confidentiality(Words):
    """Who may read a recommendation before it is published."""

    PUBLIC = "public", _("public")
    PARTICIPANTS = "participants", _("participants")
    ORGANISERS = "organisers", _("organisers")
