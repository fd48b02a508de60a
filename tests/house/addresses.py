"""How an address says who may come in.

Each app has `tests/<app>/addresses.py` with `ADDRESSES`, a dict from url name to `Address`.
The ladder walks every address with the whole cast.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

WHO: Mapping[str, frozenset[str]] = {
    # who: which of the cast come in
    "public": frozenset({"stranger", "dina", "omar", "ben", "ada", "chen", "fay", "mia", "nour"}),
    "participant": frozenset({"ben"}),
    "signed-in": frozenset({"dina", "ada", "chen", "fay", "mia", "nour"}),
    "colleague": frozenset({"ada", "chen", "fay", "mia"}),
    "any role": frozenset({"ada", "chen", "fay", "mia", "nour"}),
    "welcome desk": frozenset({"ada", "nour"}),
    "organiser": frozenset({"ada"}),
    "owner": frozenset({"ada"}),  # of what the address names
    "organiser of all": frozenset(),  # Ada organises one of two editions
    "rapporteur": frozenset({"ada", "chen"}),
    "facilitator": frozenset({"ada", "fay"}),
    "moderator": frozenset({"ada", "mia"}),
    "facilitator or moderator": frozenset({"ada", "fay", "mia"}),
    "moderator or rapporteur": frozenset({"ada", "mia", "chen"}),
    "participant or colleague": frozenset({"ben", "ada", "chen", "fay", "mia"}),
    "participant or any role": frozenset({"ben", "ada", "chen", "fay", "mia", "nour"}),
}


@dataclass(frozen=True, slots=True)
class Address:
    """Who may come in at an address.

    who     a key of `WHO`, or "key" for an address whose secret part is itself the key
    kwargs  from the world of the test to the keyword arguments of the address
    method  "get" or "post"; a post goes without data, so that those let in get 422, 303 or 409
    """

    who: str
    kwargs: Callable[[Any], dict[str, object]] = lambda world: {"edition": world.edition.slug}
    method: str = "get"
