"""What is answered to a request, whole, where no Django is needed for it."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from majlis.kernel.live import Scope, Send

Headers = list[tuple[bytes, bytes]]


@dataclass(slots=True)
class Answer:
    """Status, headers and body."""

    status: int = 0
    headers: Headers = field(default_factory=list)
    body: bytes = b""

    async def take(self, message: MutableMapping[str, Any]) -> None:
        """Take what an application sends, a message after the other."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        else:
            self.body += message.get("body", b"")

    async def give(self, send: Send, *, head: bool = False) -> None:
        start = {"type": "http.response.start", "status": self.status, "headers": self.headers}
        await send(start)
        await send({"type": "http.response.body", "body": b"" if head else self.body})


# Called once with the answer, or with None where the application has to be asked after all.
Give = Callable[[Answer | None], None]
# Whether a request with its whole body is answered without the application; `Give` is called then.
AtOnce = Callable[[Scope, bytes, Give], bool]
