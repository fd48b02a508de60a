"""Errors in words: what happened, what it means for the reader, what they can do."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Said = str | Promise


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """The three things an error page says."""

    happened: Said
    means: Said
    todo: Said


WORDS: dict[int, ErrorWords] = {
    400: ErrorWords(
        _("The request could not be understood"),
        _("Something in the address or in what was sent is not as it should be."),
        _("Go back, reload the page and try again."),
    ),
    403: ErrorWords(
        _("You may not do this"),
        _("This needs a role that you do not hold here, or a sign-in that has ended."),
        _("If you think you should be able to, ask the organisers."),
    ),
    404: ErrorWords(
        _("There is nothing at this address"),
        _("The page may have moved, or it is not open to you."),
        _("Check the address, or open your personal link again."),
    ),
    405: ErrorWords(
        _("This address does not open as a page"),
        _("It only takes what a form sends."),
        _("Go back and use the button on the page."),
    ),
    409: ErrorWords(
        _("This cannot be done now"),
        _("Nothing was changed."),
        _("Go back and reload the page to see how things stand."),
    ),
    422: ErrorWords(
        _("Something in the form needs your attention"),
        _("Nothing was saved yet."),
        _("Go back, correct what is marked and send the form again."),
    ),
    429: ErrorWords(
        _("Too many tries in a short time"),
        _("To protect everybody, this page waits a little before it answers again."),
        _("Wait a few minutes, then try again."),
    ),
    500: ErrorWords(
        _("Something broke on our side"),
        _("It is not your fault. What you sent may not have been kept."),
        _("Try again in a minute. If it happens again, tell the organisers when it happened."),
    ),
}
WITHOUT_COOKIE = ErrorWords(
    _("The form could not be checked"),
    _("The page was open too long, or the browser does not keep our cookie."),
    _("Go back, reload the page and send the form again."),
)


def error_answer(
    request: HttpRequest, status: int, *, said: Said = "", words: ErrorWords | None = None
) -> HttpResponse:
    """The error page, or for htmx only the notice, put where the page shows its messages.

    `said` is the particular reason; without it the general words of the status speak.
    """
    words = words or WORDS.get(status) or WORDS[500 if status >= 500 else 400]
    context = {"status": status, "said": said, "words": words}
    if getattr(request, "htmx", False):
        answer = render(request, "ui/error.html#piece", context, status=status)
        answer["HX-Retarget"] = "#messages"
        answer["HX-Reswap"] = "innerHTML show:#messages:top"
        return answer
    return render(request, "ui/error.html", context, status=status)
