"""Pages that ask one thing of a pair: shared by the team and by holders of links."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from majlis.followup import actions
from majlis.followup.forms import AnswerForm, LetterForm, PlanForm, ProgressForm
from majlis.followup.models import Entry, Follow, Note, Proof
from majlis.followup.queries import today_in
from majlis.followup.states import Progress, Response
from majlis.kernel.ledger import Doer
from majlis.kernel.texts import Text
from majlis.kernel.words import language_now
from majlis.recommendations.actions import name_addressee
from majlis.recommendations.models import Addressee, Pair
from majlis.ui.documents import download
from majlis.ui.http import form_page, posted
from majlis.ui.request import Request

Said = str | Promise
Back = Callable[[], HttpResponse]


@dataclass(frozen=True, slots=True)
class Around:
    """Where a step stands: the page it extends, where it leads back, and who acts."""

    base: str
    back_url: str
    by: Doer
    done: Back


def proof_answer(entry: Entry) -> HttpResponse:
    """A proof or a scan, as a file to keep."""
    with entry.proof.open("rb") as stored:
        content = stored.read()
    return download(content, entry.proof_ending, f"proof-{entry.code}")


def answer_step(
    request: Request, pair: Pair, around: Around, *, is_letter: bool = False
) -> HttpResponse:
    """The answer to one recommendation."""
    made = LetterForm if is_letter else AnswerForm
    today = today_in(pair.recommendation.edition)
    form = made(posted(request), request.FILES or None, pair=pair, today=today)
    if form.is_valid():
        data = form.cleaned_data
        actions.answer(
            pair,
            response=Response(data["response"]),
            note=Note(data["on"], data["reason"], Proof(document=data.get("scan")), is_letter),
            other=_other(pair, data, around.by),
            by=around.by,
        )
        return around.done()
    title = _("Enter a response received by letter") if is_letter else _("Respond")
    return step(request, form, pair, around, title, _("Save the response"))


def _other(pair: Pair, data: dict[str, Any], by: Doer) -> Addressee | None:
    """The unit that a redirection names: one of the edition, or a new one."""
    edition = pair.recommendation.edition
    if data["response"] != Response.REDIRECTED:
        return None
    if data["other"]:
        return edition.addressees.get(code=data["other"])
    lang = language_now() or edition.authoritative_language
    unit = Text.of(lang, **{lang: data["other_name"].strip()})
    return name_addressee(edition, unit=unit, body=Text(), country=pair.addressee.country, by=by)


def plan_step(request: Request, pair: Pair, around: Around) -> HttpResponse:
    """One planned action."""
    form = PlanForm(posted(request))
    if form.is_valid():
        actions.plan_action(pair, **form.cleaned_data, by=around.by)
        return around.done()
    return step(request, form, pair, around, _("Plan an action"), _("Add the action"))


def progress_step(
    request: Request, pair: Pair, around: Around, *, only: Collection[Progress]
) -> HttpResponse:
    """How far it is."""
    follow = getattr(pair, "follow", None) or Follow(pair=pair)
    today = today_in(pair.recommendation.edition)
    form = ProgressForm(
        posted(request), request.FILES or None, follow=follow, today=today, only=only
    )
    if form.is_valid():
        data = form.cleaned_data
        actions.note_progress(
            pair,
            progress=Progress(data["progress"]),
            note=Note(data["on"], data["note"], form.given),
            by=around.by,
        )
        return around.done()
    return step(request, form, pair, around, _("Report progress"), _("Save the progress"))


def step(
    request: Request, form: Any, pair: Pair, around: Around, title: Said, button: Said
) -> HttpResponse:
    """The page of one step; 422 once something wrong was sent."""
    return form_page(
        request,
        "followup/step.html",
        form,
        edition=pair.recommendation.edition,
        pair=pair,
        base=around.base,
        back_url=around.back_url,
        title=title,
        button=button,
    )
