"""Letting devices in to a voice, and ending that.

A ledger line stands under the registration and names the person, never the voice: the log must
not lead from one to the other once an edition has been made anonymous.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.locks import held_for_share
from majlis.kernel.seal import digest_of, seal
from majlis.mail.actions import strike_used
from majlis.mail.queries import are_kept
from majlis.registration import held, letters
from majlis.registration.access import admission_token, is_voice_open
from majlis.registration.models import Admission, AdmissionSpent, Device, Registration, Voice
from majlis.registration.states import CARDS, AdmissionKind, RegistrationState, Verb
from majlis.series.models import Edition

LETTER_ADMITS = 3  # the computer at work, the browser of a messenger, the phone
CODE_LIVES = timedelta(minutes=3)  # somebody may type until the last moment


def require_unsealed(edition: Edition) -> None:
    """Refuse where nothing leads from a person to a voice any more; hold it so until the end."""
    if held_for_share(Edition, [edition.pk])[edition.pk].is_sealed:
        raise RuleBroken(
            _(
                "This edition has been made anonymous. Contributions and votes can no longer be "
                "linked to a person, so links and registrations cannot be changed."
            )
        )


def give_letter(voice: Voice, *, by: Doer) -> Admission:
    """A letter's admission; letters sent before admit nobody any more.

    It opens what was said before only if it goes to an address that its owner confirmed, by a
    mail server: a letter that is kept here passes through an organiser's hands.
    """
    _end_admissions(voice, AdmissionKind.LETTER)
    return Admission.objects.create(
        voice=voice,
        kind=AdmissionKind.LETTER,
        left=LETTER_ADMITS,
        opens_earlier=voice.opens_by_email and not are_kept(),
        given_by=by.doer,
    )


def give_card(voice: Voice, *, by: Doer) -> Admission:
    """A card's admission; cards not used so far admit nobody any more."""
    is_new = voice.admissions.filter(kind__in=CARDS).exists()
    _end_admissions(voice, *CARDS)
    kind = AdmissionKind.NEW_CARD if is_new else AdmissionKind.CARD
    return Admission.objects.create(voice=voice, kind=kind, given_by=by.doer)


def _end_admissions(voice: Voice, *kinds: str) -> None:
    voice.admissions.filter(kind__in=kinds, ended_at__isnull=True).update(ended_at=now())


def _voice_of(registration: Registration) -> Voice:
    """The voice of a confirmed registration, held until this transaction ends."""
    require_unsealed(registration.edition)
    voice = (
        Voice.objects.select_for_update(of=("self",), no_key=True)
        .select_related("registration__person", "registration__edition")
        .filter(registration=registration)
        .first()
    )
    if voice is None or not is_voice_open(voice):
        raise RuleBroken(_("There is no personal link yet. Approve the registration first."))
    return voice


@transaction.atomic
def give_new_card(registration: Registration, *, by: Doer) -> Admission:
    """A new card for somebody who lost theirs; earlier devices are told."""
    card = give_card(_voice_of(registration), by=by)
    ledger.record(Verb.GAVE_CARD, registration, by=by, admission=card.code)
    return card


@transaction.atomic
def send_link_again(registration: Registration, *, by: Doer) -> Admission:
    """Mail another personal link; the one mailed before connects no further device."""
    voice = _voice_of(registration)
    if not registration.person.email:
        raise RuleBroken(_("There is no email address. Give the person a card."))
    letter = give_letter(voice, by=by)
    ledger.record(Verb.SENT_LINK, registration, by=by, admission=letter.code)
    letters.confirmed(registration, letter, is_another=True)
    return letter


@transaction.atomic
def disconnect_all(registration: Registration, *, by: Doer) -> None:
    """End every device, card and link of a person whose phone or card is in wrong hands."""
    voice = _voice_of(registration)
    _end_admissions(voice, *AdmissionKind.values)
    for device in voice.devices.filter(ended_at__isnull=True):
        _end(device)
    ledger.record(Verb.DISCONNECTED, registration, by=by)


@transaction.atomic
def admit_again(edition: Edition, *, by: Doer) -> int:
    """Let each used card and link work once more, and return how many those are.

    For when the server's address changed in the hall and phones lost their connection. What they
    let in sees nothing that was said before: whoever collected used cards learns nothing.
    """
    require_unsealed(edition)
    used = Admission.objects.select_for_update(of=("self",)).filter(
        voice__edition=edition,
        voice__registration__state=RegistrationState.CONFIRMED,
        kind__in=[*CARDS, AdmissionKind.LETTER],
        left=0,
        ended_at__isnull=True,
    )
    at, opened = now(), list(used)
    for admission in opened:
        admission.open_again(by=by.doer, at=at)
    changed = ["left", "opens_earlier", "is_again", "given_by", "given_at"]
    Admission.objects.bulk_update(opened, changed, batch_size=500)
    ledger.record(Verb.ADMITTED_AGAIN, edition, by=by, admissions=len(opened))
    return len(opened)


