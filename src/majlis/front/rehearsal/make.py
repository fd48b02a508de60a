"""Making a rehearsal of an edition, through the actions of the day itself."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.dialogue import actions as dialogue
from majlis.dialogue.models import Contribution, Round, Statement
from majlis.dialogue.models.wanted import Wanted
from majlis.dialogue.states import ContributionKind, StatementOrigin
from majlis.front import packs
from majlis.front.rehearsal.people import Invented, invent
from majlis.front.rehearsal.recommendations import write_recommendations
from majlis.front.rehearsal.votes import ballots
from majlis.front.states import Verb
from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.texts import Text, TextStatus
from majlis.opinion.actions import keep_map, keep_reading
from majlis.people.models import Person
from majlis.registration.actions import add_at_desk, give_role
from majlis.registration.answers import Answers
from majlis.registration.models import Registration, Voice
from majlis.registration.states import Capacity, RoleKind
from majlis.series.models import Edition, Session
from majlis.series.states import SessionType

FEWEST, MOST = 5, 400
CLOSED = Text.of("en", en="Statements of the tables", fr="Énoncés des tables", ar="بيانات الطاولات")
OPEN = Text.of("en", en="Second thoughts", fr="Seconde lecture", ar="قراءة ثانية")
WHY_MERGED = "Two cards say the same in two languages."
WHY_DECLINED = "Two proposals in one card: please write one idea a card."
WHY_ACCEPTED = "Clear as it stands."


@transaction.atomic
def make_rehearsal(
    edition: Edition, *, voices: int = 60, seed: int = 1, camps: bool = True, by: Person | Doer
) -> Edition:
    """Make a rehearsal of `edition`: its texts, today's date, invented people, words and votes.

    `seed` decides everything that is drawn. With `camps` the people lean to two sides. A person
    who asks for it becomes its organiser. Raises `RuleBroken` for a number of voices out of
    bounds, for a rehearsal of a rehearsal, and for an edition without statements to borrow from.
    """
    if not FEWEST <= voices <= MOST:
        raise RuleBroken(
            _("A rehearsal takes %(fewest)s to %(most)s voices."), fewest=FEWEST, most=MOST
        )
    if edition.is_rehearsal:
        raise RuleBroken(_("“%(edition)s” is a rehearsal itself."), edition=edition)
    copy = _copied(edition, by=by)
    borrowed = list(copy.statements.filter(origin=StatementOrigin.DEMO).order_by("number"))
    if not borrowed:
        raise RuleBroken(
            _(
                "A rehearsal borrows its words from an edition's demo statements, "
                "and “%(edition)s” has none: add statements.csv to its pack."
            ),
            edition=edition,
        )
    if isinstance(by, Person):
        give_role(copy, person=by, kind=RoleKind.ORGANISER, by=by)
    people = invent(voices, seed=seed, camps=camps)
    seats = [_seated(copy, person, by=by) for person in people]
    made = _moderated(_offered(copy, borrowed, seats, seed=seed), borrowed, by=by)
    _hold_rounds(copy, made, people, seats, seed=seed, by=by)
    ledger.record(Verb.MADE, copy, by=by, of=edition.slug, voices=voices)
    return copy


def _copied(edition: Edition, *, by: Doer) -> Edition:
    """The edition once more under a name of its own, with its day moved to today."""
    number = 1
    while Edition.objects.filter(slug=f"{edition.slug}-rehearsal-{number}").exists():
        number += 1
    slug = f"{edition.slug}-rehearsal-{number}"
    with TemporaryDirectory() as place:
        root = Path(place) / "pack"
        packs.dump(edition, root)
        page = root / "edition.yaml"
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(f"slug: {edition.slug}\n", f"slug: {slug}\n", 1), "utf-8")
        copy = packs.load(root, by=by).edition
    shift = now().astimezone(copy.zone).date() - copy.starts_on
    copy.is_rehearsal, copy.is_demo = True, False
    copy.starts_on, copy.ends_on = copy.starts_on + shift, copy.ends_on + shift
    copy.save()
    for session in copy.sessions.all():
        session.on_date += shift
        session.save(update_fields=["on_date"])
    return copy


def _seated(edition: Edition, person: Invented, *, by: Doer) -> Voice:
    answers = Answers(
        name=f"{person.name}, {person.constituency.label}",
        constituency=person.constituency,
        country=person.country,
        capacity=Capacity.OFFICIAL,
        languages=(person.language,),
    )
    registration = add_at_desk(
        edition, answers=answers, language=person.language, has_arrived=True, by=by
    )
    Registration.objects.filter(pk=registration.pk).update(is_simulated=True)
    return Voice.objects.select_related("edition").get(registration=registration)


def _offered(
    edition: Edition, borrowed: Sequence[Statement], seats: Sequence[Voice], *, seed: int
) -> dict[int, list[Contribution]]:
    """Contributions by the statement whose words they borrow: one or two voices each."""
    draw = random.Random(f"words {seed}")  # noqa: S311
    tables = {s.theme_id: s for s in edition.sessions.filter(kind=SessionType.THEME_TABLE)}
    found: dict[int, list[Contribution]] = {}
    for source in borrowed:
        for voice in draw.sample(list(seats), k=draw.choice([1, 1, 2])):
            found.setdefault(source.pk, []).append(
                _said(source, voice, tables.get(source.theme_id))
            )
    return found


def _said(source: Statement, voice: Voice, session: Session | None) -> Contribution:
    spoken = source.wording.shown(voice.language)
    return dialogue.offer_contribution(
        voice,
        kind=ContributionKind(source.kind),
        words=spoken.text,
        language=spoken.lang,
        key=f"rehearsal-{source.code}-{voice.code}",
        session=session,
        theme=source.theme,
        challenge=source.challenge,
    )


WAITING = 6  # contributions left on the desk, to try it


def _moderated(
    offered: dict[int, list[Contribution]], borrowed: Sequence[Statement], *, by: Doer
) -> list[Statement]:
    """Statements of the room made of what was offered; the last few are left waiting."""
    made: list[Statement] = []
    sources = [s for s in borrowed if s.pk in offered]
    for place, source in enumerate(sources[:-WAITING]):
        cards = offered[source.pk]
        if place % 17 == 16:
            dialogue.decline(cards, reason=WHY_DECLINED, by=by)
            continue
        if len(cards) > 1:
            first = cards[0]
            wanted = Wanted(
                first.words, first.language, ContributionKind(first.kind), first.theme,
                first.challenge,
            )  # fmt: skip
            statement = dialogue.merge(cards, wanted=wanted, why=WHY_MERGED, by=by)
        else:
            statement = dialogue.accept_contribution(cards[0], why=WHY_ACCEPTED, by=by)
        made.append(_translated(statement, source, by=by))
    return made


def _translated(statement: Statement, source: Statement, *, by: Doer) -> Statement:
    for lang in statement.wording.missing():
        if lang in source.wording:
            statement = dialogue.translate_statement(
                statement,
                language=lang,
                text=source.wording[lang].text,
                status=TextStatus.DRAFT,
                by=by,
            )
    return statement


def _hold_rounds(
    edition: Edition,
    made: Sequence[Statement],
    people: Sequence[Invented],
    seats: Sequence[Voice],
    *,
    seed: int,
    by: Doer,
) -> None:
    """A closed round with everybody's votes, and an open one that some have begun."""
    first = [s for place, s in enumerate(made) if place % 3 != 2]
    second = [s for place, s in enumerate(made) if place % 3 == 2]
    closed = _opened(edition, CLOSED, first, by=by)
    _vote(closed, people, seats, seed=seed)
    closed = dialogue.show_results(dialogue.close_round(closed, by=by), by=by)
    keep_map(closed)
    keep_reading(closed)
    write_recommendations(edition, closed, by=by)
    if second:
        open_ = _opened(edition, OPEN, second, by=by)
        some = len(people) // 3
        _vote(open_, people[:some], seats[:some], seed=seed + 1)


def _opened(edition: Edition, title: Text, statements: Sequence[Statement], *, by: Doer) -> Round:
    round = dialogue.prepare_round(edition, title=title, by=by)
    dialogue.put_statements(round, statements=statements, by=by)
    return dialogue.open_round(round, by=by)


def _vote(round: Round, people: Sequence[Invented], seats: Sequence[Voice], *, seed: int) -> None:
    statements = list(round.statements.select_related("round").order_by("position"))
    for who, what, stance in ballots(people, len(statements), seed=seed):
        dialogue.cast_vote(
            statement=statements[what],
            voice=seats[who],
            stance=stance,
            seq=1,
            key=f"rehearsal-{statements[what].code}",
        )
