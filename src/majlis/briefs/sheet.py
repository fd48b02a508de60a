"""The published programme as a document: plain JSON, every word in its language."""

from __future__ import annotations

from typing import Any

from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from majlis.briefs.queries import emblem_of
from majlis.kernel.errors import NotFound
from majlis.kernel.punctuation import joined, labelled
from majlis.kernel.texts import Text
from majlis.kernel.words import direction_of
from majlis.series import programme
from majlis.series.models import Edition, Session
from majlis.series.queries import funder_block, public_speakers
from majlis.ui import formats
from majlis.ui.languages import facts as facts_of


def programme_sheet(edition: Edition, lang: str) -> dict[str, Any]:
    """The newest version for paper and for one file. Raises `NotFound` before the first one."""
    version, sessions = programme.published(edition)
    if version is None:
        raise NotFound
    programme.with_casts(sessions, public_speakers(edition))
    with translation.override(lang), timezone.override(edition.zone):
        on = version.published_at.astimezone(edition.zone)
        facts = {"number": formats.number(version.number), "on": formats.day(on)}
        place = edition.place.shown(lang).text
        return {
            "lang": lang,
            "dir": direction_of(lang),
            "title": edition.title.shown(lang).text,
            "label": _("Programme"),
            "where": joined([place, formats.day_range(edition.starts_on, edition.ends_on)]),
            "zone": _("Times are local (%(zone)s).") % {"zone": edition.time_zone},
            "mark": _("Demonstration: this is an example, not the real programme of the day.")
            if edition.is_demo
            else "",
            "funder": _funder(edition, lang),
            "version": _("Programme, version %(number)s, published on %(on)s") % facts,
            "issued": {"year": on.year, "month": on.month, "day": on.day},
            "days": [
                {
                    "name": capfirst(formats.day(day.on, weekday=True)),
                    "blocks": [_block(block, lang) for block in day.blocks],
                }
                for day in programme.by_day(sessions)
            ],
        }


def _funder(edition: Edition, lang: str) -> dict[str, Any]:
    """Who pays: emblems and statement together, then the disclaimer."""
    block = funder_block(edition)
    drawn = [one for body in block.emblems if (one := emblem_of(body))]
    return {
        "emblems": [one.data(lang) for one in drawn],
        "words": [_words(text.body, lang) for text in (block.statement, block.disclaimer) if text],
    }


def _block(block: programme.Block, lang: str) -> dict[str, Any]:
    return {
        "time": formats.clock_range(block.first.starts_at, block.ends_at),
        "sessions": [_session(session, lang) for session in block.sessions],
    }


def _session(session: Session, lang: str) -> dict[str, Any]:
    spoken = joined(str(facts_of(one).name) for one in session.spoken)
    heard = joined(str(facts_of(one).name) for one in session.interpreted)
    facts = [session.room, session.rule, spoken, heard and labelled(_("Interpreted into"), heard)]
    return {
        "code": session.code,
        "is_for_all": session.is_for_everybody,
        "title": _words(session.title, lang),
        "facts": [fact for fact in facts if fact],
        "people": [
            labelled(str(one.part.label).capitalize(), _words(one.speaker.name, lang)["text"])
            for one in session.cast
        ],
        "method": _words(session.method, lang) if session.method else None,
    }


def _words(text: Text, lang: str) -> dict[str, str]:
    shown = text.shown(lang)
    return {"text": shown.text, "lang": shown.lang, "dir": shown.dir}
