"""Letters: mail in the reader's language, sent after the commit, kept as files without SMTP.

A letter is a text template whose first paragraph is the subject. It is written at once, so that
it says what was true then, and sent when the transaction has ended well. A letter that could not
be sent is kept in the folder of kept letters: nothing is lost, and the desk shows it.
"""

from __future__ import annotations

import atexit
import logging
import re
import threading
from collections import deque
from collections.abc import Iterator
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

from majlis.kernel.words import direction_of

log = logging.getLogger("majlis.letters")

_RULE = re.compile(rb"^-{79}\n?", re.MULTILINE)


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
        return direction_of(self.language)


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
    if letter.to:
        transaction.on_commit(lambda: _hand_over(_message(letter)))


class Post:
    """Letters on their way to a mail server, sent one after the other by a thread of their own.

    Nobody waits for a slow server, neither a reader nor the end of the process: what is still
    on its way then is kept as a file.
    """

    def __init__(self) -> None:
        self.waiting: deque[EmailMessage] = deque()
        self.change = threading.Condition()
        self.thread: threading.Thread | None = None

    def put(self, message: EmailMessage) -> None:
        with self.change:
            self.waiting.append(message)
            if self.thread is None:
                self.thread = threading.Thread(target=self.run, name="letters", daemon=True)
                self.thread.start()
                atexit.register(self.keep_all)
            self.change.notify()

    def run(self) -> None:
        while True:
            with self.change:
                self.change.wait_for(lambda: bool(self.waiting))
                message = self.waiting[0]
            _send(message)
            with self.change:
                if self.waiting and self.waiting[0] is message:
                    self.waiting.popleft()

    def keep_all(self) -> None:
        """Put into the folder what has not gone out; the one under way perhaps twice."""
        with self.change:
            while self.waiting:
                _keep(self.waiting.popleft())


_post = Post()


def _hand_over(message: EmailMessage) -> None:
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        _post.put(message)
    else:
        _send(message)  # files and tests are quick


def _message(letter: Letter) -> EmailMessage:
    return EmailMessage(
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


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception:
        facts = {"kind": message.extra_headers["X-Majlis-Kind"]}
        log.exception("letter not sent", extra={"facts": facts})
        _keep(message)


def _keep(message: EmailMessage) -> None:
    FileBackend(file_path=str(settings.EMAIL_FILE_PATH)).send_messages([message])


def are_kept() -> bool:
    """Whether letters stay on this machine instead of going out."""
    return cast("str", settings.EMAIL_BACKEND).endswith("filebased.EmailBackend")


def kept_letters(edition: str, *, newest: int = 200) -> list[KeptLetter]:
    """Letters of one edition that lie in the folder, newest first."""
    found: list[KeptLetter] = []
    for path in sorted(_files(), reverse=True):
        if f"X-Majlis-Edition: {edition}".encode() not in _bytes(path):
            continue  # thousands of letters of other editions are not read through
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


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # removed in between
        return b""


def _messages(path: Path) -> Iterator[ParsedMessage]:
    for part in _RULE.split(_bytes(path)):
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
