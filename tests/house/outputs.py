"""Every output that somebody can get of an edition, as text: pages, files, pieces, the screen."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from openpyxl import load_workbook

from majlis.briefs.models import Publication, PublicationFile
from majlis.followup.models import Entry
from majlis.mail.models import Message
from majlis.recommendations.models import Pair, Recommendation
from majlis.recommendations.queries import public_list
from majlis.recommendations.states import TAKEN
from majlis.series.models import SessionFile
from majlis.stage.access import stage_key, stage_of
from majlis.stage.models import WITH_ROUND, Scene, Stage
from tests.house.addresses import WHO
from tests.house.test_access import ADDRESSES

BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
HAS_PDFTOTEXT = shutil.which("pdftotext") is not None


@dataclass(frozen=True, slots=True)
class Output:
    """One answer: who got it, from which address, in which language, and what it says."""

    who: str
    name: str
    lang: str
    path: str
    status: int
    text: str

    def __str__(self) -> str:
        return f"{self.path} ({self.name}) as {self.who}"


def outputs(edition, who: str, client: Client, lang: str) -> Iterator[Output]:
    """Every address that lets `who` in, with every thing of the edition it can name.

    What a stranger gets is fetched for the stranger alone.
    """
    for name, address in sorted(ADDRESSES.items()):
        let_in = WHO.get(address.who, frozenset())
        is_own = who == "stranger" or "stranger" not in let_in
        if address.method == "get" and who in let_in and is_own:
            for path in _paths(edition, name, lang):
                answer = client.get(path)
                yield Output(who, name, lang, path, answer.status_code, _text(answer))


def screens(edition, lang: str) -> Iterator[Output]:
    """Every scene the stage can be put to, also those that the desk is refused."""
    stage = stage_of(edition)
    key = stage_key(stage)
    for scene in Scene:
        for round in edition.rounds.all() if scene in WITH_ROUND else [None]:
            for page in (1, 2) if scene == Scene.RESULTS else (1,):
                Stage.objects.filter(pk=stage.pk).update(
                    scene=scene, language=lang, round=round, page=page
                )
                for name in ("stage_root:screen", "stage_root:scene"):
                    path = reverse(name, kwargs={"key": key})
                    answer = Client().get(path)
                    place = f"{path} {scene} {round} {page}"
                    yield Output("screen", name, lang, place, answer.status_code, _text(answer))


OFFICE = {"docx", "pptx"}


def files(publication: Publication) -> Iterator[Output]:
    """The words of every file of an issued brief."""
    for file in publication.files.all():
        with file.file.open("rb") as stored:
            data = stored.read()
        if file.format == "pdf":
            if not HAS_PDFTOTEXT:
                continue
            command = ["pdftotext", "-layout", "-", "-"]
            data = subprocess.run(command, input=data, capture_output=True, check=True).stdout
        text = _plain(_office(data) if file.format in OFFICE else data.decode())
        yield Output("stranger", file.format, file.language or "en", file.name, 200, text)


def _paths(edition, name: str, lang: str) -> list[str]:
    with translation.override(lang):
        if name in NEEDS:
            return [
                reverse(name, kwargs=more | ({} if name in ALONE else {"edition": edition.slug}))
                for more in NEEDS[name](edition)
            ]
        try:
            return [reverse(name, kwargs={"edition": edition.slug})]
        except NoReverseMatch:
            return [reverse(name)]  # an address that names more belongs in NEEDS


def _text(answer) -> str:
    if answer.streaming:
        return _plain(b"".join(answer.streaming_content).decode(errors="replace"))
    if "spreadsheetml" in answer.get("Content-Type", ""):
        return _plain("\n".join(_cells(answer.content)))
    if re.search("wordprocessingml|presentationml", answer.get("Content-Type", "")):
        return _plain(_office(answer.content))
    if re.search("pdf|image/png", answer.get("Content-Type", "")):
        return ""  # a file that is read once, and a picture of public words
    return _plain(answer.content.decode(errors="replace"))


def _office(content: bytes) -> str:
    """The words of a text document or of slides, notes and properties included."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if ".xml" in name]
    return re.sub("<[^>]+>", "", re.sub("</[aw]:p>", "\n", "\n".join(parts)))


def _cells(content: bytes) -> Iterator[str]:
    """What stands in the cells of a spreadsheet."""
    book = load_workbook(io.BytesIO(content), read_only=True)
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            yield ",".join("" if cell is None else str(cell) for cell in row)


def _plain(text: str) -> str:
    return BIDI.sub("", unescape(text)).replace("\u00a0", " ").replace("\u202f", " ")


