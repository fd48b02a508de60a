"""What narrows, orders and widens the list of emails. A form never saves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.mail.models import Message
from majlis.mail.queries import NOT_DELIVERED
from majlis.mail.states import MessageState
from majlis.registration.words import STANDARD
from majlis.ui.languages import facts
from majlis.ui.listing import ListForm
from majlis.ui.tables import Column

ORDERS: dict[str, tuple[str, ...]] = {
    "": ("-created_at", "-pk"),
    "oldest": ("created_at", "pk"),
    "recipient": ("recipient", "-created_at"),
}
_NAMES: dict[str, str | Promise] = {
    **{one.template: cast("Promise", one.name) for one in STANDARD},
    "registration/letters/already_registered.txt": _("Registered already"),
    "registration/letters/confirm_answers.txt": _("Confirmation of answers"),
    "registration/letters/invited.txt": _("Invitation to the team"),
    "evaluation/letters/ask.txt": _("Evaluation"),
    "people/letters/sign_in.txt": _("Sign-in link"),
}


def kind_of(message: Message) -> str:
    """Which letter a message is, in words; what an organiser wrote freely has its own."""
    return str(_NAMES.get(message.template, _("Email to many people")))


KIND: Column[Message] = Column("kind", pgettext_lazy("an email", "Kind"), kind_of)
COLUMNS: tuple[Column[Message], ...] = (
    Column("recipient", _("Recipient"), lambda m: m.recipient),
    KIND,
    Column("state", _("State"), lambda m: m.get_state_display()),
    Column("written", _("Written"), lambda m: m.created_at),
    Column("subject", _("Subject"), lambda m: m.subject),
    Column("language", _("Language"), lambda m: facts(m.language).name),
    Column("sent", pgettext_lazy("column", "Sent on"), lambda m: m.sent_at),
    Column("attempts", _("Attempts"), lambda m: m.attempts),
    Column("answer", _("Answer of the mail server"), lambda m: m.last_answer),
)
FIXED = ("recipient", "kind", "state", "written")  # the list shows them anyway


class MessagesForm(ListForm):
    """What narrows the list of emails."""

    state = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=lazy(lambda: [("", ""), (NOT_DELIVERED, ""), *MessageState.choices], list),
    )
    batch = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    template = forms.ChoiceField(label=pgettext_lazy("an email", "Kind"), required=False)

    def __init__(self, *args: Any, templates: Sequence[str], **kwargs: Any) -> None:
        orders = {"": _("newest first"), "oldest": _("oldest first"), "recipient": _("by address")}
        super().__init__(*args, orders=orders, columns=COLUMNS, fixed=FIXED, **kwargs)
        kinds = [(one, _NAMES[one]) for one in _NAMES if one in templates]
        self._choose("template", [("", pgettext_lazy("filter", "all")), *kinds])
