"""Forms of ratings: the rule, and sheets of paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.states import ABSTAIN
from majlis.kernel.texts import Text, TextStatus
from majlis.kernel.words import Language
from majlis.people.states import Constituency
from majlis.ratings.models import Rating
from majlis.ratings.offers import offers
from majlis.ratings.queries import RatingBallot
from majlis.ratings.rules import HIGH, LOW, NOT_RANKED
from majlis.ratings.states import (
    GRADES,
    Criterion,
    Disagreement,
    Grade,
    MethodKind,
    Middle,
    RankTies,
    Ties,
)
from majlis.ratings.wording import asked_label
from majlis.registration.models import Voice
from majlis.series.models import Edition
from majlis.ui.forms import CodeInput, WholeInput
from majlis.ui.languages import LANGUAGES

FEWEST, MOST = 5, 500  # ratings that a rule may ask of a recommendation
WEIGHT = "weight_"


def _whole(label: Any, low: int, high: int, initial: int | None, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=low, max_value=high, initial=initial, widget=WholeInput, **more
    )


def _choice(label: Any, choices: Any, initial: str = "", **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, initial=initial, **more)


def settings_of(method: MethodKind) -> dict[str, forms.Field]:
    """The fields of a method, by the names of its settings."""
    keep = _whole(
        _("To be chosen"), 1, 99, None, required=False,
        help_text=_("How many the rating is to choose. Empty: it only gives an order."),
    )  # fmt: skip
    match method:
        case MethodKind.MAJORITY:
            grades = [("", _("no threshold: only an order")), *Grade.choices[1:]]
            return {
                "passes": _choice(
                    _("Threshold: the majority grade to reach"), grades, Grade.GOOD, required=False
                ),
                "ties": _choice(_("If recommendations are level"), Ties.choices, Ties.VALUE),
            }
        case MethodKind.RAND:
            pairs = Disagreement.choices
            return {"disagreement": _choice(_("Disagreement"), pairs, Disagreement.THIRDS)}
        case MethodKind.DELPHI:
            return {
                "share": _whole(_("Consensus: at least this share in favour (%)"), 51, 100, 70),
                "opposed": _whole(_("and less than this share against (%)"), 1, 49, 15),
                "rounds": _whole(_("Rounds, at most"), 1, 5, 3),
            }
        case MethodKind.RANKING:
            return {
                "places": _whole(_("How many each person ranks, at most"), 1, 9, 5),
                "ties": _choice(
                    _("If recommendations are level"), RankTies.choices, RankTies.SHARED
                ),
                "keep": keep,
            }
        case MethodKind.IMPACT:
            return {
                "impact_from": _whole(_("High impact: a median from"), 2, 9, 5),
                "feasibility_from": _whole(_("High feasibility: a median from"), 2, 9, 5),
            }
        case MethodKind.CRITERIA:
            return {
                **{
                    WEIGHT + one: _whole(
                        _("Weight: %(criterion)s") % {"criterion": one.label}, 0, 9, 1
                    )
                    for one in Criterion
                },
                "middle": _choice(_("Taken of everybody’s ratings"), Middle.choices, Middle.MEAN),
                "keep": keep,
            }


class RatingForm(forms.Form):
    """What a rating is called, what is rated, and its rule."""

    def __init__(
        self, edition: Edition, method: MethodKind, *args: Any, rating: Rating | None = None,
        **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self.edition, self.method = edition, method
        self.languages = [lang for lang in LANGUAGES if lang in edition.languages]
        for lang in self.languages:
            self.fields[f"title_{lang}"] = forms.CharField(
                label=_("Title in %(language)s") % {"language": LANGUAGES[lang].name},
                max_length=120,
                widget=forms.TextInput(
                    attrs={"lang": lang, "dir": LANGUAGES[lang].direction, "autocomplete": "off"}
                ),
                initial=rating.title.words(lang) if rating else "",
            )
        offered = offers(edition)
        self.fields["subjects"] = forms.MultipleChoiceField(
            label=_("Recommendations to rate"),
            choices=[(o.subject, f"{o.subject} {o.title} ({o.state})") for o in offered],
            widget=forms.CheckboxSelectMultiple,
            initial=list(rating.options.values_list("subject", flat=True)) if rating else None,
            help_text=_("Their words stay as they are when the rating opens."),
        )
        self.settings = settings_of(method)
        for name, field in self.settings.items():
            if rating is not None:
                field.initial = _stored(rating, name)
            self.fields[name] = field
        self.fields["least"] = _whole(
            _("Ratings that a recommendation needs"), FEWEST, MOST,
            rating.least if rating else FEWEST,
            help_text=_("With fewer it is not decided. Never under five, so that nobody’s rating "
                        "can be read from the outcome."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        weights = [cleaned.get(name) or 0 for name in self.settings if name.startswith(WEIGHT)]
        if self.method == MethodKind.CRITERIA and sum(n > 0 for n in weights) < 2:
            raise forms.ValidationError(_("Give at least two criteria a weight."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What `actions.prepare_rating` and `change_rating` take, but for the method."""
        data = self.cleaned_data
        chosen = {
            name: data[name]
            for name in self.settings
            if not name.startswith(WEIGHT) and data[name] not in ("", None)
        }
        if self.method == MethodKind.CRITERIA:
            chosen["weights"] = {str(one): data[WEIGHT + one] for one in Criterion}
        return {
            "title": self._title(),
            "subjects": data["subjects"],
            "least": data["least"],
            "settings": chosen,
        }

    def _title(self) -> Text:
        texts = {lang: self.cleaned_data[f"title_{lang}"] for lang in self.languages}
        first = self.edition.authoritative_language
        first = first if first in texts else self.languages[0]
        title = Text.of(first, **{first: texts.pop(first)})
        for lang, text in texts.items():
            title = title.with_translation(lang, text, TextStatus.EDITED)
        return title


