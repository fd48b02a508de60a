"""The living sources of recommendations: how one is frozen, and whether it has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Contribution, Round, Statement
from majlis.dialogue.states import ContributionState, StatementState
from majlis.kernel.canonical import digest_of
from majlis.kernel.disclosure import Audience, Breakdown, Counts
from majlis.kernel.texts import Text
from majlis.opinion import queries as opinion
from majlis.opinion.queries import StatementRead
from majlis.recommendations.models import Citation, Source


@dataclass(frozen=True, slots=True)
class Frozen:
    """A source as it stands now: what is kept of it, and the digest of that."""

    excerpt: Mapping[str, Any]
    facts: Mapping[str, Any]

    @property
    def digest(self) -> str:
        return digest_of({"excerpt": self.excerpt, "facts": self.facts})


@dataclass(frozen=True, slots=True)
class Drift:
    """How a living source differs from what was frozen.

    `gone` when it no longer stands: a statement that was withdrawn or gave way to another one, a
    contribution that was taken back.
    """

    wording: bool
    counts: bool
    now: Frozen
    gone: bool = False

    def __bool__(self) -> bool:
        return self.wording or self.counts


def freeze(source: Source) -> Frozen:
    """Excerpt and facts of a source as they stand now. Counts only of a closed round."""
    if isinstance(source, Statement):
        return Frozen(
            {
                "kind": "statement",
                "code": source.code,
                "number": source.number,
                "wording": source.wording.as_json(),
            },
            _facts_of_statement(source),
        )
    if isinstance(source, Contribution):
        return Frozen(
            {
                "kind": "contribution",
                "code": source.code,
                "language": source.language,
                "words_digest": digest_of(source.words),
            },
            {},
        )
    if isinstance(source, Round):
        return Frozen(
            {"kind": "round", "code": source.code, "title": source.title.as_json()},
            _facts_of_round(source),
        )
    return Frozen(
        {
            "kind": "document" if source.is_document else "link",
            "code": source.code,
            "title": source.title,
            "url": source.url,
            "evidence_kind": source.evidence_kind,
            "published_on": source.published_on.isoformat() if source.published_on else "",
            "country": source.country,
            "shows": source.shows,
        },
        {},
    )


def drift_of(citation: Citation) -> Drift:
    """What has changed in the living source since it was cited."""
    now = freeze(citation.source)
    return Drift(
        wording=digest_of(now.excerpt) != digest_of(citation.excerpt),
        counts=_counts_of(now.facts) != _counts_of(citation.facts),
        now=now,
        gone=_is_gone(citation),
    )


def _counts_of(facts: Mapping[str, Any]) -> Any:  # plain JSON
    """The counts among frozen facts, without the estimates that the rest of the round moves."""
    if "statements" in facts:
        return {code: _counts_of(one) for code, one in facts["statements"].items()}
    return {
        audience: [entry["total"], [[c["key"], c["counts"]] for c in entry["cells"]]]
        for audience, entry in facts.get("shown", {}).items()
        if entry is not None
    }


def _is_gone(citation: Citation) -> bool:
    if citation.statement is not None:
        return citation.statement.state != StatementState.CAPTURED
    if citation.contribution is not None:
        return citation.contribution.state == ContributionState.WITHDRAWN
    return False


def is_intact(citation: Citation) -> bool:
    """Whether what was frozen still has the digest it had on that day."""
    return Frozen(citation.excerpt, citation.facts).digest == citation.digest


def _facts_of_statement(statement: Statement) -> dict[str, Any]:
    round = statement.round
    if round is None:
        return {}
    if not dialogue.may_see_results(round, None):
        return {"round": round.code, "round_title": round.title.as_json()}
    content = opinion.content_now(round)
    if content is None:
        return {"round": round.code, "round_title": round.title.as_json()}
    return {
        "round": round.code,
        "round_title": round.title.as_json(),
        "revision": dialogue.shown_revision(round),
        "shown": _entries(content, statement.code),
    }


def _facts_of_round(round: Round) -> dict[str, Any]:
    content = opinion.content_now(round) if dialogue.may_see_results(round, None) else None
    if content is None:
        return {}
    codes = Statement.objects.filter(round=round).order_by("number").values_list("code", flat=True)
    return {
        "revision": dialogue.shown_revision(round),
        "voted": dialogue.turnout(round).voted,
        "statements": {code: {"shown": _entries(content, code)} for code in codes},
    }


def _entries(content: Mapping[str, Any], code: str) -> dict[str, Any]:
    """What each audience may see of a statement; None where too few have answered."""
    return {
        audience: next((one for one in table["statements"] if one["code"] == code), None)
        for audience, table in content["tables"].items()
    }


@dataclass(frozen=True, slots=True)
class Support:
    """How the room answered one cited statement. Counts, never a claim of agreement.

    `breakdown.total` is None when fewer answered than may be shown. `read` holds the same counts
    with what they say.
    """

    read: StatementRead
    round_title: Text
    revision: int

    @property
    def breakdown(self) -> Breakdown:
        return self.read.breakdown

    @property
    def total(self) -> Counts | None:
        return self.breakdown.total


def support_of(citation: Citation, audience: Audience) -> Support | None:
    """The counts frozen with a cited statement; None where its round was not closed."""
    frozen = citation.facts.get("shown")
    if not citation.statement_id or frozen is None:
        return None
    smallest = citation.recommendation.edition.smallest(audience)
    entry, code = frozen[audience], citation.source.code
    return Support(
        StatementRead.of(entry, smallest=smallest) if entry else StatementRead(code),
        Text.from_json(citation.facts.get("round_title")),
        int(citation.facts.get("revision", 0)),
    )
