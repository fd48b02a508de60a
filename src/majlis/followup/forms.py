"""What is asked of addressees, and of the team on their behalf."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.followup.models import Follow, Proof
from majlis.followup.states import (
    ANSWERS,
    PROGRESS_MOVES,
    REASONED,
    Progress,
    Response,
    Support,
)
from majlis.kernel.analysis import sort_key
from majlis.kernel.words import Language
from majlis.recommendations.models import Addressee, Pair
from majlis.ui.documents import DocumentField
from majlis.ui.forms import DayInput, NameField

ANSWER_WITHIN = timedelta(days=60)  # METHOD 1.2: two months for ministries


class PersonForm(forms.Form):
    """Who answers for an addressee, and in which language they read."""

    name = NameField(label=_("Name"))
    email = forms.EmailField(label=_("Email address"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the email"), choices=Language.pairs)


class SendForm(PersonForm):
    """A letter to an addressee with its recommendations."""

    answer_due_on = forms.DateField(
        label=_("Respond by"),
        help_text=_("Usually 60 days for a ministry."),
        widget=DayInput(),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"answer_due_on": today + ANSWER_WITHIN} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class AskAgainForm(forms.Form):
    """A new date of the answer."""

    answer_due_on = forms.DateField(label=_("Respond by"), widget=DayInput())


class AnswerForm(forms.Form):
    """The answer of an addressee to one recommendation."""

    response = forms.ChoiceField(
        label=_("Response"),
        widget=forms.RadioSelect,
        choices=lambda: [(one.value, Response(one).label) for one in ANSWERS],
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "Required unless it is accepted in full. If it is accepted in part: what is accepted, "
            "and what is not. Everyone can read it."
        ),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    other = forms.ChoiceField()
    other_name = forms.CharField(
        label=_("If it is not in the list: its name"), required=False, max_length=200
    )
    on = forms.DateField(label=_("Date of the response"), widget=DayInput())

    def __init__(self, *args: Any, pair: Pair, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": today}
        super().__init__(*args, **kwargs)
        self.pair = pair
        units = Addressee.objects.filter(edition=pair.recommendation.edition_id)
        named = sorted(
            ((one.code, str(one.unit)) for one in units.exclude(pk=pair.addressee_id)),
            key=lambda choice: sort_key(choice[1]),
        )
        self.fields["other"] = forms.ChoiceField(
            label=_("If redirected: the unit that is competent"),
            required=False,
            choices=[("", "—"), *named],
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        response = data.get("response")
        if response and response != Response.ACCEPTED and not data.get("reason", "").strip():
            self.add_error("reason", _("Give the reason."))
        if response == Response.REDIRECTED and not (data.get("other") or data.get("other_name")):
            self.add_error("other", _("Choose the unit that is competent, or name it below."))
        return data


class LetterForm(AnswerForm):
    """An answer that came by letter, typed in by the team with its scan."""

    scan = DocumentField(label=_("Scan of the letter"), required=False)


class PlanForm(forms.Form):
    """One action that is planned."""

    what = forms.CharField(label=_("What"), max_length=300)
    who = forms.CharField(
        label=_("Who"),
        help_text=_("The unit or function, no names of persons. Everyone can read it."),
        max_length=200,
    )
    starts_on = forms.DateField(label=_("Starts on"), widget=DayInput(), required=False)
    due_on = forms.DateField(label=_("Due date"), widget=DayInput())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, due = data.get("starts_on"), data.get("due_on")
        if starts and due and starts > due:
            self.add_error("due_on", _("It cannot be due before it starts."))
        return data


class ProgressForm(forms.Form):
    """How far it is, with what shows it."""

    progress = forms.ChoiceField()
    on = forms.DateField(label=_("Date"), widget=DayInput())
    note = forms.CharField(
        label=_("What was done or has changed"),
        help_text=_("If it is blocked: the obstacle, and who can remove it. Everyone can read it."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    proof_url = forms.URLField(
        label=_("Proof: web address"), required=False, max_length=400, assume_scheme="https"
    )
    proof = DocumentField(label=_("Proof: file"), required=False)
    is_proof_public = forms.BooleanField(label=_("Everyone may see this proof"), required=False)

    def __init__(
        self,
        *args: Any,
        follow: Follow,
        today: date,
        only: Collection[Progress] = tuple(Progress),
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"on": today}
        super().__init__(*args, **kwargs)
        offered = reachable(follow, only)
        self.fields["progress"] = forms.ChoiceField(
            label=_("State of implementation"),
            widget=forms.RadioSelect,
            choices=[(one.value, one.label) for one in offered],
        )
        if not set(offered) & {Progress.DECLARED, Progress.IN_PROGRESS}:
            for name in ("proof_url", "proof", "is_proof_public"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        progress = data.get("progress")
        has_proof = data.get("proof_url") or data.get("proof")
        if progress in {*REASONED, Progress.IN_PROGRESS} and not data.get("note", "").strip():
            self.add_error("note", _("Say what happened, for the record."))
        if progress == Progress.DECLARED and not has_proof and "proof" not in self.errors:
            self.add_error("proof_url", _("Add a web address or a file that shows it."))
        return data

    @property
    def given(self) -> Proof:
        """What was given as proof."""
        data = self.cleaned_data
        return Proof(
            data.get("proof_url") or "", data.get("proof"), bool(data.get("is_proof_public"))
        )


class AskEndorsementForm(forms.Form):
    """An organisation that is asked for its endorsement."""

    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    email = forms.EmailField(label=_("Email address"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the email"), choices=Language.pairs)


class EndorseForm(forms.Form):
    """How the organisation stands, and who confirms it."""

    support = forms.ChoiceField(
        label=_("Does your organisation endorse it?"),
        widget=forms.RadioSelect,
        choices=[
            (Support.FULL, _("Yes, in full")),
            (Support.RESERVATION, _("Yes, with a reservation")),
            (Support.ABSTAINS, _("It abstains")),
        ],
    )
    reservation = forms.CharField(
        label=_("Reservation"),
        help_text=_("Everyone can read it."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    name = NameField(label=_("Your name"), help_text=_("Published with the endorsement."))
    function = forms.CharField(
        label=_("Your function"), help_text=_("Published with the endorsement."), max_length=200
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("support") == Support.RESERVATION and not data.get("reservation", "").strip():
            self.add_error("reservation", _("Say what the reservation is."))
        return data


def reachable(follow: Follow, only: Collection[Progress]) -> list[Progress]:
    """The states that can follow, and the present one where a note can be added to it."""
    here = Progress(follow.progress)
    offered = PROGRESS_MOVES[here] | ({here} & {Progress.IN_PROGRESS, Progress.BLOCKED})
    return [one for one in Progress if one in offered and one in only]
