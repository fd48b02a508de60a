"""The sources a recommendation stands on."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import QuerySet

from majlis.dialogue.models import Contribution, Round, Statement
from majlis.kernel.citing import Citable, Cited, Said, Told, kinds
from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import exactly_one
from majlis.kernel.words import Language, language_now
from majlis.ratings.models import Rating
from majlis.recommendations.models.recommendations import Recommendation
from majlis.recommendations.states import EvidenceKind
from majlis.series.models import Edition

SOURCES = ("contribution", "statement", "round", "rating", "link")
"""The columns of a citation of which exactly one is set, each named after its kind."""


class CitedLink(models.Model):
    """A document or an address on the web that recommendations cite.

    `language` is that of the sentence on what it shows; empty where nobody noted it.
    """

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="cited_links")
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=400, blank=True)
    is_document = models.BooleanField(default=False)
    evidence_kind = models.CharField(max_length=14, choices=EvidenceKind.pairs)
    published_on = models.DateField(null=True, blank=True)
    country = models.CharField(max_length=2, blank=True)
    shows = models.TextField()
    language = models.CharField(
        max_length=2, choices=Language.pairs, blank=True, default=language_now
    )

    class Privacy:
        public: set[str] = {
            "code", "edition", "title", "url", "is_document", "evidence_kind", "published_on",
            "country", "shows", "language",
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
    rating = models.ForeignKey(
        Rating, models.RESTRICT, null=True, blank=True, related_name="citations"
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
            "code", "recommendation", "position", "digest", *set(SOURCES) - {"contribution"},
        }  # fmt: skip
        personal = {"cited_by"}
        internal = {"contribution", "excerpt", "facts", "cited_at"}

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="citation_has_exactly_one_source",
                condition=exactly_one(*SOURCES),
            ),
            *(
                models.UniqueConstraint(
                    fields=["recommendation", name], name=f"citation_of_{name}_once"
                )
                for name in SOURCES
            ),
        ]

    def __str__(self) -> str:
        return f"citation {self.code}"

    @property
    def citable(self) -> Citable[Any]:
        """The kind of its source."""
        return next(kind for kind in kinds() if getattr(self, f"{kind.name}_id"))

    @property
    def source(self) -> Cited:
        """The living source: a row of the model of its kind."""
        return getattr(self, self.citable.name)

    @property
    def label(self) -> Said:
        return self.citable.kind_of(self.source)[1]

    @property
    def told(self) -> Told:
        """What everybody may be told of it."""
        return self.citable.told(self.excerpt, self.source)


def with_sources(citations: QuerySet[Citation]) -> QuerySet[Citation]:
    """Citations with their sources, and with what the kinds read of those."""
    paths = [f"{kind.name}__{path}" for kind in kinds() for path in kind.related]
    return citations.select_related(*SOURCES, *paths, "recommendation__edition")
