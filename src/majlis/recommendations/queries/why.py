"""From a footnote back to the words said, under the attribution rule of where they were said.

Everything about people passes `kernel.disclosure.shown_source`, for the public and its smallest
cell. What was said in a closed session, or by somebody who asked that only the statement be
shown, gives nothing but its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from majlis.dialogue.states import ContributionKind
from majlis.kernel.citing import Trace, kinds
from majlis.kernel.disclosure import AttributionRule, Audience, shown_source
from majlis.kernel.disclosure import Source as Said
from majlis.kernel.texts import Text
from majlis.kernel.words import direction_of
from majlis.people.states import Constituency
from majlis.recommendations.models import Citation, Recommendation
from majlis.recommendations.queries.brief import Footnote, citations_of_all, footnotes_of
from majlis.recommendations.queries.sources import is_intact
from majlis.series.models import Edition


@dataclass(frozen=True, slots=True)
class Word:
    """What is shown of one source: after disclosure, with the names of things in three languages.

    `is_hidden` when nothing of it may be shown but that it is there.
    """

    rule: AttributionRule
    is_hidden: bool
    words: str
    language: str
    translation: Text
    kind: str
    theme: Text
    session: Text
    person: str
    organisation: str
    constituency: str
    country: str

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @property
    def is_translated(self) -> bool:
        """Whether there is a translation for the reader: in another language than the words."""
        lang = get_language() or "en"
        return lang != self.language and lang in self.translation


@dataclass(frozen=True, slots=True)
class WhyNote:
    """One footnote with everything that may be told of where it comes from."""

    note: Footnote
    theme: Text
    words: tuple[Word, ...]
    steps: tuple[Any, ...]  # `dialogue.citing.TracedStep`, the last one first
    is_intact: bool

    @property
    def n_sources(self) -> int:
        return len(self.words)

    @property
    def shown(self) -> tuple[Word, ...]:
        return tuple(word for word in self.words if not word.is_hidden)

    @property
    def n_hidden(self) -> int:
        return len(self.words) - len(self.shown)


def why_of(rec: Recommendation) -> list[WhyNote]:
    """The footnotes of a recommendation in order, each traced back to what was said."""
    found = (
        Recommendation.objects.select_related("edition")
        .prefetch_related(citations_of_all())
        .get(pk=rec.pk)
    )
    citations = list(found.citations.all())
    names = _Names(found.edition)
    traces = _traces(found.edition, citations)
    return [
        WhyNote(
            note,
            theme=names.themes.get(trace.theme, Text()),
            words=tuple(names.word(shown_source(one)) for one in trace.said),
            steps=tuple(trace.steps),
            is_intact=is_intact(citation),
        )
        for citation, note, trace in zip(citations, footnotes_of(found), traces, strict=True)
    ]


def _traces(edition: Edition, citations: Sequence[Citation]) -> list[Trace]:
    """Where each source comes from, asked once of every kind."""
    found: dict[tuple[str, int], Trace] = {}
    for kind in kinds():
        sources = [one.source for one in citations if one.citable is kind]
        traces = kind.traces(edition, sources, Audience.PUBLIC) if sources else {}
        found |= {(kind.name, pk): trace for pk, trace in traces.items()}
    return [found.get((one.citable.name, one.source.pk), Trace()) for one in citations]


class _Names:
    """Names of an edition's themes and sessions, read once."""

    def __init__(self, edition: Edition) -> None:
        self.themes: dict[str, Text] = dict(edition.themes.values_list("code", "title"))
        self.sessions: dict[str, Text] = dict(edition.sessions.values_list("code", "title"))

    def word(self, source: Said) -> Word:
        """A source that has passed disclosure, with the names of things."""
        return Word(
            rule=AttributionRule(source.rule),
            is_hidden=not source.words,
            words=source.words,
            language=source.language,
            translation=source.translation or Text(),
            kind=str(ContributionKind(source.kind).label) if source.kind else "",
            theme=self.themes.get(source.theme, Text()),
            session=self.sessions.get(source.session, Text()),
            person=source.person,
            organisation=source.organisation,
            constituency=str(Constituency(source.constituency).label)
            if source.constituency
            else "",
            country=source.country,
        )
