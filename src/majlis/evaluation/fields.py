"""What the form asks, described once: for the form, the results, the files.

The twelve features are those of Lavis and others (2009), SUPPORT tool 14, table 3, on the same
scale, so that results can be compared with those of other dialogues.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from majlis.evaluation.states import Part, Wave, YesNo
from majlis.kernel.words import Words

SCALE = range(1, 8)
LONGEST = 2_000
FREE = "free"
MOST_OPEN = 2_000  # answers by an open link
MOST_QUESTIONS = 10  # of an edition's own, in one survey


@dataclass(frozen=True, slots=True)
class Item:
    """One question: its key in an answer, what it asks, and the words that answer it.

    Without `choices` it is answered on the scale.
    """

    key: str
    label: str | Promise
    choices: type[Words] | None = None


FEATURES: tuple[Item, ...] = (
    Item("f1", _("It dealt with an issue of high priority")),
    Item("f2", _("It discussed the problem and how it affects different groups")),
    Item("f3", _("It discussed options for dealing with the problem")),
    Item("f4", _("It discussed what carrying them out would take")),
    Item("f5", _("It discussed who could do what differently")),
    Item("f6", _("A brief with the evidence was sent before")),
    Item("f7", _("All that can inform a decision was discussed, not evidence alone")),
    Item("f8", _("Those who take part in decisions or are affected by them were there")),
    Item("f9", _("The groups were fairly represented")),
    Item("f10", _("A facilitator helped the discussion")),
    Item("f11", _("People could speak frankly, without being quoted")),
    Item("f12", _("It did not aim for consensus")),
)
HEARD = Item("heard", _("Did you feel heard?"), Part)
BRIEF = Item("brief", _("Did you read the brief before the seminar?"), Part)
PLANS = Item("acts", _("Do you plan to act on what was discussed?"), YesNo)
ACTED = Item("acts", _("Have you acted on what was discussed?"), YesNo)
CORE: Mapping[str, tuple[Item, ...]] = {
    Wave.DAY: (HEARD, PLANS, BRIEF),
    Wave.LATER: (HEARD, ACTED),
}
FREE_LABEL = _("What should stay as it was, and what should change?")
