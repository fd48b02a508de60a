"""Pages that ask one thing of a recommendation: a title, what it means, a form, a button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from majlis.recommendations.fields import Said
from majlis.recommendations.models import Recommendation
from majlis.ui.http import form_page
from majlis.ui.request import Request


@dataclass(frozen=True, slots=True)
class Step:
    """What such a page says. `shows_text` when the wording is read once more before."""

    title: Said
    button: Said
    lede: Said = ""
    shows_text: bool = False
    is_danger: bool = False


REVIEW = Step(_("Review"), _("Keep my judgement"), shows_text=True)
BACK = Step(
    _("Return to the writers"),
    _("Return it"),
    _("It becomes a draft again. Say why; the writers and the history see it."),
)
FINAL_LIST = Step(
    _("Put on the final list"),
    _("Close the wording"),
    _("The wording is closed from here on. Translations may still be mended until publication."),
    shows_text=True,
)
PLAN = Step(
    _("First action, date and indicator"),
    _("Save the plan"),
    _("They are asked when a recommendation is adopted. The wording itself is not touched."),
)
DECISION = Step(
    _("Record the decision"),
    _("Record the decision"),
    _("What was decided, by which rule, by whom, when; and what spoke against it. No names."),
    shows_text=True,
)
PUBLISH = Step(
    _("Publish"),
    _("Open the page to everybody"),
    _(
        "This is what everybody will see of each source. Names stand only where the session was "
        "on the record and the person agreed."
    ),
)
WITHDRAW = Step(
    _("Withdraw this recommendation"),
    _("Withdraw it"),
    _("It stays on record and its identifier is not used again. Say why."),
    is_danger=True,
)
SUPERSEDE = Step(
    _("Replace by a newer one"),
    _("Replace it"),
    _("The page of this one stays and leads to the newer one."),
)
LINK = Step(
    _("Add a link or a document"),
    _("Add and cite it"),
    _("Evidence that supports or limits what is asked. Say what it shows, not only what it is."),
)


def step_page(
    request: Request, step: Step, rec: Recommendation, form: forms.Form, **more: Any
) -> HttpResponse:
    """The page of one step; 422 once something wrong was sent."""
    template = "recommendations/step.html"
    return form_page(request, template, form, edition=rec.edition, rec=rec, step=step, **more)
