"""Statements of an edition: lists, worklists, and what has come to rest on one."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import Statement
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


def without_translation(edition: Edition, language: str) -> list[Statement]:
    """Standing statements that have no wording in a language: a translator's worklist."""
    return [s for s in standing_statements(edition) if language not in s.wording]


def n_without_translation(edition: Edition) -> dict[str, int]:
    """How many standing statements have no wording yet, by language."""
    wordings = [s.wording for s in standing_statements(edition)]
    return {lang: sum(lang not in wording for wording in wordings) for lang in Language.values}


def why_not_undone(statement: Statement) -> RuleBroken | None:
    """Why the step that made a statement cannot be undone any more, in words; None if it can."""
    number = statement.number
    if statement.was_opened:
        return RuleBroken(
            _(
                "Statement %(number)s is in “%(round)s”, which has been opened. What participants"
                " were asked does not change. Nothing was undone."
            ),
            number=number,
            round=statement.round,
        )
    if statement.votes.exists():
        return RuleBroken(
            _("Nothing was undone: people have already voted on statement %(number)s."),
            number=number,
        )
    if Statement.objects.filter(
        pk=statement.pk, edges_out__step__undone_at__isnull=True, edges_out__isnull=False
    ).exists():
        return RuleBroken(
            _(
                "Nothing was undone: a later action used statement %(number)s. Undo that action "
                "first."
            ),
            number=number,
        )
    if _is_used_above(statement):
        return RuleBroken(
            _(
                "Statement %(number)s has been cited, so it stays. Nothing was undone. Reword it "
                "to create a new one."
            ),
            number=number,
        )
    return None


def _is_used_above(statement: Statement) -> bool:
    """Whether a table of a higher app points at it: whoever cites keeps what was cited."""
    own = Statement._meta.app_label
    for relation in Statement._meta.related_objects:
        model = relation.related_model
        if (
            isinstance(model, type)
            and model._meta.app_label != own
            and model._default_manager.filter(**{relation.field.name: statement}).exists()
        ):
            return True
    return False


def narrowed(
    edition: Edition,
    *,
    state: str = "",
    origin: str = "",
    theme: str = "",
    kind: str = "",
    search: str = "",
) -> list[Statement]:
    """Statements by number, narrowed by what a reader chose; empty choices narrow nothing."""
    wanted = {"state": state, "origin": origin, "theme__code": theme, "kind": kind}
    found = statements_of(edition).filter(
        **{name: value for name, value in wanted.items() if value}
    )
    words = Search(search)
    return [s for s in found if words.in_text(s.wording, beside=str(s.number))]
