"""A recommendation, the unit it speaks to, and how it stands to others.

What a recommendation rests on cannot be deleted under it (`RESTRICT`); it goes only together with
the whole edition, as a rehearsal does.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.kernel.errors import RuleBroken, WrongMove
from majlis.kernel.texts import TextField
from majlis.kernel.words import Language
from majlis.recommendations.fields import marked
from majlis.recommendations.states import (
    TEXT_MOVES,
    TRANSLATIONS_OPEN,
    WORDING_OPEN,
    Certainty,
    Confidentiality,
    CostRange,
    DuePrecision,
    Funding,
    Instrument,
    Level,
    RelationKind,
    TextState,
)
from majlis.series.models import Challenge, Edition, Theme


class Addressee(models.Model):
    """The named unit that is asked to act."""

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="addressees")
    unit = TextField()
    body = TextField()
    country = models.CharField(max_length=2, blank=True)

    class Privacy:
        public: set[str] = {"code", "edition", "unit", "body", "country"}
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.unit)


class Recommendation(models.Model):
    """What the edition asks a named unit to do.

    `rec_id` is stable and never reused. `wording_revision` counts the wordings, so that a reader's
    judgement stays with the one it was made on.
    """

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="recommendations")
    rec_id = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=26, choices=TextState.pairs, default=TextState.DRAFTED)
    title = TextField()
    text = TextField()
    theme = models.ForeignKey(
        Theme, models.RESTRICT, null=True, blank=True, related_name="recommendations"
    )
    challenges = models.ManyToManyField(Challenge, related_name="recommendations", blank=True)
    level = models.CharField(max_length=12, choices=Level.pairs, blank=True)
    countries = models.JSONField(default=list, blank=True)
    value_chains = models.JSONField(default=list, blank=True)
    problem = TextField()
    rationale = TextField()
    no_evidence_found = models.BooleanField(default=False)
    certainty = models.CharField(max_length=14, choices=Certainty.pairs, blank=True)
    addressees: models.ManyToManyField[Addressee, Pair] = models.ManyToManyField(
        Addressee, through="Pair", related_name="recommendations", blank=True
    )
    co_actors = TextField()
    instrument = models.CharField(max_length=20, choices=Instrument.pairs, blank=True)
    legal_basis = TextField()
    legal_basis_url = models.URLField(max_length=400, blank=True)
    no_legal_basis_needed = models.BooleanField(default=False)
    decision_needed = TextField()
    first_action = TextField()
    due_on = models.DateField(null=True, blank=True)
    due_precision = models.CharField(
        max_length=8, choices=DuePrecision.pairs, default=DuePrecision.DAY
    )
    cost_range = models.CharField(max_length=8, choices=CostRange.pairs, blank=True)
    cost_note = models.CharField(max_length=200, blank=True)
    funding_source = models.CharField(max_length=10, choices=Funding.pairs, blank=True)
    indicator = TextField()
    indicator_baseline = models.CharField(max_length=120, blank=True)
    indicator_target = models.CharField(max_length=120, blank=True)
    baseline_missing = models.BooleanField(default=False)
    equity = TextField()
    risks = TextField()
    overlap_checked = models.BooleanField(default=False)
    language_note = models.TextField(blank=True)
    language_note_language = models.CharField(max_length=2, choices=Language.pairs, blank=True)
    confidentiality = models.CharField(
        max_length=12, choices=Confidentiality.pairs, default=Confidentiality.PARTICIPANTS
    )
    superseded_by = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="supersedes"
    )
    reason = models.TextField(blank=True)
    reason_language = models.CharField(max_length=2, choices=Language.pairs, blank=True)
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=40, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    wording_revision = models.PositiveIntegerField(default=1)

    class Privacy:
        public: set[str] = {
            "code", "edition", "rec_id", "state", "language_note",
            "language_note_language", "superseded_by", "reason", "reason_language",
            "published_at", *marked("public"),
        }  # fmt: skip
        personal = {"made_by"}
        internal = {"made_at", "wording_revision", *marked("internal")}

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
            models.CheckConstraint(
                name="recommendation_published_has_instant",
                condition=~Q(state=TextState.PUBLISHED) | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rec_id} {self.title}"

    @property
    def is_editable(self) -> bool:
        """Whether wording, fields and sources may change."""
        return self.state in WORDING_OPEN

    @property
    def is_translatable(self) -> bool:
        """Whether translations may be mended."""
        return self.state in TRANSLATIONS_OPEN

    @property
    def is_plannable(self) -> bool:
        """Whether first action, date and indicator may be set: they are asked at adoption."""
        return self.is_editable or self.state == TextState.FINAL_LIST

    @property
    def is_public(self) -> bool:
        """Whether its page stands open to everybody; what was published once stays readable."""
        return self.published_at is not None

    def require_editable(self) -> None:
        if not self.is_editable:
            raise RuleBroken(
                _(
                    "The wording of %(rec)s is locked because it is “%(state)s”. To change its "
                    "substance, write a new recommendation that replaces it."
                ),
                rec=self.rec_id,
                state=TextState(self.state).label,
            )

    def require_translatable(self) -> None:
        if not self.is_translatable:
            raise RuleBroken(
                _("The translations of %(rec)s can no longer be changed: it is “%(state)s”."),
                rec=self.rec_id,
                state=TextState(self.state).label,
            )

    def require_plannable(self) -> None:
        if not self.is_plannable:
            raise RuleBroken(
                _("The plan of %(rec)s can no longer be changed: it is “%(state)s”."),
                rec=self.rec_id,
                state=TextState(self.state).label,
            )

    def require_in_review(self) -> None:
        if self.state != TextState.IN_REVIEW:
            raise RuleBroken(
                _("Reviews are given while a text is under review. %(rec)s is now “%(state)s”."),
                rec=self.rec_id,
                state=TextState(self.state).label,
            )

    def require_move(self, wanted: TextState) -> None:
        """Refuse a state that cannot follow this one."""
        now_ = TextState(self.state)
        if wanted not in TEXT_MOVES[now_]:
            raise WrongMove(self.rec_id, now=now_.label, wanted=wanted.label)

    def move_to(self, wanted: TextState) -> None:
        """Change the state, or refuse; what a state requires is asked in `actions`."""
        self.require_move(wanted)
        self.state = wanted


class Pair(models.Model):
    """A recommendation as one of its addressees has it.

    What is answered, planned, declared and verified belongs to the pair, and counts count pairs.
    """

    code = CodeField()
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="pairs")
    addressee = models.ForeignKey(Addressee, models.RESTRICT, related_name="pairs")

    class Privacy:
        public: set[str] = {"code", "recommendation", "addressee"}
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "addressee"], name="pair_once"),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} to {self.addressee_id}"


class Relation(models.Model):
    """How one recommendation stands to another: continues it, replaces it, contradicts it."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="relations")
    other = models.ForeignKey(Recommendation, models.CASCADE, related_name="relations_in")
    kind = models.CharField(max_length=12, choices=RelationKind.pairs)

    class Privacy:
        public: set[str] = {"recommendation", "other", "kind"}
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "other"], name="relation_once_per_pair"
            ),
            models.CheckConstraint(
                name="relation_to_another", condition=~Q(recommendation=models.F("other"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.kind} {self.other_id}"
