"""Sources of statements as disclosure wants them. Nothing here is shown as it is:
every `Source` passes `kernel.disclosure.shown_source` first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from majlis.dialogue.models import Contribution
from majlis.dialogue.queries.lineage import Lineage
from majlis.dialogue.queries.votes import UNKNOWN
from majlis.dialogue.states import LineageKind
from majlis.kernel.disclosure import AttributionRule, Audience, Source, separable
from majlis.registration.models import Registration, Voice
from majlis.registration.queries import agreeing
from majlis.registration.states import Capacity, ConsentKind, RegistrationState
from majlis.series.models import Edition


@dataclass(frozen=True, slots=True)
class ParticipantCells:
    """What may be told of a participant by their group and country, for one audience.

    `countries` goes from each constituency that may be told, and from `""` for all others
    together, to the countries that may be told beside it.
    """

    countries: Mapping[str, frozenset[str]]

    def told(self, constituency: str, country: str) -> tuple[str, str]:
        """Constituency and country as far as they may be told; they make one cell together."""
        group = constituency if constituency in self.countries else UNKNOWN
        return group, country if country in self.countries.get(group, ()) else UNKNOWN


def cells_of(edition: Edition, audience: Audience) -> ParticipantCells:
    """The cells of an edition's confirmed participants now.

    Everybody told alike, those of whom nothing is told too, are enough for the audience.
    """
    smallest = edition.smallest(audience)
    confirmed = Registration.objects.filter(edition=edition, state=RegistrationState.CONFIRMED)
    people = list(confirmed.values_list("constituency", "country"))
    groups = separable(Counter(constituency for constituency, _country in people), smallest)
    by_group: dict[str, Counter[str]] = {group: Counter() for group in (*groups, UNKNOWN)}
    for constituency, country in people:
        by_group[constituency if constituency in groups else UNKNOWN][country] += 1
    return ParticipantCells({g: separable(sizes, smallest) for g, sizes in by_group.items()})


def sources_of_all(
    edition: Edition, lineages: Collection[Lineage], audience: Audience
) -> dict[int, list[Source]]:
    """Every contribution that leads to each statement, by primary key, for `shown_source`.

    `kind`, `theme` and `session` are their stored words and codes; their names in a language are
    the caller's. Empty for statements spoken by no one. The length of a list is the number of
    sources, also where nothing of a source may be shown.
    """
    cells = cells_of(edition, audience)
    speakers = _speakers({c for one in lineages for c in one.contributions})
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
                speakers[c.pk],
                c.told.get(str(audience)) or cells.told(*speakers[c.pk].cell),
            )
            for c in one.contributions
        ]
    return answer


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whoever said something, as far as it is known: nothing of a card, or once it was cut."""

    cell: tuple[str, str] = (UNKNOWN, UNKNOWN)
    registration: Registration | None = None
    consents_to_name: bool = False


def _speakers(contributions: Iterable[Contribution]) -> dict[int, Speaker]:
    """Who said each of some contributions, by primary key. Three queries."""
    said = list(contributions)
    with_person = ("person", "organisation")
    voices = Voice.objects.select_related(*(f"registration__{one}" for one in with_person)).in_bulk(
        {c.voice_id for c in said if c.voice_id}
    )
    named = Registration.objects.select_related(*with_person).in_bulk(
        {c.named_id for c in said if c.named_id}
    )
    agreed = set(
        agreeing(ConsentKind.NAMED)
        .filter(Q(registration__in=named) | Q(registration__voice__in=voices))
        .values_list("registration_id", flat=True)
    )
    found = {}
    for c in said:
        voice = voices.get(c.voice_id or 0)
        who = voice.registration if voice else named.get(c.named_id or 0)
        cell = (voice.constituency, voice.country) if voice else (UNKNOWN, UNKNOWN)
        found[c.pk] = Speaker(cell, who, who is not None and who.pk in agreed)
    return found


def _with_speaker(source: Source, speaker: Speaker, told: Sequence[str]) -> Source:
    """Add what is known of whoever said it, and what of it may be told."""
    constituency, country = told
    source = replace(
        source,
        constituency=constituency,
        country=country,
        constituency_passes=bool(constituency),
        country_passes=bool(country),
    )
    registration = speaker.registration
    if registration is None:
        return source
    body = registration.organisation if registration.capacity == Capacity.OFFICIAL else None
    return replace(
        source,
        person=registration.full_name,
        organisation=body.name if body else "",
        consents_to_name=speaker.consents_to_name,
    )


def frozen_speakers(
    edition: Edition, contributions: Iterable[Contribution]
) -> dict[int, tuple[Registration | None, dict[str, tuple[str, str]]]]:
    """What stays of each speaker once the edition is sealed, by primary key of the contribution.

    The registration of those whose name is shown, since what everybody reads is no secret, and
    what each audience is told of group and country.
    """
    said = list(contributions)
    cells = {str(audience): cells_of(edition, audience) for audience in Audience}
    speakers = _speakers(said)
    found = {}
    for c in said:
        who = speakers[c.pk]
        is_named = (
            who.consents_to_name and c.rule == AttributionRule.PUBLIC and not c.only_statement
        )
        told = {} if c.is_guarded else {key: of.told(*who.cell) for key, of in cells.items()}
        found[c.pk] = (who.registration if is_named else None, told)
    return found
