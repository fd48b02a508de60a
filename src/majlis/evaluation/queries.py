"""What the answers to a survey say, once it is closed and where enough have answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from django.db.models import Count
from django.utils.functional import Promise

from majlis.evaluation.fields import FREE, FREE_LABEL, SCALE, Item
from majlis.evaluation.models import Remark, Survey
from majlis.evaluation.states import QuestionKind, Wave
from majlis.kernel.analysis import sort_key
from majlis.kernel.disclosure import Audience
from majlis.people.models import Person
from majlis.registration.models import Role
from majlis.series.models import Edition


@dataclass(frozen=True, slots=True)
class ItemRead:
    """One question: how many answered it, and how, where enough did; else `counts` is empty."""

    item: Item
    n: int | None
    counts: tuple[tuple[int | str, str | Promise, int], ...] = ()
    mean: float | None = None
    spread: float | None = None

    @property
    def label(self) -> str | Promise:
        return self.item.label

    def share(self, key: int | str) -> float:
        """The share of one answer among those who answered."""
        return next(n for code, _label, n in self.counts if code == key) / (self.n or 1)


@dataclass(frozen=True, slots=True)
class SurveyRead:
    """What a closed survey says. `rate` is the share of participants who answered."""

    survey: Survey
    n: int
    is_shown: bool
    features: Sequence[ItemRead] = ()
    others: Sequence[ItemRead] = ()
    remarks: Sequence[tuple[str | Promise, Sequence[Remark]]] = ()

    @property
    def rate(self) -> float | None:
        people = self.survey.n_people
        return min(1.0, self.n / people) if people else None

    @property
    def items(self) -> list[ItemRead]:
        return [*self.features, *self.others]


def n_replies(survey: Survey) -> int:
    return survey.replies.count() if survey.pk else 0


def read(survey: Survey) -> SurveyRead:
    """Counts of each question; nothing before the close, and nothing under the smallest cell."""
    least = survey.edition.smallest(Audience.PARTICIPANTS)
    values = [one.values for one in survey.replies.all()] if survey.closed_at else []
    if len(values) < least:
        return SurveyRead(survey, n_replies(survey), is_shown=False)
    own = list(survey.questions.all())
    chosen = [one.item for one in own if one.kind != QuestionKind.WORDS]
    in_words = [(FREE, FREE_LABEL)] + [
        (one.code, str(one.words)) for one in own if one.kind == QuestionKind.WORDS
    ]
    said = sorted(survey.remarks.all(), key=lambda one: sort_key(one.words))
    return SurveyRead(
        survey,
        len(values),
        is_shown=True,
        features=[_item(item, values, least) for item in survey.features()],
        others=[_item(item, values, least) for item in [*survey.core(), *chosen]],
        remarks=[
            (label, found)
            for key, label in in_words
            if (found := [one for one in said if one.question == key])
        ],
    )


def _item(item: Item, values: Iterable[dict[str, int | str]], least: int) -> ItemRead:
    given = [answer[item.key] for answer in values if item.key in answer]
    if len(given) < least:
        return ItemRead(item, None)
    amounts = Counter(given)
    if item.choices is not None:
        counts = tuple((code, label, amounts[code]) for code, label in item.choices.choices)
        return ItemRead(item, len(given), counts)
    grades = [grade for grade in given if isinstance(grade, int)]
    mean = sum(grades) / len(grades)
    spread = sqrt(sum((grade - mean) ** 2 for grade in grades) / len(grades))
    scale = tuple((n, str(n), amounts[n]) for n in SCALE)
    return ItemRead(item, len(given), scale, mean, spread)


@dataclass(frozen=True, slots=True)
class Compared:
    """One question over several surveys, in their order; None where it was not asked or shown."""

    label: str | Promise
    cells: Sequence[ItemRead | None]


def compared(reads: Sequence[SurveyRead]) -> list[Compared]:
    """The questions that every dialogue is asked, one beside the other."""
    keys = {item.item.key: item.label for one in reads for item in _standard(one)}
    by_key = [{item.item.key: item for item in _standard(one)} for one in reads]
    return [Compared(label, [one.get(key) for one in by_key]) for key, label in keys.items()]


def _standard(one: SurveyRead) -> list[ItemRead]:
    known = {item.key for item in (*one.survey.features(), *one.survey.core())}
    return [item for item in one.items if item.item.key in known]


def comparable(edition: Edition, person: Person) -> list[SurveyRead]:
    """Closed surveys of the series, at editions whose team the person belongs to, newest last."""
    own = Role.objects.filter(person=person, revoked_at__isnull=True).values("edition")
    found = (
        Survey.objects.filter(
            edition__series=edition.series, edition__in=own, closed_at__isnull=False
        )
        .annotate(n=Count("replies"))
        .filter(n__gt=0)
        .select_related("edition__series")
        .order_by("edition__starts_on", "wave")
    )
    return [one for survey in found if (one := read(survey)).is_shown]


def surveys(edition: Edition) -> list[tuple[Survey, int]]:
    """Both waves with how many have answered; one in preparation where none is stored."""
    stored = {
        s.wave: s for s in Survey.objects.filter(edition=edition).annotate(n=Count("replies"))
    }
    return [
        (stored.get(wave) or Survey(edition=edition, wave=wave), getattr(stored.get(wave), "n", 0))
        for wave in Wave.values
    ]
