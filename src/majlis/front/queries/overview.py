"""The overview of the desk: what waits, how the day goes, who is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from majlis.dialogue.models import Round
from majlis.dialogue.queries import Turnout, turnouts, without_translation
from majlis.dialogue.states import ContributionState
from majlis.front.queries.checks import CheckLine, checks_of
from majlis.front.queries.counts import DeskCounts, counts_of
from majlis.kernel.disclosure import Audience, shown_sizes
from majlis.kernel.punctuation import isolated
from majlis.people.states import Constituency, Family
from majlis.registration.access import Place
from majlis.registration.queries import confirmed
from majlis.series import programme
from majlis.series.models import Session
from majlis.series.programme import NowNext
from majlis.series.states import Moment
from majlis.ui import formats


@dataclass(frozen=True, slots=True)
class FamilyShare:
    """A main group: how many of it are confirmed, and how many have arrived where that is shown."""

    family: Family
    confirmed: int
    arrived: int | None

    @property
    def number(self) -> int:
        """Which colour and shape it has, from 1."""
        return list(Family).index(self.family) + 1


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round that takes votes now, with how many have voted."""

    round: Round
    turnout: Turnout

    @property
    def missing(self) -> int:
        return max(0, (self.turnout.of or 0) - self.turnout.voted)


class Overview:
    """What the overview of an edition says to a colleague now, each part asked once."""

    def __init__(self, place: Place, *, at: datetime) -> None:
        self.place, self.edition, self.at = place, place.edition, at

    @cached_property
    def counts(self) -> DeskCounts:
        return counts_of(self.edition)

    @cached_property
    def moment(self) -> Moment:
        return self.edition.moment(self.at)

    @cached_property
    def sessions(self) -> list[Session]:
        return programme.sessions_of(self.edition)

    @cached_property
    def now_next(self) -> NowNext:
        return programme.now_in(self.sessions, self.edition, at=self.at)

    @cached_property
    def checks(self) -> list[CheckLine]:
        return checks_of(self.edition, self.counts, at=self.at)

    @cached_property
    def rounds(self) -> list[Round]:
        return list(self.edition.rounds.select_related("session"))

    @cached_property
    def open_round(self) -> OpenRound | None:
        """The round opened last that is open still."""
        still = [one for one in self.rounds if one.is_open]
        if not still:
            return None
        newest = max(still, key=lambda one: (one.opened_at, one.pk))
        newest.edition = self.edition
        return OpenRound(newest, turnouts([newest])[newest.pk])

    @cached_property
    def _without_wording(self) -> Mapping[str, list[int]]:
        lists = without_translation(self.edition)
        return {lang: lists[lang] for lang in self.edition.languages if lists[lang]}

    @property
    def n_without_wording(self) -> Mapping[str, int]:
        """How many statements have no wording in each language of the edition that lacks some."""
        return {lang: len(lacking) for lang, lacking in self._without_wording.items()}

    @property
    def n_in_all_languages(self) -> int:
        """How many statements have a wording in every language of the edition."""
        lacking = {key for keys in self._without_wording.values() for key in keys}
        return self.counts.statements - len(lacking)

    @cached_property
    def oldest_wait(self) -> timedelta | None:
        """How long the oldest contribution that nobody has moderated has waited."""
        first = self.edition.contributions.filter(state=ContributionState.CAPTURED).first()
        return self.at - first.offered_at if first else None

    @cached_property
    def families(self) -> list[FamilyShare]:
        """Who is there by main group; empty where a group is too small to be told apart."""
        rows = confirmed(self.edition).values_list("constituency", "arrived_at")
        places: Counter[str] = Counter()
        there: Counter[str] = Counter()
        for constituency, arrived_at in rows:
            family = str(Constituency(constituency).family)
            places[family] += 1
            there[family] += arrived_at is not None
        smallest = self.edition.smallest(Audience.PARTICIPANTS)
        _level, sizes = shown_sizes([("family", places)], smallest=smallest)
        _level, arrived = shown_sizes([("family", there)], smallest=smallest)
        return [
            FamilyShare(family, sizes[family], arrived.get(family, 0) if arrived else None)
            for family in Family
            if family in sizes
        ]

    @property
    def greeting(self) -> str:
        """A greeting by the clock of the edition."""
        hour = self.at.astimezone(self.edition.zone).hour
        name = isolated(self.place.person.name)
        if hour < 12:
            return _("Good morning, %(name)s") % {"name": name}
        if hour < 18:
            return _("Good afternoon, %(name)s") % {"name": name}
        return _("Good evening, %(name)s") % {"name": name}

    @property
    def state_of_the_day(self) -> list[str]:
        """Where the edition stands, in one or two sentences."""
        counts = self.counts
        if self.moment == Moment.BEFORE:
            days = (self.edition.starts_on - self.at.astimezone(self.edition.zone).date()).days
            begins = ngettext(
                "The seminar begins in %(n)s day.", "The seminar begins in %(n)s days.", days
            ) % {"n": formats.number(days)}
            return [begins, _places(counts)]
        if self.moment == Moment.AFTER:
            return [_("The seminar is over. What remains is what comes out of it.")]
        running = self.now_next.now
        said = []
        if running:
            facts = {"session": str(running[0].title), "time": formats.clock(running[0].ends_at)}
            said.append(_("Now: %(session)s, until %(time)s.") % facts)
        elif self.now_next.next:
            following = self.now_next.next[0]
            facts = {"session": str(following.title), "time": formats.clock(following.starts_at)}
            said.append(_("Next at %(time)s: %(session)s.") % facts)
        return [*said, _arrivals(counts)]


def _places(counts: DeskCounts) -> str:
    if not counts.confirmed:
        return _("Nobody is registered yet.")
    return ngettext(
        "%(n)s participant is confirmed.", "%(n)s participants are confirmed.", counts.confirmed
    ) % {"n": formats.number(counts.confirmed)}


def _arrivals(counts: DeskCounts) -> str:
    facts = {"n": formats.number(counts.arrived), "of": formats.number(counts.confirmed)}
    return _("Checked in: %(n)s of %(of)s.") % facts


def overview_of(place: Place, *, at: datetime) -> Overview:
    """What the overview says to this colleague now."""
    return Overview(place, at=at)
