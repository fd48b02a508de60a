"""Forms of contributions: on the phone, and for paper cards at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models.contributions import MOST_LETTERS
from majlis.dialogue.states import ContributionKind
from majlis.kernel.clock import now
from majlis.kernel.disclosure import AttributionRule
from majlis.kernel.words import Language
from majlis.series import programme
from majlis.series import queries as series_queries
from majlis.series.models import Challenge, Edition, Session, Theme
from majlis.series.states import SessionType
from majlis.ui.formats import clock
from majlis.ui.forms import CodeInput
from majlis.ui.languages import attrs_of

NOTHING_IS_SAID = (
    SessionType.REGISTRATION,
    SessionType.BREAK,
    SessionType.LUNCH,
    SessionType.PRAYER,
    SessionType.TRANSFER,
)

RULE_SAID: dict[str, str | Promise] = {
    AttributionRule.PUBLIC: _(
        "On the record: your words may be quoted. Your name and organisation appear with them "
        "only if you agreed to this when you registered."
    ),
    AttributionRule.CHATHAM_HOUSE: _(
        "Chatham House Rule: your words may be used, never your name or organisation."
    ),
    AttributionRule.CLOSED: _(
        "Closed session: your words are not shown to anyone outside it. Only a statement based on"
        " them may be shown."
    ),
}

KINDS = [
    (ContributionKind.CHALLENGE, _("A challenge: an obstacle to progress")),
    (ContributionKind.PRACTICE, _("A practice: something that has been tried, and its result")),
    (ContributionKind.PROPOSAL, _("A proposal: something that should be done")),
    (ContributionKind.QUESTION, _("A question: something that needs an answer")),
]


class SessionSelect(forms.Select):
    """Sessions whose options tell the page the rule and the theme of each."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        session = getattr(value, "instance", None)
        option["attrs"]["data-rule"] = (
            session.attribution_rule if session else AttributionRule.CHATHAM_HOUSE
        )
        if session and session.theme:
            option["attrs"]["data-theme"] = session.theme.code
        return option


class SessionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A session, told by when it begins and its title."""

    widget = SessionSelect

    def label_from_instance(self, obj: Any) -> str:
        return f"{clock(obj.starts_at)} · {obj.title}"


class TitleChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A theme or a challenge, told by its title."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class WordsForm(forms.Form):
    """What phone and desk ask alike: kind, words, language, and where it belongs."""

    kind = forms.ChoiceField(
        label=_("What kind of contribution is it?"), choices=KINDS, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your own words"),
        widget=forms.Textarea(attrs={"rows": 6, "data-most": MOST_LETTERS}),
        error_messages={"required": _("Write your contribution.")},
    )
    language = forms.ChoiceField(label=_("Language of your contribution"), choices=Language.choices)
    session = SessionChoice(
        Session.objects.none(), label=_("Session"), required=False, to_field_name="code"
    )
    theme = TitleChoice(
        Theme.objects.none(),
        label=_("Theme"),
        required=False,
        to_field_name="code",
        empty_label=_("Not sure"),
    )
    challenge = TitleChoice(
        Challenge.objects.none(),
        label=_("Related challenge"),
        required=False,
        to_field_name="code",
        empty_label=_("None of these, or not sure"),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.sessions = [s for s in programme.sessions_of(edition) if s.kind not in NOTHING_IS_SAID]
        session, theme, challenge = (self.fields[n] for n in ("session", "theme", "challenge"))
        session.queryset = edition.sessions.filter(pk__in=[s.pk for s in self.sessions])  # type: ignore[attr-defined]
        session.queryset = session.queryset.select_related("edition", "theme")  # type: ignore[attr-defined]
        session.empty_label = _("Outside any session")  # type: ignore[attr-defined]
        theme.queryset = series_queries.offered_themes(edition)  # type: ignore[attr-defined]
        challenge.queryset = series_queries.offered_challenges(edition)  # type: ignore[attr-defined]
        self.initial.setdefault("language", get_language() or Language.EN)
        language = self["language"].value()
        self.fields["words"].widget.attrs |= attrs_of(language)

    def clean_words(self) -> str:
        """Bounded as the reader counts: a line end is one character."""
        words = str(self.cleaned_data["words"])
        if len(words) > MOST_LETTERS:
            raise forms.ValidationError(
                _(
                    "Your text has %(n)s characters and the limit is %(most)s. Shorten it, or "
                    "send two contributions."
                ),
                params={"most": MOST_LETTERS, "n": len(words)},
            )
        return words

    def clean(self) -> dict[str, Any]:
        """A session of one theme answers for a theme that was not chosen."""
        data = super().clean() or {}
        session = data.get("session")
        if session is not None:  # as it was published: its rule is the one that was shown
            session = next(s for s in self.sessions if s.pk == session.pk)
            data["session"] = session
        if session is not None and data.get("theme") is None:
            data["theme"] = session.theme
        return data


class ContributionForm(WordsForm):
    """What a participant sends. The rule that was on the page travels with it: where it is not
    the rule of the session chosen, the participant reads the right one first."""

    only_statement = forms.BooleanField(
        label=_("Show only the statement based on it"),
        required=False,
        help_text=_("Only the moderators will read your own words."),
    )
    rule_shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = programme.now_and_next(self.edition, at=now()).now
        here = [s for s in running if s.pk in {known.pk for known in self.sessions}]
        self.initial.setdefault("session", here[0].code if here else "")

    @property
    def rule(self) -> str:
        """The rule of the session that is chosen now."""
        code = self["session"].value() or ""
        rules = {s.code: s.attribution_rule for s in self.sessions}
        return rules.get(code, AttributionRule.CHATHAM_HOUSE)

    @property
    def rules(self) -> list[tuple[str, str | Promise, bool, bool]]:
        """Each rule, how it is said, whether a group may be told, and whether it holds now."""
        closed = AttributionRule.CLOSED
        return [(rule, said, rule != closed, rule == self.rule) for rule, said in RULE_SAID.items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("rule_shown") != self.rule and "session" in data:
            self.add_error(
                "session",
                _(
                    "The rule for this session has changed since you opened the page. Read it, "
                    "then send."
                ),
            )
        data.pop("rule_shown", None)
        return data


class CardForm(WordsForm):
    """A paper card, typed in by a colleague."""

    card_number = forms.CharField(
        label=_("Number of the paper contribution"),
        max_length=12,
        required=False,
        help_text=_("Prevents the same card from being entered twice."),
        widget=CodeInput(),
    )
    field_order = ["session", "card_number", "words", "language", "kind", "theme", "challenge"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        session = self.fields["session"]
        session.required = True
        session.empty_label = _("Choose a session")  # type: ignore[attr-defined]
        self.fields["words"].label = _("Text as written")
        self.fields["language"].label = _("Language of the contribution")
        self.fields["theme"].empty_label = _("Not given")  # type: ignore[attr-defined]
        self.fields["challenge"].empty_label = _("Not given")  # type: ignore[attr-defined]

    def clean_card_number(self) -> str:
        return str(self.cleaned_data["card_number"]).strip()
