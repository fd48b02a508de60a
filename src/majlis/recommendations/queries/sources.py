"""The sources of recommendations: what was frozen of them, and whether they have changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from majlis.kernel.canonical import digest_of
from majlis.kernel.citing import Frozen, freeze_all
from majlis.kernel.disclosure import Audience, Counts
from majlis.kernel.texts import Text
from majlis.opinion.queries import StatementRead
from majlis.recommendations.models import Citation


@dataclass(frozen=True, slots=True)
class Drift:
    """How a living source differs from what was frozen; `gone` when it no longer stands."""

    wording: bool
    counts: bool
    gone: bool

    def __bool__(self) -> bool:
        return self.wording or self.counts


def drifts_of(citations: Iterable[Citation]) -> dict[int, Drift]:
    """What has changed in the sources since they were cited, by primary key of the citation."""
    sources = {citation.pk: (citation, citation.source) for citation in citations}
    now = freeze_all(source for _citation, source in sources.values())
    return {
        pk: Drift(
            wording=digest_of(now[source].excerpt) != digest_of(citation.excerpt),
            counts=_counts_of(now[source].facts) != _counts_of(citation.facts),
            gone=citation.citable.is_gone(source),
        )
        for pk, (citation, source) in sources.items()
    }


def _counts_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The counts among frozen facts, without what the rest of the round moves."""
    if "statements" in facts:
        counts = {code: _counts_of(one) for code, one in facts["statements"].items()}
        return {code: one for code, one in counts.items() if one}
    return {
        audience: [entry["total"], [[c["key"], c.get("answers")] for c in entry["cells"]]]
        for audience, entry in facts.get("shown", {}).items()
        if entry is not None
    }


def is_intact(citation: Citation) -> bool:
    """Whether what was frozen still has the digest it had on that day."""
    return Frozen(citation.excerpt, citation.facts).digest == citation.digest


@dataclass(frozen=True, slots=True)
class Support:
    """How participants answered one cited statement. Counts, never a claim of agreement.

    `total` is None when fewer answered than may be shown. `read` holds it with what it says, and
    with the ranges of groups.
    """

    read: StatementRead
    round_title: Text
    revision: int

    @property
    def total(self) -> Counts | None:
        return self.read.total


def support_of(citation: Citation, audience: Audience) -> Support | None:
    """The counts frozen with a cited statement; None where its results were not shown."""
    frozen = citation.facts.get("shown")
    if frozen is None:
        return None
    smallest = citation.recommendation.edition.smallest(audience)
    entry, code = frozen.get(audience), str(citation.excerpt["code"])
    return Support(
        StatementRead.of(entry, smallest=smallest) if entry else StatementRead(code),
        Text.from_json(citation.facts.get("round_title")),
        int(citation.facts.get("revision", 0)),
    )