def _codes(things) -> list[dict[str, object]]:
    return [{"code": thing.code} for thing in things]


def _recs(edition):
    return [{"rec_id": rec.rec_id} for rec in Recommendation.objects.filter(edition=edition)]


def _public_recs(edition):
    return [{"rec_id": rec.rec_id} for rec in public_list(edition).published]


def _files(edition):
    found = PublicationFile.objects.filter(publication__edition=edition).exclude(format="pdf")
    return [{"number": file.publication.number, "name": file.name} for file in found]


def _rated(edition):
    return _codes(edition.ratings.filter(asked__state="shown"))


def _asked_of_all(edition):
    return _codes(edition.ratings.exclude(asked__state="draft"))


ALONE = {
    "front:feed", "front:series", "followup:register", "followup:calendar", "followup:feed",
    "followup:register-file",
}  # fmt: skip


def _pairs(edition):
    return _codes(Pair.objects.filter(recommendation__edition=edition, follow__isnull=False))


def _proofs(edition, **only):
    entries = Entry.objects.filter(pair__recommendation__edition=edition, **only)
    return entries.exclude(proof="").select_related("pair")


def _messages(edition):
    return _codes(Message.objects.filter(edition=edition.slug))


NEEDS = {
    "circulars:change": lambda e: _codes(e.circulars.all()),
    "circulars:circular": lambda e: _codes(e.circulars.all()),
    "circulars:message": _messages,
    "circulars:message-html": _messages,
    "circulars:preview": lambda e: [one | {"language": "en"} for one in _codes(e.circulars.all())],
    "circulars:wording": lambda _e: [{"letter": "confirmed", "language": "en"}],
    "circulars:wording-preview": lambda _e: [{"letter": "confirmed", "language": "en"}],
    "briefs:file": _files,
    "briefs:preview": lambda e: [{"lang": lang, "format": "html"} for lang in ("en", "ar")],
    "dialogue:desk-paper": lambda e: _codes(e.rounds.all()),
    "dialogue:desk-paper-check": lambda e: [
        {"code": ballot.round.code, "ballot": ballot.code}
        for round in e.rounds.all()
        for ballot in round.paper_ballots.all()
    ],
    "dialogue:desk-round": lambda e: _codes(e.rounds.all()),
    "dialogue:desk-round-change": lambda e: _codes(e.rounds.all()),
    "dialogue:desk-round-move": lambda e: [
        {"code": round.code, "move": move}
        for round in e.rounds.all()
        for move in ("open", "close", "reopen", "show", "again")
    ],
    "dialogue:desk-round-preview": lambda e: _codes(e.rounds.all()),
    "dialogue:desk-round-sheet": lambda e: _codes(e.rounds.all()),
    "dialogue:desk-round-statements": lambda e: _codes(e.rounds.all()),
    "dialogue:desk-turnout": lambda e: _codes(e.rounds.all()),
    "dialogue:round": lambda e: _codes(e.rounds.all()),
    "dialogue:round-answers": lambda e: _codes(e.rounds.all()),
    "dialogue:round-now": lambda e: _codes(e.rounds.all()),
    "dialogue:statement": lambda e: _codes(e.statements.all()),
    "dialogue:statements-export": lambda e: [{"kind": "csv"}, {"kind": "json"}, {"kind": "xlsx"}],
    "dialogue:step": lambda e: [{"kind": kind} for kind in ("merge", "reword", "split", "decline")],
    "dialogue:translations-into": lambda e: [{"language": "ar"}],
    "evaluation:file": lambda e: [{"wave": "day", "kind": "csv"}],
    "evaluation:wave": lambda e: [{"wave": wave} for wave in ("day", "later")],
    "followup:desk-matrix": lambda e: [{"kind": "csv"}],
    "followup:desk-pair": _pairs,
    "followup:desk-answer": _pairs,
    "followup:desk-ask-again": _pairs,
    "followup:desk-plan": _pairs,
    "followup:desk-progress": _pairs,
    "followup:desk-endorsements": lambda e: [
        {"rec_id": rec.rec_id} for rec in e.recommendations.filter(state__in=TAKEN)
    ],
    "followup:desk-send": lambda e: _codes(e.addressees.all()),
    "followup:desk-proof": lambda e: [
        {"code": one.pair.code, "entry": one.code} for one in _proofs(e)
    ],
    "followup:public-proof": lambda e: _codes(_proofs(e, is_proof_public=True)),
    "followup:timeline": _public_recs,
    "followup:register": lambda e: [{"series": e.series.slug}],
    "followup:calendar": lambda e: [{"series": e.series.slug}],
    "followup:feed": lambda e: [{"series": e.series.slug}],
    "followup:register-file": lambda e: [{"series": e.series.slug, "kind": "csv"}],
    "front:feed": lambda e: [{"series": e.series.slug}],
    "front:series": lambda e: [{"series": e.series.slug}],
    "opinion:file": lambda e: [
        {"code": round.code, "kind": kind} for round in e.rounds.all() for kind in ("csv", "json")
    ],
    "opinion:answers": lambda e: _codes(e.rounds.all()),
    "opinion:answers-file": lambda e: _codes(e.rounds.all()),
    "opinion:results": lambda e: _codes(e.rounds.all()),
    "opinion:room-results": lambda e: _codes(e.rounds.all()),
    "ratings:rating": _asked_of_all,
    "ratings:now": _asked_of_all,
    "ratings:result": _rated,
    "ratings:file": lambda e: [one | {"kind": "csv"} for one in _rated(e)],
    "ratings:desk-new": lambda _e: [{"method": "rand_ucla"}, {"method": "weighted_criteria"}],
    "ratings:desk-one": lambda e: _codes(e.ratings.all()),
    "ratings:desk-file": lambda e: [one | {"kind": "xlsx"} for one in _rated(e)],
    "ratings:desk-change": lambda e: _codes(e.ratings.filter(asked__state="draft")),
    "ratings:desk-move": lambda e: [
        one | {"move": move} for one in _codes(e.ratings.all()) for move in ("close", "show")
    ],
    "ratings:desk-statement": _rated,
    "ratings:desk-sheet": lambda e: _codes(e.ratings.all()),
    "ratings:desk-paper": lambda e: _codes(e.ratings.all()),
    "ratings:desk-paper-check": lambda e: [
        {"code": rating.code, "sheet": sheet.code}
        for rating in e.ratings.all()
        for sheet in rating.sheets.all()
    ],
    "registration:desk-import": lambda e: _codes(e.imports.all()),
    "registration:own-document": lambda _e: [],  # a file, for whoever handed it in
    "planning:move-session": lambda e: _codes(e.sessions.all()),
    "recommendations:desk-addressee": lambda e: _codes(e.addressees.all()),
    "recommendations:desk-translation": lambda e: [r | {"lang": "ar"} for r in _recs(e)],
    "recommendations:public": _public_recs,
    "recommendations:why": _public_recs,
    "planning:add-person": lambda e: _codes(e.sessions.all()),
    "planning:add-file": lambda e: _codes(e.sessions.all()),
    "planning:file": lambda e: _codes(
        SessionFile.objects.filter(session__edition=e, audience="public")
    ),
    "planning:photo": lambda e: _codes(e.speakers.exclude(photo="")),
    "series:session-calendar": lambda e: _codes(e.sessions.all()),
    "series:photo": lambda e: _codes(e.speakers.filter(photo_agreed=True).exclude(photo="")),
    "series:speaker": lambda e: _codes(e.speakers.filter(has_agreed=True)),
    "series:emblem": lambda e: _codes(e.partners.exclude(emblem="")),
    "series:text": lambda e: [
        {"page": page} for page in ("privacy", "legal", "contact", "about", "objectives")
    ],
}
NEEDS["welcome:arrival"] = lambda e: _codes(e.registrations.all())
NEEDS |= {
    f"recommendations:desk-{page}": _recs
    for page in (
        *("one", "edit", "plan", "history", "sources", "link", "back", "review"),
        *("final-list", "decision", "publish", "withdraw", "supersede"),
    )
}


@dataclass
class Tables(HTMLParser):
    """The tables of a page: each a list of rows, each a list of the words of its cells."""

    found: list[list[list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._in_cell = False

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.found.append([])
        elif tag == "tr" and self.found:
            self.found[-1].append([])
        elif tag in {"td", "th"} and self.found and self.found[-1]:
            self.found[-1][-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag):
        if tag in {"td", "th"}:
            self._in_cell = False

    def handle_data(self, data):
        if self._in_cell:
            self.found[-1][-1][-1] += data


def tables(text: str) -> list[list[list[str]]]:
    parser = Tables()
    parser.feed(text)
    return [[[" ".join(cell.split()) for cell in row] for row in rows] for rows in parser.found]


def numbers(cells: list[str]) -> list[int]:
    """What the cells of a row count; `12 (40 %)` is 12."""
    found = (re.match(r"\d+", cell) for cell in cells)
    return [int(match.group()) for match in found if match]
