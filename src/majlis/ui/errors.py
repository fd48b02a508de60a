"""Errors in words: what happened, what it means for the reader, what they can do."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from majlis.kernel.errors import MajlisError
from majlis.kernel.trouble import Trouble

Said = str | Promise


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """The three things an error page says."""

    happened: Said
    means: Said
    todo: Said


@dataclass(frozen=True, slots=True)
class WayOut:
    """A button on an error page, that leads on."""

    label: Said
    address: str


class InItsOwnWords(MajlisError):
    """An error that a page of its own tells, with a button that leads on."""

    words: ErrorWords
    way_out: WayOut


WORDS: dict[int, ErrorWords] = {
    400: ErrorWords(
        _("Sorry, we could not process your request"),
        _("The address or the information sent is not valid."),
        _("Go back, reload the page and try again."),
    ),
    403: ErrorWords(
        _("You do not have access to this"),
        _("You need a different role, or your session has ended."),
        _("Sign in again, or ask the organisers for access."),
    ),
    404: ErrorWords(
        _("Page not found"),
        _("It may have moved, or you may not have access to it."),
        _("Check the address, or open your personal link again."),
    ),
    405: ErrorWords(
        _("This page cannot be opened directly"),
        _("It only works when a form is sent."),
        _("Go back and use the button on the page."),
    ),
    409: ErrorWords(
        _("This is not possible at the moment"),
        _("Nothing was changed."),
        _("Go back and reload the page to see what has changed."),
    ),
    422: ErrorWords(
        _("There is a problem with the form"),
        _("Nothing has been saved."),
        _("Go back, correct the marked fields and send the form again."),
    ),
    429: ErrorWords(
        _("Too many attempts"),
        _("For security, this page is blocked for a few minutes."),
        _("Wait a few minutes, then try again."),
    ),
    500: ErrorWords(
        _("Sorry, there is a problem with the service"),
        _("The problem is on our side. What you sent may not have been saved."),
        _("Try again in a minute. If it happens again, tell the organisers and give the time."),
    ),
}
CANNOT_SAVE = ErrorWords(
    _("The server cannot save anything at the moment"),
    _("Its disk is full or cannot be written to. What you sent was not saved."),
    _("Tell the organisers. Keep this page open, and send it again when the problem is solved."),
)
UNAVAILABLE = ErrorWords(
    _("The service is not available at the moment"),
    _("Its database does not answer. What you sent may not have been saved."),
    _("Try again in a minute. Sending the same form again does nothing twice."),
)
TROUBLES: dict[Trouble, ErrorWords] = {
    Trouble.FULL: CANNOT_SAVE,
    Trouble.READ_ONLY: CANNOT_SAVE,
    Trouble.BUSY: UNAVAILABLE,
    Trouble.AWAY: UNAVAILABLE,
    Trouble.DAMAGED: UNAVAILABLE,
}
WITHOUT_COOKIE = ErrorWords(
    _("We could not check the form"),
    _("The page was open for too long, or your browser blocks cookies."),
    _("Go back, reload the page and send the form again."),
)


def error_answer(
    request: HttpRequest,
    status: int,
    *,
    said: Said = "",
    words: ErrorWords | None = None,
    way_out: WayOut | None = None,
) -> HttpResponse:
    """The error page, or for htmx only the notice, put where the page shows its messages.

    `said` is the particular reason; without it the general words of the status speak.
    """
    words = words or WORDS.get(status) or WORDS[500 if status >= 500 else 400]
    context = {"status": status, "said": said, "words": words, "way_out": way_out}
    if getattr(request, "htmx", False):
        answer = render(request, "ui/error.html#piece", context, status=status)
        answer["HX-Retarget"] = "#messages"
        answer["HX-Reswap"] = "innerHTML show:#messages:top"
        return answer
    return render(request, "ui/error.html", context, status=status)
