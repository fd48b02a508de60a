"""Statements of an edition: lists, worklists, and what has come to rest on one."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import LineageEdge, Statement, VoteEvent
from majlis.dialogue.states import StatementState
from majlis.kernel.analysis import Search
from majlis.kernel.errors import RuleBroken
from majlis.kernel.words import Language
from majlis.series.models import Edition


def statements_of(edition: Edition) -> QuerySet[Statement]:
    """Every statement of an edition that was not undone, by number."""
    return (
        Statement.objects.filter(edition=edition)
        .exclude(state=StatementState.UNDONE)
        .select_related("round", "theme", "challenge")
        .order_by("number")
    )


def standing_statements(edition: Edition) -> QuerySet[Statement]:
    """Statements that can be put to a round, cited, or made into something else."""
    return statements_of(edition).filter(state=StatementState.CAPTURED)


def without_translation(edition: Edition) -> dict[str, list[int]]:
    """The keys of standing statements that have no wording in a language, by language and number:
    a translator's worklists."""
    found: dict[str, list[int]] = {lang: [] for lang in Language.values}
    for pk, wording in standing_statements(edition).values_list("pk", "wording"):
        for lang in found.keys() - wording.keys():
            found[lang].append(pk)
    return found


def searched(statements: QuerySet[Statement], typed: str) -> QuerySet[Statement]:
    """Those of the statements that hold all words; their number and file code count as words."""
    wanted = Search(typed)
    if not wanted:
        return statements
    said = statements.values_list("pk", "wording", "number", "pack_id")
    return statements.filter(
        pk__in=[
            pk
            for pk, wording, number, pack_id in said
            if wanted.in_text(wording, beside=f"{number} {pack_id}")
        ]
    )


def why_not_undone(statements: Collection[Statement]) -> dict[int, RuleBroken]:
    """Why the steps that made these statements cannot be undone any more, by statement.

    A statement that is not in the answer lets its step be undone.
    """
    keys = [statement.pk for statement in statements]
    voted = set(VoteEvent.objects.filter(statement__in=keys).values_list("statement_id", flat=True))
    later = LineageEdge.objects.filter(statement__in=keys, step__undone_at__isnull=True)
    used = set(later.values_list("statement_id", flat=True))
    cited = _used_above(keys)
    found: dict[int, RuleBroken] = {}
    for statement in statements:
        number = statement.number
        if statement.was_opened:
            found[statement.pk] = RuleBroken(
                _(
                    "This cannot be undone: statement %(number)s is in “%(round)s”, which has been "
                    "opened. What participants were asked does not change."
                ),
                number=number,
                round=statement.round,
            )
        elif statement.pk in voted:
            found[statement.pk] = RuleBroken(
                _("This cannot be undone: people have already voted on statement %(number)s."),
                number=number,
            )
        elif statement.pk in used:
            found[statement.pk] = RuleBroken(
                _(
                    "This cannot be undone yet: a later action used statement %(number)s. Undo that"
                    " action first."
                ),
                number=number,
            )
        elif statement.pk in cited:
            found[statement.pk] = RuleBroken(
                _(
                    "This cannot be undone: statement %(number)s has been cited, so it stays. "
                    "Reword it to create a new one."
                ),
                number=number,
            )
    return found


def _used_above(keys: Collection[int]) -> set[int]:
    """Those to which a table of a higher app points: whoever cites keeps what was cited."""
    own = Statement._meta.app_label
    used: set[int] = set()
    for relation in Statement._meta.related_objects:
        model, field = relation.related_model, relation.field.name
        if isinstance(model, type) and model._meta.app_label != own:
            pointing = model._default_manager.filter(**{f"{field}__in": keys})
            used.update(pointing.values_list(field, flat=True))
    return used


def narrowed(
    edition: Edition,
    *,
    state: str = "",
    origin: str = "",
    theme: str = "",
    kind: str = "",
    search: str = "",
) -> QuerySet[Statement]:
    """Statements by number, narrowed by what a reader chose; empty choices narrow nothing."""
    wanted = {"state": state, "origin": origin, "theme__code": theme, "kind": kind}
    found = statements_of(edition).filter(
        **{name: value for name, value in wanted.items() if value}
    )
    return searched(found, search)
