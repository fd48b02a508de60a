"""Forms of rounds."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import Round, Statement
from majlis.dialogue.states import BrokenDownBy, Stance
from majlis.kernel.texts import Text, TextStatus
from majlis.people.states import Constituency
from majlis.registration.models import Voice
from majlis.series.models import Edition, Session
from majlis.ui.forms import CodeInput, WholeInput
from majlis.ui.languages import LANGUAGES


class RoundForm(forms.Form):
    """What a round is called in every language of the edition, and how its results are shown."""

    def __init__(self, edition: Edition, *args: Any, round: Round | None = None, **more: Any):
        super().__init__(*args, **more)
        self.edition = edition
        self.languages = [lang for lang in LANGUAGES if lang in edition.languages]
        for lang in self.languages:
            self.fields[f"title_{lang}"] = forms.CharField(
                label=_("Title in %(language)s") % {"language": LANGUAGES[lang].name},
                max_length=120,
                widget=forms.TextInput(
                    attrs={"lang": lang, "dir": LANGUAGES[lang].direction, "autocomplete": "off"}
                ),
                initial=round.title.words(lang) if round else "",
            )
        self.fields["session"] = forms.ModelChoiceField(
            Session.objects.filter(edition=edition),
            label=_("Session"),
            required=False,
            empty_label=_("The whole seminar"),
            to_field_name="code",
            initial=round.session.code if round and round.session else None,
        )
        self.fields["breakdown"] = forms.ChoiceField(
            label=_("How are results broken down?"),
            choices=BrokenDownBy.pairs,
            widget=forms.RadioSelect,
            initial=round.breakdown if round else BrokenDownBy.CONSTITUENCY,
            help_text=_("One breakdown for each round, where groups are large enough."),
        )
        self.fields["shows_at_close"] = forms.BooleanField(
            label=_("Show the results as soon as voting closes"),
            required=False,
            initial=round.shows_at_close if round else False,
            help_text=_(
                "Otherwise you show them yourself. Until then everybody sees only how many voted, "
                "and voting can be reopened."
            ),
        )

    def facts(self) -> dict[str, Any]:
        """What `actions.prepare_round` and `change_round` take."""
        return {
            "title": self._title(),
            "session": self.cleaned_data["session"],
            "breakdown": self.cleaned_data["breakdown"],
            "shows_at_close": self.cleaned_data["shows_at_close"],
        }

    def _title(self) -> Text:
        """The desk writes every language itself: none of them is a draft."""
        texts = {lang: self.cleaned_data[f"title_{lang}"] for lang in self.languages}
        first = self.edition.authoritative_language
        first = first if first in texts else self.languages[0]
        title = Text.of(first, **{first: texts.pop(first)})
        for lang, text in texts.items():
            title = title.with_translation(lang, text, TextStatus.EDITED)
        return title


class SheetForm(forms.Form):
    """The answers on one sheet of paper; a statement left blank stays without an answer."""

    PREFIX = "answer_"

    def __init__(self, statements: Iterable[Statement], *args: Any, **more: Any):
        super().__init__(*args, **more)
        choices = [(str(value), str(said)) for value, said in Stance.choices]
        answer = forms.TypedChoiceField(
            choices=[*choices, ("", str(_("left blank")))],
            coerce=int,
            empty_value=None,
            required=False,
            initial="",
            widget=forms.RadioSelect,
        )
        for statement in statements:
            # All but the label is the same for a thousand statements, and is only read.
            field = self.fields[self.PREFIX + statement.code] = copy(answer)
            field.label = f"{statement.number}. {statement.wording}"

    def stances(self) -> dict[str, int]:
        """By the code of the statement; blanks are left out."""
        return {
            name.removeprefix(self.PREFIX): value
            for name, value in self.cleaned_data.items()
            if name.startswith(self.PREFIX) and value is not None
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(
            value is not None for name, value in cleaned.items() if name.startswith(self.PREFIX)
        ):
            raise forms.ValidationError(
                _("Every statement was left blank, so there is nothing to save.")
            )
        return cleaned


class PaperForm(SheetForm):
    """A sheet typed in for the first time: its number, and whose it is."""

    def __init__(self, round: Round, statements: Iterable[Statement], *args: Any, **more: Any):
        super().__init__(statements, *args, **more)
        self.round = round
        first = {
            "number": forms.IntegerField(
                label=_("Ballot number"),
                min_value=1,
                max_value=99999,
                widget=WholeInput,
                help_text=_("Write a number on each ballot first, so that it can be found again."),
            ),
            "code": forms.CharField(
                label=_("Participant code, if the ballot has one"),
                required=False,
                max_length=40,
                help_text=_(
                    "“For paper ballots” on the participant’s card. Answers given by phone do not "
                    "change."
                ),
                widget=CodeInput(),
            ),
            "constituency": forms.ChoiceField(
                label=_("Group, if a ballot without a code shows it"),
                choices=[("", _("not given")), *Constituency.choices],
                required=False,
            ),
        }
        self.fields = {**first, **self.fields}

    def facts(self) -> dict[str, Any]:
        """What `actions.type_ballot` takes."""
        data = self.cleaned_data
        return {
            "number": data["number"],
            "voice": data["code"],
            "constituency": data["constituency"],
            "stances": self.stances(),
        }

    def clean_code(self) -> Voice | None:
        """The participant's voice that this code names."""
        code = "".join(c for c in self.cleaned_data["code"].lower() if c.isalnum())
        if not code:
            return None
        voice = Voice.objects.filter(
            edition=self.round.edition_id, paper_code=code, registration__isnull=False
        ).first()
        if voice is None:
            raise forms.ValidationError(_("No participant of this seminar has this code."))
        return voice


class SecondReadingForm(SheetForm):
    """The same sheet, read by a second person who does not see what was typed first."""

    keep = forms.BooleanField(
        label=_("I have checked the ballot again. This second entry is right"), required=False
    )
