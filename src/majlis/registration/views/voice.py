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
from majlis.kernel.ratelimit import Limit, address_of
from majlis.registration import access
from majlis.registration.forms import PersonalCodeForm
from majlis.registration.models import Voice
from majlis.series.access import public_edition
from majlis.ui.http import SeeOther, posted, redirect_after
from majlis.ui.languages import LANGUAGES
from majlis.ui.request import Request

# A seal has 80 bits, so this only keeps machines from trying for sport. A hotel is one address:
# somebody clumsy or cross must not lock the room out.
GUESSES = Limit("voice link", times=300, seconds=600)
COOKIE_LIVES = 400 * 24 * 3600  # the longest that browsers keep one


@require_safe
def voice_link(request: Request, token: str) -> HttpResponse:
    """Give this phone the voice of the link. Nothing changes on the server, so no button."""
    GUESSES.require(address_of(request))
    try:
        return open_voice(request, access.voice_by_token(token))
    except NotFound:
        dead = access.dead_voice_by_token(token)
        if dead is None:
            GUESSES.spend(address_of(request))
            raise NotFound(
                _(
                    "This personal link is not complete, or was never given out. "
                    "Scan your card again, or ask at the desk for a new one."
                )
            ) from None
        return dead_link(request, dead)


def open_voice(request: Request, voice: Voice) -> HttpResponse:
    """To the participant's home in the voice's language, with the voice in a cookie."""
    wanted = request.GET.get("lang", "")
    known = wanted if wanted in LANGUAGES else voice.language
    language = known or translation.get_language() or "en"
    with translation.override(language):
        address = reverse("front:room", kwargs={"edition": voice.edition.slug})
        if voice.registration is not None:
            said = _("Welcome, %(name)s. This phone now speaks with your card.")
            messages.success(request, said % {"name": voice.registration.person.name})
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
    if voice.revoked_at is not None:
        why = "revoked"
    elif voice.registration is not None and not voice.registration.is_confirmed:
        why = "not confirmed"
    else:
        why = "replaced"
    home = reverse("front:edition", kwargs={"edition": voice.edition.slug})
    context = {
        "why": why,
        "edition": voice.edition,
        "edition_name": voice.edition.title,
        "home_url": home,
    }
    return render(request, "registration/dead_link.html", context, status=410)


@require_http_methods(["GET", "POST"])
def join_page(request: Request, edition: str) -> HttpResponse:
    """Where the code on the screen leads: scan your card, type its code, or ask the desk."""
    found = public_edition(edition)
    form = PersonalCodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        GUESSES.require(address_of(request))
        token = form.cleaned_data["code"]
        try:
            voice = access.voice_by_token(token)
            if voice.edition_id == found.pk:
                return open_voice(request, voice)
        except NotFound:
            dead = access.dead_voice_by_token(token)
            if dead is not None and dead.edition_id == found.pk:
                return dead_link(request, dead)
        GUESSES.spend(address_of(request))
        form.add_error("code", _("No card has this code. Look at it again, or ask at the desk."))
    try:
        has_voice = bool(access.voice_of(request, edition))
    except NotFound:
        has_voice = False
    context = {"edition": found, "form": form, "has_voice": has_voice}
    return render(request, "registration/join.html", context, status=422 if form.errors else 200)


@require_POST
def leave(request: Request, edition: str) -> HttpResponse:
    """Make this phone forget its voice: it was borrowed, or holds the wrong card."""
    public_edition(edition)
    messages.success(request, _("This phone has forgotten the card."))
    answer = redirect_after(request, "registration:join", edition=edition)
    answer.delete_cookie(access.VOICE_COOKIE + edition)
    return answer
