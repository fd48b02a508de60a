"""Questions about ratings, each with a name. Nothing here is shown as it is: see `document`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from deciding import ABSTAIN, Decision, Rule, decide
from majlis.dialogue.models import Question, VoteEvent
from majlis.dialogue.queries import standing_answers
from majlis.dialogue.states import Channel, RoundState
from majlis.kernel.disclosure import Cell, Counts
from majlis.ratings.models import Option, Rating, Sheet
from majlis.ratings.rules import SUPPORTS, Asked, Given, asked_by, ballots_of, rule_of, support
from majlis.registration.models import Device, Voice
from majlis.series.models import Edition


def ratings_of(edition: Edition) -> QuerySet[Rating]:
    """Every rating of an edition with `n_options`, oldest first."""
    found = Rating.objects.filter(edition=edition).select_related("asked", "edition")
    return found.annotate(n_options=Count("options")).order_by("asked__made_at", "pk")


def ratings_shown(edition: Edition) -> list[Rating]:
    """Those that participants are shown: open ones first, then the others, newest first."""
    found = list(ratings_of(edition).exclude(asked__state=RoundState.DRAFT))
    still_open = [one for one in found if one.asked.is_open]
    return still_open + [one for one in reversed(found) if not one.asked.is_open]


def n_raters(rating: Rating) -> int:
    """How many voices have answered anything."""
    events = VoteEvent.objects.filter(question__asked_in=rating.asked_id)
    return events.values("voice").distinct().count()


def n_unread(rating: Rating) -> int:
    """How many paper ratings nobody has entered a second time."""
    return Sheet.objects.filter(rating=rating, checked_at=None).count()


def answers_of(rating: Rating) -> list[Given]:
    """The answers that count."""
    rows = standing_answers(rating.asked).values_list(
        "voice__code", "question__name", "stance", "pk"
    )
    return [Given(*row) for row in rows]


def decision_of(rating: Rating) -> Decision:
    """What the stored rule makes of the answers, with those of the rounds before it."""
    rule = rule_of(rating)
    earlier: list[dict[str, Any]] = []
    before = rating.follows
    while before is not None:
        earlier.insert(0, ballots_of(rule, answers_of(before)))
        before = before.follows
    stored = rating.digest or rule.digest
    return decide(rule, ballots_of(rule, answers_of(rating)), earlier=earlier, stored=stored)


def support_by_cell(rating: Rating, rule: Rule) -> dict[str, dict[Cell, Counts]]:
    """For each option, how many of each constituency and country are for it, against or between.

    Ratings that came on paper only and were read once count, and fill no group.
    """
    if rating.method not in SUPPORTS:
        return {}
    answers = answers_of(rating)
    cells, unread = _cells(rating)
    found: dict[str, dict[Cell, Counts]] = {subject: {} for subject in rule.options}
    for voice, ballot in ballots_of(rule, answers).items():
        for subject, said in ballot.items():
            if said is ABSTAIN:
                continue
            one = support(rule, said)
            counts = Counts(int(one > 0), int(one < 0), int(one == 0), int(voice in unread))
            cell = cells.get(voice, ("", ""))
            found[subject][cell] = found[subject].get(cell, Counts()) + counts
    return found


def _cells(rating: Rating) -> tuple[dict[str, Cell], frozenset[str]]:
    voices = Voice.objects.filter(votes__question__asked_in=rating.asked_id).distinct()
    rows = voices.values_list("code", "constituency", "country")
    cells = {code: (constituency, country) for code, constituency, country in rows}
    unread = Sheet.objects.filter(rating=rating, checked_at=None).values_list("voice__code")
    return cells, frozenset(code for (code,) in unread)


# --- one's own ballot


@dataclass(frozen=True, slots=True)
class Line:
    """One thing asked of an option, as one voice stands to it."""

    asked: Asked
    question: Question
    vote: VoteEvent | None

    @property
    def next_seq(self) -> int:
        return self.vote.seq + 1 if self.vote else 1

    @property
    def number(self) -> int | None:
        return self.vote.stance if self.vote else None


@dataclass(frozen=True, slots=True)
class Card:
    """One option with everything that is asked of it."""

    option: Option
    lines: Sequence[Line]

    @property
    def is_answered(self) -> bool:
        return all(line.vote is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class RatingBallot:
    """All options of a rating as one voice has rated them."""

    rating: Rating
    cards: Sequence[Card]

    @property
    def n_answered(self) -> int:
        return sum(card.is_answered for card in self.cards)

    def line(self, code: str) -> Line | None:
        """The line of this question."""
        lines = (line for card in self.cards for line in card.lines)
        return next((line for line in lines if line.question.code == code), None)


def own_answers(rating: Rating, voice: Voice) -> dict[int, VoteEvent]:
    """The voice's answers that count, by question."""
    events = VoteEvent.objects.filter(voice=voice, question__asked_in=rating.asked_id)
    events = events.select_related("question").order_by("seq")
    return {event.question.pk: event for event in events if event.question}


def ballot_of(
    rating: Rating, voice: Voice | None = None, device: Device | None = None
) -> RatingBallot:
    """What a voice is asked; a limited device does not see what was answered elsewhere."""
    votes = own_answers(rating, voice) if voice is not None else {}
    questions = {one.name: one for one in rating.asked.questions.all()}
    lines: dict[str, list[Line]] = {}
    for asked in asked_by(rule_of(rating)):
        question = questions.get(asked.name) or Question(name=asked.name, code="")
        vote = votes.get(question.pk) if question.pk else None
        is_seen = vote is None or vote.is_open_to(device)
        if is_seen:
            lines.setdefault(asked.subject, []).append(Line(asked, question, vote))
    options = list(rating.options.all())
    cards = [Card(o, lines[o.subject]) for o in options if o.subject in lines]
    return RatingBallot(rating, cards)


def progress_in(ratings: Sequence[Rating], voice: Voice) -> dict[int, tuple[int, int]]:
    """How many questions of each rating the voice has answered, of how many. One query."""
    own = VoteEvent.objects.filter(question=OuterRef("pk"), voice=voice)
    asked = Question.objects.filter(asked_in__in=[one.asked_id for one in ratings])
    rows = asked.annotate(is_mine=Exists(own)).values("asked_in")
    counted = rows.annotate(n=Count("pk"), mine=Count("pk", filter=Q(is_mine=True))).order_by()
    return {row["asked_in"]: (row["mine"], row["n"]) for row in counted}


def read_on_paper(sheet: Sheet) -> dict[str, int]:
    """What the first reading of a sheet found, by the code of the question."""
    found = own_answers(sheet.rating, sheet.voice).values()
    return {one.asked_code: one.stance for one in found if one.channel == Channel.PAPER}


def results_about(edition: Edition, subject: str) -> QuerySet[Rating]:
    """Shown ratings that rated this subject, oldest first."""
    found = Rating.objects.filter(
        edition=edition, asked__state=RoundState.SHOWN, options__subject=subject
    )
    return found.select_related("asked", "edition").order_by("shown_at", "pk")


def outcome(rating: Rating, subject: str) -> Mapping[str, Any] | None:
    """The stored outcome of one option."""
    found = (rating.result or {}).get("outcomes", [])
    return next((one for one in found if one["option"] == subject), None)
