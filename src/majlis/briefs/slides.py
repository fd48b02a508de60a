"""The brief as slides (PPTX) with presenter's notes: one finding a slide, the rest in the notes."""

from __future__ import annotations

import io

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Mm, Pt

from majlis.briefs import office
from majlis.briefs.office import BOXES, STANCES, VOTES, is_rtl
from majlis.briefs.words import Json, plain
from majlis.kernel.punctuation import joined

WIDTH, HEIGHT, EDGE = 320, 180, 20  # millimetres, 16:9
_BLANK = 6  # the layout without any field
_LIGHT, _PALE, _GOLD, _INK = "FDF8EE", "DBE8EF", "F2CF8A", "13242F"
_LARGE, _LONG = 30, 20  # points of a statement, and of one with more than `_SHORT` letters
_SHORT = 150
_TILES = 12  # in the first row of the cover; they thin out towards the words
_TILE_COLOURS = ("ECDCB9", "1C7AA6", "1F857F", "DFA640", "C9603C")


def pptx(document: Json) -> bytes:
    """The document as PPTX; the same document gives the same bytes."""
    return office.same_each_time(_Deck(office.without_controls(document)).written())


class _Deck:
    """Makes one deck from its title to its thanks."""

    def __init__(self, document: Json) -> None:
        self.d = document
        self.lang: str = document["lang"]
        self.labels: Json = document["labels"]
        self.deck = Presentation()
        self.deck.slide_width, self.deck.slide_height = Mm(WIDTH), Mm(HEIGHT)
        told = self.deck.core_properties
        told.title, told.author = document["title"], joined(document["authors"], self.lang)
        told.language = self.lang
        told.created = told.modified = office.issued_at(document)

    def written(self) -> bytes:
        self._cover()
        self._figures()
        for rec in self.d["recommendations"]:
            self._recommendation(rec)
            if rec["support"]:
                self._statement(rec, rec["support"][0])
        if self.d["divided"]:
            self._divided()
        self._dates()
        made = io.BytesIO()
        self.deck.save(made)
        return made.getvalue()

    # ── pieces

    def _slide(self, ground: str = office.DEEP) -> Slide:
        slide: Slide = self.deck.slides.add_slide(self.deck.slide_layouts[_BLANK])
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = _colour(ground)
        band = self._shape(slide, 0, 0, WIDTH, 3, office.SAFFRON)
        band.name = "band"
        if self.d["mark"]:
            self._text(slide, EDGE, HEIGHT - 12, WIDTH - 2 * EDGE, 8).say(
                plain(self.d["mark"], self.lang), 11, _GOLD
            )
        return slide

    def _at(self, x: float, wide: float) -> float:
        """Where a piece begins from the left; in Arabic everything is mirrored."""
        return WIDTH - x - wide if is_rtl(self.lang) else x

    def _shape(
        self,
        slide: Slide,
        x: float,
        y: float,
        wide: float,
        high: float,
        colour: str,
        kind: MSO_SHAPE = MSO_SHAPE.RECTANGLE,
    ) -> Shape:
        shape = slide.shapes.add_shape(kind, Mm(self._at(x, wide)), Mm(y), Mm(wide), Mm(high))
        shape.fill.solid()
        shape.fill.fore_color.rgb = _colour(colour)
        shape.line.fill.background()
        return shape

    def _text(self, slide: Slide, x: float, y: float, wide: float, high: float) -> _Text:
        box = slide.shapes.add_textbox(Mm(self._at(x, wide)), Mm(y), Mm(wide), Mm(high))
        return _Text(box.text_frame, draft=self.labels["draft"])

    def _bar(
        self, slide: Slide, y: float, counts: Json, kinds: tuple[tuple[str, str], ...]
    ) -> None:
        shown = list(office.parts(counts, kinds))
        total = sum(n for _, n, _ in shown)
        x, whole = float(EDGE), WIDTH - 2 * EDGE
        for name, n, colour in shown:
            wide = whole * n / total
            part = self._shape(slide, x, y, wide, 16, colour)
            if wide > 12:
                dark = name in ("agree", "for")
                text = _Text(part.text_frame, centred=True)
                text.say(plain(n, self.lang), 20, "FFFFFF" if dark else _INK, bold=True)
            x += wide
        said = plain(office.counted(counts, kinds, self.labels), self.lang)
        self._text(slide, EDGE, y + 18, whole, 12).say(said, 16, _PALE)

    def _notes(self, slide: Slide, lines: list[str]) -> None:
        """What the presenter says, and where it comes from."""
        text = "\n".join(line for line in lines if line)
        frame = slide.notes_slide.notes_text_frame
        if frame is not None:
            frame.text = text

    # ── slides

    def _cover(self) -> None:
        slide = self._slide()
        d, wide = self.d, WIDTH - 2 * EDGE
        for row in range(4):
            for place in range(_TILES - 2 * row):
                x, y = WIDTH - EDGE - 9 * (place + 1), 8 + 9 * row
                colour = _TILE_COLOURS[(place * 3 + row) % len(_TILE_COLOURS)]
                self._shape(slide, x, y, 8, 8, colour, MSO_SHAPE.STAR_8_POINT)
        self._text(slide, EDGE, 48, wide, 12).say(plain(d["cover_line"], self.lang), 18, _GOLD)
        self._text(slide, EDGE, 62, wide, 40).say(
            plain(d["edition"], self.lang), 54, _LIGHT, serif=True
        )
        self._text(slide, EDGE, 108, wide, 14).say(plain(d["summary"][0], self.lang), 22, _PALE)
        self._text(slide, EDGE, 124, wide, 10).say(plain(d["subtitle"], self.lang), 16, _PALE)
        told = [*d["summary"], *d["notices"], self.labels["draft_legend"], *d["colophon"]]
        self._notes(slide, told)

    def _figures(self) -> None:
        slide = self._slide()
        self._text(slide, EDGE, 16, WIDTH - 2 * EDGE, 20).say(
            plain(self.labels["one_page"], self.lang), 36, _LIGHT, serif=True
        )
        wide = (WIDTH - 2 * EDGE) / len(self.d["figures"])
        for place, one in enumerate(self.d["figures"]):
            x = EDGE + place * wide
            self._text(slide, x, 56, wide - 6, 34).say(
                plain(one["n"], self.lang), 80, _GOLD, serif=True
            )
            self._text(slide, x, 96, wide - 6, 34).say(plain(one["what"], self.lang), 22, _PALE)
        self._notes(slide, [*self.d["summary"], *self.d["method"]])

    def _recommendation(self, rec: Json) -> None:
        slide, wide = self._slide(), WIDTH - 2 * EDGE
        self._text(slide, EDGE, 12, wide, 10).say(plain(rec["eyebrow"], self.lang), 16, _GOLD)
        self._text(slide, EDGE, 24, wide, 20).say(rec["title"], 34, _LIGHT, serif=True)
        size = _LARGE if len(rec["text"]["text"]) <= _SHORT else _LONG
        self._text(slide, EDGE, 48, wide, 50).say(rec["text"], size - 6, _PALE, serif=True)
        third = wide / 3
        for place, (name, label) in enumerate(BOXES.items()):
            one, x = office.fact(rec, name), EDGE + place * third
            if one is None:
                continue
            self._shape(slide, x, 104, third - 6, 0.8, office.SAFFRON)
            text = self._text(slide, x, 106, third - 6, 24)
            text.say(plain(self.labels[label], self.lang), 14, _GOLD)
            text.say(one["value"], 18, _LIGHT, bold=True)
        if rec["votes"]:
            self._bar(slide, 136, rec["votes"], VOTES)
        facts = [f"{one['label']}: {one['value']['text']}" for one in rec["facts"]]
        sources = [
            f"[{note['n']}] {note['text']['text']}"
            for note in self.d["footnotes"]
            if note["n"] in {one["n"] for one in rec["footnotes"]}
        ]
        self._notes(slide, [rec["rec_id"], *facts, *sources])

    def _statement(self, rec: Json, support: Json) -> None:
        slide = self._slide()
        title = support["figures"][0]["title"] if support["figures"] else self.labels["rests"]
        self._finding(slide, title, support, f"{rec['eyebrow']} · {self.labels['rests']}")

    def _divided(self) -> None:
        self._finding(self._slide(), self.labels["divided"], self.d["divided"], "")

    def _finding(self, slide: Slide, title: str, support: Json, eyebrow: str) -> None:
        wide = WIDTH - 2 * EDGE
        self._text(slide, EDGE, 12, wide, 10).say(plain(eyebrow, self.lang), 16, _GOLD)
        self._text(slide, EDGE, 24, wide, 20).say(plain(title, self.lang), 34, _LIGHT, serif=True)
        size = _LARGE if len(support["statement"]["text"]) <= _SHORT else _LONG
        self._text(slide, EDGE, 54, wide, 60).say(support["statement"], size, _PALE, serif=True)
        if support["total"]:
            self._bar(slide, 124, support["total"], STANCES)
        cells = [f"{one['label']}: {one['agree']}" for one in support["cells"]]
        self._notes(slide, [support["sentence"], *cells, self.d["sure"]])

    def _dates(self) -> None:
        if not self.d["dates"]:
            return
        slide = self._slide()
        self._text(slide, EDGE, 16, WIDTH - 2 * EDGE, 20).say(
            plain(self.labels["dates"], self.lang), 36, _LIGHT, serif=True
        )
        for place, one in enumerate(self.d["dates"]):
            y = 50 + place * 26
            self._shape(slide, EDGE, y, 1.2, 20, office.SAFFRON)
            text = self._text(slide, EDGE + 6, y, WIDTH - 2 * EDGE - 6, 22)
            text.say(plain(one["on"], self.lang), 20, _GOLD, bold=True)
            text.say(one["what"], 22, _LIGHT, serif=True)
        self._notes(slide, self.d["colophon"])