def _stored(rating: Rating, name: str) -> Any:
    if name.startswith(WEIGHT):
        return rating.settings.get("weights", {}).get(name.removeprefix(WEIGHT), 0)
    return rating.settings.get(name, "")


def choices_of(rating: Rating, low: int, high: int) -> list[tuple[int, str]]:
    """The answers to a question, as buttons and boxes show them, the best or first at the start."""
    if rating.method == MethodKind.MAJORITY:
        steps = [(n, str(Grade(GRADES[n]).label)) for n in range(high, low - 1, -1)]
    elif rating.method == MethodKind.RANKING:
        steps = [(n, str(n)) for n in range(LOW, high + 1)]
        return [*steps, (NOT_RANKED, str(_("Not ranked")))]
    else:
        steps = [(n, str(n)) for n in range(LOW, HIGH + 1)]
    return [*steps, (ABSTAIN, str(_("No opinion")))]


class SheetForm(forms.Form):
    """The answers on one sheet of paper; what was left blank stays without an answer."""

    PREFIX = "answer_"

    def __init__(self, ballot: RatingBallot, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for card in ballot.cards:
            for line in card.lines:
                of = asked_label(line.asked.of)
                label = f"{card.option.subject} {card.option.title}"
                self.fields[self.PREFIX + line.question.code] = forms.TypedChoiceField(
                    label=f"{label} · {of}" if of else label,
                    choices=[
                        *choices_of(ballot.rating, line.question.low, line.question.high),
                        ("", _("left blank")),
                    ],
                    coerce=int,
                    empty_value=None,
                    required=False,
                    initial="",
                    widget=forms.RadioSelect,
                )

    def numbers(self) -> dict[str, int]:
        """By the code of the question; blanks are left out."""
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
                _("Everything was left blank, so there is nothing to save.")
            )
        return cleaned


class PaperForm(SheetForm):
    """A sheet typed in for the first time: its number, and whose it is."""

    def __init__(self, ballot: RatingBallot, *args: Any, **more: Any) -> None:
        super().__init__(ballot, *args, **more)
        self.edition = ballot.rating.edition
        first = {
            "number": _whole(
                _("Ballot number"), 1, 99999, None,
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
            "constituency": _choice(
                _("Group, if a ballot without a code shows it"),
                [("", _("not given")), *Constituency.choices], required=False,
            ),
        }  # fmt: skip
        self.fields = {**first, **self.fields}

    def clean_code(self) -> Voice | None:
        """The participant's voice that this code names."""
        code = "".join(c for c in self.cleaned_data["code"].lower() if c.isalnum())
        if not code:
            return None
        voice = Voice.objects.filter(
            edition=self.edition, paper_code=code, registration__isnull=False
        ).first()
        if voice is None:
            raise forms.ValidationError(_("No participant of this seminar has this code."))
        return voice

    def facts(self) -> dict[str, Any]:
        """What `actions.type_sheet` takes."""
        data = self.cleaned_data
        return {
            "number": data["number"],
            "voice": data["code"],
            "constituency": data["constituency"],
            "numbers": self.numbers(),
        }


class SecondEntryForm(SheetForm):
    """The same sheet, read by a second person who does not see what was typed first."""

    keep = forms.BooleanField(
        label=_("I have checked the ballot again. This second entry is right"), required=False
    )


class MinorityForm(forms.Form):
    """Why some do not go along, and with what."""

    subject = forms.ChoiceField(label=_("About"), required=False)
    words = forms.CharField(
        label=_("Minority statement"),
        help_text=_("In the words of those who hand it in. It appears wherever the result does."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    signed = forms.CharField(
        label=_("Signed by"),
        help_text=_("Only with their agreement. Empty: no names are shown."),
        required=False,
        max_length=200,
    )
    language = forms.ChoiceField(label=_("Language of the words"), choices=Language.pairs)

    def __init__(self, rating: Rating, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        options = [(o.subject, f"{o.subject} {o.title}") for o in rating.options.all()]
        fields: dict[str, Any] = self.fields
        fields["subject"].choices = [("", _("the rating as a whole")), *options]
