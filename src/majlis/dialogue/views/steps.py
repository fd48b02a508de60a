"""The steps a moderator can take: what each takes, asks, does and says afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from majlis.dialogue import actions, forms
from majlis.dialogue.actions import StepSource
from majlis.dialogue.models import Contribution, Statement
from majlis.kernel.punctuation import joined
from majlis.registration.access import Place
from majlis.ui.formats import number

Do = Callable[[Any, Place], list[Statement]]  # the form is the step's own


@dataclass(frozen=True, slots=True)
class StepKind:
    """One kind of step. `takes` are the kinds of source, `fewest` and `most` how many."""

    title: str | Promise
    means: str | Promise
    button: str | Promise
    form: type[forms.StepForm]
    do: Do
    takes: tuple[type, ...] = (Contribution, Statement)
    fewest: int = 1
    most: int = 1
    is_danger: bool = False

    def fault(self, sources: Sequence[StepSource]) -> str:
        """What is wrong with the choice of sources, in words; empty when nothing is."""
        if len(sources) < self.fewest:
            if self.fewest > 1:
                return gettext("Choose at least two items to merge.")
            return gettext("Choose a contribution or a statement first.")
        if len(sources) > self.most or not all(isinstance(s, self.takes) for s in sources):
            return gettext("This action needs a different selection. Select again.")
        return ""

    def told(self, made: Sequence[Statement]) -> str:
        """What is said once it is done."""
        if not made:
            return gettext("Done. You can undo this in “Recent actions”.")
        numbers = joined(number(s.number) for s in made)
        if len(made) == 1:
            return gettext("Statement %(number)s created.") % {"number": numbers}
        return gettext("Statements %(numbers)s created.") % {"numbers": numbers}


def _accept(form: forms.AcceptForm, by: Place) -> list[Statement]:
    (source,) = form.sources
    assert isinstance(source, Contribution)  # noqa: S101 - `takes` has made sure
    return [actions.accept_contribution(source, why=form.cleaned_data["why"], by=by)]


def _reword(form: forms.RewordForm, by: Place) -> list[Statement]:
    why = form.cleaned_data["why"]
    return [actions.reword(form.sources[0], wanted=form.wanted, why=why, by=by)]


def _split(form: forms.SplitForm, by: Place) -> list[Statement]:
    why = form.cleaned_data["why"]
    return actions.split(form.sources[0], wanted=form.wanted, why=why, by=by)


def _merge(form: forms.MergeForm, by: Place) -> list[Statement]:
    why = form.cleaned_data["why"]
    return [actions.merge(form.sources, wanted=form.wanted, why=why, by=by)]


def _decline(form: forms.DeclineForm, by: Place) -> list[Statement]:
    sources = [s for s in form.sources if isinstance(s, Contribution)]
    actions.decline(sources, reason=form.cleaned_data["why"], by=by)
    return []


def _withdraw(form: forms.WithdrawForm, by: Place) -> list[Statement]:
    (source,) = form.sources
    assert isinstance(source, Statement)  # noqa: S101 - `takes` has made sure
    actions.withdraw_statement(source, why=form.cleaned_data["why"], by=by)
    return []


def _carry(form: forms.CarryForm, by: Place) -> list[Statement]:
    (source,) = form.sources
    assert isinstance(source, Statement)  # noqa: S101 - `takes` has made sure
    data = form.cleaned_data
    return [actions.carry_statement(source, to=data["to"], why=data["why"], by=by)]


STEPS: dict[str, StepKind] = {
    "accept": StepKind(
        _("Use as written"),
        _("A statement is created with exactly these words."),
        _("Use this text"),
        forms.AcceptForm,
        _accept,
        takes=(Contribution,),
    ),
    "reword": StepKind(
        _("Reword"),
        _("A statement is created with your wording. The source is not changed."),
        _("Create the statement"),
        forms.RewordForm,
        _reword,
    ),
    "split": StepKind(
        _("Split"),
        _("Several statements are created, one for each idea."),
        _("Create the statements"),
        forms.SplitForm,
        _split,
    ),
    "merge": StepKind(
        _("Merge"),
        _(
            "One new statement from several sources, without votes. A statement that has been "
            "voted on stays in its round with its votes."
        ),
        _("Merge"),
        forms.MergeForm,
        _merge,
        fewest=2,
        most=20,
    ),
    "decline": StepKind(
        _("Do not use"),
        _("No statement is created. The author will see your reason."),
        _("Do not use"),
        forms.DeclineForm,
        _decline,
        takes=(Contribution,),
        most=20,
        is_danger=True,
    ),
    "withdraw": StepKind(
        _("Withdraw a statement"),
        _(
            "It can no longer be used. If people have already been asked to vote on it, it stays "
            "in that round with its votes, marked as withdrawn."
        ),
        _("Withdraw"),
        forms.WithdrawForm,
        _withdraw,
        takes=(Statement,),
        is_danger=True,
    ),
    "carry": StepKind(
        _("Reuse in another round"),
        _(
            "A new statement with the same wordings is added to a round in preparation. Votes "
            "stay in the round where they were cast."
        ),
        _("Reuse"),
        forms.CarryForm,
        _carry,
        takes=(Statement,),
    ),
}
