"""Sources of statements as disclosure wants them. Nothing here is shown as it is:
every `Source` passes `kernel.disclosure.shown_source` first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from majlis.dialogue.models import Statement
from majlis.dialogue.queries.lineage import Lineage, lineages_of
from majlis.dialogue.states import LineageKind
from majlis.kernel.disclosure import Audience, Source
from majlis.registration.models import Registration, Voice
from majlis.registration.queries import agreeing
from majlis.registration.states import Capacity, ConsentKind, RegistrationState
from majlis.series.models import Edition


@dataclass(frozen=True, slots=True)
class ParticipantCells:
    """How many confirmed participants an edition has, by constituency, country and both."""

    by_constituency: Counter[str]
    by_country: Counter[str]
    by_both: Counter[tuple[str, str]]
    smallest: int

    def passing(self, constituency: str, country: str) -> tuple[bool, bool]:
        """Whether constituency and country may be told of one source.

        Each needs a large enough cell; told together they make a cell of their own, and where
        that one is too small only the constituency is told.
        """
        constituency_passes = self.by_constituency[constituency] >= self.smallest
        country_passes = self.by_country[country] >= self.smallest
        if constituency_passes and country_passes:
            country_passes = self.by_both[constituency, country] >= self.smallest
        return constituency_passes, country_passes


def cells_of(edition: Edition, audience: Audience) -> ParticipantCells:
    """The sizes of an edition's cells now, for an audience."""
    rows = list(
        Registration.objects.filter(edition=edition, state=RegistrationState.CONFIRMED).values_list(
            "constituency", "country"
        )
    )
    return ParticipantCells(
        Counter(constituency for constituency, _ in rows),
        Counter(country for _, country in rows),
        Counter(rows),
        edition.smallest(audience),
    )


def sources_of_all(
    edition: Edition, statements: Iterable[Statement], audience: Audience
) -> dict[int, list[Source]]:
    """Every contribution that leads to each statement, by primary key, for `shown_source`.

    `kind`, `theme` and `session` are their stored words and codes; their names in a language are
    the caller's. Empty for statements spoken by no one. The length of a list is the number of
    sources, also where nothing of a source may be shown.
    """
    return _sources(edition, lineages_of(edition, statements).values(), audience)


def _sources(
    edition: Edition, lineages: Iterable[Lineage], audience: Audience
) -> dict[int, list[Source]]:
    lineages = list(lineages)
    cells = cells_of(edition, audience)
    voice_pks = {c.voice_id for one in lineages for c in one.contributions if c.voice_id}
    voices = Voice.objects.select_related("registration__person", "registration__organisation")
    by_pk = voices.in_bulk(voice_pks)
    named = set(
        agreeing(ConsentKind.NAMED)
        .filter(registration__voice__in=voice_pks)
        .values_list("registration_id", flat=True)
    )
    answer = {}
    for one in lineages:
        as_said = {
            c.pk: step_made.statement.wording
            for step_made in one.walk()
            if step_made.step is not None and step_made.step.kind == LineageKind.ACCEPTED
            for c in step_made.said
        }
        answer[one.statement.pk] = [
            _with_speaker(
                Source(
                    rule=c.rule,
                    statement=one.statement.wording,
                    words=c.words,
                    language=c.language,
                    translation=as_said.get(c.pk),
                    kind=c.kind,
                    theme=c.theme.code if c.theme else "",
                    session=c.session.code if c.session else "",
                    only_statement=c.only_statement,
                ),
                by_pk.get(c.voice_id or 0),
                named,
                cells,
            )
            for c in one.contributions
        ]
    return answer


def _with_speaker(
    source: Source, voice: Voice | None, named: set[int], cells: ParticipantCells
) -> Source:
    """Add what is known of whoever said it: nothing of a card, or once the link was cut."""
    if voice is None:
        return source
    constituency_passes, country_passes = cells.passing(voice.constituency, voice.country)
    source = replace(
        source,
        constituency=voice.constituency,
        country=voice.country,
        constituency_passes=constituency_passes,
        country_passes=country_passes,
    )
    registration = voice.registration
    if registration is None:
        return source
    body = registration.organisation if registration.capacity == Capacity.OFFICIAL else None
    return replace(
        source,
        person=registration.full_name,
        organisation=body.name if body else "",
        consents_to_name=registration.pk in named,
    )
