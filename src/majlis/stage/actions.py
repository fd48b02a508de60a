"""What the desk does with the screen."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import Round
from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.words import Language
from majlis.registration.access import Place
from majlis.series.models import Edition
from majlis.stage.models import WITH_ROUND, Scene, Stage
from majlis.stage.states import Verb


def _locked(edition: Edition) -> Stage:
    Stage.objects.get_or_create(
        edition=edition, defaults={"language": edition.authoritative_language}
    )
    return Stage.objects.select_for_update().get(edition=edition)


@transaction.atomic
def show_scene(
    edition: Edition,
    *,
    scene: Scene,
    language: Language,
    round: Round | None = None,
    page: int = 1,
    by: Place,
) -> Stage:
    """Put a scene on the screen, in a language.

    Raises `RuleBroken` for turnout or results without a round, and for results before
    they are shown: until then everybody sees turnout only.
    """
    _require_round(scene, round)
    stage = _locked(edition)
    stage.scene, stage.language, stage.page = scene, language, page
    stage.round = round if scene in WITH_ROUND else None
    stage.revision += 1
    stage.changed_at = now()
    stage.save()
    ledger.record(Verb.SHOWED, on=edition, by=by, scene=str(scene))
    return stage


def _require_round(scene: Scene, round: Round | None) -> None:
    if scene not in WITH_ROUND:
        return
    if round is None:
        raise RuleBroken(_("Choose which vote to show."))
    if scene == Scene.RESULTS and not round.is_shown:
        raise RuleBroken(
            _(
                "The results of “%(round)s” have not been shown. Show them on the page of the "
                "round first, or put its turnout on the screen."
            ),
            round=round,
        )


@transaction.atomic
def change_key(edition: Edition, *, by: Place) -> Stage:
    """Give the screen a new address; the old one answers as if it never was."""
    stage = _locked(edition)
    stage.key_serial += 1
    stage.save()
    ledger.record(Verb.CHANGED_KEY, on=edition, by=by)
    return stage
