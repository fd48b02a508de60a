"""The brief as a text document (DOCX) that an office program opens and people go on writing in.

Real styles (title, headings, quotation), tables with a head, right to left where the language is.
A bar of counts is a table of one row, so that it can be changed too.
"""

from __future__ import annotations

import base64
import io

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from majlis.briefs import office
from majlis.briefs.office import STANCES, VOTES, is_rtl
from majlis.briefs.words import Json, plain
from majlis.kernel.punctuation import joined

WIDTH = 166  # of the text, in millimetres
_STYLES = {  # font, points, colour, space before and after
    "Normal": (office.SERIF, 10.5, "13242F", 0, 6),
    "Title": (office.SERIF, 30, office.DEEP, 6, 10),
    "Subtitle": (office.SANS, 11, office.QUIET, 0, 6),
    "Heading 1": (office.SERIF, 20, office.DEEP, 26, 8),
    "Heading 2": (office.SERIF, 15, office.DEEP, 20, 6),
    "Heading 3": (office.SANS, 10.5, office.DEEP, 12, 4),
    "Quote": (office.SERIF, 12, office.DEEP, 0, 8),
    "Caption": (office.SANS, 8.5, office.QUIET, 2, 6),
    "List Number": (office.SERIF, 10, "13242F", 0, 4),
    "Header": (office.SANS, 8.5, office.QUIET, 0, 0),
    "Footer": (office.SANS, 8.5, office.QUIET, 0, 0),
}


def docx(document: Json) -> bytes:
    """The document as DOCX; the same document gives the same bytes."""
    return office.same_each_time(_Writer(office.without_controls(document)).written())


