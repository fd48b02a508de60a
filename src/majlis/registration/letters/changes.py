"""The letter on a changed programme, to each of many people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from django.utils import timezone
from django.utils.functional import lazystr

from majlis.kernel.punctuation import joined, labelled
from majlis.mail.actions import ForOne
from majlis.mail.letters import Letter, Said, compose
from majlis.mail.queries import wording_of
from majlis.registration.letters import ABOUT_A_PART, ABOUT_A_PLACE
from majlis.registration.letters.around import facts_of, frame_of
from majlis.registration.models import Registration
from majlis.series.models import Edition, Speaker
from majlis.series.programme import SessionChange

TEMPLATE = "registration/letters/programme_changed.txt"
Changes = Sequence[SessionChange]


def letters_to_speakers(speakers: Iterable[Speaker], changes: Changes) -> Iterator[ForOne]:
    """What changed in the sessions in which each has a part."""
    for one in speakers:
        language = one.edition.authoritative_language
        theirs = [c for c in changes if one.code in {code for _part, code in c.session.people}]
        write = _Writer(one.edition, ABOUT_A_PART)
        yield ForOne(one.email, language, write(language, one.name, theirs))


def letters_to_places(
    places: Iterable[Registration], edition: Edition, changes: Changes
) -> Iterator[ForOne]:
    """All that changed, in each participant's language."""
    write = _Writer(edition, ABOUT_A_PLACE)
    for one in places:
        language = one.person.language
        yield ForOne(one.person.email or "", language, write(language, one.full_name, changes))


class _Writer:
    """Writes the letter to one reader; what all of a language share is read once."""

    def __init__(self, edition: Edition, why: Said) -> None:
        self.edition = edition
        self.frame = cache(lambda language: frame_of(edition, language=language, why=why))
        self.facts = cache(lambda language: facts_of(edition, language))
        self.wording = cache(lambda language: wording_of(edition.slug, TEMPLATE, language))

    def __call__(self, language: str, name: object, changes: Changes) -> Letter:
        said = lazystr(_Said(changes, self.edition))
        return compose(
            TEMPLATE,
            language=language,
            facts=self.facts(language) | {"name": name, "changes": said},
            frame=self.frame(language),
            wording=self.wording(language),
        )


class _Said:
    """Changes of the programme, one a line, in the language of the letter."""

    def __init__(self, changes: Changes, edition: Edition) -> None:
        self.changes, self.edition = changes, edition

    def __str__(self) -> str:
        with timezone.override(self.edition.zone):
            return "\n\n".join(
                labelled(str(one.session.title), joined(one.said)) for one in self.changes
            )
