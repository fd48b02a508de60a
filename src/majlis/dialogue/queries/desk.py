"""The moderation desk: what waits, beside what stands, with hints of what is alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from majlis.dialogue.models import Contribution, Statement
from majlis.dialogue.queries.contributions import waiting_contributions
from majlis.dialogue.queries.statements import standing_statements
from majlis.kernel.analysis import Search
from majlis.kernel.likeness import Likenesses
from majlis.series.models import Edition


@dataclass(frozen=True, slots=True)
class Waiting:
    """A contribution of the queue, and what says much the same."""

    contribution: Contribution
    like_statements: tuple[Statement, ...]
    like_waiting: tuple[Contribution, ...]


def queue_of(
    edition: Edition,
    *,
    session: str = "",
    theme: str = "",
    kind: str = "",
    language: str = "",
    search: str = "",
) -> list[Contribution]:
    """What waits, oldest first, narrowed by what a moderator chose and searched for."""
    found = waiting_contributions(
        edition, session=session, theme=theme, kind=kind, language=language
    )
    wanted = Search(search)
    return [c for c in found if wanted.in_words(c.words, c.language)]


def standing_beside(edition: Edition, *, theme: str = "", search: str = "") -> list[Statement]:
    """Standing statements to put beside the queue."""
    found = standing_statements(edition)
    if theme and theme != "-":
        found = found.filter(theme__code=theme)
    wanted = Search(search)
    return [s for s in found if wanted.in_text(s.wording, beside=str(s.number))]


def with_hints(edition: Edition, page: Iterable[Contribution]) -> list[Waiting]:
    """Contributions with what says much the same, among everything that waits or stands."""
    standing = {s.pk: s for s in standing_statements(edition)}
    waiting = {c.pk: c for c in waiting_contributions(edition)}
    statements = Likenesses(
        (s.pk, wording.text, lang) for s in standing.values() for lang, wording in s.wording.items()
    )
    others = Likenesses((c.pk, c.words, c.language) for c in waiting.values())
    return [
        Waiting(
            c,
            tuple(standing[like.key] for like in statements.of(c.words, c.language)),
            tuple(waiting[like.key] for like in others.of(c.words, c.language, but=c.pk)),
        )
        for c in page
    ]
