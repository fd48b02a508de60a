"""From an edition's recommendations to one document a language: plain JSON, every word chosen.

Nothing is computed here but words: counts have passed the disclosure rule for the public before
they arrive, and come with the level at which they may be broken down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from majlis.briefs.models import Publication
from majlis.briefs.pieces import Json, footnote, recommendation
from majlis.dialogue.views.results import cell_label
from majlis.kernel.disclosure import Audience
from majlis.kernel.words import Language
from majlis.recommendations.queries import (
    BriefContent,
    brief_content,
)
from majlis.registration.queries import census
from majlis.series.models import Edition
from majlis.series.queries import text_of
from majlis.series.states import PartnerRole, TextKind
from majlis.ui import formats
from majlis.ui.languages import facts as language_facts


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from the publication before: a recommendation came, went or was changed."""

    kind: str
    rec_id: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a document says of its own issue."""

    number: int
    issued_at: datetime
    base_url: str
    changes: Sequence[Change] = ()
    is_preview: bool = False


def documents(edition: Edition, occasion: Occasion) -> dict[str, Json]:
    """The brief in every language of the house."""
    content = brief_content(edition)
    found = {}
    for lang in Language.values:
        with translation.override(lang):
            found[lang] = _document(edition, content, occasion, lang)
    return found


def fingerprint(edition: Edition) -> dict[str, Json]:
    """What each recommendation says, by identifier, for telling one publication from the next."""
    return {
        rec.rec_id: {
            "title": rec.title.as_json(),
            "text": rec.text.as_json(),
            "state": rec.state.code,
            "addressee": rec.addressee_unit.as_json(),
            "footnotes": [note.digest for note in rec.footnotes],
        }
        for rec in brief_content(edition).recommendations
    }


def changes_between(before: Mapping[str, Json], after: Mapping[str, Json]) -> list[Change]:
    """What came, went, was reworded or changed otherwise, in order of identifier."""
    found = []
    for rec_id in sorted({*before, *after}):
        old, new = before.get(rec_id), after.get(rec_id)
        if old is None:
            found.append(Change("added", rec_id))
        elif new is None:
            found.append(Change("removed", rec_id))
        elif old != new:
            same_words = (old["title"], old["text"]) == (new["title"], new["text"])
            found.append(Change("changed" if same_words else "reworded", rec_id))
    return found


def changes_since(publication: Publication) -> list[Change]:
    """What differs between an issued brief and what would be issued now."""
    before = publication.content["fingerprint"]
    return changes_between(before, fingerprint(publication.edition))


def _document(edition: Edition, content: BriefContent, occasion: Occasion, lang: str) -> Json:
    issued = occasion.issued_at.astimezone(edition.zone)
    series = edition.series.title.shown(lang).text
    title = _("%(edition)s: recommendations") % {"edition": edition.title.shown(lang).text}
    place = f"{edition.place.shown(lang).text} · " + formats.day_range(
        edition.starts_on, edition.ends_on, lang=lang
    )
    return {
        "lang": lang,
        "dir": "rtl" if lang == "ar" else "ltr",
        "title": title,
        "series": series,
        "subtitle": place,
        "authors": _bodies(edition, PartnerRole.ORGANISER, lang),
        "keywords": [theme.name.shown(lang).text for theme in content.themes],
        "issued": {"year": issued.year, "month": issued.month, "day": issued.day},
        "running_title": f"{series} · {edition.title.shown(lang).text}",
        "running_footer": _issue_line(occasion, issued, lang),
        "mark": _mark(edition, occasion),
        "summary": _summary(edition, content),
        "notices": _notices(edition, lang),
        "changes": [_change(change) for change in occasion.changes],
        "labels": _labels(),
        "recommendations": [
            recommendation(rec, lang, base_url=occasion.base_url) for rec in content.recommendations
        ],
        "footnotes": [
            footnote(note, rec, lang, base_url=occasion.base_url)
            for rec in content.recommendations
            for note in rec.footnotes
        ],
        "method": _method(edition, lang),
        "participants": _participants(edition, lang),
        "colophon": _colophon(edition, occasion, issued, lang),
    }


def _bodies(edition: Edition, role: PartnerRole, lang: str) -> list[str]:
    partners = edition.partners.filter(role=role, is_confirmed=True)
    return [partner.name.shown(lang).text for partner in partners]


def _issue_line(occasion: Occasion, issued: datetime, lang: str) -> str:
    if occasion.is_preview:
        return _("Preview, not issued")
    return _("Brief %(number)s, issued on %(day)s") % {
        "number": formats.number(occasion.number, lang=lang),
        "day": formats.day(issued, lang=lang),
    }


def _mark(edition: Edition, occasion: Occasion) -> str:
    if edition.is_rehearsal:
        return _("Rehearsal: the people, words and votes here are invented.")
    return _("Preview, not issued") if occasion.is_preview else ""


def _summary(edition: Edition, content: BriefContent) -> list[str]:
    n = len(content.recommendations)
    said = translation.ngettext(
        "This brief carries %(n)s recommendation taken by the dialogue.",
        "This brief carries %(n)s recommendations taken by the dialogue.",
        n,
    ) % {"n": formats.number(n)}
    return [
        said,
        _(
            "Each one can be followed back: the numbers behind its text lead to the sources below, "
            "and from there to the words said in the room, as far as the rule of the session lets "
            "them be shown."
        ),
    ]


def _notices(edition: Edition, lang: str) -> list[str]:
    notices = []
    if lang != edition.authoritative_language:
        name = language_facts(edition.authoritative_language).name
        notices.append(_("The authoritative text is the one in %(language)s.") % {"language": name})
        notices.append(_("A text that has no translation stands in its original, and says so."))
    if edition.is_demo:
        notices.append(
            _("A demonstration: statements, votes and answers here were made by no real person.")
        )
    return notices


def _change(change: Change) -> str:
    said = {
        "added": _("%(rec)s is new."),
        "removed": _("%(rec)s is no longer carried."),
        "reworded": _("%(rec)s has another wording or another translation."),
        "changed": _("%(rec)s has other facts or sources; its wording is the same."),
    }[change.kind]
    return said % {"rec": change.rec_id}


def _labels() -> Json:
    return {
        "changes": _("Changes since the brief before"),
        "recommendations": _("Recommendations"),
        "none": _("No recommendation has been adopted yet."),
        "support": _("Support for the statements it stands on"),
        "footnotes": _("Sources"),
        "footnotes_intro": _(
            "Where each recommendation comes from. The address leads to the words said in the "
            "room, under the rule of the session in which they were said."
        ),
        "method": _("How it came about"),
        "group": _("Group"),
        "persons": _("Participants"),
    }


def _method(edition: Edition, lang: str) -> list[str]:
    found = census(edition, Audience.PUBLIC)
    return [
        translation.ngettext(
            "%(n)s participant was confirmed.",
            "%(n)s participants were confirmed.",
            found.n_confirmed,
        )
        % {"n": formats.number(found.n_confirmed, lang=lang)},
        _(
            "Participants offered contributions in their own words; moderators made statements of "
            "them, step by step and on record; the room voted on statements; rapporteurs wrote "
            "recommendations that cite them. Votes never move from one wording to another."
        ),
        _(
            "Counts are those of the people who answered. They are degrees of support, not a claim "
            "that participants agreed. A breakdown stands only where every group in it has at "
            "least %(n)s answers."
        )
        % {"n": formats.number(edition.smallest(Audience.PUBLIC), lang=lang)},
        _(
            "In the figures agreement stands above disagreement: a mark is the estimated share, "
            "its line the interval in which the share lies with a probability of 90 percent."
        ),
    ]


def _participants(edition: Edition, lang: str) -> list[Json]:
    found = census(edition, Audience.PUBLIC)
    return [
        {"label": cell_label(found.level, key), "n": n} for key, n in sorted(found.sizes.items())
    ]


def _colophon(edition: Edition, occasion: Occasion, issued: datetime, lang: str) -> list[str]:
    lines = [_issue_line(occasion, issued, lang)]
    for kind in (TextKind.FUNDING, TextKind.DISCLAIMER):
        text = text_of(edition, kind)
        if text is None:
            continue
        lines.append(" ".join(text.body.shown(lang).text.split()))
    return lines
