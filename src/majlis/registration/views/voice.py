"""Connecting a device: the page behind a link or card, and what to do without one."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from majlis.kernel.clock import now
from majlis.kernel.devices import device_of
from majlis.kernel.errors import NotFound, RuleBroken
from majlis.kernel.punctuation import isolated
from majlis.kernel.ratelimit import Limit, address_of
from majlis.mail.queries import are_kept
from majlis.people.models import Person
from majlis.registration import access, actions
from majlis.registration.forms import PersonalCodeForm, PressForm
from majlis.registration.models import Admission, AdmissionSpent, Device, Voice
from majlis.series.access import public_edition
from majlis.series.models import Edition
from majlis.ui.http import SeeOther, form_page, posted, redirect_after, refusal_on
from majlis.ui.languages import LANGUAGES
from majlis.ui.once import has_own_key
from majlis.ui.request import Request

# A seal has 80 bits, so this only keeps machines from trying for sport. A hotel is one address:
# somebody clumsy or cross must not lock the room out.
GUESSES = Limit("voice link", times=300, seconds=600)
COOKIE_LIVES = 400 * 24 * 3600  # the longest that browsers keep one

Connect = Callable[..., tuple[Device, str]]


@has_own_key
@require_http_methods(["GET", "POST"])
def voice_link(request: Request, token: str) -> HttpResponse:
    """The page of a letter or card. Only its button connects: scanners and previews open links."""
    with GUESSES.guessing(address_of(request)):
        try:
            admission = access.admission_by_token(token)
        except NotFound:
            if access.was_a_link(token):
                return anonymous_link(request)
            raise NotFound(
                _(
                    "This personal link is incomplete or does not exist. Scan your card again, or "
                    "ask for a new one at the welcome desk."
                )
            ) from None
    with translation.override(_language_for(request, admission.voice)):
        return _opened(request, admission)


def _language_for(request: Request, voice: Voice) -> str:
    wanted = request.GET.get("lang", "")
    return (wanted if wanted in LANGUAGES else voice.language) or translation.get_language() or "en"


def _opened(request: Request, admission: Admission) -> HttpResponse:
    voice = admission.voice
    here = _device_here(request, voice.edition.slug)
    if not access.is_voice_open(voice) or voice.edition.is_sealed:
        return dead_link(request, admission)
    if request.method == "POST":
        return connecting(request, voice, here, actions.admit_device, admission)
    if here and here.voice_id == voice.pk and not (here.is_limited and admission.opens_earlier):
        return SeeOther(reverse("front:room", kwargs={"edition": voice.edition.slug}))
    if not admission.admits(at=now()):
        return dead_link(request, admission)
    return connect_page(request, voice, here, PressForm(initial={"press": new_press()}))


def _device_here(request: Request, edition: str) -> Device | None:
    """What this browser is connected with at the edition now."""
    try:
        return access.device_of(request, edition)
    except NotFound:
        return None


def new_press() -> str:
    """What makes one press of a button known again."""
    return secrets.token_hex(16)


def _shell(edition: Edition) -> dict[str, Any]:
    """What the head of a page says of the edition, at an address that does not name it."""
    home = reverse("front:edition", kwargs={"edition": edition.slug})
    return {"edition": edition, "edition_name": edition.title, "home_url": home}


def connect_page(
    request: Request, voice: Voice, here: Device | None, form: PressForm
) -> HttpResponse:
    """The button that connects this device, and a question when it holds somebody else's voice."""
    is_other = here is not None and here.voice_id != voice.pk
    registration = voice.registration
    context: dict[str, Any] = {
        **_shell(voice.edition),
        "name": registration.full_name if registration else "",
        "replaces": is_other,
    }
    return form_page(request, "registration/connect.html", form, **context)


def connecting(
    request: Request, voice: Voice, here: Device | None, connect: Connect, to: Any
) -> HttpResponse:
    """Take the press: connect this device, unless it would silently replace another voice."""
    form = PressForm(request.POST)
    if not form.is_valid():
        return connect_page(request, voice, here, form)
    press, is_sure = form.cleaned_data["press"], form.cleaned_data["replace"]
    if here is not None and here.voice_id != voice.pk and not is_sure:
        return connect_page(request, voice, here, PressForm(initial={"press": press}))
    label = device_of(request.headers.get("User-Agent", ""))
    try:
        device, secret = connect(to, press=press, label=label, replacing=here)
    except AdmissionSpent:
        if not isinstance(to, Admission):
            raise
        to.refresh_from_db()
        return dead_link(request, to)
    return _connected(request, device, secret)


