"""From a footnote back to the words said, under the attribution rule of where they were said.

Everything about people passes `kernel.disclosure.shown_source`, for the public and its smallest
cell. What was said in a closed session, or by somebody who asked that only the statement be
shown, gives nothing but its number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Contribution, Statement
from majlis.dialogue.queries import Lineage
from majlis.dialogue.states import ContributionKind, LineageKind
from majlis.kernel.disclosure import AttributionRule, Audience, shown_source
from majlis.kernel.disclosure import Source as Said
from majlis.kernel.texts import Text
from majlis.people.states import Constituency
from majlis.recommendations.models import Citation, Recommendation
from majlis.recommendations.queries.brief import Footnote, citations_of_all, footnotes_of
from majlis.recommendations.queries.sources import is_intact
from majlis.series.models import Edition


@dataclass(frozen=True, slots=True)
class Word:
    """What is shown of one source: after the door, with the names of things in three languages.

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
        return "rtl" if self.language == "ar" else "ltr"


@dataclass(frozen=True, slots=True)
class Step:
    """One step at the moderation desk, from the cited statement backwards.

    `wording` and `why` are empty where a closed source stands behind the statement.
    """

    kind: LineageKind
    number: int
    wording: Text
    why: str
    n_said: int
    from_numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WhyNote:
    """One footnote with everything that may be told of where it comes from."""

    note: Footnote
    statement_number: int | None
    theme: Text
    words: tuple[Word, ...]
    steps: tuple[Step, ...]
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
    statements = [c.statement for c in citations if c.statement is not None]
    edition = found.edition
    names = _Names(edition)
    lineages = dialogue.lineages_of(edition, statements)
    sources = dialogue.sources_of_all(edition, statements, Audience.PUBLIC)
    return [
        _note(citation, note, names, lineages, sources)
        for citation, note in zip(citations, footnotes_of(found), strict=True)
    ]


def _note(
    citation: Citation,
    note: Footnote,
    names: _Names,
    lineages: Mapping[int, Lineage],
    sources: Mapping[int, list[Said]],
) -> WhyNote:
    statement = citation.statement
    said: list[Said] = []
    steps: tuple[Step, ...] = ()
    if statement is not None:
        said = sources[statement.pk]
        steps = _steps(lineages[statement.pk])
    elif citation.contribution is not None:
        said = [_directly(citation.contribution)]
    return WhyNote(
        note=note,
        statement_number=statement.number if statement else None,
        theme=names.themes.get(statement.theme.code, Text())
        if statement and statement.theme
        else Text(),
        words=tuple(names.word(shown_source(one)) for one in said),
        steps=steps,
        is_intact=is_intact(citation),
    )


def _directly(contribution: Contribution) -> Said:
    """A contribution cited without a statement: its words, never its speaker."""
    return Said(
        rule=AttributionRule(contribution.rule),
        statement=Text(),
        words=contribution.words,
        language=contribution.language,
        kind=contribution.kind,
        theme=contribution.theme.code if contribution.theme else "",
        session=contribution.session.code if contribution.session else "",
        only_statement=contribution.only_statement,
    )


def _steps(lineage: Lineage) -> tuple[Step, ...]:
    """The steps that made a statement, the last one first; plain acceptance alone says nothing."""
    walked = [one for one in lineage.walk() if one.step is not None]
    steps = []
    for one in walked:
        is_open = all(_may_be_quoted(c) for c in one.contributions)
        is_cited = one.statement.pk == lineage.statement.pk
        steps.append(
            Step(
                kind=LineageKind(one.step.kind if one.step else LineageKind.ACCEPTED),
                number=one.statement.number,
                wording=one.statement.wording if is_cited or is_open else Text(),
                why=one.step.why if one.step and is_open else "",
                n_said=len(one.said),
                from_numbers=tuple(earlier.statement.number for earlier in one.earlier),
            )
        )
    return tuple(steps)


def _may_be_quoted(contribution: Contribution) -> bool:
    return not contribution.only_statement and contribution.rule != AttributionRule.CLOSED


class _Names:
    """Names of an edition's themes and sessions, read once."""

    def __init__(self, edition: Edition) -> None:
        self.themes: dict[str, Text] = dict(edition.themes.values_list("code", "title"))
        self.sessions: dict[str, Text] = dict(edition.sessions.values_list("code", "title"))

    def word(self, source: Said) -> Word:
        """A source that has passed the door, with the names of things."""
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


def statement_is_demo(statement: Statement) -> bool:
    """Whether nobody spoke it: it ships with the demonstration and says so wherever it stands."""
    return statement.origin == "demo"
