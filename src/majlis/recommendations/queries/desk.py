"""What the desk asks: lists, sources to choose from, history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from majlis.kernel import ledger
from majlis.kernel.disclosure import Audience
from majlis.kernel.likeness import Likenesses
from majlis.kernel.punctuation import joined
from majlis.kernel.texts import Text, in_one_language
from majlis.people.queries import doer_names
from majlis.recommendations.fields import BY_NAME
from majlis.recommendations.models import Citation, Recommendation, with_sources
from majlis.recommendations.queries.sources import Drift, Support, drifts_of, support_of
from majlis.recommendations.states import CLOSED, TextState
from majlis.series.models import Edition


@dataclass(frozen=True, slots=True)
class CitedSource:
    """One source of a recommendation as the desk shows it."""

    citation: Citation
    place: int
    wording: Text
    support: Support | None
    drift: Drift


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that a line of the history changed."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the history: who, when, what, from, to, why."""

    at: Any
    who: str
    done: str
    before: str
    after: str
    why: Text | str
    changes: tuple[FieldChange, ...]
    facts: dict[str, Any]


def recommendations_of(
    edition: Edition, *, theme: str = "", state: str = ""
) -> QuerySet[Recommendation]:
    """The recommendations of an edition by theme and identifier, each with `n_sources`."""
    rows = (
        Recommendation.objects.filter(edition=edition)
        .select_related("theme", "edition")
        .prefetch_related("addressees")
        .annotate(n_sources=Count("citations"))
        .order_by("theme__position", "theme__code", "rec_id")
    )
    if theme:
        rows = rows.filter(theme__code=theme)
    if state:
        rows = rows.filter(state=state)
    return rows


def neighbours_of(rec: Recommendation) -> QuerySet[Recommendation]:
    """The other recommendations of the series; those of a rehearsal stay among themselves."""
    others = Recommendation.objects.exclude(pk=rec.pk).select_related("edition").order_by("rec_id")
    if rec.edition.is_rehearsal:
        return others.filter(edition_id=rec.edition_id)
    return others.filter(edition__series_id=rec.edition.series_id, edition__is_rehearsal=False)


def open_duplicates(rec: Recommendation) -> list[tuple[Recommendation, float]]:
    """Open recommendations of the series whose words are alike, most alike first.

    A share of common words, to help a writer look; nobody is stopped by it.
    """
    open_ones = neighbours_of(rec).exclude(state__in=CLOSED)
    others = {one.pk: one for one in open_ones.only("rec_id", "title", "text", "edition__slug")}
    known = Likenesses((pk, *said) for pk, other in others.items() for said in _said_in(other))
    alike: dict[int, float] = {}
    for words, lang in _said_in(rec):
        for like in known.of(words, lang, most=len(others)):
            alike[like.key] = max(like.share, alike.get(like.key, 0.0))
    ranked = sorted(alike.items(), key=lambda pair: -pair[1])[:5]
    return [(others[pk], share) for pk, share in ranked]


def _said_in(rec: Recommendation) -> list[tuple[str, str]]:
    """Title and text of a recommendation in each language."""
    return [(f"{rec.title.words(lang)} {w.text}", lang) for lang, w in rec.text.items()]


def sources_of(rec: Recommendation) -> list[CitedSource]:
    """The sources of a recommendation with their counts for participants, and what has changed."""
    citations = list(with_sources(rec.citations.order_by("position", "pk")))
    drifts = drifts_of(citations)
    return [
        CitedSource(
            one,
            place,
            one.citable.wording_at_desk(one.excerpt, one.source),
            support_of(one, Audience.PARTICIPANTS),
            drifts[one.pk],
        )
        for place, one in enumerate(citations, start=1)
    ]


def is_reader_the_writer(rec: Recommendation, doer: str) -> bool:
    """Whether a reader also wrote the first draft: allowed in a small team, and shown."""
    return bool(rec.made_by) and rec.made_by == doer


def history_of(rec: Recommendation) -> list[HistoryLine]:
    """The audit log of a recommendation, newest first, with names of colleagues."""
    acts = list(ledger.acts_on(rec))
    names = doer_names(act.doer for act in acts)
    return [_line(act, names) for act in reversed(acts)]


def _line(act: Any, names: dict[str, str]) -> HistoryLine:
    facts = dict(act.facts)
    states = {state.value: str(state.label) for state in TextState}
    changes = tuple(
        FieldChange(field, _said(pair[0], field), _said(pair[1], field))
        for field, pair in (facts.get("changes") or {}).items()
        if isinstance(pair, list) and len(pair) == 2
    )
    return HistoryLine(
        at=act.at,
        who=names.get(act.doer, ""),
        done=act.done,
        before=states.get(str(facts.get("from", "")), ""),
        after=states.get(str(facts.get("to", "")), "") if isinstance(facts.get("to"), str) else "",
        why=in_one_language(str(facts.get("why", "")), str(facts.get("why_language", ""))),
        changes=changes,
        facts=facts,
    )


def _said(value: Any, field: str) -> str:
    """A value of the audit log in one line: stored words by their labels, texts by language."""
    if isinstance(value, dict):
        if "text" in value:
            return str(value["text"])
        return " · ".join(
            f"{lang}: {wording['text']}" for lang, wording in value.items() if "text" in wording
        )
    if isinstance(value, list):
        return joined(_said(one, field) for one in value)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    labels = _labels_of(field)
    return "" if value is None else str(labels.get(str(value), value))


def _labels_of(field: str) -> dict[str, Any]:
    """The labels of a field's stored words; nothing for a field of free words."""
    there = BY_NAME.get(field)
    return dict(there.words.choices) if there and there.words else {}
