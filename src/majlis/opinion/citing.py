"""Statements with their counts, and results of rounds, as sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.citing import traces_of
from majlis.dialogue.models import Round, Statement
from majlis.dialogue.queries import Choice, matching_statements, with_counts
from majlis.dialogue.states import RoundState, StatementOrigin, StatementState
from majlis.kernel.citing import Citable, Frozen, Json, Told, Trace, register
from majlis.kernel.disclosure import Audience
from majlis.kernel.errors import RuleBroken
from majlis.kernel.texts import Text
from majlis.opinion.queries import contents_now
from majlis.series.models import Edition

Entries = Mapping[str, Mapping[str, Any]]
"""What each audience sees of each statement, by audience and code of the statement."""


class Statements(Citable[Statement]):
    """A statement as it was worded, with how participants answered where results are shown."""

    name = "statement"
    model = Statement
    label = _("statement")
    title = _("Statements")
    nothing = _("No statement contains these words. Try fewer words or another theme.")
    template = "dialogue/desk/_choose_statement.html"
    filters = ("q", "theme", "round")
    rank = 10
    related = ("round__edition", "theme")

    def choices(self, edition: Edition, wanted: Mapping[str, str]) -> QuerySet[Statement]:
        return matching_statements(edition, **wanted)

    def shown(self, rows: Sequence[Statement]) -> Sequence[Choice]:
        return with_counts(rows)

    def require_citable(self, source: Statement) -> None:
        if source.state != StatementState.CAPTURED:
            raise RuleBroken(
                _("Statement %(number)s is no longer current. Cite the one that replaced it."),
                number=source.number,
            )

    def freeze(self, sources: Sequence[Statement], known: dict[Any, Any]) -> Mapping[int, Frozen]:
        results = _results_of([one.round for one in sources if one.round], known)
        return {one.pk: Frozen(_excerpt(one), _facts(one, results)) for one in sources}

    def told(self, excerpt: Json, source: Statement) -> Told:
        return Told(
            Text.from_json(excerpt["wording"]),
            number=source.number,
            is_demo=source.origin == StatementOrigin.DEMO,
        )

    def is_gone(self, source: Statement) -> bool:
        return source.state != StatementState.CAPTURED

    def traces(
        self, edition: Edition, sources: Sequence[Statement], audience: Audience
    ) -> Mapping[int, Trace]:
        return traces_of(edition, sources, audience)


class Results(Citable[Round]):
    """What a round showed of all its statements."""

    name = "round"
    model = Round
    label = _("result of a voting round")
    title = _("Results of voting rounds")
    nothing = _("No results to cite. Results can be cited once they have been shown.")
    template = "opinion/_choose_result.html"
    rank = 30
    related = ("edition",)

    def choices(self, edition: Edition, wanted: Mapping[str, str]) -> QuerySet[Round]:
        return Round.objects.filter(edition=edition, state=RoundState.SHOWN).order_by("closed_at")

    def require_citable(self, source: Round) -> None:
        if not source.is_shown:
            raise RuleBroken(
                _("The results of “%(round)s” have not been shown. They can be cited afterwards."),
                round=source,
            )

    def freeze(self, sources: Sequence[Round], known: dict[Any, Any]) -> Mapping[int, Frozen]:
        results = _results_of(sources, known)
        return {
            one.pk: Frozen(
                {"kind": "round", "code": one.code, "title": one.title.as_json()},
                results[one.pk].facts() if one.pk in results else {},
            )
            for one in sources
        }

    def told(self, excerpt: Json, source: Round) -> Told:
        return Told(Text.from_json(excerpt["title"]))


@dataclass(frozen=True, slots=True)
class _Result:
    """The kept result of one round, looked up by statement."""

    revision: int
    entries: Entries

    def shown(self, code: str) -> dict[str, Any]:
        """What each audience may see of a statement; None where too few have answered."""
        return {audience: entries.get(code) for audience, entries in self.entries.items()}

    def facts(self) -> dict[str, Any]:
        codes = sorted({code for entries in self.entries.values() for code in entries})
        return {
            "revision": self.revision,
            "statements": {code: {"shown": self.shown(code)} for code in codes},
        }


def _results_of(rounds: Sequence[Round], known: dict[Any, Any]) -> dict[int, _Result]:
    """The results of rounds that have been shown, by primary key, each read once."""
    results: dict[int, _Result] = known.setdefault(_Result, {})
    for pk, (revision, content) in contents_now(r for r in rounds if r.pk not in results).items():
        entries = {
            audience: {entry["code"]: entry for entry in table["statements"]}
            for audience, table in content["tables"].items()
        }
        results[pk] = _Result(revision, entries)
    return results


def _excerpt(statement: Statement) -> Json:
    return {
        "kind": "statement",
        "code": statement.code,
        "number": statement.number,
        "wording": statement.wording.as_json(),
    }


def _facts(statement: Statement, results: Mapping[int, _Result]) -> Json:
    round = statement.round
    if round is None:
        return {}
    named = {"round": round.code, "round_title": round.title.as_json()}
    result = results.get(round.pk)
    if result is None:  # not shown yet, or too few answered anything for there to be a result
        return named | ({"shown": {}} if round.is_shown else {})
    return named | {"revision": result.revision, "shown": result.shown(statement.code)}


register(Statements())
register(Results())