class _Writer:
    """Writes one document from its first line to its last."""

    def __init__(self, document: Json) -> None:
        self.d = document
        self.lang: str = document["lang"]
        self.labels: Json = document["labels"]
        self.file: DocumentType = Document()
        self._prepare()

    def written(self) -> bytes:
        self._front()
        for rec in self.d["recommendations"]:
            self._recommendation(rec)
        self._table_of_all()
        self._prose("brief_next")
        self._sources()
        self._method()
        made = io.BytesIO()
        self.file.save(made)
        return made.getvalue()

    # ── page, styles, properties

    def _prepare(self) -> None:
        section = self.file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm((210 - WIDTH) / 2)
        section.top_margin, section.bottom_margin = Mm(25), Mm(22)
        if is_rtl(self.lang):
            section._sectPr.append(OxmlElement("w:bidi"))
        for name, look in _STYLES.items():
            self._style(name, *look)
        told = self.file.core_properties
        told.title, told.author = self.d["title"], joined(self.d["authors"], self.lang)
        told.keywords, told.language = joined(self.d["keywords"], self.lang)[:255], self.lang
        told.comments = ""
        told.created = told.modified = office.issued_at(self.d)
        head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
        head.add_run(" · ".join(line for line in (self.d["edition"], self.d["mark"]) if line))
        foot.add_run(f"{self.d['running_footer']} · ")
        for kind, said in (("begin", ""), ("", "PAGE"), ("end", "")):
            self._field(foot.add_run(), kind, said)
        for line in (head, foot):
            self._direct(line, self.lang)

    def _style(
        self, name: str, font: str, points: float, colour: str, before: int, after: int
    ) -> None:
        style: ParagraphStyle = self.file.styles[name]
        style.font.name = font
        style.font.color.rgb = RGBColor(*office.rgb(colour))
        style.font.italic = style.font.bold = False
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        letters = style.element.get_or_add_rPr()
        for tag in ("iCs", "bCs", "spacing", "sz", "szCs"):  # the template's, for its own letters
            for old in letters.findall(qn(f"w:{tag}")):
                letters.remove(old)
        style.font.size = Pt(points)
        fonts = letters.find(qn("w:rFonts"))
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi"):
            fonts.set(qn(f"w:{script}"), font)
        fonts.set(qn("w:cs"), office.ARABIC)
        office.tell(letters, qn("w:szCs"), val=str(round(points * 2 * 1.1)))
        paragraph = style.element.get_or_add_pPr()
        border = paragraph.find(qn("w:pBdr"))
        if border is not None:  # the template rules a line under its title
            paragraph.remove(border)

    # ── words

    def _direct(self, paragraph: Paragraph, lang: str) -> None:
        """Say which way a paragraph and its words run."""
        if not is_rtl(lang):
            return
        settings = paragraph._p.get_or_add_pPr()
        if settings.find(qn("w:bidi")) is None:
            settings.insert_element_before(
                OxmlElement("w:bidi"), "w:adjustRightInd", "w:spacing", "w:ind", "w:jc", "w:rPr"
            )
        for run in paragraph.runs:
            self._speak(run, lang)

    def _speak(self, run: Run, lang: str) -> None:
        letters = run._r.get_or_add_rPr()
        if letters.find(qn("w:lang")) is not None:
            return
        if is_rtl(lang):
            office.tell(letters, qn("w:rtl"))
            office.tell(letters, qn("w:lang"), bidi=office.XML_LANGUAGES[lang])
        else:
            office.tell(letters, qn("w:lang"), val=office.XML_LANGUAGES[lang])

    def _say(self, to: Paragraph, words: Json, *, bold: bool = False) -> Paragraph:
        """Add words in their own language, with the mark of a draft or an original."""
        run = to.add_run(words["text"])
        if bold:
            run.bold = run.font.cs_bold = True
        self._speak(run, words["lang"])
        if words["mark"]:
            mark = to.add_run(f" [{words['mark']}]")
            mark.font.size, mark.font.color.rgb = Pt(8), RGBColor(*office.rgb(office.TERRACOTTA))
            office.tell(mark._r.get_or_add_rPr(), qn("w:szCs"), val="17")
            self._speak(mark, self.lang)
        self._direct(to, self.lang)
        return to

    def _line(self, text: str, style: str = "Normal") -> Paragraph:
        return self._say(self.file.add_paragraph(style=style), plain(text, self.lang))

    def _field(self, run: Run, kind: str, said: str) -> None:
        if kind:
            office.tell(run._r, qn("w:fldChar"), fldCharType=kind)
        else:
            office.tell(run._r, qn("w:instrText")).text = said

    def _linked(self, to: Paragraph, address: str) -> None:
        link = OxmlElement("w:hyperlink")
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        link.set(qn("r:id"), to.part.relate_to(address, kind, is_external=True))
        run = Run(OxmlElement("w:r"), to)
        run.text, run.font.size = address, Pt(8)
        run.font.color.rgb = RGBColor(*office.rgb(office.SEA))
        link.append(run._r)
        to._p.append(link)

    # ── tables

    def _table(self, n_rows: int, widths: list[float]) -> Table:
        table: Table = self.file.add_table(rows=n_rows, cols=len(widths))
        table.autofit = False
        if is_rtl(self.lang):
            table._tblPr.append(OxmlElement("w:bidiVisual"))
        for column, wide in zip(table.columns, widths, strict=True):
            column.width = Mm(wide)
            for cell in column.cells:
                cell.width = Mm(wide)
        return table

    def _fill(self, cell: _Cell, colour: str) -> None:
        office.tell(cell._tc.get_or_add_tcPr(), qn("w:shd"), val="clear", color="auto", fill=colour)

    def _cell(self, cell: _Cell, words: Json, *, bold: bool = False) -> None:
        line = cell.paragraphs[0]
        line.paragraph_format.space_after = Pt(3)
        self._say(line, words, bold=bold)

    def _bar(self, counts: Json, kinds: tuple[tuple[str, str], ...]) -> None:
        shown = list(office.parts(counts, kinds))
        total = sum(n for _, n, _ in shown)
        if total:
            row = self._table(1, [max(WIDTH * n / total, 6) for _, n, _ in shown]).rows[0]
            for cell, (name, n, colour) in zip(row.cells, shown, strict=True):
                self._fill(cell, colour)
                run = cell.paragraphs[0].add_run(str(n))
                run.bold, run.font.size = True, Pt(9)
                dark = name in ("agree", "for")
                run.font.color.rgb = RGBColor(*office.rgb("FFFFFF" if dark else "13242F"))
        self._line(office.counted(counts, kinds, self.labels), "Caption")

    def _rows(self, head: list[str], rows: list[list[Json]], widths: list[float]) -> None:
        table = self._table(len(rows) + 1, widths)
        for cell, said in zip(table.rows[0].cells, head, strict=True):
            self._fill(cell, office.SAND)
            self._cell(cell, plain(said, self.lang), bold=True)
        office.tell(table.rows[0]._tr.get_or_add_trPr(), qn("w:tblHeader"))
        for row, values in zip(table.rows[1:], rows, strict=True):
            for cell, words in zip(row.cells, values, strict=True):
                self._cell(cell, words)
        self._line("", "Caption")

    # ── the parts of the brief

    def _front(self) -> None:
        d = self.d
        if d["emblems"]:
            line = self.file.add_paragraph()
            for one in d["emblems"]:
                if one["type"] in ("image/png", "image/jpeg"):
                    picture = io.BytesIO(base64.b64decode(one["picture"]))
                    line.add_run().add_picture(picture, height=Mm(15))
                    line.add_run("   ")
        for said in d["funding"]:
            self._line(said, "Caption")
        self._line(d["cover_line"], "Subtitle")
        self._line(d["edition"], "Title")
        self._line(d["subtitle"], "Subtitle")
        self._line(self.labels["one_page"], "Heading 1")
        for said in d["summary"]:
            self._line(said)
        for one in d["figures"]:
            line = self._line(f"{one['n']} ", "List Bullet")
            line.runs[0].bold = True
            self._say(line, plain(one["what"], self.lang))
        for said in d["notices"]:
            self._line(said, "Caption")
        if d["changes"]:
            self._line(self.labels["changes"], "Heading 2")
            for said in d["changes"]:
                self._line(said, "List Bullet")
        if d["divided"]:
            self._line(self.labels["divided"], "Heading 2")
            self._statement(d["divided"])
        self._prose("brief_intro", "brief_context")
        self._line(self.labels["recommendations"], "Heading 1")
        if not d["recommendations"]:
            self._line(self.labels["none"])

    def _prose(self, *kinds: str) -> None:
        """What the editors say."""
        for one in (text for kind in kinds for text in self.d["prose"][kind]):
            self._say(self.file.add_paragraph(style="Heading 2"), one["title"])
            for said in one["paragraphs"]:
                self._say(self.file.add_paragraph(), said)

    def _recommendation(self, rec: Json) -> None:
        eyebrow = self._line(f"{rec['eyebrow']} · {rec['rec_id']}", "Caption")
        eyebrow.paragraph_format.keep_with_next = True
        self._say(self.file.add_paragraph(style="Heading 2"), rec["title"])
        text = self._say(self.file.add_paragraph(style="Quote"), rec["text"])
        numbers = text.add_run(" " + joined((note["n"] for note in rec["footnotes"]), self.lang))
        numbers.font.superscript = True
        if rec["facts"]:
            table = self._table(len(rec["facts"]), [46, WIDTH - 46])
            for row, one in zip(table.rows, rec["facts"], strict=True):
                self._cell(row.cells[0], plain(one["label"], self.lang), bold=True)
                self._cell(row.cells[1], one["value"])
                for line in one["more"]:
                    self._say(row.cells[1].add_paragraph(), plain(line, self.lang))
        if rec["votes"]:
            self._line(self.labels["decided"], "Heading 3")
            self._bar(rec["votes"], VOTES)
        if rec["support"]:
            self._line(self.labels["rests"], "Heading 3")
        for one in rec["support"]:
            self._statement(one)

    def _statement(self, support: Json) -> None:
        line = self._say(self.file.add_paragraph(), support["statement"])
        line.paragraph_format.keep_with_next = True
        line.add_run(f" {support['n']}").font.superscript = True
        if support["total"]:
            self._bar(support["total"], STANCES)
        else:
            self._line(support["sentence"], "Caption")
        if support["cells"]:
            names = ("label", "agree", "disagree", "answers")
            rows = [[plain(cell[name], self.lang) for name in names] for cell in support["cells"]]
            self._rows(support["header"], rows, [WIDTH - 102, 36, 36, 30])

    def _table_of_all(self) -> None:
        if not self.d["recommendations"]:
            return
        self._line(self.labels["table"], "Heading 1")
        head = [self.labels[name] for name in ("who", "recommendation", "first", "by")]
        rows = []
        for rec in self.d["recommendations"]:
            facts = [office.fact(rec, name) for name in office.BOXES]
            who, first, due = (one["value"] if one else plain("–", self.lang) for one in facts)
            rows.append([who, rec["title"], first, due])
        self._rows(head, rows, [44, 44, 46, 32])

    def _sources(self) -> None:
        if not self.d["footnotes"]:
            return
        self._line(self.labels["footnotes"], "Heading 1")
        self._line(self.labels["footnotes_intro"], "Caption")
        for note in self.d["footnotes"]:
            line = self._line(f"{note['n']}. ")
            line.runs[0].bold = True
            self._say(line, note["text"])
            detail = self._line(f"{note['detail']} ", "Caption")
            if note["url"]:
                self._linked(detail, note["url"])

    def _method(self) -> None:
        self._line(self.labels["method"], "Heading 1")
        for said in self.d["method"]:
            self._line(said)
        if self.d["participants"]:
            rows = [
                [plain(one["label"], self.lang), plain(one["n"], self.lang)]
                for one in self.d["participants"]
            ]
            head = [self.labels["group"], self.labels["persons"]]
            self._rows(head, rows, [WIDTH - 40, 40])
        for said in self.d["colophon"]:
            self._line(said, "Caption")
