"""Contributions as sources, and the way back from a statement to the words said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import Contribution, Statement
from majlis.dialogue.queries import (
    Lineage,
    lineages_of,
    matching_contributions,
    sources_of_all,
)
from majlis.dialogue.states import ContributionState, LineageKind
from majlis.kernel.canonical import digest_of
from majlis.kernel.citing import Citable, Frozen, Json, Told, Trace, register
from majlis.kernel.disclosure import AttributionRule, Audience, Source
from majlis.kernel.texts import Text
from majlis.series.models import Edition


class Contributions(Citable[Contribution]):
    """Words as they were said. Only their digest is kept, and nobody is told more."""

    name = "contribution"
    model = Contribution
    label = _("contribution")
    title = _("Contributions")
    about = _(
        "The contributor’s own words. What the public sees of them depends on the rule of the "
        "session."
    )
    nothing = _("No contribution to cite.")
    template = "dialogue/desk/_choose_contribution.html"
    filters = ("q",)
    rank = 20
    related = ("session", "theme")

    def choices(self, edition: Edition, wanted: Mapping[str, str]) -> QuerySet[Contribution]:
        return matching_contributions(edition, q=wanted["q"])

    def freeze(
        self, sources: Sequence[Contribution], known: dict[Any, Any]
    ) -> Mapping[int, Frozen]:
        return {one.pk: Frozen(_excerpt(one), {}) for one in sources}

    def told(self, excerpt: Json, source: Contribution) -> Told:
        return Told(Text())

    def wording_at_desk(self, excerpt: Json, source: Contribution) -> Text:
        if not source.is_guarded:
            return Text.of(source.language, **{source.language: source.words})
        language = get_language() or "en"
        said = gettext("a contribution shown only as the statement made from it")
        return Text.of(language, **{language: said})

    def is_gone(self, source: Contribution) -> bool:
        return source.state == ContributionState.WITHDRAWN

    def traces(
        self, edition: Edition, sources: Sequence[Contribution], audience: Audience
    ) -> Mapping[int, Trace]:
        """A contribution cited without a statement: its words, never its speaker."""
        return {
            one.pk: Trace(
                said=[
                    Source(
                        rule=AttributionRule(one.rule),
                        statement=Text(),
                        words=one.words,
                        language=one.language,
                        kind=one.kind,
                        theme=one.theme.code if one.theme else "",
                        session=one.session.code if one.session else "",
                        only_statement=one.only_statement,
                    )
                ]
            )
            for one in sources
        }


def _excerpt(contribution: Contribution) -> Json:
    return {
        "kind": "contribution",
        "code": contribution.code,
        "language": contribution.language,
        "words_digest": digest_of(contribution.words),
    }


@dataclass(frozen=True, slots=True)
class TracedStep:
    """One step of moderation, from a cited statement backwards.

    `wording` and `why` are empty where a closed source stands behind the statement.
    """

    kind: LineageKind
    number: int
    wording: Text
    why: Text | str
    n_said: int
    from_numbers: tuple[int, ...]


def traces_of(
    edition: Edition, statements: Sequence[Statement], audience: Audience
) -> Mapping[int, Trace]:
    """What statements were made of, by primary key."""
    lineages = lineages_of(edition, statements)
    said = sources_of_all(edition, lineages.values(), audience)
    return {
        one.pk: Trace(one.theme.code if one.theme else "", said[one.pk], _steps(lineages[one.pk]))
        for one in statements
    }


def _steps(lineage: Lineage) -> tuple[TracedStep, ...]:
    """The steps that made a statement, the last one first."""
    steps = []
    for one in lineage.walk():
        if one.step is None:
            continue
        is_open = not any(contribution.is_guarded for contribution in one.contributions)
        is_cited = one.statement.pk == lineage.statement.pk
        steps.append(
            TracedStep(
                kind=LineageKind(one.step.kind),
                number=one.statement.number,
                wording=one.statement.wording if is_cited or is_open else Text(),
                why=one.step.reason if is_open else "",
                n_said=len(one.said),
                from_numbers=tuple(earlier.statement.number for earlier in one.earlier),
            )
        )
    return tuple(steps)


register(Contributions())
