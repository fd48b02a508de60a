"""Questions about who registered, who comes and who works at an edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from majlis.kernel.analysis import Search, sort_key
from majlis.kernel.clock import now
from majlis.kernel.disclosure import Audience, shown_sizes
from majlis.kernel.words import language_now
from majlis.mail.addresses import spellings
from majlis.people.models import Organisation, Person
from majlis.people.queries import doer_names
from majlis.people.states import Constituency
from majlis.registration.models import (
    CODE_SHOWN,
    Admission,
    Consent,
    Device,
    FormAnswer,
    Invitation,
    PendingAnswers,
    Registration,
    Role,
    Voice,
)
from majlis.registration.states import (
    CARDS,
    AdmissionKind,
    ConsentKind,
    RegistrationState,
    RoleKind,
)
from majlis.series.models import Edition
from majlis.series.queries import questions_of


def registrations(
    edition: Edition, *, state: str = "", constituency: str = "", country: str = "", words: str = ""
) -> QuerySet[Registration]:
    """Registrations of an edition, oldest first, narrowed by what is not empty."""
    found = Registration.objects.filter(edition=edition).select_related(
        "person", "organisation", "voice"
    )
    if state == "listed":
        found = found.filter(state=RegistrationState.WAITING, listed_at__isnull=False)
    elif state == "arrived":
        found = found.filter(state=RegistrationState.CONFIRMED, arrived_at__isnull=False)
    elif state:
        found = found.filter(state=state)
    if constituency:
        found = found.filter(constituency=constituency)
    if country:
        found = found.filter(country=country)
    if wanted := Search(words):
        named = found.values_list(
            "pk", "person__email", "code", "name", "person__name", "organisation__name"
        )
        found = found.filter(
            pk__in=[
                pk
                for pk, email, code, name, known_as, organisation in named
                if wanted.in_names(*spellings(email or ""), code, name or known_as, organisation)
            ]
        )
    return found


def counts_by_state(edition: Edition) -> dict[str, int]:
    """How many registrations stand where; `arrived` counts within the confirmed,
    `listed` within those who wait."""
    rows = (
        Registration.objects.filter(edition=edition)
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"), n_arrived=Count("arrived_at"), n_listed=Count("listed_at"))
    )
    counts = {str(state): 0 for state in RegistrationState.values}
    counts["arrived"] = counts["listed"] = 0
    for state, n, n_arrived, n_listed in rows:
        counts[state] = n
        counts["listed"] += n_listed
        if state == RegistrationState.CONFIRMED:
            counts["arrived"] = n_arrived
    return counts


def countries_of(edition: Edition) -> list[str]:
    """Codes of the countries somebody registered from."""
    codes = Registration.objects.filter(edition=edition).order_by()
    return list(codes.values_list("country", flat=True).distinct())


def confirmed(edition: Edition) -> QuerySet[Registration]:
    """The participants of an edition."""
    return Registration.objects.filter(edition=edition, state=RegistrationState.CONFIRMED)


def arrived(edition: Edition) -> QuerySet[Registration]:
    """The participants who were seen at the desk."""
    return confirmed(edition).filter(arrived_at__isnull=False)


def keys_by_name(found: QuerySet[Registration]) -> list[int]:
    """The keys of registrations by name, as the reader's language sorts.

    Names alone are read and sorted; whoever shows some of them fetches those (`in_this_order`).
    """
    named = found.values_list("pk", "name", "person__name")
    return [row[0] for row in sorted(named, key=lambda row: sort_key(row[1] or row[2]))]


def in_this_order(keys: Iterable[int]) -> list[Registration]:
    """Registrations with what lists tell of them, in the order of their keys."""
    rows = Registration.objects.select_related("person", "organisation", "voice").in_bulk(
        wanted := list(keys)
    )
    return [rows[pk] for pk in wanted]


KeyOfCard = tuple[int, int]  # of a registration and of the card that was given last


def cards_by_name(found: QuerySet[Registration]) -> tuple[list[KeyOfCard], list[KeyOfCard]]:
    """The cards given last to confirmed registrations, by name: those unused, and those used."""
    confirmed_ = found.filter(state=RegistrationState.CONFIRMED, voice__isnull=False)
    cards = Admission.objects.filter(voice__registration__in=confirmed_, kind__in=CARDS)
    given = cards.order_by("given_at", "pk").values_list("voice__registration_id", "pk")
    newest: dict[int | None, int] = dict(given)
    # As `Admission.admits` has it, without making thousands of objects to ask them.
    over = Q(left=0) | Q(ended_at__isnull=False) | Q(expires_at__lte=now())
    spent = set(cards.filter(over).values_list("pk", flat=True))
    pairs = [(pk, newest[pk]) for pk in keys_by_name(confirmed_) if pk in newest]
    unused = [pair for pair in pairs if pair[1] not in spent]
    return unused, [pair for pair in pairs if pair[1] in spent]


def with_cards(keys: Iterable[KeyOfCard]) -> list[tuple[Registration, Admission]]:
    """Registrations and cards by their keys, in that order."""
    wanted = list(keys)
    cards = Admission.objects.in_bulk([card for _one, card in wanted])
    people = in_this_order(pk for pk, _card in wanted)
    return [(one, cards[card]) for one, (_pk, card) in zip(people, wanted, strict=True)]


def newest_card(voice: Voice) -> Admission | None:
    """The card that was given last for this voice, used or not."""
    return voice.admissions.filter(kind__in=CARDS).order_by("-given_at", "-pk").first()


def disowned(edition: Edition) -> list[Device]:
    """Devices of which somebody said “that was not me” and no organiser has read it yet."""
    return list(
        Device.objects.filter(
            voice__edition=edition, disowned_at__isnull=False, seen_at__isnull=True
        )
        .select_related("voice__registration__person", "admission")
        .order_by("disowned_at")
    )


def shown_code(voice: Voice) -> Admission | None:
    """The code that a connected device shows for one more, until it is used or void."""
    codes = voice.admissions.filter(kind=AdmissionKind.DEVICE, left__gt=0, ended_at__isnull=True)
    return codes.filter(given_at__gt=now() - CODE_SHOWN).first()


def devices_of(voice: Voice) -> QuerySet[Device]:
    """The connected devices of a voice, oldest first."""
    return Device.objects.filter(voice=voice, ended_at__isnull=True).select_related("admission")


@dataclass(frozen=True, slots=True)
class Notice:
    """What an earlier device is told: somebody was, or can be, let in to the same voice.

    `who` is the colleague who gave the card or let it work again, if one did. Without a
    `device`, the card has not been used yet.
    """

    admission: Admission
    device: Device | None
    who: str

    @property
    def at(self) -> datetime:
        return self.device.admitted_at if self.device else self.admission.given_at


def notices_for(device: Device) -> list[Notice]:
    """What this device is told of devices connected after it and cards given after it."""
    if device.is_limited:
        return []
    later = devices_of(device.voice).filter(admitted_at__gt=device.admitted_at, known_at=None)
    cards = device.voice.admissions.filter(
        Q(kind=AdmissionKind.NEW_CARD) | Q(is_again=True),
        left__gt=0,
        ended_at__isnull=True,
        given_at__gt=device.admitted_at,
    )
    found = [(one.admission, one) for one in later] + [(one, None) for one in cards]
    names = doer_names(admission.given_by for admission, _device in found if _is_given(admission))
    notices = [
        Notice(admission, other, names.get(admission.given_by, "") if _is_given(admission) else "")
        for admission, other in found
    ]
    return sorted(notices, key=lambda notice: notice.at)


def _is_given(admission: Admission) -> bool:
    """Whether a colleague gave it by hand, and not the person to themselves."""
    return admission.kind in CARDS or admission.is_again


@dataclass(frozen=True, slots=True)
class Census:
    """Who takes part, as finely as the audience may see it.

    `level` is constituency, family, or "room" for the whole only; then, or where `countries` is
    empty, the groups are too small to be told apart.
    """

    n_confirmed: int
    level: str
    sizes: Mapping[str, int]
    countries: Mapping[str, int]


def census(edition: Edition, audience: Audience) -> Census:
    """Counts of participants through disclosure, in one query."""
    rows = list(confirmed(edition).values_list("constituency", "country"))
    by_constituency = Counter(row[0] for row in rows)
    by_family = Counter(str(Constituency(row[0]).family) for row in rows)
    smallest = edition.smallest(audience)
    level, sizes = shown_sizes(
        [("constituency", by_constituency), ("family", by_family)], smallest=smallest
    )
    _level, countries = shown_sizes(
        [("country", Counter(row[1] for row in rows))], smallest=smallest
    )
    return Census(len(rows), level, sizes, countries)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works at an edition, with every role held now."""

    person: Person
    roles: tuple[Role, ...]

    @property
    def since(self) -> datetime:
        return min(role.given_at for role in self.roles)

    @property
    def missing_kinds(self) -> list[RoleKind]:
        held = {role.kind for role in self.roles}
        return [kind for kind in RoleKind if kind not in held]


