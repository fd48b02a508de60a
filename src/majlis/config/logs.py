"""What a log line looks like, and what it never holds.

One line per thing that happened, `name=value` throughout. A line holds codes that are public,
kinds, counts and durations; never a person's name or words, a link's secret or an address.
So what libraries have to say is kept to its kind: their sentences quote paths and rows.
"""

from __future__ import annotations

import contextlib
import json
import logging
import logging.handlers
import os
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from majlis.config.edge.floods import OncePerMinute

FLOODABLE = ("asyncio", "majlis.edge", "majlis.live", "uvicorn.error")
SRC = str(Path(__file__).resolve().parents[2])


class NameValue(logging.Formatter):
    """Writes a record as `at=… level=… from=… what=… name=value …`."""

    def __init__(self, *, outspoken: bool = False) -> None:
        super().__init__()
        self.outspoken = outspoken  # while developing: everything libraries say, whole tracebacks

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        ours = record.name.split(".")[0] in {"majlis", "opinionspace"}
        parts: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "from": record.name}
        if ours or self.outspoken:
            parts["what"] = record.getMessage()
        parts |= getattr(record, "facts", {})
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        if match is not None:
            parts["route"] = match.view_name
        if status := getattr(record, "status_code", None):
            parts["status"] = status
        if record.exc_info and record.exc_info[0]:
            parts["error"] = record.exc_info[0].__name__
            parts["where"] = where(record.exc_info[1])
        line = " ".join(f"{name}={_value(value)}" for name, value in parts.items())
        if self.outspoken and record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return line


class SharedFile(logging.handlers.RotatingFileHandler):
    """A file of a few megabytes, turned over when it is full, that several processes write to.

    Whoever finds it full turns it over; the others notice it and go on in the new one.
    """

    def emit(self, record: logging.LogRecord) -> None:
        self.follow()
        super().emit(record)

    def follow(self) -> None:
        """Let go of the file if another process has turned it over."""
        if self.stream is None:
            return
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.stat(self.baseFilename), os.fstat(self.stream.fileno())):
                return
        self.stream.close()
        self.stream = None  # until the next line is written

    def doRollover(self) -> None:  # noqa: N802 - its name in the library
        """Turn the file over, unless another process has just done it."""
        with open(f"{self.baseFilename}.lock", "a") as turning:
            alone(turning)
            self.follow()
            if self.stream is not None:
                super().doRollover()


def alone(file: IO[str]) -> None:
    """Wait until no other process holds the file, and hold it until it is closed."""
    try:
        import fcntl
    except ImportError:  # not a Unix: one process
        return
    fcntl.flock(file, fcntl.LOCK_EX)


def where(error: BaseException | None) -> str:
    """The way to an error through our own code, innermost first: files and lines, no values."""
    if error is None:
        return ""
    ours = [
        f"{frame.filename.removeprefix(SRC).lstrip('/')}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(SRC)
    ]
    return " < ".join(reversed(ours[-4:]))


def _value(value: object) -> str:
    text = str(value)
    plain = text and not any(c in text for c in ' "=\n\\')
    return text if plain else json.dumps(text, ensure_ascii=False)


def logging_config(*, level: str, file: Path | None, outspoken: bool) -> dict[str, Any]:
    """Django's LOGGING: all to `file` and warnings to the terminal, or all to the terminal."""
    handlers: dict[str, dict[str, Any]] = {
        "terminal": {
            "class": "logging.StreamHandler",
            "formatter": "name_value",
            "level": "WARNING" if file else level,
        }
    }
    if file:
        handlers["file"] = {
            "()": SharedFile,
            "filename": str(file),
            "maxBytes": 5_000_000,
            "backupCount": 5,
            "delay": True,
            "encoding": "utf-8",
            "formatter": "name_value",
            "level": level,
        }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"name_value": {"()": NameValue, "outspoken": outspoken}},
        "filters": {"floods": {"()": OncePerMinute}},
        "handlers": handlers,
        "root": {"handlers": list(handlers), "level": "INFO"},
        "loggers": {
            # Missing pages, forms without a token: part of the day, counted by majlis.request.
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "ERROR"},
            "django": {"level": "WARNING"},
            "uvicorn": {"level": "WARNING"},
            # A stranger can have these said as often as they like.
            **{name: {"filters": ["floods"]} for name in FLOODABLE},
        },
    }
