"""Words and votes of a rehearsal, through the actions of the day itself."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from majlis.dialogue import actions
from majlis.dialogue.models import (
    Contribution,
    LineageEdge,
    LineageStep,
    PaperBallot,
    Question,
    QuestionSet,
    Round,
    Routing,
    Showing,
    Statement,
    VoteEvent,
)
from majlis.dialogue.models.wanted import Wanted
from majlis.dialogue.states import ContributionKind, Stance, StatementOrigin
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.pack import PackRow, PackTable, Translated, line, whole
from majlis.kernel.texts import Text, TextStatus
from majlis.registration.models import Voice
from majlis.registration.rehearsal import Invented, invented
from majlis.series.models import Edition, Session
from majlis.series.rehearsal import Rehearsal, RehearsalPart
from majlis.series.states import SessionType

ROUNDS = PackTable(
    "rehearsal/rounds.yaml",
    "what is said and voted in a rehearsal, beside the demo statements",
    (
        Translated("closed", "title of the round with results", required=True, longest=300),
        Translated("open", "title of the round that is open", required=True, longest=300),
        line("accepted", "why one was used as written", required=True),
        line("merged", "why two became one", required=True),
        line("declined", "why one was not used", required=True),
        whole("waiting", "contributions left for moderation", high=50),
        whole("passes", "how many of a hundred answers are a pass", high=100),
    ),
    key="accepted",
)


def _hold(rehearsal: Rehearsal) -> None:
    """Contributions, statements made of them, a closed round and one that some have begun."""
    said = rehearsal.row(ROUNDS)
    people = invented(rehearsal)
    seats = list(rehearsal.edition.voices.select_related("edition").order_by("pk"))
    made = _moderated(rehearsal, _offered(rehearsal, seats), said)
    first = [s for place, s in enumerate(made) if place % 3 != 2]
    second = [s for place, s in enumerate(made) if place % 3 == 2]
    votes = {"passes": said["passes"] / 100, "seed": rehearsal.seed}
    closed = _opened(rehearsal, said["closed"], first)
    _vote(closed, people, seats, **votes)
    actions.show_results(actions.close_round(closed, by=rehearsal.by), by=rehearsal.by)
    if second:
        open_ = _opened(rehearsal, said["open"], second)
        some = len(people) // 3
        _vote(open_, people[:some], seats[:some], **votes | {"seed": rehearsal.seed + 1})


def _borrowed(edition: Edition) -> list[Statement]:
    borrowed = list(edition.statements.filter(origin=StatementOrigin.DEMO).order_by("number"))
    if not borrowed:
        raise RuleBroken(
            _(
                "A rehearsal uses the sample statements of an edition, and “%(edition)s” has "
                "none. Add statements.csv to its pack."
            ),
            edition=edition,
        )
    return borrowed


Offered = list[tuple[Statement, list[Contribution]]]
"""Each demo statement with the contributions that borrow its words."""


def _offered(rehearsal: Rehearsal, seats: Sequence[Voice]) -> Offered:
    """One or two voices offer the words of each demo statement."""
    draw = random.Random(f"words {rehearsal.seed}")  # noqa: S311
    edition = rehearsal.edition
    tables = {s.theme_id: s for s in edition.sessions.filter(kind=SessionType.THEME_TABLE)}
    return [
        (
            source,
            [
                _said(source, voice, tables.get(source.theme_id))
                for voice in draw.sample(seats, k=draw.choice([1, 1, 2]))
            ],
        )
        for source in _borrowed(edition)
    ]


def _said(source: Statement, voice: Voice, session: Session | None) -> Contribution:
    spoken = source.wording.shown(voice.language)
    return actions.offer_contribution(
        voice,
        kind=ContributionKind(source.kind),
        words=spoken.text,
        language=spoken.lang,
        key=f"rehearsal-{source.code}-{voice.code}",
        session=session,
        theme=source.theme,
        challenge=source.challenge,
    )


def _moderated(rehearsal: Rehearsal, offered: Offered, said: PackRow) -> list[Statement]:
    """Statements made of what was offered; the last few are left waiting."""
    made: list[Statement] = []
    by = rehearsal.by
    for place, (source, cards) in enumerate(offered[: -said["waiting"] or None]):
        if place % 17 == 16:
            actions.decline(cards, reason=said["declined"], by=by)
            continue
        if len(cards) > 1:
            first = cards[0]
            wanted = Wanted(
                first.words, first.language, ContributionKind(first.kind), first.theme,
                first.challenge,
            )  # fmt: skip
            statement = actions.merge(cards, wanted=wanted, why=said["merged"], by=by)
        else:
            statement = actions.accept_contribution(cards[0], why=said["accepted"], by=by)
        made.append(_translated(statement, source, by=by))
    return made


def _translated(statement: Statement, source: Statement, *, by: Doer) -> Statement:
    for lang in statement.wording.missing():
        if lang in source.wording:
            statement = actions.translate_statement(
                statement,
                language=lang,
                text=source.wording[lang].text,
                status=TextStatus.DRAFT,
                by=by,
            )
    return statement


def _opened(rehearsal: Rehearsal, title: Text, statements: Sequence[Statement]) -> Round:
    round = actions.prepare_round(rehearsal.edition, title=title, by=rehearsal.by)
    actions.put_statements(round, statements=statements, by=rehearsal.by)
    return actions.open_round(round, by=rehearsal.by)


def _vote(
    round: Round, people: Sequence[Invented], seats: Sequence[Voice], *, seed: int, passes: float
) -> None:
    statements = list(round.statements.select_related("round").order_by("position"))
    for who, what, stance in ballots(people, len(statements), seed=seed, passes=passes):
        actions.cast_vote(
            statement=statements[what],
            voice=seats[who],
            stance=stance,
            seq=1,
            key=f"rehearsal-{statements[what].code}",
        )


def ballots(
    people: Sequence[Invented], n_statements: int, *, seed: int, passes: float
) -> Iterator[tuple[int, int, Stance]]:
    """Person, statement and stance, in the order in which they would arrive.

    Every statement has an appeal to all and a pull towards one side; a person agrees with the
    probability that both give. People with `talkative` under 1 leave some statements unanswered.
    """
    draw = random.Random(f"votes {seed}")  # noqa: S311
    appeal = [draw.gauss(0.9, 0.8) for _ in range(n_statements)]
    pull = [draw.gauss(0.0, 1.6) for _ in range(n_statements)]
    for who, person in enumerate(people):
        for what in draw.sample(range(n_statements), n_statements):
            if draw.random() > person.talkative:
                continue
            if draw.random() < passes:
                yield who, what, Stance.PASS
                continue
            score = appeal[what] + pull[what] * person.lean
            agrees = draw.random() < 1 / (1 + math.exp(-score))
            yield who, what, Stance.AGREE if agrees else Stance.DISAGREE


def _remove(edition: Edition) -> None:
    VoteEvent.objects.filter(voice__edition=edition).delete()
    LineageEdge.objects.filter(step__edition=edition).delete()
    for model in (LineageStep, Contribution, Statement, Round, QuestionSet):
        model.objects.filter(edition=edition).delete()


PART = RehearsalPart(
    copied=(
        *(Contribution, LineageEdge, LineageStep, Question, QuestionSet),  # asked by `ratings`
        *(Round, Showing, Statement, VoteEvent),
    ),
    left_out=(PaperBallot, Routing),
    tables=(ROUNDS,),
    copy=_hold,
    remove=_remove,
)
