"""From what was gathered to one document a language: plain JSON, every word chosen.

Built purely: no database, no clock. What a document says of its own issue (number, day, changes)
is put on last, so that two issues can be compared without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from majlis.briefs.onepage import dates, divided, key_figures, prose
from majlis.briefs.pieces import footnote, recommendation
from majlis.briefs.queries import Material
from majlis.briefs.words import Json
from majlis.dialogue.views.labels import cell_label, cell_order
from majlis.kernel.words import Language
from majlis.registration.queries import Census
from majlis.ui import formats
from majlis.ui.languages import facts as language_facts

Documents = Mapping[str, Json]
"""One document in every language: `{"en": …, "fr": …, "ar": …}`."""


@dataclass(frozen=True, slots=True)
class BriefChange:
    """What differs from the brief before; `rec_id` is empty for what is no recommendation."""

    kind: str
    rec_id: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a document says of its own issue. Without a number it is a preview."""

    issued_on: date
    number: int | None = None
    changes: Sequence[BriefChange] = ()


def documents(material: Material) -> Documents:
    """The brief in every language of the project, but for its issue."""
    return {lang: document(material, lang) for lang in Language.values}


def document(material: Material, lang: str) -> Json:
    """The brief in one language, but for its issue."""
    with translation.override(lang):
        return _document(material, lang)


def issued(document: Json, occasion: Occasion) -> Json:
    """A document that says of which issue it is."""
    lang = document["lang"]
    with translation.override(lang):
        line = _issue_line(occasion, lang)
        preview = line if occasion.number is None else ""
        day = occasion.issued_on
        return document | {
            "issued": {"year": day.year, "month": day.month, "day": day.day},
            "running_footer": line,
            "cover_line": f"{document['series']} · {line}",
            "mark": document["mark"] or preview,
            "changes": [_change(change) for change in occasion.changes],
            "colophon": [line, *document["colophon"]],
        }


def _document(material: Material, lang: str) -> Json:
    edition, series = (text.shown(lang).text for text in (material.title, material.series))
    days = formats.day_range(material.starts_on, material.ends_on, lang=lang)
    recommendations = material.content.recommendations
    return {
        "lang": lang,
        "dir": language_facts(lang).direction,
        "title": _("%(edition)s: recommendations") % {"edition": edition},
        "edition": edition,
        "series": series,
        "subtitle": f"{material.place.shown(lang).text} · {days}",
        "authors": [body.shown(lang).text for body in material.organisers],
        "keywords": [theme.name.shown(lang).text for theme in material.content.themes],
        "running_title": f"{series} · {edition}",
        "mark": _("Rehearsal: the people, contributions and votes in this document are invented.")
        if material.is_rehearsal
        else "",
        "emblems": [one.data(lang) for one in material.emblems],
        "funding": _funding(material, lang),
        "summary": _summary(len(recommendations), lang),
        "figures": key_figures(material, lang),
        "prose": prose(material, lang),
        "divided": divided(material, lang),
        "dates": dates(material, lang),
        "notices": _notices(material, lang),
        "labels": _labels(),
        "recommendations": [
            recommendation(rec, material, lang)
            | {"eyebrow": _eyebrow(place, len(recommendations), lang)}
            for place, rec in enumerate(recommendations, start=1)
        ],
        "footnotes": [
            footnote(note, rec, material, lang) for rec in recommendations for note in rec.footnotes
        ],
        "method": _method(material, lang),
        "sure": _sure(material, lang),
        "participants": [
            {"label": cell_label(material.census.level, key), "n": n}
            for key, n in _in_order(material.census)
        ],
        "colophon": [" ".join(text.shown(lang).text.split()) for text in material.colophon],
    }


def _in_order(census: Census) -> list[tuple[str, int]]:
    """The groups as everywhere else, not as their stored words would sort."""
    return sorted(census.sizes.items(), key=lambda row: cell_order(census.level, row[0]))


def _funding(material: Material, lang: str) -> list[str]:
    """The funding statement, where a funder's emblem stands: the two are never apart."""
    if not material.funding or not any(one.is_of_funder for one in material.emblems):
        return []
    return [" ".join(material.funding.shown(lang).text.split())]


def _eyebrow(place: int, of: int, lang: str) -> str:
    return _("Recommendation %(number)s of %(total)s") % {
        "number": formats.number(place, lang=lang),
        "total": formats.number(of, lang=lang),
    }