def colleagues(edition: Edition, words: str = "") -> list[Colleague]:
    """Everybody who holds a role at the edition and has the words in name or address, by name."""
    rows = (
        Role.objects.filter(edition=edition, revoked_at__isnull=True)
        .select_related("person")
        .order_by("person_id", "given_at")
    )
    held: dict[Person, list[Role]] = {}
    for role in rows:
        held.setdefault(role.person, []).append(role)
    named = sorted(held.items(), key=lambda one: sort_key(one[0].name))
    wanted = Search(words)
    return [
        Colleague(person, tuple(roles))
        for person, roles in named
        if not wanted or wanted.in_names(person.name, *spellings(person.email or ""))
    ]


def open_invitations(edition: Edition) -> QuerySet[Invitation]:
    """Invitations that can still be taken up."""
    return Invitation.objects.filter(
        edition=edition, taken_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now()
    )


def n_organisers(edition: Edition) -> int:
    return Role.objects.filter(
        edition=edition, kind=RoleKind.ORGANISER, revoked_at__isnull=True
    ).count()


def is_known_elsewhere(person: Person, edition: Edition) -> bool:
    """Whether the person also belongs to others: then this edition's desk may not rename them."""
    return (
        person.roles.filter(revoked_at__isnull=True).exists()
        or person.registrations.exclude(edition=edition).exists()
    )


