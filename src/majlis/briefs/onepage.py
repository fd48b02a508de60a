"""What a brief says on its first page: figures, where opinions differ, dates ahead."""

from __future__ import annotations

from django.utils.translation import ngettext

from majlis.briefs.queries import PROSE, Material
from majlis.briefs.support import support
from majlis.briefs.words import Json, words
from majlis.mail.wording import filled
from majlis.recommendations.fields import Kind
from majlis.recommendations.queries import BriefRecommendation, Footnote
from majlis.recommendations.queries.facts import DueDay
from majlis.ui import formats

DIVIDED = 1 / 3
"""A room is divided where each side has at least this share of the answers."""
MOST_DATES = 4


PLACES = ("participants", "statements", "recommendations")
"""What an editor may write in braces; the number is put in when the brief is built."""


def key_figures(material: Material, lang: str) -> list[Json]:
    """Who took part, what is cited, what was adopted: a number and what it counts."""
    n = _numbers(material)
    what = {
        "participants": ngettext(
            "participant was confirmed", "participants were confirmed", n["participants"]
        ),
        "statements": ngettext(
            "statement is cited as a source", "statements are cited as sources", n["statements"]
        ),
        "recommendations": ngettext(
            "recommendation, with its addressee and first step",
            "recommendations, each with its addressee and first step",
            n["recommendations"],
        ),
    }
    return [{"n": formats.number(n[name], lang=lang), "what": what[name]} for name in PLACES]


def _numbers(material: Material) -> dict[str, int]:
    content = material.content
    statements = {note.code for note in content.footnotes if note.kind == "statement"}
    return {
        "participants": material.census.n_confirmed,
        "statements": len(statements),
        "recommendations": len(content.recommendations),
    }


def prose(material: Material, lang: str) -> dict[str, list[Json]]:
    """What the editors wrote, by kind: a title and its paragraphs, the numbers put in."""
    numbers = {name: formats.number(n, lang=lang) for name, n in _numbers(material).items()}
    found: dict[str, list[Json]] = {_name(kind): [] for kind in PROSE}
    for one in material.prose:
        body = words(one.body, lang)
        lines = [" ".join(line.split()) for line in filled(body["text"], numbers).split("\n\n")]
        if paragraphs := [body | {"text": line} for line in lines if line]:
            titled = {"title": words(one.title, lang), "paragraphs": paragraphs}
            found[_name(one.kind)].append(titled)
    return found


def _name(kind: str) -> str:
    return kind.replace("-", "_")


def divided(material: Material, lang: str) -> Json | None:
    """The cited statement on which the answers are closest to two halves, if any is divided."""
    notes = {note.code: note for note in material.content.footnotes if _smaller_side(note)}
    most = max(notes.values(), key=_smaller_side, default=None)
    if most is None or _smaller_side(most) < DIVIDED:
        return None
    return support(most, lang)


def _smaller_side(note: Footnote) -> float:
    """The share of answers on the smaller side; 0 where the counts may not be shown."""
    total = note.support.read.total if note.support else None
    if total is None or not total.answers:
        return 0.0
    return min(total.agree, total.disagree) / total.answers


def dates(material: Material, lang: str) -> list[Json]:
    """The next days by which something is due, the soonest first."""
    due = [
        (fact.value.day, fact.said, rec)
        for rec in material.content.recommendations
        for fact in rec.facts
        if fact.field.kind == Kind.DATE and isinstance(fact.value, DueDay)
    ]
    due.sort(key=lambda one: (one[0], one[2].rec_id))
    return [_date(said, rec, lang) for _, said, rec in due[:MOST_DATES]]


def _date(said: str, rec: BriefRecommendation, lang: str) -> Json:
    return {"on": said, "what": words(rec.title, lang)}
