"""Questions about series and editions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from majlis.kernel.analysis import fold, words
from majlis.kernel.punctuation import joined, listed
from majlis.series.models import (
    Challenge,
    Edition,
    Partner,
    PublicText,
    Series,
    Session,
    SessionFile,
    Speaker,
    Theme,
)
from majlis.series.models.form import Question as FormQuestion
from majlis.series.states import EditionState, FileAudience, PartnerRole, Question, TextKind
from majlis.ui.languages import facts

MISSPELT = 0.88  # of 1: how alike two names are that may be one


def series_list() -> Sequence[Series]:
    """Every series, by title."""
    return list(Series.objects.order_by("slug"))


def editions_of(series: Series) -> Sequence[Edition]:
    """Editions of a series that everybody sees, newest first; rehearsals are not among them."""
    shown = series.editions.filter(is_rehearsal=False).exclude(state=EditionState.DRAFT)
    return list(shown.select_related("series"))


def newest_edition() -> Edition | None:
    """The newest edition that everybody sees."""
    shown = Edition.objects.filter(is_rehearsal=False).exclude(state=EditionState.DRAFT)
    return shown.first()


def texts_by_kind(edition: Edition, *kinds: TextKind) -> dict[str, list[PublicText]]:
    """Public texts of these kinds, or of all, in order; a kind without texts has an empty list."""
    found: dict[str, list[PublicText]] = {kind: [] for kind in kinds or TextKind.values}
    for text in edition.texts.filter(kind__in=found).order_by("position", "code"):
        found[text.kind].append(text)
    return found


def texts_of(edition: Edition, kind: TextKind) -> list[PublicText]:
    """Public texts of one kind, in order."""
    return list(edition.texts.filter(kind=kind).order_by("position", "code"))


def text_of(edition: Edition, kind: TextKind) -> PublicText | None:
    """The first public text of a kind, or None."""
    return edition.texts.filter(kind=kind).order_by("position", "code").first()


def offered_themes(edition: Edition, *named: Theme | None) -> QuerySet[Theme]:
    """Themes that can be chosen: a retired one only where it is `named` already."""
    return edition.themes.filter(_is_offered(named))


def questions_of(edition: Edition) -> list[FormQuestion]:
    """What the registration form asks beside the usual things, in order."""
    return list(edition.questions.filter(is_retired=False))


def offered_challenges(edition: Edition, *named: Challenge | None) -> QuerySet[Challenge]:
    """Challenges that can be chosen: a retired one only where it is `named` already."""
    return edition.challenges.filter(_is_offered(named))


def _is_offered(named: Iterable[Model | None]) -> Q:
    return Q(is_retired=False) | Q(pk__in=[one.pk for one in named if one])


def with_files(sessions: Iterable[Session], edition: Edition) -> None:
    """Let sessions know their documents, but for those of the team."""
    found: dict[str, list[SessionFile]] = {}
    shown = SessionFile.objects.filter(session__edition=edition).select_related("session")
    for file in shown.exclude(audience=FileAudience.COLLEAGUES):
        found.setdefault(file.session.code, []).append(file)
    for session in sessions:
        session.documents = found.get(session.code, [])


def speaker_named(speakers: Iterable[Speaker], name: str) -> Speaker | None:
    """Whoever has this name in any of its languages, as names are compared."""
    wanted = fold(" ".join(name.split()))
    return next((s for s in speakers if wanted in {fold(s.name.words(x)) for x in s.name}), None)


def speakers_like(speakers: Iterable[Speaker], name: str) -> list[Speaker]:
    """People whose name may be this one: the same words in another order, one more or fewer."""
    wanted = frozenset(words(name))
    return [s for s in speakers if any(_alike(wanted, s.name.words(lang)) for lang in s.name)]


def _alike(wanted: frozenset[str], name: str) -> bool:
    there = frozenset(words(name))
    if not wanted or not there:
        return False
    if wanted <= there or there <= wanted:
        return wanted == there or min(len(wanted), len(there)) > 1
    one, other = (" ".join(sorted(some)) for some in (wanted, there))
    return SequenceMatcher(None, one, other).ratio() >= MISSPELT


def public_speakers(edition: Edition) -> list[Speaker]:
    """People of the programme who have agreed to be named, in order."""
    return list(edition.speakers.filter(has_agreed=True))


@dataclass(frozen=True, slots=True)
class FunderBlock:
    """Who pays for an edition. Emblems, statement and disclaimer are shown together or not at all.

    `emblems` are the funders whose slot is filled.
    """

    funders: tuple[Partner, ...]
    emblems: tuple[Partner, ...]
    statement: PublicText | None
    disclaimer: PublicText | None


def funder_block(edition: Edition) -> FunderBlock:
    """What every public page, document, email and badge says of who pays."""
    texts = texts_by_kind(edition, TextKind.FUNDING, TextKind.DISCLAIMER)
    statement, disclaimer = (next(iter(texts[kind]), None) for kind in texts)
    funders = tuple(edition.partners.filter(role=PartnerRole.FUNDER, is_confirmed=True))
    emblems = tuple(one for one in funders if one.emblem_name)
    return FunderBlock(funders, emblems, statement, disclaimer)


@dataclass(frozen=True, slots=True)
class Lack:
    """A part of the funder's block that is not there: which, and what is wrong with it.

    `part` and `code` lead to where it is mended on the desk; there is no code of what is not there.
    """

    label: Any  # words in the language of the reader
    todo: str
    part: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.label} – {self.todo}"


def lacking_of_funder(edition: Edition) -> list[Lack]:
    """What the funder's block lacks before an edition or a document of it may be public.

    A demonstration and a rehearsal may leave emblems and wording unconfirmed, and say so.
    """
    block, lacks = funder_block(edition), []
    texts = {TextKind.FUNDING: block.statement, TextKind.DISCLAIMER: block.disclaimer}
    is_real = not (edition.is_demo or edition.is_rehearsal)
    for kind, text in texts.items():
        if text is None:
            lacks.append(Lack(kind.label, _("there is none yet"), "texts"))
            continue
        absent = [lang for lang in edition.languages if not text.body.words(lang).strip()]
        if absent:
            names = joined(facts(lang).name for lang in absent)
            said = _("missing in these languages: %(languages)s") % {"languages": names}
            lacks.append(Lack(kind.label, said, "texts", text.code))
        if is_real and not text.is_confirmed:
            lacks.append(Lack(kind.label, _("not confirmed yet"), "texts", text.code))
    for one in block.funders if is_real else ():
        if one not in block.emblems:
            said = _("the file is missing")
            label = _("Emblem of %(funder)s") % {"funder": one.name}
            lacks.append(Lack(label, said, "partners", one.code))
    return lacks


def said_lacks(lacks: Iterable[Lack]) -> str:
    """Several of them in one line."""
    return listed(str(lack) for lack in lacks)


def open_questions(edition: Edition) -> list[Question]:
    """What is asked before invitations leave and has no answer yet."""
    answered = set(edition.readiness.values_list("code", flat=True))
    return [one for one in Question if one not in answered]


def are_texts_whole(edition: Edition) -> bool:
    """Whether there are public texts, each in every language of the edition."""
    bodies = list(edition.texts.values_list("body", flat=True))
    return bool(bodies) and all(
        body.words(lang).strip() and not body.is_behind(lang)
        for body in bodies
        for lang in edition.languages
    )
