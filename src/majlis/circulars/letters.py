"""How emails to many people read for each of their readers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from majlis.circulars.access import stop_token
from majlis.circulars.models import Circular
from majlis.circulars.queries import Reader
from majlis.mail.actions import ForOne
from majlis.mail.letters import Frame, Letter, fill, from_template
from majlis.mail.queries import wording_of
from majlis.mail.wording import Standard
from majlis.registration.letters import ABOUT_A_PLACE
from majlis.registration.letters.around import facts_of, frame_of
from majlis.series.models import Edition
from majlis.ui.links import page_address, whole_address


def letters_for(circular: Circular, readers: Sequence[Reader]) -> Iterator[ForOne]:
    """The letter of each reader; what they share is read once for each language."""
    edition = circular.edition
    frames: dict[str, Frame] = {}
    facts: dict[str, dict[str, object]] = {}
    for one in readers:
        heading = circular.heading.shown(one.language)
        words, language = circular.words.shown(heading.lang).text, heading.lang
        if language not in frames:
            frames[language] = frame_of(edition, language=language, why=one.why)
            facts[language] = facts_of(edition, language)
        stop = "" if circular.is_about_place or not one.code else _stop(edition, language, one)
        letter = fill(
            heading.text,
            words,
            language=language,
            facts=facts[language] | {"name": one.name},
            frame=replace(frames[language], stop=stop or one.stop),
        )
        yield ForOne(one.email, language, letter, stop)


def _stop(edition: Edition, language: str, reader: Reader) -> str:
    token = stop_token(reader.code)
    return page_address("circulars:stop-emails", language, edition=edition.slug, token=token)


def words_of(standard: Standard, edition: Edition, language: str) -> tuple[str, str]:
    """The heading and the words of a standard letter as the edition has them, with their places."""
    own = wording_of(edition.slug, standard.template, language)
    if own is not None:
        return own.heading, own.words
    return standard_words(standard, language)


def standard_words(standard: Standard, language: str) -> tuple[str, str]:
    """The same as the software has them."""
    heading, words = from_template(standard.template, language=language, facts=standard.as_places)
    return heading, re.sub(r"\n{3,}", "\n\n", words).strip()


def example_of(edition: Edition, language: str, heading: str, words: str) -> Letter:
    """How a standard letter with these words looks to an invented reader."""
    with translation.override(language):
        known: dict[str, object] = {
            "name": _("Amel Example"),
            "reason": _("All places are taken."),
            "changes": _("Opening: 09:00 to 09:30, room B"),
            "successor": _("Sami Example"),
            "instead_of": _("Sami Example"),
            "about": page_address("front:edition", language, edition=edition.slug),
            "link": whole_address("/v/…/"),
        }
    return fill(
        heading,
        words,
        language=language,
        facts=facts_of(edition, language) | known,
        frame=frame_of(edition, language=language, why=ABOUT_A_PLACE),
    )
