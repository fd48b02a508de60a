"""The register of a series: every published recommendation under its latest wording.

A recommendation that a later one continues, confirms, amends or replaces stands under that one, so
it keeps its identity; its age is that of the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from majlis.followup.queries.standing import Standing, standing
from majlis.followup.states import Progress, Response
from majlis.kernel.analysis import sort_key
from majlis.kernel.punctuation import joined
from majlis.people.territories import country_name
from majlis.recommendations.models import Addressee, Pair, Recommendation, Relation
from majlis.recommendations.states import SAME, TextState
from majlis.series.models import Challenge, Edition, Series, Theme
from majlis.series.states import EditionState
from majlis.ui.tables import Column

AGES = {
    "1": (1, _("one year or more")),
    "2": (2, _("two years or more")),
    "3": (3, _("three years or more")),
}


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One recommendation under its latest wording: its pairs, and earlier ones, newest first."""

    rec: Recommendation
    pairs: tuple[Standing, ...]
    earlier: tuple[Recommendation, ...]

    @property
    def since(self) -> date:
        """The day of the edition that first adopted it."""
        return min(one.edition.ends_on for one in (self.rec, *self.earlier))


def public_editions(series: Series) -> QuerySet[Edition]:
    """The editions of a series that everybody may know of."""
    rows = Edition.objects.filter(series=series, is_rehearsal=False)
    return rows.exclude(state=EditionState.DRAFT)


def _public() -> Q:
    return Q(state__in=[TextState.PUBLISHED, TextState.SUPERSEDED], published_at__isnull=False)


def register(
    editions: Iterable[Edition] | QuerySet[Edition], asked: Mapping[str, str], today: date
) -> QuerySet[Recommendation]:
    """The latest wordings among these editions that fit, newest edition first.

    `asked` may name theme, challenge, country, unit (codes joined by spaces), answer, progress and
    age. What is asked of an addressee must be true of one and the same pair.
    """
    shown = Recommendation.objects.filter(_public(), edition__in=editions)
    later = Relation.objects.filter(
        other=OuterRef("pk"), kind__in=SAME, recommendation__published_at__isnull=False
    )
    found = shown.exclude(Exists(later)).exclude(superseded_by__published_at__isnull=False)
    if asked.get("theme"):
        found = found.filter(theme__code=asked["theme"])
    if asked.get("challenge"):
        found = found.filter(challenges__code=asked["challenge"])
    wanted = _of_pairs(asked, today)
    if wanted:
        found = found.filter(Exists(Pair.objects.filter(wanted, recommendation=OuterRef("pk"))))
    if asked.get("age") in AGES:
        found = found.filter(_older_than(today, AGES[asked["age"]][0]))
    return found.order_by("-edition__starts_on", "rec_id")


def _of_pairs(asked: Mapping[str, str], today: date) -> Q:
    wanted = Q()
    if asked.get("country"):
        wanted &= Q(addressee__country=asked["country"])
    if asked.get("unit"):
        wanted &= Q(addressee__code__in=asked["unit"].split())
    answer, progress = asked.get("answer"), asked.get("progress")
    if answer == Response.NOT_SENT:
        wanted &= Q(follow__isnull=True) | Q(follow__response=answer)
    elif answer in {Response.NO_ANSWER, Response.AWAITING}:
        late = Q(follow__answer_due_on__lt=today)
        wanted &= Q(follow__response=Response.AWAITING)
        wanted &= late if answer == Response.NO_ANSWER else ~late
    elif answer in Response.values:
        wanted &= Q(follow__response=answer)
    if progress == Progress.NOT_STARTED:
        wanted &= Q(follow__isnull=True) | Q(follow__progress=progress)
    elif progress in Progress.values:
        wanted &= Q(follow__progress=progress)
    return wanted


def _older_than(today: date, years: int) -> Q:
    day = today.replace(year=today.year - years, day=min(today.day, 28))
    earlier = Relation.objects.filter(
        recommendation=OuterRef("pk"), kind__in=SAME, other__edition__ends_on__lte=day
    )
    return Q(edition__ends_on__lte=day) | Q(Exists(earlier))


def rows_for(recs: Iterable[Recommendation], today: date) -> list[RegisterRow]:
    """The rows of one page, in three queries whatever their number."""
    found = list(recs)
    earlier = _earlier({rec.pk for rec in found})
    return [
        RegisterRow(
            rec,
            tuple(standing(pair, today) for pair in rec.pairs.all()),
            tuple(earlier.get(rec.pk, ())),
        )
        for rec in found
    ]


