"""Keeping results of the opinion maths, each with what is needed to make it again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round, Showing
from majlis.dialogue.states import RoundState
from majlis.kernel import jobs, ledger
from majlis.kernel.jobs import Kind, Report
from majlis.kernel.lazily import lazily
from majlis.kernel.ledger import Doer
from majlis.kernel.locks import held_for_share
from majlis.kernel.models import Job
from majlis.opinion import queries
from majlis.opinion.models import Result
from majlis.opinion.queries.layout import require_exportable
from majlis.opinion.queries.reading import Codes, Made
from majlis.opinion.states import Mode, Verb
from majlis.series.models import Edition

if TYPE_CHECKING:
    import opinionspace
    from opinionspace import areas, polis
else:
    opinionspace = lazily("opinionspace")
    areas = lazily("opinionspace.areas")
    polis = lazily("opinionspace.polis")

Json = dict[str, Any]  # plain JSON
SEEDS = {Mode.ROOM: queries.SEED, Mode.POLIS: 0}


def keep_map(round: Round) -> Result | None:
    """Keep the recipe of Polis on the votes as they have been shown; None when there is too little.

    Nobody does this: what is kept follows from the votes alone, so no audit log tells of it.
    Asking again for the same revision gives the kept result.
    """
    return _kept(round, Mode.POLIS)


def keep_reading(round: Round) -> Result | None:
    """Keep what the votes carry, and what they do not; None while nothing is shown.

    Room mode: counts as each audience may see them, a gate before hidden groups, sentences with
    their numbers. Equal votes and the same seed give equal bytes.
    """
    return _kept(round, Mode.ROOM)


def _kept(round: Round, mode: Mode) -> Result | None:
    revision = dialogue.shown_revision(round)
    known = Result.objects.filter(**_key(round, mode, revision)).first()
    if known is not None:
        return known
    made = result_made(round, mode, seed=SEEDS[mode])  # nothing is held meanwhile
    return _keep(round, mode, revision, made) if made is not None else None


@transaction.atomic
def _keep(round: Round, mode: Mode, revision: int, made: Made) -> Result:
    edition = held_for_share(Edition, [round.edition_id])[round.edition_id]
    places = [] if edition.is_sealed else made.places  # it may have been sealed meanwhile
    result, _is_new = Result.objects.get_or_create(
        **_key(round, mode, revision),
        defaults={"digest": made.digest, "content": made.content, "places": places},
    )
    return result


def _key(round: Round, mode: Mode, revision: int) -> Json:
    return {
        "round": round,
        "mode": mode,
        "revision": revision,
        "package_version": opinionspace.__version__,
        "seed": SEEDS[mode],
    }


def result_made(round: Round, mode: Mode, *, seed: int) -> Made | None:
    """Make a result of what has been shown; None where there is too little. Nothing is kept."""
    if mode == Mode.ROOM:
        return queries.made_of(round, seed=seed)
    log = dialogue.shown_log(round)
    try:
        found = polis.analyse(queries.votes_of(log)[0]) if len(log.stances) else None
    except opinionspace.OpinionError:
        return None
    if found is None:
        return None
    content = _map(found, queries.codes_in(round))
    return Made(content, [], opinionspace.digest(content))


def _map(analysis: polis.Analysis, known: Codes) -> Json:
    codes = [known.statement[pk] for pk in analysis.statement_ids.tolist()]
    places = analysis.axes.projections[:, :2]
    groups = [places[analysis.group_of_voice == group] for group in range(analysis.k)]
    return {
        "k": analysis.k,
        "sizes": [len(group) for group in groups],
        "areas": [asdict(areas.ellipse(group)) if len(group) else None for group in groups],
        "representative": [
            [codes[int(pick.statement)] for pick in picks] for picks in analysis.representative
        ],
        "analysis": analysis.digest(),
    }


@transaction.atomic
def export_answers(round: Round, *, by: Doer) -> None:
    """Let the answers of a round leave in the layout of Polis.

    Raises `RuleBroken` where they may not. The file is fetched afterwards, by the organiser whom
    the line of the audit log names.
    """
    require_exportable(round)
    ledger.record(Verb.EXPORTED, round, by=by)


@dataclass(frozen=True, slots=True)
class MadeAgain:
    """A kept result made once more from its inputs."""

    result: Result
    digest: str
    version: str

    @property
    def agrees(self) -> bool:
        return self.digest == self.result.digest


@transaction.atomic
def make_again(result: Result, *, by: Doer) -> MadeAgain:
    """Make a kept result again from the votes, and say whether the bytes agree.

    What is kept stays as it is, whatever comes out.
    """
    round = result.round
    made = result_made(round, Mode(result.mode), seed=result.seed)
    digest = made.digest if made else opinionspace.digest(None)
    again = MadeAgain(result, digest, opinionspace.__version__)
    ledger.record(
        Verb.MADE_AGAIN,
        result,
        by=by,
        edition=round.edition.slug,
        round=round.code,
        agrees=again.agrees,
    )
    return again


def refresh_stale() -> int:
    """Keep what rounds have shown, in both modes; how many results it kept.

    Those of large rounds are made by a job each.
    """
    rounds = Round.objects.filter(state=RoundState.SHOWN)
    shown = Showing.objects.filter(statement__round__in=rounds).order_by()
    revisions = dict(shown.values_list("statement__round").annotate(Max("revision")))
    if not revisions:
        return 0
    results = Result.objects.filter(package_version=opinionspace.__version__)
    known = set(results.values_list("round", "mode", "revision"))
    stale = [
        (pk, mode, revision)
        for pk, revision in revisions.items()
        for mode in SEEDS
        if (pk, mode, revision) not in known
    ]
    found = rounds.select_related("edition").in_bulk({pk for pk, _mode, _revision in stale})
    kept = 0
    for pk, mode, revision in stale:
        if pk not in found:
            continue
        if dialogue.is_large(revision):
            of, key = found[pk], f"{revision} {opinionspace.__version__}"
            jobs.ask(JOBS[mode].name, of.code, edition=of.edition.slug, key=key)
        else:
            kept += _kept(found[pk], mode) is not None
    return kept


def _job_of(mode: Mode) -> Kind:
    """Making a result of a large round."""

    def make(job: Job, _report: Report) -> tuple[int, Made | None]:
        round = Round.objects.select_related("edition").get(code=job.subject)
        return dialogue.shown_revision(round), result_made(round, mode, seed=SEEDS[mode])

    def keep(job: Job, made: tuple[int, Made | None]) -> None:
        if made[1] is not None:
            _keep(Round.objects.get(code=job.subject), mode, made[0], made[1])

    return Kind(mode.job, make, keep)


JOBS = {mode: _job_of(mode) for mode in SEEDS}