def _issue_line(occasion: Occasion, lang: str) -> str:
    if occasion.number is None:
        return _("Preview, not published")
    return _("Policy brief no. %(number)s, published on %(day)s") % {
        "number": formats.number(occasion.number, lang=lang),
        "day": formats.day(occasion.issued_on, lang=lang),
    }


def _summary(n: int, lang: str) -> list[str]:
    return [
        translation.ngettext(
            "This brief contains %(n)s recommendation adopted by the dialogue.",
            "This brief contains %(n)s recommendations adopted by the dialogue.",
            n,
        )
        % {"n": formats.number(n, lang=lang)},
        _(
            "You can trace each one. The numbers after its text lead to the sources below, and "
            "from there to what participants said, as far as the session rule allows."
        ),
    ]


def _notices(material: Material, lang: str) -> list[str]:
    notices = []
    if lang != material.authoritative_language:
        name = language_facts(material.authoritative_language).name
        notices.append(_("The authoritative text is the one in %(language)s.") % {"language": name})
        notices.append(
            _("Text without a translation appears in its original language and is marked.")
        )
    if material.is_demo:
        notices.append(
            _(
                "Demonstration: no real person made the statements, votes and responses in this "
                "document."
            )
        )
    return notices


def _change(change: BriefChange) -> str:
    said = {
        "added": _("%(rec)s is new."),
        "removed": _("%(rec)s has been removed."),
        "reworded": _("The wording or a translation of %(rec)s has changed."),
        "changed": _("The details or sources of %(rec)s have changed. Its wording has not."),
        "around": _("Other parts of the brief have changed."),
    }[change.kind]
    return said % {"rec": change.rec_id}


def _labels() -> Json:
    return {
        "changes": _("Changes since the previous brief"),
        "recommendations": _("Recommendations"),
        "one_page": _("In one page"),
        "asked": _("What is asked for"),
        "who": _("Who acts"),
        "first": _("First action"),
        "by": _("Due date"),
        "problem": _("The problem"),
        "rationale": _("Why this answer"),
        "takes": _("What it takes"),
        "measured": _("How it is measured"),
        "decided": _("How it was decided"),
        "rests": _("What it rests on"),
        "divided": _("Where participants are divided"),
        "sure": _("How sure is this?"),
        "table": _("Who is asked, and by when"),
        "recommendation": _("Recommendation"),
        "dates": _("Dates ahead"),
        "agree": _("Agree"),
        "disagree": _("Disagree"),
        "passed": _("Pass"),
        "for": pgettext("votes", "For"),
        "against": pgettext("votes", "Against"),
        "abstaining": pgettext("votes", "Abstaining"),
        "answers": _("Answers"),
        "editorial": _("This part was written by the editors. The numbers are counted."),
        "draft": _("draft translation"),
        "draft_legend": _("° marks a translation that nobody has checked yet."),
        "none": _("No recommendation has been adopted yet."),
        "support": _("Support for the statements it is based on"),
        "footnotes": _("Sources"),
        "footnotes_intro": _(
            "Where each recommendation comes from. Each address leads to what was said, within "
            "the rule of the session."
        ),
        "method": _("How this brief was prepared"),
        "group": _("Group"),
        "persons": _("Participants"),
        "not_set": _(
            "This file has no font for some characters and shows ▯ or the letter without its mark "
            "instead. The HTML file has them as they were written."
        ),
    }


def _method(material: Material, lang: str) -> list[str]:
    n = material.census.n_confirmed
    told = [
        translation.ngettext(
            "%(n)s participant was confirmed.", "%(n)s participants were confirmed.", n
        )
        % {"n": formats.number(n, lang=lang)},
        _(
            "Participants wrote contributions in their own words. Moderators turned them into "
            "statements, and every change is recorded. Participants voted on the statements. "
            "Rapporteurs wrote recommendations that cite them. Votes never move from one wording "
            "to another."
        ),
        _sure(material, lang),
    ]
    if any(note.support and note.support.read.cells for note in material.content.footnotes):
        told.append(
            _(
                "In the figures a group has a range, with its middle marked. The thin line is the "
                "widest likely range: the percentage is in it nine times out of ten. The dashed "
                "mark is for all participants."
            )
        )
    return told


def _sure(material: Material, lang: str) -> str:
    return _(
        "Figures are for the people who answered. They show levels of support and do not mean"
        " that participants agreed. A breakdown is shown only when every group has at least "
        "%(n)s answers."
    ) % {"n": formats.number(material.smallest_cell, lang=lang)}