def with_pairs(recs: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    """With what a row shows."""
    pairs = Pair.objects.select_related("addressee", "follow", "recommendation")
    return recs.select_related("edition", "theme").prefetch_related(Prefetch("pairs", pairs))


def register_rows(
    recs: QuerySet[Recommendation], today: date, *, at_once: int = 500
) -> Iterator[RegisterRow]:
    """Every row, for a file."""
    found = list(with_pairs(recs))
    for start in range(0, len(found), at_once):
        yield from rows_for(found[start : start + at_once], today)


def _earlier(heads: Collection[int]) -> dict[int, list[Recommendation]]:
    """The published recommendations that each of some goes on with, through any number of steps."""
    links = Relation.objects.filter(
        kind__in=SAME,
        other__published_at__isnull=False,
        recommendation__edition__series__in=_series_of(heads),
    )
    before: dict[int, list[int]] = {}
    for later, other in links.values_list("recommendation_id", "other_id"):
        before.setdefault(later, []).append(other)
    replaced = Recommendation.objects.filter(
        superseded_by__isnull=False, published_at__isnull=False
    ).filter(edition__series__in=_series_of(heads))
    for other, later in replaced.values_list("pk", "superseded_by_id"):
        if other not in before.setdefault(later, []):
            before[later].append(other)
    chains = {head: _walk(head, before) for head in heads if head in before}
    known = Recommendation.objects.select_related("edition").in_bulk(
        {pk for chain in chains.values() for pk in chain}
    )
    return {
        head: sorted(
            (known[pk] for pk in chain), key=lambda rec: rec.edition.starts_on, reverse=True
        )
        for head, chain in chains.items()
    }


def _series_of(heads: Collection[int]) -> QuerySet[Series]:
    return Series.objects.filter(editions__recommendations__in=list(heads)[:1])


def _walk(head: int, before: Mapping[int, list[int]]) -> list[int]:
    seen, todo = [], list(before[head])
    while todo:
        pk = todo.pop()
        if pk != head and pk not in seen:
            seen.append(pk)
            todo += before.get(pk, [])
    return seen


def choices_of(series: Series) -> dict[str, list[tuple[str, str]]]:
    """What each filter offers, named in the reader's language: four queries."""
    editions = public_editions(series)
    recs = Recommendation.objects.filter(_public(), edition__in=editions)
    themes = Theme.objects.filter(edition__in=editions).order_by("edition__starts_on")
    challenges = Challenge.objects.filter(edition__in=editions).order_by("edition__starts_on")
    units: dict[str, list[str]] = {}
    countries = set()
    asked = Addressee.objects.filter(recommendations__in=recs).distinct()
    for one in asked:
        units.setdefault(str(one.unit), []).append(one.code)
        countries.add(one.country)
    names = {code: country_name(code) for code in countries if code}
    return {
        "theme": sorted({one.code: f"{one.code} {one.title}" for one in themes}.items()),
        "challenge": sorted({one.code: f"{one.code} {one.title}" for one in challenges}.items()),
        "country": sorted(names.items(), key=lambda pair: sort_key(pair[1])),
        "unit": [(" ".join(units[name]), name) for name in sorted(units, key=sort_key)],
        "answer": [(one.value, str(one.label)) for one in Response],
        "progress": [(one.value, str(one.label)) for one in Progress],
        "age": [(name, str(label)) for name, (_years, label) in AGES.items()],
    }


REGISTER_COLUMNS: list[Column[tuple[RegisterRow, Standing | None]]] = [
    Column("rec_id", _("Identifier"), lambda one: one[0].rec.rec_id),
    Column("edition", _("Edition"), lambda one: str(one[0].rec.edition.title)),
    Column("since", _("First adopted"), lambda one: one[0].since),
    Column(
        "earlier", _("Goes on with"), lambda one: " ".join(rec.rec_id for rec in one[0].earlier)
    ),
    Column("theme", _("Theme"), lambda one: one[0].rec.theme.code if one[0].rec.theme else ""),
    Column("title", _("Short title"), lambda one: str(one[0].rec.title)),
    Column(
        "unit", _("Department or unit"), lambda one: str(one[1].addressee.unit) if one[1] else ""
    ),
    Column(
        "country",
        _("Country"),
        lambda one: (
            country_name(one[1].addressee.country) if one[1] and one[1].addressee.country else ""
        ),
    ),
    Column("response", _("Response"), lambda one: str(one[1].response.label) if one[1] else ""),
    Column(
        "progress", _("Implementation"), lambda one: str(one[1].progress.label) if one[1] else ""
    ),
    Column("due_on", _("Due date"), lambda one: one[0].rec.due_on),
    Column(
        "updated_on", _("Last update"), lambda one: one[1].follow.updated_on if one[1] else None
    ),
    Column(
        "flags",
        _("Notes"),
        lambda one: joined(flag.label for flag in one[1].flags) if one[1] else "",
    ),
]
"""The register as a file: one row for each pair, so that pairs can be counted."""
