"""The moderation desk: what waits, beside what stands, with hints of what is alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from majlis.dialogue.models import Contribution, Statement
from majlis.dialogue.queries.contributions import searched_contributions, waiting_contributions
from majlis.dialogue.queries.statements import searched, standing_statements
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
) -> QuerySet[Contribution]:
    """What waits, oldest first, narrowed by what a moderator chose and searched for."""
    found = waiting_contributions(
        edition, session=session, theme=theme, kind=kind, language=language
    )
    return searched_contributions(found, search)


def standing_beside(edition: Edition, *, theme: str = "", search: str = "") -> QuerySet[Statement]:
    """Standing statements to put beside the queue."""
    found = standing_statements(edition)
    if theme and theme != "-":
        found = found.filter(theme__code=theme)
    return searched(found, search)


def likenesses_in(edition: Edition) -> tuple[Likenesses, Likenesses]:
    """The words of all statements that stand, and of all contributions that wait. Two queries."""
    wordings = standing_statements(edition).values_list("pk", "wording")
    waiting = waiting_contributions(edition).values_list("pk", "words", "language")
    return (
        Likenesses((pk, w.text, lang) for pk, text in wordings for lang, w in text.items()),
        Likenesses(waiting),
    )


def with_hints(
    page: Iterable[Contribution], statements: Likenesses, others: Likenesses
) -> list[Waiting]:
    """Contributions with what says much the same, by `likenesses_in` their edition. Two queries."""
    alike = [
        (
            c,
            [like.key for like in statements.of(c.words, c.language)],
            [like.key for like in others.of(c.words, c.language, but=c.pk)],
        )
        for c in page
    ]
    standing = Statement.objects.in_bulk({pk for _c, keys, _keys in alike for pk in keys})
    waiting = Contribution.objects.in_bulk({pk for _c, _keys, keys in alike for pk in keys})
    return [
        Waiting(
            c,
            tuple(standing[pk] for pk in of if pk in standing),
            tuple(waiting[pk] for pk in beside if pk in waiting),
        )
        for c, of, beside in alike
    ]