def _colour(said: str) -> RGBColor:
    return RGBColor(*office.rgb(said))  # type: ignore[no-untyped-call]


class _Text:
    """A box of words, each line in its own language and direction."""

    def __init__(self, frame: TextFrame, *, centred: bool = False, draft: str = "") -> None:
        self.frame, self.centred, self.draft = frame, centred, draft
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE if centred else MSO_ANCHOR.TOP
        self.is_empty = True

    def say(
        self, words: Json, points: float, colour: str, *, bold: bool = False, serif: bool = False
    ) -> None:
        """Add a line of words."""
        if not words["text"]:
            return
        line = self.frame.paragraphs[0]
        if not self.is_empty:
            line = self.frame.add_paragraph()  # type: ignore[no-untyped-call]
        self.is_empty = False
        run = line.add_run()
        mark = words["mark"]
        shown = "°" if mark == self.draft else f" [{mark}]"
        run.text = words["text"] + (shown if mark else "")
        run.font.size, run.font.bold = Pt(points), bold
        run.font.name = office.SERIF if serif else office.SANS
        run.font.color.rgb = _colour(colour)
        letters = run._r.get_or_add_rPr()
        letters.set("lang", office.XML_LANGUAGES[words["lang"]])
        if is_rtl(words["lang"]):
            line._p.get_or_add_pPr().set("rtl", "1")
            office.tell(letters, qn("a:cs")).set("typeface", office.ARABIC)
        if self.centred:
            line.alignment = PP_ALIGN.CENTER
        elif is_rtl(words["lang"]):
            line.alignment = PP_ALIGN.RIGHT
