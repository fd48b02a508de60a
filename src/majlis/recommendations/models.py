"""Recommendations and the sources they stand on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import Contribution, Round, Statement
from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import exactly_one, one_of
from majlis.kernel.errors import WrongMove
from majlis.kernel.texts import TextField
from majlis.recommendations.states import (
    TEXT_MOVES,
    Certainty,
    Confidentiality,
    CostRange,
    EvidenceKind,
    Funding,
    Instrument,
    Level,
    TextState,
)
from majlis.series.models import Challenge, Edition, Theme


class Addressee(models.Model):
    """The named unit that is asked to act: a unit, not “the government”."""

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="addressees")
    unit = TextField()
    body = TextField()
    country = models.CharField(max_length=2, blank=True)

    class Privacy:
        public: set[str] = {"code", "edition", "unit", "body", "country"}
        personal: set[str] = set()
        internal: set[str] = set()

    def __str__(self) -> str:
        return str(self.unit)


class Recommendation(models.Model):
    """What the edition asks a named unit to do.

    `rec_id` is stable and never reused. Wording may change while drafted or in review only.
    """

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="recommendations")
    rec_id = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=26, choices=TextState.pairs, default=TextState.DRAFTED)
    title = TextField()
    text = TextField()
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    challenges = models.ManyToManyField(Challenge, related_name="recommendations", blank=True)
    level = models.CharField(max_length=12, choices=Level.pairs, blank=True)
    countries = models.JSONField(default=list, blank=True)
    value_chains = models.JSONField(default=list, blank=True)
    problem = TextField()
    rationale = TextField()
    no_evidence_found = models.BooleanField(default=False)
    certainty = models.CharField(max_length=14, choices=Certainty.pairs, blank=True)
    addressee = models.ForeignKey(
        Addressee, models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    co_actors = TextField()
    instrument = models.CharField(max_length=20, choices=Instrument.pairs, blank=True)
    legal_basis = TextField()
    decision_needed = TextField()
    cost_range = models.CharField(max_length=8, choices=CostRange.pairs, blank=True)
    funding_source = models.CharField(max_length=10, choices=Funding.pairs, blank=True)
    equity = TextField()
    risks = TextField()
    confidentiality = models.CharField(
        max_length=12, choices=Confidentiality.pairs, default=Confidentiality.PARTICIPANTS
    )
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField(default=now)
    wording_revision = models.PositiveIntegerField(default=1)

    class Privacy:
        public: set[str] = {
            "code", "edition", "rec_id", "state", "title", "text", "theme", "level", "countries",
            "value_chains", "problem", "rationale", "no_evidence_found", "certainty", "addressee",
            "co_actors", "instrument", "legal_basis", "decision_needed", "cost_range",
            "funding_source", "equity", "risks", "superseded_by",
        }  # fmt: skip
        personal: set[str] = set()
        internal = {"confidentiality", "reason", "made_at", "wording_revision"}

    class Meta:
        ordering = ["rec_id"]
        constraints = [
            models.CheckConstraint(
                name="recommendation_state_known", condition=one_of("state", TextState)
            ),
            models.CheckConstraint(
                name="recommendation_superseded_has_successor",
                condition=~Q(state=TextState.SUPERSEDED) | Q(superseded_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rec_id} {self.title}"

    @property
    def is_editable(self) -> bool:
        return self.state in {TextState.DRAFTED, TextState.IN_REVIEW}

    def move_to(self, wanted: TextState) -> None:
        """Change the state, or refuse; what a state requires is asked in `actions`."""
        now_ = TextState(self.state)
        if wanted not in TEXT_MOVES[now_]:
            raise WrongMove(self.rec_id, now=now_.label, wanted=wanted.label)
        self.state = wanted


class CitedLink(models.Model):
    """A document or an address on the web that recommendations cite."""

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="cited_links")
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=400, blank=True)
    is_document = models.BooleanField(default=False)
    evidence_kind = models.CharField(max_length=14, choices=EvidenceKind.pairs)
    published_on = models.DateField(null=True, blank=True)
    country = models.CharField(max_length=2, blank=True)
    shows = models.TextField()

    class Privacy:
        public: set[str] = {
            "code", "edition", "title", "url", "is_document", "evidence_kind", "published_on",
            "country", "shows",
        }  # fmt: skip
        personal: set[str] = set()
        internal: set[str] = set()

    def __str__(self) -> str:
        return self.title


class Citation(models.Model):
    """One source of a recommendation, as it stood on the day it was cited.

    The foreign key leads to the living source; `excerpt` and `facts` keep what the reader was
    shown, so that a brief printed in May can still be checked in December.
    """

    code = CodeField()
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="citations")
    contribution = models.ForeignKey(
        Contribution, models.PROTECT, null=True, blank=True, related_name="citations"
    )
    statement = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="citations"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="citations"
    )
    link = models.ForeignKey(
        CitedLink, models.PROTECT, null=True, blank=True, related_name="citations"
    )
    position = models.PositiveSmallIntegerField(default=0)
    excerpt = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    cited_at = models.DateTimeField(default=now)
    cited_by = models.CharField(max_length=40)

    class Privacy:
        public: set[str] = {
            "code", "recommendation", "statement", "round", "link", "position", "excerpt",
            "facts", "digest",
        }  # fmt: skip
        personal = {"cited_by"}
        internal = {"contribution", "cited_at"}

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="citation_has_exactly_one_source",
                condition=exactly_one("contribution", "statement", "round", "link"),
            ),
            models.UniqueConstraint(
                fields=["recommendation", "statement"], name="citation_of_statement_once"
            ),
        ]

    def __str__(self) -> str:
        return f"citation {self.code}"


class Review(models.Model):
    """One reader's judgement on a recommendation under review."""

    code = CodeField()
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="reviews")
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)
    is_ready = models.BooleanField(_("ready for the final list"), default=False)
    note = models.TextField(blank=True)
    wording_revision = models.PositiveIntegerField(default=1)

    class Privacy:
        public: set[str] = set()
        personal = {"by", "note"}
        internal = {"code", "recommendation", "at", "is_ready", "wording_revision"}

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"review {self.code}"


class Adoption(models.Model):
    """How a decision on a recommendation was taken: rule, body, date, counts, dissent."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="adoptions")
    outcome = models.CharField(max_length=26, choices=TextState.pairs)
    rule = models.TextField()
    body = models.CharField(max_length=200)
    decided_on = models.DateField()
    n_for = models.PositiveIntegerField(null=True, blank=True)
    n_against = models.PositiveIntegerField(null=True, blank=True)
    n_abstaining = models.PositiveIntegerField(null=True, blank=True)
    dissent = models.TextField(blank=True)
    reservation = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = {
            "recommendation", "outcome", "rule", "body", "decided_on", "n_for", "n_against",
            "n_abstaining", "dissent", "reservation",
        }  # fmt: skip
        personal = {"recorded_by"}
        internal = {"recorded_at"}

    class Meta:
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return f"{self.outcome} on {self.decided_on}"
