"""Whatever happened at an edition: no output tells what the rules keep back.

Editions are generated: groups of voices around the smallest cells, sayings under every rule, a
closed and an open round, a published recommendation, an issued brief, the screen. Then all that a
stranger, a participant, the colleagues and the screen can get is fetched and searched.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from majlis.briefs import actions as briefs
from majlis.dialogue import actions as dialogue
from majlis.dialogue.actions import Wanted
from majlis.dialogue.models import Routing, Statement, VoteEvent
from majlis.dialogue.states import ContributionKind, RoundState, Stance
from majlis.kernel.clock import now
from majlis.kernel.disclosure import AttributionRule
from majlis.opinion import routing
from majlis.opinion.actions import refresh_stale
from majlis.people.states import Constituency, Family
from majlis.registration.models import Consent, Registration
from majlis.registration.states import RoleKind
from tests.conftest import as_person, as_voice, examples
from tests.factories import ratings
from tests.factories.dialogue import ContributionFactory, RoundFactory, StatementFactory, counted
from tests.factories.people import OrganisationFactory
from tests.factories.recommendations import WRITER, drafted, published
from tests.factories.registration import RoleFactory, VoiceFactory
from tests.factories.series import EditionFactory, PublicTextFactory, SessionFactory
from tests.house.files import WithOwnFiles
from tests.house.outputs import Output, files, numbers, outputs, screens, tables

PUBLIC, PARTICIPANTS = 10, 5
LANGS = ("en", "ar")
COUNTRIES = {"MR": ("Mauritania", "موريتانيا"), "LY": ("Libya", "ليبيا")}
GROUPS = [
    Constituency.POLE,
    Constituency.LARGE_FIRM,
    Constituency.DONOR,
    Constituency.TRAINING,
]
LISTING_ALL = {  # forms with boxes to tick: they name every group or country there is
    "registration:register",
    "registration:my-data-correct",
    "dialogue:desk-paper",
    "dialogue:desk-paper-check",
    "ratings:desk-paper",
    "recommendations:desk-new",
    "recommendations:desk-edit",
    "recommendations:desk-plan",
    "recommendations:desk-addressee",
}
NAMING = {"recommendations:why", "dialogue:statements-export"}

sayings = st.fixed_dictionaries(
    {
        "rule": st.sampled_from(list(AttributionRule)),
        "consents": st.booleans(),
        "only_statement": st.booleans(),
        "way": st.sampled_from(["accept", "reword", "both", "wait"]),
    }
)
plans = st.fixed_dictionaries(
    {
        "sizes": st.tuples(*[st.sampled_from([0, 1, 4, 5, 9, 10, 11]) for _ in GROUPS[:3]]),
        "abroad": st.integers(0, 11),
        "sayings": st.lists(sayings, min_size=2, max_size=5),
        "stances": st.lists(st.sampled_from([1, -1, 0, None]), min_size=26, max_size=26),
    }
)


CHATHAM = {"rule": AttributionRule.CHATHAM_HOUSE, "consents": True, "only_statement": False}
SECRET = {"rule": AttributionRule.CLOSED, "consents": True, "only_statement": False}
LARGE_AND_SMALL = {  # what passes is shown; what is one short of it is not
    "sizes": (10, 9, 4),
    "abroad": 4,
    "sayings": [CHATHAM | {"way": "accept"}, SECRET | {"way": "both"}, SECRET | {"way": "wait"}],
    "stances": [1, -1, 0, 1] * 6 + [1, 1],
}
ALL_LARGE = LARGE_AND_SMALL | {"sizes": (11, 11, 0), "abroad": 10}


@dataclass(frozen=True, slots=True)
class Saying:
    """One person's words and the rule they were said under, with marks nobody else has."""

    n: int
    rule: AttributionRule
    may_name: bool
    is_guarded: bool
    way: str

    @property
    def names(self) -> tuple[str, str, str]:
        return f"Zohra{self.n}Zed", f"Firme{self.n}Zed", f"poste{self.n}zed"

    @property
    def words(self) -> str:
        return f"Paroles{self.n}Zed"