def _connected(request: Request, device: Device, secret: str) -> HttpResponse:
    """To the participant's page, with the secret in a cookie that no script reads."""
    edition, registration = device.voice.edition, device.voice.registration
    if registration is not None:
        said = _("Welcome, %(name)s. This phone is now connected to the seminar.")
        messages.success(request, said % {"name": isolated(registration.full_name)})
    answer = SeeOther(reverse("front:room", kwargs={"edition": edition.slug}))
    answer.set_cookie(
        access.VOICE_COOKIE + edition.slug,
        secret,
        max_age=COOKIE_LIVES,
        httponly=True,
        samesite="Lax",
        secure=settings.USES_TLS,
    )
    return answer


def dead_link(request: Request, admission: Admission) -> HttpResponse:
    """A link or card that was truly ours and connects nothing any more: why, and what to do."""
    context = {
        **_shell(admission.voice.edition),
        "why": _why_dead(admission),
        "by_email": not are_kept(),
    }
    return render(request, "registration/dead_link.html", context, status=410)


def anonymous_link(request: Request) -> HttpResponse:
    """A link of which nothing is left here, not even where it led."""
    return render(request, "registration/dead_link.html", {"why": "anonymous"}, status=410)


def _why_dead(admission: Admission) -> str:
    if not access.is_voice_open(admission.voice):
        return "not confirmed"
    if admission.is_over(at=now()):
        return "ended"
    return "used"


@require_http_methods(["GET", "POST"])
def join_page(request: Request, edition: str) -> HttpResponse:
    """Where the code on the screen leads: scan a card, type a code, or ask for help.

    `?to=mine` is the menu's *My page*: whoever is connected goes straight on.
    """
    found = public_edition(edition)
    if request.GET.get("to") == "mine" and _device_here(request, edition):
        return SeeOther(reverse("front:room", kwargs={"edition": edition}))
    form = PersonalCodeForm(posted(request))
    if form.is_valid():
        said = _("We do not recognise this code. Check it, or ask at the welcome desk.")
        with refusal_on(form, "code"), GUESSES.guessing(address_of(request)):
            try:
                admission = access.admission_by_code(found, form.cleaned_data["code"])
            except NotFound:
                raise NotFound(said) from None
            language = translation.get_language()
            return SeeOther(f"/v/{access.admission_token(admission)}/?lang={language}")
    has_voice = _device_here(request, edition) is not None
    context = {"edition": found, "has_voice": has_voice, "by_email": not are_kept()}
    return form_page(request, "registration/join.html", form, **context)


@has_own_key
@require_http_methods(["GET", "POST"])
def connect_by_email(request: Request, edition: str) -> HttpResponse:
    """Connect the device on which somebody has just signed in by email."""
    found = public_edition(edition)
    if not isinstance(request.user, Person):
        here = reverse("registration:connect", kwargs={"edition": edition})
        return SeeOther(f"{reverse('people:sign-in')}?next={here}")
    try:
        registration = access.own_registration(request, edition)
    except NotFound:
        raise RuleBroken(
            _(
                "No confirmed registration for this seminar has your email address. Ask at the "
                "welcome desk."
            )
        ) from None
    voice, here_now = registration.voice, _device_here(request, found.slug)
    if request.method == "POST":
        return connecting(request, voice, here_now, actions.admit_by_email, registration)
    return connect_page(request, voice, here_now, PressForm(initial={"press": new_press()}))


@require_POST
def leave(request: Request, edition: str) -> HttpResponse:
    """Disconnect this device: it was borrowed, or holds the wrong card."""
    public_edition(edition)
    device = _device_here(request, edition)
    if device is not None:
        actions.end_device(device)
    said = _("This phone is no longer connected to the seminar.")
    answer = redirect_after(request, "registration:join", said=said, edition=edition)
    answer.delete_cookie(access.VOICE_COOKIE + edition)
    return answer
