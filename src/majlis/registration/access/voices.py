"""Which voice a letter, card or code connects to, and which one a device speaks with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from majlis.kernel.clock import now
from majlis.kernel.errors import NotFound
from majlis.kernel.fetching import found_in
from majlis.kernel.prepared import Prepared
from majlis.kernel.seal import digest_of, fits, seal, unsealed
from majlis.people.models import Person
from majlis.registration.models import Admission, Device, Registration, Voice
from majlis.registration.states import AdmissionKind, RegistrationState
from majlis.series.access import public_edition
from majlis.series.models import Edition
from majlis.ui.errors import ErrorWords, InItsOwnWords, WayOut

MOST_SERIALS = 20  # links of one voice, until 0.1
VOICE_COOKIE = "voice-"  # + slug of the edition
SHORT_CODE = 8  # letters shown on a connected device, for a few minutes

_WITH_VOICE = (
    "voice__edition__series",
    "voice__registration__person",
    "voice__registration__organisation",
)


class NotConnected(InItsOwnWords, NotFound):
    """The device speaks with no voice at the edition: never yet, or not any more."""

    words = ErrorWords(
        _("This device is not connected to the seminar"),
        _(
            "It was disconnected, or the browser has forgotten it. Contributions and votes that "
            "were sent are kept."
        ),
        _("Open your personal link, or scan your card. If neither works, there are other ways."),
    )

    def __init__(self, edition: str) -> None:
        super().__init__(
            _(
                "This device is not connected to the seminar. Open your personal link, or scan "
                "your card."
            )
        )
        address = reverse("registration:join", kwargs={"edition": edition})
        self.way_out = WayOut(_("Connect this device"), address)


def _sealed_words(admission: Admission) -> str:
    """What is sealed in a letter or card; the words are those of 0.1, whose links still open."""
    return f"voice:{admission.code}:1"


def admission_token(admission: Admission) -> str:
    """The secret of a letter or card: its code and a seal over it. Nothing is stored."""
    return f"{admission.code}{seal(_sealed_words(admission))}"


def short_code(admission: Admission) -> str:
    """The secret of a code shown on another device."""
    return seal(f"short:{admission.code}")[:SHORT_CODE]


def admission_by_token(token: str) -> Admission:
    """The admission with this secret, spent or not, or `NotFound`."""
    code, given = unsealed(token)
    admission = Admission.objects.filter(code=code).select_related(*_WITH_VOICE).first()
    if admission is None or not fits(_sealed_words(admission), given):
        raise NotFound
    return admission


def admission_by_code(edition: Edition, code: str) -> Admission:
    """The admission whose card, or whose short code on another device, says `code`."""
    if len(code) != SHORT_CODE:
        admission = admission_by_token(code)
        if admission.voice.edition_id != edition.pk:
            raise NotFound
        return admission
    shown = Admission.objects.filter(
        voice__edition=edition,
        kind=AdmissionKind.DEVICE,
        left__gt=0,
        ended_at__isnull=True,
        expires_at__gt=now(),
    )
    fitting = [one for one in shown if constant_time_compare(short_code(one), code)]
    if not fitting:
        raise NotFound
    return fitting[0]


def is_voice_open(voice: Voice) -> bool:
    """Whether anything may connect to the voice: its place is confirmed."""
    registration = voice.registration
    return registration is not None and registration.state == RegistrationState.CONFIRMED


def device_of(request: HttpRequest, edition_slug: str) -> Device:
    """The device that asks, with the voice it speaks with, or `NotFound`. One query."""
    return _connected_in(_asking(request, edition_slug).select_related(*_WITH_VOICE), edition_slug)


def phone_of(request: HttpRequest, edition_slug: str) -> Device:
    """As `device_of`, with the voice and nobody behind it: for what a whole room asks at once."""
    return _connected_in(_asking(request, edition_slug).select_related("voice"), edition_slug)


def _asking(request: HttpRequest, edition_slug: str) -> QuerySet[Device]:
    """The device whose secret the browser brought, while it is connected; none without one."""
    secret = request.COOKIES.get(VOICE_COOKIE + edition_slug, "")
    if not secret:
        return Device.objects.none()
    return Device.objects.filter(
        secret_digest=digest_of(secret),
        ended_at__isnull=True,
        voice__edition__slug=edition_slug,
        voice__registration__state=RegistrationState.CONFIRMED,
    )


def _connected_in(devices: QuerySet[Device], edition_slug: str) -> Device:
    device = devices.first()
    if device is None:
        raise NotConnected(public_edition(edition_slug).slug)
    return device


def was_a_link(token: str) -> bool:
    """Whether this server gave this link, and nothing is left of what it opened: the edition was
    sealed, or the person's data were deleted. The seal itself tells; nothing is kept of it."""
    code, given = unsealed(token)
    return any(fits(f"voice:{code}:{serial}", given) for serial in range(1, MOST_SERIALS))


def voice_of(request: HttpRequest, edition_slug: str) -> Voice:
    """The voice this device speaks with at the edition, or `NotFound`."""
    return device_of(request, edition_slug).voice


@dataclass(frozen=True, slots=True)
class Connected:
    """A connected device, by primary keys, and the voice it speaks with."""

    device: int
    is_limited: bool
    voice: int
    voice_code: str
    edition: int


def connected(asked: Collection[tuple[str, str]]) -> dict[tuple[str, str], Connected]:
    """For pairs of an edition's slug and a device's secret, what `device_of` would give. One query.

    What it would refuse is left out.
    """
    by_digest = {digest_of(secret): (edition, secret) for edition, secret in asked}
    return {
        by_digest[digest]: Connected(device, is_limited, voice, code, edition_pk)
        for digest, edition, device, is_limited, voice, code, edition_pk in _CONNECTED.rows(
            by_digest
        )
        if by_digest[digest][0] == edition
    }


def _connected_by(digests: Collection[Any]) -> QuerySet[Device, Any]:
    return Device.objects.filter(
        secret_digest__in=digests,
        ended_at__isnull=True,
        voice__registration__state=RegistrationState.CONFIRMED,
    ).order_by().values_list(
        "secret_digest", "voice__edition__slug",
        "pk", "is_limited", "voice_id", "voice__code", "voice__edition_id",
    )  # fmt: skip


_CONNECTED = Prepared(_connected_by)


def full_device_of(request: HttpRequest, edition_slug: str) -> Device:
    """The device that asks when it may see and change what was said before, or `NotFound`."""
    device = device_of(request, edition_slug)
    if device.is_limited:
        raise NotFound
    return device


def own_device(device: Device, code: str) -> Device:
    """A connected device of the same voice, or `NotFound`; a limited one sees only itself."""
    devices = Device.objects.filter(voice=device.voice, code=code, ended_at__isnull=True)
    if device.is_limited:
        devices = devices.filter(pk=device.pk)
    return found_in(devices.select_related("voice__registration__person", "voice__edition"))


def own_admission(device: Device, code: str) -> Admission:
    """A letter or card of the same voice, or `NotFound`."""
    return found_in(
        Admission.objects.filter(voice=device.voice, code=code).select_related("voice__edition")
    )


def own_registration(request: HttpRequest, edition_slug: str) -> Registration:
    """The confirmed registration of the person who is signed in by email, or `NotFound`."""
    person = request.user if isinstance(request.user, Person) else None
    if person is None or not person.is_active:
        raise NotFound
    return found_in(
        Registration.objects.filter(
            edition__slug=edition_slug,
            edition__is_sealed=False,
            person=person,
            state=RegistrationState.CONFIRMED,
            voice__isnull=False,
        ).select_related("edition__series", "person", "voice")
    )