@pytest.mark.early
@pytest.mark.once
class NothingLeaks(WithOwnFiles):
    @settings(
        max_examples=examples(2),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    @given(plans)
    @example(LARGE_AND_SMALL)
    @example(ALL_LARGE)
    def test_no_output_tells_what_the_rules_keep_back(self, plan):
        world = made(plan)
        everything = [out for lang in LANGS for out in all_outputs(world, lang)]
        everything += files(world.publication)

        for out in everything:
            assert out.status < 500, out
            for saying in world.sayings:
                no_name(out, saying)
                no_guarded_words(out, saying)
            no_small_group(out, world)
            no_small_cell(out, world)
        for document in world.publication.content["documents"].values():
            no_small_cell_in(document)

    @settings(
        max_examples=examples(1),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    @given(plans)
    @example(LARGE_AND_SMALL)
    def test_a_round_looks_the_same_whatever_was_voted_until_it_is_shown(self, plan):
        world = made(plan)
        asked = routed_anew(world.open)
        before = list(all_outputs(world, "en"))

        for round in (world.open, world.unshown):
            turn_votes_round(round, but=world.ben)
        for event in VoteEvent.objects.filter(question__asked_in=world.rating.asked_id):
            VoteEvent.objects.filter(pk=event.pk).update(stance=5 - event.stance)

        assert routed_anew(world.open) == asked
        for out, again in zip(before, all_outputs(world, "en"), strict=True):
            if out.name in OF_BROWSERS:
                continue
            was, now_is = scrubbed(out.text), scrubbed(again.text)
            at = next((n for n, (a, b) in enumerate(zip(was, now_is, strict=False)) if a != b), 0)
            assert was == now_is, (str(out), was[at - 80 : at + 80], now_is[at - 80 : at + 80])


# --- what is made


def made(plan) -> SimpleNamespace:
    """An edition after its day, with one round still open."""
    edition = EditionFactory()
    for kind in ("privacy", "legal", "contact"):
        PublicTextFactory(edition=edition, kind=kind)
    ben = VoiceFactory(edition=edition, constituency=GROUPS[-1], country="TN")
    groups = [
        group for group, size in zip(GROUPS, plan["sizes"], strict=False) for _ in range(size)
    ]
    groups = groups[:25] or [GROUPS[0]]
    while len(groups) < len(plan["sayings"]):
        groups.append(GROUPS[0])
    voices = [
        VoiceFactory(
            edition=edition,
            constituency=group,
            country=["MR", "LY"][n < plan["abroad"]],
            registration__person__name=f"Zohra{n}Zed",
            registration__person__email=f"poste{n}zed@{edition.slug}.example",
            registration__organisation=OrganisationFactory(name=f"Firme{n}Zed {edition.slug}"),
        )
        for n, group in enumerate(groups)
    ]
    said, statements = [], []
    for n, facts in enumerate(plan["sayings"]):
        saying, statement = say(edition, voices[n], n, facts)
        said.append(saying)
        statements += [statement] if statement else []
    said += [
        Saying(n, AttributionRule.CLOSED, False, True, "silent")
        for n in range(len(said), len(voices))
    ]
    merged = merge_of(edition, statements)
    closed = RoundFactory(edition=edition, state=RoundState.CLOSED, closed_at=now())
    still_open = RoundFactory(edition=edition, state=RoundState.OPEN)
    unshown = RoundFactory(edition=edition, state=RoundState.CLOSED, closed_at=now())
    in_closed, in_open = put(edition, closed, merged), put(edition, still_open, None)
    in_unshown = put(edition, unshown, None)
    vote(in_unshown, voices, plan["stances"])
    vote(in_closed, voices, plan["stances"])
    vote(in_open, voices, plan["stances"][::-1])
    vote(in_open, [ben], [Stance.AGREE])
    counted(closed)
    refresh_stale()
    for n in range(6):  # what Ben is asked next
        more = StatementFactory(round=still_open, edition=edition, number=1000 + n)
        vote(more, voices[n:], plan["stances"][n:])
    rec = published(edition, citing=[in_closed, in_open])
    waiting = edition.contributions.filter(state="captured")
    draft = drafted(edition, citing=[in_open, in_unshown, *waiting])
    rating = ratings.opened(edition, recs=[draft])
    rate(rating, voices, plan["stances"])
    rated = ratings.opened(edition, recs=[draft])
    rate(rated, voices, plan["stances"])
    ratings.shown(rated)
    return SimpleNamespace(
        edition=edition,
        rec=rec,
        ben=ben,
        phone=as_voice(ben),
        open=still_open,
        rating=rating,
        unshown=unshown,
        sayings=said,
        publication=briefs.issue(edition, base_url="http://seminar.test", by=WRITER),
        chen=RoleFactory(edition=edition, kind=RoleKind.RAPPORTEUR).person,
        fay=RoleFactory(edition=edition, kind=RoleKind.FACILITATOR).person,
        mia=RoleFactory(edition=edition, kind=RoleKind.MODERATOR).person,
        **sizes_of(edition),
    )


def say(edition, voice, n, facts):
    """Something said, and the statement the desk made of it, if it did."""
    if facts["consents"]:
        Consent.objects.create(registration=voice.registration, kind="named", is_given=True)
    saying = Saying(
        n=n,
        rule=facts["rule"],
        may_name=facts["rule"] == AttributionRule.PUBLIC
        and facts["consents"]
        and not facts["only_statement"],
        is_guarded=facts["only_statement"] or facts["rule"] == AttributionRule.CLOSED,
        way=facts["way"],
    )
    contribution = ContributionFactory(
        voice=voice,
        edition=edition,
        session=SessionFactory(edition=edition, attribution_rule=facts["rule"]),
        words=f"{saying.words} pour un registre.",
        only_statement=facts["only_statement"],
    )
    if saying.way == "wait":
        return saying, None
    if saying.way == "reword":
        return saying, dialogue.reword(contribution, wanted=wanted(n), why="Clair.", by=WRITER)
    statement = dialogue.accept_contribution(contribution, why="Clair.", by=WRITER)
    if saying.way == "both" or saying.is_guarded:
        statement = dialogue.reword(statement, wanted=wanted(n), why="Court.", by=WRITER)
    return saying, statement


def wanted(n) -> Wanted:
    return Wanted(f"Ouvrir le registre {n}.", "fr", ContributionKind.PROPOSAL)


def merge_of(edition, statements):
    """One statement of all that stand, or the only one, or none."""
    if len(statements) < 2:
        return statements[0] if statements else None
    return dialogue.merge(statements, wanted=wanted(99), why="Pareil.", by=WRITER)


def put(edition, round, statement) -> Statement:
    """A statement in a round: this one, or one that nobody spoke."""
    if statement is None:
        return StatementFactory(round=round, edition=edition, number=900 + round.pk % 90)
    Statement.objects.filter(pk=statement.pk).update(round=round)
    return Statement.objects.get(pk=statement.pk)


def vote(statement, voices, stances) -> None:
    for voice, stance in zip(voices, stances, strict=False):
        if stance is not None:
            VoteEvent.objects.create(
                statement=statement,
                voice=voice,
                stance=stance,
                seq=1,
                key=f"{statement.pk}-{voice.pk}",
            )


def rate(rating, voices, stances) -> None:
    """The same, as grades: excellent, fair or reject."""
    for voice, stance in zip(voices, stances, strict=False):
        if stance is not None:
            ratings.give(rating, voice, [{1: 5, 0: 2, -1: 0}[stance]])


def turn_votes_round(round, *, but) -> None:
    """Every agreement becomes a disagreement and the other way round."""
    for event in VoteEvent.objects.filter(statement__round=round).exclude(voice=but):
        VoteEvent.objects.filter(pk=event.pk).update(stance=-event.stance or Stance.AGREE)


def routed_anew(round) -> dict[str, dict[str, float]]:
    """Have the routing made of the votes as they stand now; its weights, for every family."""
    routing.forget_all()
    assert routing.refresh_routing() > 0
    return Routing.objects.get(round=round).weights


def sizes_of(edition) -> dict[str, object]:
    """What there is to count, by the truth of the database."""
    rows = list(Registration.objects.filter(edition=edition).values_list("constituency", "country"))
    wholes = {
        VoteEvent.objects.filter(statement=statement).count()
        for statement in edition.statements.all()
    }
    return {
        "by_group": Counter(group for group, _ in rows),
        "by_country": Counter(country for _, country in rows),
        "wholes": wholes | {len(rows)},
    }


# --- what is fetched


def all_outputs(world, lang: str) -> list[Output]:
    """What each of the cast gets; organisers are left out, for the registration desk is theirs."""
    clients = {"stranger": Client(), "ben": world.phone}
    if lang == "en":
        clients |= {who: as_person(getattr(world, who)) for who in ("chen", "fay", "mia")}
    found = [
        out for who, client in clients.items() for out in outputs(world.edition, who, client, lang)
    ]
    return found + list(screens(world.edition, lang))


OF_BROWSERS = {"people:signed-in", "registration:devices"}  # each visit of this test adds one


def scrubbed(text: str) -> str:
    """A page without what is drawn afresh for each visit."""
    text = re.sub(r'"(sign_ins|devices)": \[[^\]]*\]', "", text)
    text = re.sub(r'<input type="hidden"[^>]*>|\d{4}-\d\d-\d\dT[\d:.+]*', "", text)
    text = re.sub(r"<strong>\d\d:\d\d</strong>", "", text)  # the clock of the workspace
    text = re.sub(r"the oldest has (just arrived|waited \d+ \w+)", "", text)
    return re.sub(r'="[\w-]{16,}"|(csrf[^"]*|token|X-CSRFToken)": ?"[^"]*"', "", text)


# --- what must not be


def no_name(out: Output, saying: Saying) -> None:
    """A name only on the record, with consent, and only where words are led back to."""
    if saying.may_name and out.name in NAMING:
        return
    for mark in saying.names:
        assert mark not in out.text, (mark, saying, str(out))


def no_guarded_words(out: Output, saying: Saying) -> None:
    """Guarded words are for moderators; once accepted as a statement, for the desk."""
    if not saying.is_guarded or out.who == "mia":
        return
    was_statement = saying.way in {"accept", "both"}
    if out.who in {"stranger", "ben", "screen"} or not was_statement:
        assert saying.words not in out.text, (saying, str(out))


def smallest_for(out: Output) -> int:
    return PUBLIC if out.who == "stranger" else PARTICIPANTS


def no_small_group(out: Output, world) -> None:
    """No group and no country is named that holds fewer than may be told apart."""
    if out.name in LISTING_ALL:
        return
    text = re.sub(r"<option.*?</option>", "", out.text.casefold(), flags=re.DOTALL)
    with translation.override(out.lang):
        labels = {group: str(group.label).casefold() for group in GROUPS[:3]}
    if out.name != "registration:my-data":
        for group, label in labels.items():
            if world.by_group[group] < smallest_for(out):
                assert label not in text, (label, world.by_group, str(out))
    for code, names in COUNTRIES.items():
        if world.by_country[code] < smallest_for(out):
            for name in names:
                assert name.casefold() not in text, (name, world.by_country, str(out))


def no_small_cell(out: Output, world) -> None:
    """Tables of groups hold large cells only, and all of them: nothing to be had by subtraction."""
    if "<table" not in out.text:
        return
    smallest = smallest_for(out)
    names = group_names(out.lang)
    for table in tables(out.text):
        rows = [numbers(row[1:]) for row in table if row and row[0].casefold() in names]
        for row in [numbers(row[1:]) for row in table]:
            if len(row) == 4 and sum(row[:3]) == row[3]:
                assert row[3] >= smallest, (table, str(out))
        if not rows:
            continue
        if len(rows[0]) == 3:  # ranges of agree and disagree, and how many answered
            cells = [row[2] for row in rows]
            assert min(cells) >= smallest, (table, str(out))
            assert sum(cells) in world.wholes, (table, world.wholes, str(out))
        elif len(rows[0]) == 2:  # have voted, of so many
            waiting = [of - voted for voted, of in rows]
            assert all(n == 0 or n >= smallest for n in waiting), (table, str(out))
            assert all(voted == 0 or voted >= smallest for voted, _of in rows), (table, str(out))
        elif rows[0]:
            assert min(row[0] for row in rows) >= smallest, (table, str(out))
            assert sum(row[0] for row in rows) in world.wholes, (table, str(out))


def no_small_cell_in(document) -> None:
    """The content of a brief, from which its files are made."""
    assert all(row["n"] >= PUBLIC for row in document["participants"])
    for rec in document["recommendations"]:
        for support in rec["support"]:
            assert all(int(cell["answers"]) >= PUBLIC for cell in support["cells"])
            assert support["total"] is None or support["total"]["answers"] >= PUBLIC


def group_names(lang: str) -> set[str]:
    with translation.override(lang):
        words = [str(word.label).casefold() for kind in (Constituency, Family) for word in kind]
    return {*words, *(name.casefold() for names in COUNTRIES.values() for name in names)}
