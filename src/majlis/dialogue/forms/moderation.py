"""Forms of the moderation desk: a form says what may be sent with each kind of step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.forms.contributions import TitleChoice
from majlis.dialogue.models import Contribution, Round
from majlis.dialogue.models.contributions import MOST_LETTERS
from majlis.dialogue.models.wanted import StepSource, Wanted
from majlis.dialogue.states import ContributionKind, RoundState
from majlis.kernel.texts import Text, TextStatus
from majlis.kernel.words import Language
from majlis.series.models import Challenge, Edition, Theme
from majlis.series.queries import offered_challenges, offered_themes
from majlis.ui.languages import attrs_of

N_PARTS = 4


class StepForm(forms.Form):
    """Every step says why."""

    why = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_(
            "Saved with the action. The author can read it, and so can anyone who follows the "
            "statement to its sources."
        ),
        error_messages={"required": _("Give the reason in a few words.")},
    )

    def __init__(
        self, *args: Any, edition: Edition, sources: Sequence[StepSource], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.edition, self.sources = edition, sources
        for name, offered in (("theme", offered_themes), ("challenge", offered_challenges)):
            if name in self.fields:
                rows = offered(edition, *(getattr(source, name) for source in sources))
                self.fields[name].queryset = rows  # type: ignore[attr-defined]
                first = getattr(sources[0], name)
                self.initial.setdefault(name, first.code if first else "")
        if "kind" in self.fields:
            self.initial.setdefault("kind", sources[0].kind)
        if "language" in self.fields:
            self.initial.setdefault("language", language_of(sources[0]))


def language_of(source: StepSource) -> str:
    """The language something was said or worded in."""
    return source.language if isinstance(source, Contribution) else source.wording.original


def text_of(source: StepSource) -> str:
    """What was said, or the original wording."""
    if isinstance(source, Contribution):
        return source.words
    wording: Text = source.wording
    return wording[wording.original].text


class AcceptForm(StepForm):
    """Take the very words as a statement."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("why", _("Clear as written."))


class RewordForm(StepForm):
    """One statement, with its own wording."""

    text = forms.CharField(
        label=_("Statement"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One idea in one sentence that people can agree or disagree with."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    kind = forms.ChoiceField(label=_("Type"), choices=ContributionKind.choices)
    theme = TitleChoice(
        Theme.objects.none(), label=_("Theme"), required=False, to_field_name="code"
    )
    challenge = TitleChoice(
        Challenge.objects.none(), label=_("Challenge"), required=False, to_field_name="code"
    )
    field_order = ["text", "language", "kind", "theme", "challenge", "why"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("text", text_of(self.sources[0]))

    @property
    def wanted(self) -> Wanted:
        """The statement asked for, once the form is valid."""
        data = self.cleaned_data
        return Wanted(
            data["text"],
            data["language"],
            ContributionKind(data["kind"]),
            data["theme"],
            data["challenge"],
        )


class MergeForm(RewordForm):
    """One statement of several sources."""


class PartForm(forms.Form):
    """One of the statements a source is split into."""

    text = forms.CharField(
        label=_("Statement"), max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 3})
    )
    kind = forms.ChoiceField(label=_("Type"), choices=ContributionKind.choices)
    theme = TitleChoice(
        Theme.objects.none(), label=_("Theme"), required=False, to_field_name="code"
    )
    challenge = TitleChoice(
        Challenge.objects.none(), label=_("Challenge"), required=False, to_field_name="code"
    )


class SplitForm(StepForm):
    """Several statements of one source; `parts` holds a form for each, two of them required."""

    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    field_order = ["language", "why"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = self.sources[0]
        initial = {
            "kind": first.kind,
            "theme": first.theme.code if first.theme else "",
            "challenge": first.challenge.code if first.challenge else "",
        }
        self.parts = []
        for number in range(1, N_PARTS + 1):
            part = PartForm(
                self.data if self.is_bound else None,
                prefix=f"part{number}",
                initial=initial | ({"text": text_of(first)} if number == 1 else {}),
            )
            part.fields["theme"].queryset = offered_themes(self.edition, first.theme)  # type: ignore[attr-defined]
            part.fields["challenge"].queryset = offered_challenges(self.edition, first.challenge)  # type: ignore[attr-defined]
            part.fields["text"].label = _("Statement %(number)s") % {"number": number}
            part.fields["text"].required = number <= 2
            self.parts.append(part)

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(part.is_valid() for part in self.parts)])

    @property
    def wanted(self) -> list[Wanted]:
        """The statements asked for, empty parts left out."""
        return [
            Wanted(
                part.cleaned_data["text"],
                self.cleaned_data["language"],
                ContributionKind(part.cleaned_data["kind"]),
                part.cleaned_data["theme"],
                part.cleaned_data["challenge"],
            )
            for part in self.parts
            if part.cleaned_data["text"]
        ]


class DeclineForm(StepForm):
    """A reason that the authors see."""

    why = forms.CharField(
        label=_("Reason (the author sees it)"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Explain in the author’s language what could not be used and what they can do."
        ),
        error_messages={"required": _("The author always sees the reason.")},
    )


class WithdrawForm(StepForm):
    """Why a statement goes out of use."""


class CarryForm(StepForm):
    """To which round in preparation a statement is carried."""

    to = TitleChoice(
        Round.objects.none(),
        label=_("Voting round in preparation"),
        to_field_name="code",
        error_messages={"required": _("Choose a voting round.")},
    )
    field_order = ["to", "why"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rounds = Round.objects.filter(edition=self.edition, state=RoundState.DRAFT)
        self.fields["to"].queryset = rounds  # type: ignore[attr-defined]
        self.fields["why"].required = False

    @property
    def has_rounds(self) -> bool:
        return bool(self.fields["to"].queryset.exists())  # type: ignore[attr-defined]


class TranslationForm(forms.Form):
    """A wording in another language, how far it can be relied on, and what was there before."""

    text = forms.CharField(
        label=_("Translation"),
        max_length=MOST_LETTERS * 2,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[
            (TextStatus.DRAFT, _("draft: a first version, or made by a machine")),
            (TextStatus.EDITED, _("edited: a person wrote or corrected it")),
            (TextStatus.REVIEWED, _("reviewed: a second person checked it against the original")),
        ],
        initial=TextStatus.EDITED,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", language)
        super().__init__(*args, **kwargs)
        self.language = language
        self.fields["text"].widget.attrs |= attrs_of(language)

    def clean_seen(self) -> str:
        return str(self.cleaned_data["seen"]).replace("\r\n", "\n")
