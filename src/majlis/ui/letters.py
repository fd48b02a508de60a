"""Letters: mail in the reader's language, sent after the commit, kept as files without SMTP.

A letter is a text template whose first paragraph is the subject. It is written at once, so that
it says what was true then, and sent when the transaction has ended well. A letter that could not
be sent is kept in the folder of kept letters: nothing is lost, and the desk shows it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage
from pathlib import Path
from typing import cast

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend as FileBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

log = logging.getLogger("majlis.letters")

_RULE = re.compile(rb"^-{79}\n?", re.MULTILINE)
_post = ThreadPoolExecutor(max_workers=1, thread_name_prefix="letters")


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, written. `edition` is the slug of the edition it belongs to, if any."""

    to: str
    subject: str
    body: str
    language: str
    kind: str
    edition: str = ""


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A letter as it lies in the folder."""

    name: str
    to: str
    subject: str
    body: str
    language: str
    kind: str
    at: datetime | None

    @property
    def dir(self) -> str:
        return "rtl" if self.language == "ar" else "ltr"


def write(template: str, *, to: str, language: str, edition: str = "", **facts: object) -> Letter:
    """Write a letter in `language` from a text template: first the subject, then the rest."""
    with translation.override(language):
        text = render_to_string(template, {**facts, "language": language}).strip()
    subject, _sep, body = text.partition("\n")
    body = re.sub(r"\n{3,}", "\n\n", body).strip() + "\n"
    kind = Path(template).stem
    return Letter(to, " ".join(subject.split()), body, language, kind, edition)


def send_after_commit(letter: Letter) -> None:
    """Send when what the letter tells has really happened."""
    if not letter.to:
        return
    transaction.on_commit(lambda: _hand_over(lambda: _send(letter)))


def _hand_over(send: Callable[[], None]) -> None:
    """A mail server may be slow: nobody waits for it. Files and tests are quick."""
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        _post.submit(send)
    else:
        send()


def _send(letter: Letter) -> None:
    message = EmailMessage(
        letter.subject,
        letter.body,
        to=[letter.to],
        headers={
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",
            "X-Majlis-Kind": letter.kind,
            "X-Majlis-Edition": letter.edition,
        },
    )
    try:
        message.send()
    except Exception:
        log.exception("letter not sent", extra={"facts": {"kind": letter.kind}})
        FileBackend(file_path=str(settings.EMAIL_FILE_PATH)).send_messages([message])


def are_kept() -> bool:
    """Whether letters stay on this machine instead of going out."""
    return cast("str", settings.EMAIL_BACKEND).endswith("filebased.EmailBackend")


def kept_letters(edition: str, *, newest: int = 200) -> list[KeptLetter]:
    """Letters of one edition that lie in the folder, newest first."""
    found: list[KeptLetter] = []
    for path in sorted(_files(), reverse=True):
        found.extend(
            _as_kept(path, message)
            for message in _messages(path)
            if message["X-Majlis-Edition"] == edition
        )
        if len(found) >= newest:
            break
    return found[:newest]


def forget_kept(*, to: str = "", edition: str = "") -> None:
    """Remove kept letters to one address, or of one edition, after the commit."""

    def remove() -> None:
        for path in _files():
            if any(
                (to and message["To"] == to) or (edition and message["X-Majlis-Edition"] == edition)
                for message in _messages(path)
            ):
                path.unlink(missing_ok=True)

    transaction.on_commit(remove)


def _files() -> list[Path]:
    folder = Path(settings.EMAIL_FILE_PATH)
    return list(folder.glob("*.log")) if folder.is_dir() else []


def _messages(path: Path) -> Iterator[ParsedMessage]:
    try:
        content = path.read_bytes()
    except OSError:
        return
    for part in _RULE.split(content):
        if part.strip():
            yield message_from_bytes(part.lstrip(b"\n"), policy=policy.default)


def _as_kept(path: Path, message: ParsedMessage) -> KeptLetter:
    body = message.get_body(("plain",))
    date = message["Date"]
    return KeptLetter(
        name=path.stem,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        body=str(body.get_content()).strip() if body is not None else "",
        language=str(message["Content-Language"] or "en"),
        kind=str(message["X-Majlis-Kind"] or ""),
        at=date.datetime.astimezone(UTC) if date is not None and date.datetime else None,
    )
