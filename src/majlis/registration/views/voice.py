"""The personal link, and what to do without one."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from majlis.kernel.errors import NotFound
from majlis.kernel.punctuation import isolated
from majlis.kernel.ratelimit import Limit, address_of
from majlis.registration import access
from majlis.registration.forms import PersonalCodeForm
from majlis.registration.models import Voice
from majlis.series.access import public_edition
from majlis.series.models import Edition
from majlis.ui.http import SeeOther, form_page, posted, redirect_after, refusal_on
from majlis.ui.languages import LANGUAGES
from majlis.ui.request import Request

# A seal has 80 bits, so this only keeps machines from trying for sport. A hotel is one address:
# somebody clumsy or cross must not lock the room out.
GUESSES = Limit("voice link", times=300, seconds=600)
COOKIE_LIVES = 400 * 24 * 3600  # the longest that browsers keep one


@require_safe
def voice_link(request: Request, token: str) -> HttpResponse:
    """Give this phone the voice of the link. Nothing changes on the server, so no button."""
    said = _(
        "This personal link is incomplete or does not exist. Scan your card again, or ask for a "
        "new one at the welcome desk."
    )
    return _answer_to(request, token, said=said)


def _answer_to(
    request: Request, token: str, *, said: str, only: Edition | None = None
) -> HttpResponse:
    """Open the voice of this secret, or say why it opens no more; `said` refuses a wrong guess."""
    with GUESSES.guessing(address_of(request)):
        try:
            voice, answer = access.voice_by_token(token), open_voice
        except NotFound:
            dead = access.dead_voice_by_token(token)
            if dead is None:
                raise NotFound(said) from None
            voice, answer = dead, dead_link
        if only and voice.edition != only:
            raise NotFound(said)
        return answer(request, voice)


def open_voice(request: Request, voice: Voice) -> HttpResponse:
    """To the participant's home in the voice's language, with the voice in a cookie."""
    wanted = request.GET.get("lang", "")
    known = wanted if wanted in LANGUAGES else voice.language
    language = known or translation.get_language() or "en"
    with translation.override(language):
        address = reverse("front:room", kwargs={"edition": voice.edition.slug})
        if voice.registration is not None:
            said = _("Welcome, %(name)s. This phone is now connected to the seminar.")
            messages.success(request, said % {"name": isolated(voice.registration.full_name)})
    answer = SeeOther(address)
    answer.set_cookie(
        access.VOICE_COOKIE + voice.edition.slug,
        access.voice_token(voice),
        max_age=COOKIE_LIVES,
        httponly=True,
        samesite="Lax",
        secure=settings.USES_TLS,
    )
    return answer


def dead_link(request: Request, voice: Voice) -> HttpResponse:
    """A link that was truly ours and opens nothing any more: say why, and what to do."""
    context = {
        "why": _why_dead(voice),
        "edition": voice.edition,
        "edition_name": voice.edition.title,
        "home_url": reverse("front:edition", kwargs={"edition": voice.edition.slug}),
    }
    return render(request, "registration/dead_link.html", context, status=410)


def _why_dead(voice: Voice) -> str:
    if voice.revoked_at is not None:
        return "revoked"
    if voice.registration is not None and not voice.registration.is_confirmed:
        return "not confirmed"
    return "replaced"


@require_http_methods(["GET", "POST"])
def join_page(request: Request, edition: str) -> HttpResponse:
    """Where the code on the screen leads: scan your card, type its code, or ask the desk."""
    found = public_edition(edition)
    form = PersonalCodeForm(posted(request))
    if form.is_valid():
        said = _("We do not recognise this code. Check it, or ask at the welcome desk.")
        with refusal_on(form, "code"):
            return _answer_to(request, form.cleaned_data["code"], said=said, only=found)
    try:
        has_voice = bool(access.voice_of(request, edition))
    except NotFound:
        has_voice = False
    return form_page(request, "registration/join.html", form, edition=found, has_voice=has_voice)


@require_POST
def leave(request: Request, edition: str) -> HttpResponse:
    """Make this phone forget its voice: it was borrowed, or holds the wrong card."""
    public_edition(edition)
    said = _("This phone is no longer connected to the seminar.")
    answer = redirect_after(request, "registration:join", said=said, edition=edition)
    answer.delete_cookie(access.VOICE_COOKIE + edition)
    return answer
