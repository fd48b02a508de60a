"""The tables of an edition pack that this app reads and writes, and the model behind each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from majlis.kernel.disclosure import AttributionRule
from majlis.kernel.pack import (
    Binding,
    PackTable,
    Plain,
    Translated,
    address,
    code,
    country,
    day,
    hour,
    languages,
    line,
    reference,
    several,
    slug,
    truth,
    whole,
    words,
    zone,
)
from majlis.kernel.pack.cells import BadCell
from majlis.kernel.pack.pages import LONGEST_BODY, LONGEST_TITLE
from majlis.kernel.words import Language
from majlis.series.models import (
    Challenge,
    Edition,
    EditionLink,
    GlossaryTerm,
    Partner,
    PublicText,
    Question,
    Series,
    Session,
    Speaker,
    Theme,
)
from majlis.series.states import (
    Agreement,
    LinkDirection,
    PartnerRole,
    PersonPart,
    PolicyMoment,
    QuestionKind,
    Readers,
    SessionType,
    TextKind,
)

FILE_HINTS = {
    "photos/": "no row of speakers.csv names it",
    "texts/": "no row of texts.csv has this identifier, or its language is none of the edition's",
    "emblems/": "no row of partners.csv names it",
}
PICTURES = {"partners.csv": "emblem", "speakers.csv": "photo"}  # the column of each table
PICTURE_BYTES = 1_000_000
PICTURE_STARTS = {".png": b"\x89PNG", ".jpg": b"\xff\xd8\xff", ".webp": b"RIFF"}
PICTURE_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}

PACK = PackTable(
    "pack.yaml",
    "what kind of pack this is",
    (whole("format", "the number of the layout of packs", low=1, high=1, required=True),),
    key="format",
    required=True,
)
SERIES = PackTable(
    "series.yaml",
    "the series that the edition belongs to",
    (
        slug("slug", "the word for the series in addresses"),
        Translated("title", "name of the series", required=True, longest=300),
        Translated("about", "what the series is, in one paragraph"),
    ),
    key="slug",
    required=True,
)
EDITION = PackTable(
    "edition.yaml",
    "the edition itself",
    (
        slug("slug", "the word for the edition in addresses"),
        Translated("title", "name of the edition", required=True, longest=300),
        Translated("place", "where it is held", required=True, longest=300),
        country("country", "country where it is held"),
        day("starts_on", "first day"),
        day("ends_on", "last day"),
        zone("time_zone", "time zone of the place"),
        languages("languages", "languages in which every text is given"),
        words("authoritative_language", Language, "language that decides where texts differ"),
        whole("smallest_cell_room", "fewest answers shown on the day", low=5, high=999, empty=5),
        whole("smallest_cell_public", "fewest answers shown in public", low=10, high=999, empty=10),
        words("policy_moment", PolicyMoment, "where the policy stands", required=False),
        words("agreement", Agreement, "whether agreement is sought", required=False),
        Translated("feeds_decision", "the decision that the edition feeds", longest=500),
        truth("is_demo", "whether every page says that this is a demonstration", empty=False),
    ),
    key="slug",
    required=True,
)
_RETIRED = replace(
    truth("is_retired", "yes: no longer offered, shown where it was named", empty=False),
    form=lambda is_retired: "yes" if is_retired else "",
    spare=True,
)
_POSITION = whole("position", "place in the order, smallest first", high=9999)
THEMES = PackTable(
    "themes.csv",
    "what the edition is about",
    (
        code(longest=12, meaning="identifier of the theme"),
        _POSITION,
        Translated("title", "name of the theme", required=True, longest=300),
        Translated("about", "what the theme covers"),
        _RETIRED,
    ),
)
CHALLENGES = PackTable(
    "challenges.csv",
    "the problems that the edition names",
    (
        code(longest=12, meaning="identifier of the challenge"),
        _POSITION,
        Translated("title", "name of the challenge", required=True, longest=300),
        Translated("about", "what is wrong, for whom"),
        _RETIRED,
    ),
)
OBJECTIVES = PackTable(
    "objectives.csv",
    "what the edition is for",
    (
        code(meaning="identifier of the objective"),
        _POSITION,
        Translated("title", "the objective in one line", required=True, longest=300),
        Translated("body", "what is meant by it"),
    ),
)
SPEAKERS = PackTable(
    "speakers.csv",
    "people with a part in the programme who have agreed to be named",
    (
        code(longest=12, meaning="identifier of the person"),
        _POSITION,
        Translated("name", "their name, in each script they use", required=True, longest=200),
        Translated("function", "what they do there", longest=200),
        Translated("organisation", "where they work", longest=200),
        Translated("biography", "some lines on them", longest=3000),
        line("photo", "file in the folder photos, named after the identifier", longest=40),
        truth("has_agreed", "yes: has agreed to be named in public", empty=False),
        truth("photo_agreed", "yes: has agreed to have the photo shown", empty=False),
    ),
)


def _people() -> Plain:
    """Who has which part in a session, in order: `moderator:P1 speaker:P2`."""
    parts = "|".join(PersonPart.values)
    expected = f"parts and persons such as moderator:P1 speaker:P2; the parts are {parts}"

    def parse(cell: str) -> list[list[str]]:
        found = [one.split(":", 1) for one in cell.split()]
        names = {tuple(one) for one in found}
        if len(names) != len(found) or any(
            len(one) != 2 or one[0] not in PersonPart.values for one in found
        ):
            raise BadCell(expected)
        return found

    def form(people: Iterable[Iterable[str]]) -> str:
        return " ".join(":".join(one) for one in people)

    meaning = "who has which part in it, by identifiers of speakers.csv"
    return Plain("people", meaning, False, expected, parse=parse, form=form, empty=[])


PROGRAMME = PackTable(
    "programme.csv",
    "the sessions",
    (
        code(longest=12, meaning="identifier of the session"),
        day("on_date", "day of the session, within the edition"),
        hour("starts", "when it begins, in the edition's time zone"),
        hour("ends", "when it ends; at 06:00 or earlier it may be the day after"),
        words("kind", SessionType, "kind of session"),
        reference("theme", "themes.csv", "theme of the session, if it has one"),
        line("parallel_group", "sessions with the same word here run side by side", longest=12),
        Translated("title", "name of the session", required=True, longest=300),
        Translated("method", "how the session works"),
        Translated("roles", "who runs it, as roles", longest=500),
        Translated("artefact_in", "what it starts from", longest=500),
        Translated("artefact_out", "what it leaves behind", longest=500),
        line("room", "name of the room", longest=80),
        replace(_people(), spare=True),
        replace(several("spoken", Language, "languages spoken in it"), spare=True),
        replace(several("interpreted", Language, "languages interpreted into"), spare=True),
        words("attribution_rule", AttributionRule, "what may be told of who said something"),
        line("source_note", "where the pattern of the session comes from"),
        address("source_url", "address of that source"),
    ),
)
PARTNERS = PackTable(
    "partners.csv",
    "organisers, partners and funders",
    (
        code(meaning="identifier of the body"),
        _POSITION,
        words("role", PartnerRole, "what the body does for the edition"),
        Translated("name", "its name", required=True, longest=200),
        Translated("about", "a line on its part"),
        address("website", "its address on the web"),
        line("emblem", "file in the folder emblems, named after the identifier", longest=40),
        truth("is_confirmed", "no: a slot, the body is not known or not confirmed", empty=True),
    ),
)
LINKS = PackTable(
    "links.csv",
    "what fed the edition and what it feeds",
    (
        code(meaning="identifier of the link"),
        _POSITION,
        words("direction", LinkDirection, "fed_by or feeds"),
        Translated("title", "name of the meeting, dialogue or edition", required=True, longest=300),
        Translated("about", "what went from one to the other"),
        address("website", "where it can be read about"),
        reference("other", "editions", "slug of an edition in the same installation"),
    ),
)
GLOSSARY = PackTable(
    "glossary.csv",
    "terms of the field",
    (
        code(longest=12, meaning="identifier of the term"),
        _POSITION,
        line("category", "group of terms", longest=24),
        Translated("term", "the preferred term", required=True, longest=200),
        line("variants", "other terms in use, and where"),
        line("definition", "what it means"),
        line("source", "where it was read", longest=400),
    ),
)
QUESTIONS = PackTable(
    "questions.csv",
    "what the registration form asks beside name, organisation, group and country",
    (
        code(meaning="identifier of the question"),
        _POSITION,
        words("kind", QuestionKind, "how it is answered"),
        Translated("prompt", "the question", required=True, longest=300),
        Translated("hint", "what helps to answer it", longest=500),
        Translated("options", "the answers to choose from, one on each line", longest=4000),
        truth("is_required", "whether nobody registers without an answer", empty=False),
        replace(day("until", "last day for an answer after registering"), required=False),
        line(
            "asked_if", "code of an earlier question, or capacity, = the answer to it", longest=240
        ),
        words("readers", Readers, "who reads the answers"),
        truth("is_sensitive", "whether it is about health, belief, a passport", empty=False),
        replace(day("purge_on", "day on which the answers are deleted"), required=False),
        _RETIRED,
    ),
)
TEXTS = PackTable(
    "texts.csv",
    "the long texts; each has one file per language in the folder texts",
    (
        code(meaning="identifier of the text, first part of its files' names"),
        _POSITION,
        words("kind", TextKind, "which public text it is"),
        truth("is_confirmed", "no: shown as unconfirmed", empty=True),
    ),
)
WHOLE_TEXTS = PackTable(
    TEXTS.file,
    TEXTS.meaning,
    (
        *TEXTS.columns,
        Translated("title", required=True, longest=LONGEST_TITLE),
        Translated("body", required=True, longest=LONGEST_BODY),
    ),
)

SESSION_BINDING = Binding(PROGRAMME, Session)
SPEAKER_BINDING = Binding(SPEAKERS, Speaker, fields={"id": "code", "photo": "photo_name"})
QUESTION_BINDING = Binding(QUESTIONS, Question)
SERIES_BINDING = Binding(SERIES, Series, fields={})
EDITION_BINDING = Binding(EDITION, Edition, fields={})
BINDINGS: tuple[Binding, ...] = (
    Binding(THEMES, Theme),
    Binding(CHALLENGES, Challenge),
    Binding(OBJECTIVES, PublicText, fixed={"kind": TextKind.OBJECTIVE}),
    Binding(WHOLE_TEXTS, PublicText),
    SPEAKER_BINDING,
    SESSION_BINDING,
    Binding(PARTNERS, Partner, fields={"id": "code", "emblem": "emblem_name"}),
    Binding(LINKS, EditionLink),
    Binding(GLOSSARY, GlossaryTerm),
    QUESTION_BINDING,
)
TABLES = (PACK, SERIES, EDITION, *(b.table for b in BINDINGS if b.table is not WHOLE_TEXTS), TEXTS)
