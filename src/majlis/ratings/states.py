"""Stored words of ratings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.kernel.words import Verbs, Words


class MethodKind(Words):
    """How ratings become an outcome, by the names that `deciding` gives them."""

    MAJORITY = "majority_judgement", _("Majority judgement")
    RAND = "rand_ucla", _("RAND/UCLA appropriateness")
    DELPHI = "delphi", _("Delphi in rounds")
    RANKING = "nominal_group", _("Ranking by a nominal group")
    IMPACT = "impact_feasibility", _("Impact against feasibility")
    CRITERIA = "weighted_criteria", _("Several criteria with weights")


class Grade(Words):
    """The scale of majority judgement, from worst to best (METHOD 1.3)."""

    REJECT = "reject", pgettext_lazy("grade", "Reject")
    POOR = "poor", pgettext_lazy("grade", "Poor")
    FAIR = "fair", pgettext_lazy("grade", "Fair")
    GOOD = "good", pgettext_lazy("grade", "Good")
    VERY_GOOD = "very_good", pgettext_lazy("grade", "Very good")
    EXCELLENT = "excellent", pgettext_lazy("grade", "Excellent")


GRADES: tuple[str, ...] = tuple(Grade.values)


class Criterion(Words):
    """What several criteria may ask of a recommendation, each from 1 to 9."""

    PRIORITY = "priority", pgettext_lazy("criterion", "Priority of the problem")
    BENEFIT = "benefit", pgettext_lazy("criterion", "Expected benefit")
    FEASIBILITY = "feasibility", pgettext_lazy("criterion", "Feasibility")
    COST = "cost", pgettext_lazy("criterion", "Value for money")
    EQUITY = "equity", pgettext_lazy("criterion", "Fairness to regions and small firms")
    ACCEPTANCE = "acceptance", pgettext_lazy("criterion", "Acceptance by those concerned")


class Quadrant(Words):
    """Where impact and feasibility put a recommendation."""

    DO_FIRST = "do_first", _("do first")
    PREPARE = "prepare", _("prepare")
    EASY_EXTRA = "easy_extra", _("do if there is time")
    LEAVE = "leave", _("leave")


class PanelClass(Words):
    """The classes of RAND/UCLA."""

    APPROPRIATE = "appropriate", _("appropriate")
    UNCERTAIN = "uncertain", _("uncertain")
    INAPPROPRIATE = "inappropriate", _("inappropriate")


class Ties(Words):
    """What tells options apart that are level in majority judgement."""

    VALUE = "majority_value", _("one median grade is taken away at a time (original rule)")
    GAUGE = "majority_gauge", _("the larger share above or below the median decides")


class RankTies(Words):
    """What tells options apart that have as many points."""

    SHARED = "shared", _("they share a place")
    SUPPORT = "support", _("the one that more people ranked comes first")
    FIRSTS = "firsts", _("the one that more people put first comes first")


class Disagreement(Words):
    """When a RAND/UCLA panel disagrees."""

    THIRDS = "thirds", _("a third rate 1 to 3 and a third rate 7 to 9 (classic rule)")
    PANEL = "panel", _("by the size of the panel, as in the table of the manual")
    IPRAS = "ipras", _("IPRAS with 2.35: the middle range is wider than it may be")


class Middle(Words):
    """What stands for everybody's ratings on one criterion."""

    MEAN = "mean", pgettext_lazy("statistics", "mean")
    MEDIAN = "median", pgettext_lazy("statistics", "median")


class Verdict(Words):
    """What the rule says of one recommendation."""

    MET = "met", _("threshold met")
    NOT_MET = "not_met", _("threshold not met")
    UNASKED = "unasked", _("no threshold set")
    NOT_DECIDED = "not_decided", _("not decided")


class Verb(Verbs):
    """What this app writes into the audit log. A rating given is not among it."""

    PREPARED = "prepared rating", _("rating prepared")
    CHANGED = "changed rating", _("rating changed")
    OPENED = "opened rating", _("rating opened, its rule locked")
    CLOSED = "closed rating", _("rating closed")
    REOPENED = "reopened rating", _("rating reopened")
    SHOWED = "showed rating", _("results of a rating shown")
    REMOVED = "removed rating", _("rating removed")
    TYPED_SHEET = "typed rating sheet", _("a paper rating entered")
    CHECKED_SHEET = "checked rating sheet", _("a paper rating entered a second time")
    FILED = "filed minority statement", _("minority statement filed")
