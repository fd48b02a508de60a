"""Pages that ask one thing of a recommendation: a title, what it means, a form, a button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from majlis.recommendations.fields import Said
from majlis.recommendations.models import Recommendation
from majlis.recommendations.queries.requirements import Missing
from majlis.ui.http import form_page
from majlis.ui.request import Request


@dataclass(frozen=True, slots=True)
class MovePage:
    """What such a page says. `shows_text` when the wording is read once more before."""

    title: Said
    button: Said
    lede: Said = ""
    shows_text: bool = False
    is_danger: bool = False


REVIEW = MovePage(_("Review"), _("Save my review"), shows_text=True)
BACK = MovePage(
    _("Send back for editing"),
    _("Send back"),
    _(
        "It becomes a draft again. Give the reason: the writers see it, and it stays in the "
        "history."
    ),
)
FINAL_LIST = MovePage(
    _("Add to the final list"),
    _("Lock the wording"),
    _("The wording will be locked. Translations can still be corrected until publication."),
    shows_text=True,
)
PLAN = MovePage(
    _("First action, due date and indicator"),
    _("Save the plan"),
    _("They are required when a recommendation is adopted. The wording does not change."),
)
DECISION = MovePage(
    _("Record the decision"),
    _("Record the decision"),
    _("What was decided, by what rule, by whom and when, and any objections. Do not give names."),
    shows_text=True,
)
PUBLISH = MovePage(
    _("Publish"),
    _("Publish the page"),
    _(
        "This is what the public will see of each source. Names appear only if the session was on"
        " the record and the person agreed."
    ),
)
WITHDRAW = MovePage(
    _("Withdraw this recommendation"),
    _("Withdraw"),
    _("It is kept, and its identifier is not reused. Give the reason."),
    is_danger=True,
)
SUPERSEDE = MovePage(
    _("Replace by a newer recommendation"),
    _("Replace"),
    _("The page of this recommendation stays and links to the newer one."),
)
LINK = MovePage(
    _("Add a link or a document"),
    _("Add and cite"),
    _("Evidence that supports or limits the request. Say what it shows, not only what it is."),
)


def step_page(
    request: Request, step: MovePage, rec: Recommendation, form: forms.Form, **more: Any
) -> HttpResponse:
    """The page of one step; 422 once something wrong was sent."""
    template = "recommendations/step.html"
    more["is_stuck"] = any(not _is_mended_here(lack, form) for lack in more.get("missing", ()))
    return form_page(request, template, form, edition=rec.edition, rec=rec, step=step, **more)


def _is_mended_here(lack: Missing, form: forms.Form) -> bool:
    """Whether the form of the step has a field for what is missing."""
    if lack.field.startswith("text_"):  # a note takes the place of a wording that is lacking
        return "language_note" in form.fields
    return lack.field in form.fields