@transaction.atomic
def show_code(device: Device) -> Admission:
    """A short code on a connected device, for one more; a code shown before is void."""
    registration = device.voice.registration
    if registration is None or device.is_limited:
        raise RuleBroken(_("This device cannot connect others."))
    voice = _voice_of(registration)
    _end_admissions(voice, AdmissionKind.DEVICE)
    admission = Admission.objects.create(
        voice=voice,
        kind=AdmissionKind.DEVICE,
        opens_earlier=True,
        given_by=registration.person.doer,
        expires_at=now() + CODE_LIVES,
    )
    ledger.record(Verb.SHOWED_CODE, registration, by=registration.person, admission=admission.code)
    return admission


@transaction.atomic
def admit_device(
    admission: Admission, *, press: str, label: str, replacing: Device | None = None
) -> tuple[Device, str]:
    """Connect a device; returned with the secret that its browser keeps.

    The same `press` again, after a lost answer or a double tap, spends nothing and gives the
    same secret: only the server's key can make it from the press. What the browser was connected
    with before is ended.
    """
    voice = admission.voice
    registration = voice.registration
    if registration is None:
        raise RuleBroken(_("This personal link no longer works."))
    voice = _voice_of(registration)
    admission = Admission.objects.select_for_update().get(pk=admission.pk)
    secret = seal(f"device:{admission.code}:{press}") + seal(f"device:{press}:{admission.code}")
    pressed = digest_of(press)
    device = admission.devices.filter(press_digest=pressed).first()
    if device is not None:
        if device.ended_at is not None:
            raise AdmissionSpent(
                _("This device has been disconnected since. Use a new link or code.")
            )
        return device, secret
    is_first = not voice.devices.exists() and not _has_spoken(voice)
    admission.spend(at=now())
    admission.save(update_fields=["left"])
    if admission.kind == AdmissionKind.LETTER and not admission.left:
        strike_used(admission_token(admission), to=registration.person.email or "")
    device = Device.objects.create(
        voice=voice,
        admission=admission,
        secret_digest=digest_of(secret),
        press_digest=pressed,
        is_limited=not (admission.opens_earlier or is_first),
        label=label,
    )
    if replacing is not None:
        _end_and_record(replacing)
    _record(Verb.ADMITTED_DEVICE, device)
    return device, secret


def _has_spoken(voice: Voice) -> bool:
    """Whether somebody has said or voted anything with it; what a rehearsal invents is nobody's."""
    registration = voice.registration
    is_invented = registration is not None and registration.is_simulated
    return not is_invented and held.said_anything(voice)


@transaction.atomic
def admit_by_email(
    registration: Registration, *, press: str, label: str, replacing: Device | None = None
) -> tuple[Device, str]:
    """Connect the device on which somebody has just shown that they read the address's mail."""
    voice = _voice_of(registration)
    known = Device.objects.filter(
        voice=voice, press_digest=digest_of(press), admission__kind=AdmissionKind.EMAIL
    ).first()
    admission = (
        known.admission
        if known is not None
        else Admission.objects.create(
            voice=voice,
            kind=AdmissionKind.EMAIL,
            opens_earlier=voice.opens_by_email,
            given_by=registration.person.doer,
        )
    )
    return admit_device(admission, press=press, label=label, replacing=replacing)


@transaction.atomic
def end_device(device: Device) -> None:
    """Disconnect one of one's own devices."""
    _end_and_record(device)


@transaction.atomic
def acknowledge_device(device: Device) -> None:
    """Note that the person knows this device, so that nothing is said of it any more."""
    device.known_at = now()
    device.save(update_fields=["known_at"])


@transaction.atomic
def disown_device(device: Device) -> None:
    """“That was not me”: end the device and what let it in, and tell the organisers."""
    if device.ended_at is not None:
        return
    device.disowned_at = now()
    _end(device)
    Admission.objects.filter(pk=device.admission_id).update(ended_at=now())
    _record(Verb.DISOWNED_DEVICE, device)


@transaction.atomic
def cancel_card(admission: Admission) -> None:
    """“That was not me”: a card that was given in one's name lets nobody in."""
    registration = admission.voice.registration
    if admission.ended_at is not None or registration is None:
        return
    admission.ended_at = now()
    admission.save(update_fields=["ended_at"])
    ledger.record(
        Verb.CANCELLED_CARD, registration, by=registration.person, admission=admission.code
    )


@transaction.atomic
def note_seen(registration: Registration, *, by: Doer) -> None:
    """The organiser has read that a device was not the person's own."""
    Device.objects.filter(
        voice__registration=registration, disowned_at__isnull=False, seen_at__isnull=True
    ).update(seen_at=now())
    ledger.record(Verb.SAW_DISOWNED, registration, by=by)


def _end(device: Device) -> None:
    if device.ended_at is None:
        device.end(at=now())
        device.save(update_fields=["ended_at", "label", "disowned_at"])


def _end_and_record(device: Device) -> None:
    if device.ended_at is None:
        _end(device)
        _record(Verb.ENDED_DEVICE, device)


def _record(verb: Verb, device: Device) -> None:
    registration = device.voice.registration
    if registration is not None:
        ledger.record(
            verb,
            registration,
            by=registration.person,
            device=device.code,
            admission=device.admission.code,
            how=device.admission.kind,
        )
