"""How a message reads, and how it goes to a mail server."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from majlis.kernel.punctuation import colon, isolated, joined, labelled
from majlis.mail.addresses import wire_address
from majlis.mail.models import LetterWording, Message
from majlis.mail.render import as_text, blocks
from majlis.mail.wording import PLACE, filled
from majlis.ui.languages import facts as facts_of

Said = object  # words, read in the language of the letter: a string, a lazy one or a `Text`


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the words of a letter: who sends it, why, and who pays for it.

    `line` goes under the name, `why` at the foot, then `links` (words and address) and what is
    `small`. `emblems` are names and addresses of pictures. `stop` is the page on which the reader
    ends such letters; a letter about their own place has none.
    """

    name: Said = "Majlis"
    line: Callable[[], str] | None = None
    why: Said = ""
    links: Sequence[tuple[Said, str]] = ()
    small: Sequence[Said] = ()
    emblems: Sequence[tuple[Said, str]] = ()
    stop: str = ""


BARE = Frame()


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message says: a subject, and the same words as text and as HTML."""

    subject: str
    text: str
    html: str


def compose(
    template: str,
    *,
    language: str,
    facts: Mapping[str, object],
    frame: Frame = BARE,
    wording: LetterWording | None = None,
) -> Letter:
    """Write a letter in `language` from a text template: first its heading, then its words.

    An edition's own `wording` stands in the place of the template's.
    """
    if wording is not None:
        return fill(wording.heading, wording.words, language=language, facts=facts, frame=frame)
    heading, words = from_template(template, language=language, facts=facts)
    return framed(heading, words, language=language, frame=frame)


def fill(
    heading: str, words: str, *, language: str, facts: Mapping[str, object], frame: Frame
) -> Letter:
    """A letter of words that an organiser wrote, their places filled for one reader."""
    with translation.override(language):
        said = {name: spoken(value, language) for name, value in facts.items()}
        head, body = (filled(one, said) for one in (heading, words))
        return _framed(" ".join(head.split()), body, language=language, frame=frame)


def from_template(template: str, *, language: str, facts: Mapping[str, object]) -> tuple[str, str]:
    """The heading and the words of a letter as its template has them."""
    with translation.override(language):
        shown = {name: spoken(value, language) for name, value in facts.items()}
        whole = render_to_string(template, {**shown, "language": language}).strip()
    heading, _sep, words = whole.partition("\n")
    return " ".join(heading.split()), words


def framed(heading: str, words: str, *, language: str, frame: Frame = BARE) -> Letter:
    """A letter with these words, in their frame."""
    with translation.override(language):
        return _framed(heading, words, language=language, frame=frame)


def _framed(heading: str, words: str, *, language: str, frame: Frame) -> Letter:
    found = blocks(words)
    name, line = str(frame.name), frame.line() if frame.line else ""
    links = [(str(label), address) for label, address in frame.links]
    if frame.stop:
        links.append((_("Stop emails that are not about your place"), frame.stop))
    foot = [str(frame.why), *(f"{label}{colon()}\n{url}" for label, url in links)]
    foot += [isolated(str(one)) for one in frame.small]
    if frame.line:
        foot = [f"{isolated(name)}\n{line}", *foot]
    under = "\n\n".join(part for part in foot if part)
    text = as_text(found) + (f"\n\n-- \n{under}" if under else "")
    page = {
        "heading": heading,
        "name": name,
        "line": line,
        "blocks": found,
        "why": str(frame.why),
        "links": links,
        "small": [str(one) for one in frame.small],
        "emblems": [(str(alt), address) for alt, address in frame.emblems],
        "language": facts_of(language),
        "css": _STYLES["ar" if language == "ar" else "latin"],
    }
    html = re.sub(r"\n\s*\n+", "\n", render_to_string("mail/message.html", page))
    subject = labelled(heading, name) if frame.line else heading
    return Letter(subject, f"{text}\n", html)


def _styles(serif: str, sans: str, leading: str, side: str) -> dict[str, str]:
    """What elements look like: mail programs read no style sheets."""
    cell = f"padding:10px 16px;text-align:{side};vertical-align:top"
    return {
        "page": "margin:0;padding:0;background:#f2e8d7",
        "outside": "padding:24px 8px",
        "sheet": "width:100%;max-width:600px;background:#fffdf9;border-radius:10px;overflow:hidden",
        "head": f"background:#072c42;padding:20px 28px;text-align:{side}",
        "name": f"font:bold 21px/1.35 {serif};color:#fdf8ee",
        "line": f"font:14px/1.5 {sans};color:#c4dbe7",
        "strip": "font-size:0;line-height:0",
        "body": f"padding:28px 28px 12px;text-align:{side}",
        "heading": f"margin:0 0 14px;font:bold 24px/1.35 {serif};color:#072c42",
        "words": f"margin:0 0 16px;font:16px/{leading} {sans};color:#13242f",
        "code": "font-size:20px;letter-spacing:1px",
        "link": "color:#0c4a6e;overflow-wrap:anywhere",
        "button": "background:#0c4a6e;border-radius:8px",
        "press": f"display:inline-block;padding:14px 26px;font:bold 16px/1.3 {sans};"
        "color:#ffffff;text-decoration:none",
        "copy": f"margin:10px 0 18px;font:13px/1.6 {sans};color:#4d5c65",
        "facts": "background:#f9f3e8;border-radius:8px;margin:0 0 18px",
        "label": f"{cell};font:14px/1.55 {sans};color:#4d5c65",
        "value": f"{cell};font:bold 15px/1.55 {sans};color:#13242f",
        "rule": ";border-top:1px solid #e3d5bc",
        "foot": f"padding:18px 28px 22px;border-top:1px solid #e3d5bc;text-align:{side};"
        f"font:13px/1.6 {sans};color:#4d5c65",
        "note": "margin:0 0 8px",
        "emblem": "display:inline-block;height:auto;max-height:48px;max-width:180px;margin:4px 0",
    }


_STYLES = {
    "latin": _styles(
        "Georgia,'Times New Roman',serif", "Arial,Helvetica,sans-serif", "1.6", "left"
    ),
    "ar": _styles("Tahoma,Arial,sans-serif", "Tahoma,Arial,sans-serif", "1.9", "right"),
}


class _Several(list[object]):
    """Several values; printed by a template they are joined, with the comma of the language."""

    def __str__(self) -> str:
        return joined(self)


def spoken(value: object, language: str) -> object:
    """A value for a letter: lazy words spoken in the language of the moment, also in lists.

    A word of the other direction is isolated, so that it moves nothing that stands beside it.
    """
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return _Several(spoken(item, language) for item in value)
    if isinstance(value, Promise):
        value = str(value)
    if not isinstance(value, str) or "\n" in value or "://" in value or PLACE.fullmatch(value):
        return value
    return isolated(value, language)


def as_email(message: Message, *, sender: str | None = None) -> EmailMultiAlternatives:
    """The message as a mail server takes it; a repeat has the same Message-ID."""
    headers = {
        "Content-Language": message.language,
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<{message.code}@{settings.PUBLIC_HOST or 'localhost'}>",
    }
    if message.stop_address:
        headers["List-Unsubscribe"] = f"<{message.stop_address}>"
    if message.stop_address.startswith("https://"):  # RFC 8058 asks for it
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    email = EmailMultiAlternatives(
        message.subject,
        message.text,
        from_email=sender,
        to=[wire_address(message.recipient)],
        headers=headers,
    )
    email.attach_alternative(message.html, "text/html")
    for part in message.attachments:
        email.attach(part["name"], base64.b64decode(part["content"]), part["type"])
    return email
