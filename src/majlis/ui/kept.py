"""What is the same in pages of many people, made once and kept (`kernel.shelf`).

    statements = kept(request, edition, ("statements", round), lambda: read(round))

Nothing of the reader may be in it: `make` gets what the key says and nothing else. In a template,
`{% kept "name" edition round %}…{% endkept %}` sees only what it names. The server brings the shelf
along with each request; where there is none (a test, a command), all is made anew each time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import get_language

from majlis.kernel.shelf import Shelf

Thing = TypeVar("Thing")

SHELF = "majlis.shelf"  # where a request carries it, as WSGI has it
BYTES_OF_ROWS = 4_000


def kept(
    request: HttpRequest,
    edition: str,
    key: tuple[Hashable, ...],
    make: Callable[[], Thing],
    *,
    size: Callable[[Thing], int] = lambda _: BYTES_OF_ROWS,
) -> Thing:
    """What `make` makes of the edition in the language of the moment, kept until it changes."""
    shelf: Shelf | None = request.META.get(SHELF)
    if shelf is None:
        return make()
    return shelf.got((*key, edition, get_language()), make, edition=edition, size=size)
