"""Links and documents as sources: evidence from outside; and what can be rated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from majlis.kernel.analysis import sort_key
from majlis.kernel.citing import Citable, Frozen, Json, Said, Told, register
from majlis.kernel.texts import Text
from majlis.ratings.offers import Offer
from majlis.ratings.offers import register as offer_to_rate
from majlis.recommendations.models import CitedLink
from majlis.recommendations.states import EvidenceKind, TextState
from majlis.series.models import Edition


class Links(Citable[CitedLink]):
    """A document or an address on the web."""

    name = "link"
    model = CitedLink
    label = _("link")
    title = _("Links and documents")
    nothing = _("No link or document has been added yet.")
    template = "recommendations/_choose_link.html"
    related = ("edition",)
    is_evidence = True

    def choices(self, edition: Edition, wanted: Mapping[str, str]) -> Sequence[CitedLink]:
        return sorted(edition.cited_links.all(), key=lambda link: sort_key(link.title))

    def freeze(self, sources: Sequence[CitedLink], known: dict[Any, Any]) -> Mapping[int, Frozen]:
        return {one.pk: Frozen(self._excerpt(one), {}) for one in sources}

    def _excerpt(self, link: CitedLink) -> Json:
        return {
            "kind": self.kind_of(link)[0],
            "code": link.code,
            "title": link.title,
            "url": link.url,
            "evidence_kind": link.evidence_kind,
            "published_on": link.published_on.isoformat() if link.published_on else "",
            "country": link.country,
            "shows": link.shows,
            **({"language": link.language} if link.language else {}),
        }

    def told(self, excerpt: Json, source: CitedLink) -> Told:
        day = excerpt["published_on"]
        original = source.edition.authoritative_language
        return Told(
            Text.of(original, **{original: excerpt["title"]}),
            tag=EvidenceKind(excerpt["evidence_kind"]),
            shows=excerpt["shows"],
            shows_in=excerpt.get("language", ""),
            url=excerpt["url"],
            published_on=date.fromisoformat(day) if day else None,
            country=excerpt["country"],
        )

    def kind_of(self, source: CitedLink) -> tuple[str, Said]:
        return ("document", _("document")) if source.is_document else (self.name, self.label)


RATEABLE = (TextState.DRAFTED, TextState.IN_REVIEW, TextState.FINAL_LIST)
"""Before a decision: what was decided is not rated any more."""


def _rateable(edition: Edition) -> list[Offer]:
    found = edition.recommendations.filter(state__in=RATEABLE).order_by("rec_id")
    return [
        Offer(rec.rec_id, rec.title, rec.text, str(TextState(rec.state).label)) for rec in found
    ]


def _published(edition: Edition) -> list[str]:
    found = edition.recommendations.filter(published_at__isnull=False)
    return list(found.values_list("rec_id", flat=True))


register(Links())
offer_to_rate(_rateable, _published)
