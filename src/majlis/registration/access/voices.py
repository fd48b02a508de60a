"""Which voice a personal link or a phone opens."""

from __future__ import annotations

from django.http import HttpRequest

from majlis.kernel.errors import NotFound
from majlis.kernel.seal import fits, seal, unsealed
from majlis.registration.models import Voice
from majlis.registration.states import RegistrationState

VOICE_COOKIE = "voice-"  # + slug of the edition


def voice_token(voice: Voice) -> str:
    """The secret in a voice's personal link: its code and a seal over code and serial.

    Nothing is stored: a reissue raises the serial and the old seal no longer fits.
    """
    return f"{voice.code}{seal(_sealed_words(voice))}"


def _sealed_words(voice: Voice, serial: int | None = None) -> str:
    return f"voice:{voice.code}:{serial or voice.link_serial}"


def voice_by_token(token: str) -> Voice:
    """The voice whose link this is, or `NotFound`: wrong, reissued, revoked, not confirmed."""
    code, given = unsealed(token)
    voice = (
        Voice.objects.filter(code=code, revoked_at__isnull=True)
        .select_related("edition__series", "registration__person", "registration__organisation")
        .first()
    )
    if voice is None or not fits(_sealed_words(voice), given):
        raise NotFound
    registration = voice.registration
    if registration is not None and registration.state != RegistrationState.CONFIRMED:
        raise NotFound
    return voice


def dead_voice_by_token(token: str) -> Voice | None:
    """The voice whose link this once was, when it was truly ours and opens nothing any more.

    Its holder may be told why; a guesser, whose seal never fitted, learns nothing.
    """
    code, given = unsealed(token)
    voice = Voice.objects.filter(code=code).select_related("edition", "registration").first()
    if voice is None:
        return None
    once_was = [fits(_sealed_words(voice, n), given) for n in range(1, voice.link_serial + 1)]
    return voice if any(once_was) else None


def voice_of(request: HttpRequest, edition_slug: str) -> Voice:
    """The voice this phone speaks with at the edition, or `NotFound`."""
    token = request.COOKIES.get(VOICE_COOKIE + edition_slug, "")
    if not token:
        raise NotFound
    voice = voice_by_token(token)
    if voice.edition.slug != edition_slug:
        raise NotFound
    return voice
