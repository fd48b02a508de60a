"""How a message reads, and how it goes to a mail server."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from majlis.kernel.punctuation import isolated, joined
from majlis.mail.addresses import wire_address
from majlis.mail.models import Message
from majlis.ui.languages import facts as facts_of


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message says: a subject, and the same words as text and as HTML."""

    subject: str
    text: str
    html: str


def compose(template: str, *, language: str, facts: Mapping[str, object]) -> Letter:
    """Write a letter in `language` from a text template: first the subject, then the rest."""
    with translation.override(language):
        words = {name: _plain(value, language) for name, value in facts.items()}
        whole = render_to_string(template, {**words, "language": language}).strip()
        subject, _sep, text = whole.partition("\n")
        subject = " ".join(subject.split())
        text = re.sub(r"\n{3,}", "\n\n", text).strip("\n")
        shown = {"subject": subject, "language": facts_of(language), "body": _html(text)}
        return Letter(subject, f"{text}\n", render_to_string("mail/message.html", shown))


class _Several(list[object]):
    """Several values; printed by a template they are joined, with the comma of the language."""

    def __str__(self) -> str:
        return joined(self)


def _plain(value: object, language: str) -> object:
    """A value for a text template: lazy words spoken in the letter's language, also in lists.

    A word of the other direction is isolated, so that it moves nothing that stands beside it.
    """
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return _Several(_plain(item, language) for item in value)
    if isinstance(value, Promise):
        value = str(value)
    if not isinstance(value, str) or "\n" in value or "://" in value:
        return value
    return isolated(value, language)


def _html(text: str) -> SafeString:
    """The paragraphs of a text; addresses alone on a line are links, indented lines are codes."""
    return format_html_join("\n", "{}", ((_block(b),) for b in text.split("\n\n") if b.strip()))


def _block(block: str) -> SafeString:
    before, lines = "", block.strip("\n").split("\n")
    if lines[0] == "--":  # the mark of a signature
        before, lines = mark_safe("<hr>"), lines[1:]
    body = format_html_join(mark_safe("<br>"), "{}", ((_line(line),) for line in lines))
    return format_html("{}<p>{}</p>", before, body)


def _line(line: str) -> SafeString:
    if re.fullmatch(r"https?://\S+", line):
        return format_html('<a href="{0}" dir="ltr">{0}</a>', line)
    if line.startswith("    "):
        return format_html('<strong dir="ltr">{}</strong>', line.strip())
    return format_html("{}", line)


def as_email(message: Message) -> EmailMultiAlternatives:
    """The message as a mail server takes it; a repeat has the same Message-ID."""
    email = EmailMultiAlternatives(
        message.subject,
        message.text,
        to=[wire_address(message.recipient)],
        headers={
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
            "Message-ID": f"<{message.code}@{settings.PUBLIC_HOST or 'localhost'}>",
        },
    )
    email.attach_alternative(message.html, "text/html")
    for part in message.attachments:
        email.attach(part["name"], base64.b64decode(part["content"]), part["type"])
    return email