def is_known_to_nobody(person: Person) -> bool:
    """Whether no place and no role is left of the person."""
    return not (person.roles.exists() or person.registrations.exists())


def is_colleague(person: Person, edition: Edition) -> bool:
    """Whether the person works at this edition: then their address is also their way in."""
    return person.roles.filter(edition=edition, revoked_at__isnull=True).exists()


def place_of(email: str, edition: Edition) -> Registration | None:
    """The place at the edition of whoever has this address."""
    return Registration.objects.filter(edition=edition, person__email=email).first()


def known_to_nobody(*, before: datetime) -> QuerySet[Person]:
    """Persons made for an invitation before, who have neither come in nor got a role or a place."""
    return Person.objects.filter(
        created_at__lt=before,
        is_active=True,
        last_login=None,
        email__isnull=False,
        roles=None,
        registrations=None,
    )


def organisations(edition: Edition) -> QuerySet[Organisation]:
    """Those that somebody at this edition speaks for."""
    return Organisation.objects.filter(registrations__edition=edition).distinct()


def organisation_names(edition: Edition, limit: int = 500) -> list[str]:
    """Names to choose from while typing, for the desk only: they tell who is coming."""
    names = organisations(edition).values_list("name", flat=True)
    return sorted(dict.fromkeys(names[:limit]), key=sort_key)


def participant_list(edition: Edition) -> list[int]:
    """The keys of the participants who want their names on the list, by name."""
    listed = agreeing(ConsentKind.NAME_LIST).values("registration")
    return keys_by_name(confirmed(edition).filter(pk__in=listed))


def form_answers(registration: Registration) -> QuerySet[FormAnswer]:
    """What somebody answered to the edition's own questions, in their order."""
    return registration.form_answers.select_related("question")


def pending_answers(pending: PendingAnswers) -> list[FormAnswer]:
    """The further answers that wait for a confirmation, as they would stand."""
    lang, more = language_now() or "en", pending.more or {}
    return [
        FormAnswer(
            question=q,
            prompt=q.prompt.shown(lang).text,
            shown=q.shown(more[q.code], lang),
            language=lang,
        )
        for q in questions_of(pending.edition)
        if q.code in more
    ]


def answered_by(registration: Registration) -> dict[str, Any]:
    """The same by code of the question, as forms take it."""
    return {answer.question.code: answer.value for answer in form_answers(registration)}


def agreeing(kind: ConsentKind) -> QuerySet[Consent]:
    """Permissions that count: given, by participants whose place is confirmed."""
    return Consent.objects.filter(
        kind=kind, is_given=True, registration__state=RegistrationState.CONFIRMED
    )


def agreed_to(registration: Registration) -> list[str]:
    """The choices with the answer yes, in words."""
    consents = consents_of(registration)
    return [str(kind.label) for kind in ConsentKind if consents[kind]]


def consents_of(registration: Registration) -> dict[str, bool]:
    """Every choice with its answer; what was never asked counts as no."""
    given = {consent.kind: consent.is_given for consent in registration.consents.all()}
    return {str(kind): given.get(kind, False) for kind in ConsentKind.values}
