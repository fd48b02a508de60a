"""The sources a recommendation stands on."""

from __future__ import annotations

from django.db import models

from majlis.dialogue.models import Contribution, Round, Statement
from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import exactly_one
from majlis.recommendations.models.recommendations import Recommendation
from majlis.recommendations.states import EvidenceKind, SourceKind
from majlis.series.models import Edition


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

    The key leads to the living source; `excerpt` and `facts` keep what stood there, so that a
    brief printed in May can be checked in December. Both stay on the server: what leaves passes
    the disclosure rule. Of a contribution only the digest of its words is kept.
    """

    code = CodeField()
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="citations")
    contribution = models.ForeignKey(
        Contribution, models.RESTRICT, null=True, blank=True, related_name="citations"
    )
    statement = models.ForeignKey(
        Statement, models.RESTRICT, null=True, blank=True, related_name="citations"
    )
    round = models.ForeignKey(
        Round, models.RESTRICT, null=True, blank=True, related_name="citations"
    )
    link = models.ForeignKey(
        CitedLink, models.RESTRICT, null=True, blank=True, related_name="citations"
    )
    position = models.PositiveSmallIntegerField(default=0)
    excerpt = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    cited_at = models.DateTimeField(default=now)
    cited_by = models.CharField(max_length=40)

    class Privacy:
        public: set[str] = {
            "code", "recommendation", "statement", "round", "link", "position", "digest",
        }  # fmt: skip
        personal = {"cited_by"}
        internal = {"contribution", "excerpt", "facts", "cited_at"}

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="citation_has_exactly_one_source",
                condition=exactly_one("contribution", "statement", "round", "link"),
            ),
            *(
                models.UniqueConstraint(
                    fields=["recommendation", name], name=f"citation_of_{name}_once"
                )
                for name in ("contribution", "statement", "round", "link")
            ),
        ]

    def __str__(self) -> str:
        return f"citation {self.code}"

    @property
    def kind(self) -> SourceKind:
        if self.link is not None:
            return SourceKind.DOCUMENT if self.link.is_document else SourceKind.LINK
        if self.statement_id:
            return SourceKind.STATEMENT
        return SourceKind.CONTRIBUTION if self.contribution_id else SourceKind.ROUND

    @property
    def source(self) -> Contribution | Statement | Round | CitedLink:
        """The living source."""
        found = self.statement or self.contribution or self.round or self.link
        assert found is not None  # noqa: S101  (a constraint of the table says so)
        return found


Source = Statement | Contribution | Round | CitedLink  # what a citation may lead to
