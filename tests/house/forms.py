"""The forms of a page, filled in as somebody in a hurry would."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

WORDS = {
    "email": "new@seminar.example",
    "number": "3",
    "date": "2026-03-26",
    "time": "11:00",
    "datetime-local": "2026-03-26T11:00",
    "url": "https://seminar.example/",
}
TICKED = {"checkbox", "radio"}


@dataclass
class Form:
    """A form that is posted: where to, and what it would send."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)

    def fill(self, name: str | None, value: str, *, once: bool = False) -> None:
        if name and not (once and name in self.fields):
            self.fields.setdefault(name, []).append(value)


class Forms(HTMLParser):
    """Reads the forms of a page; the first button of each is pressed."""

    def __init__(self, html: str, path: str) -> None:
        super().__init__()
        self.path = path
        self.found: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.now: Form | None = None
        self.select: tuple[Form, str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.now = Form(has.get("action") or self.path)
            if has.get("method") == "post":
                self.found.append(self.now)
            if "id" in has:
                self.by_id[has["id"]] = self.now
            return
        form = self.by_id.get(has["form"]) if "form" in has else self.now
        if form is None or "disabled" in has:
            return
        name, kind = has.get("name"), has.get("type", "text")
        if tag == "input" and kind in TICKED:
            form.fill(name, has.get("value", "on"), once=kind == "radio")
        elif tag == "input" and kind not in {"file", "submit"}:
            form.fill(
                name, has.get("value") or ("" if kind == "hidden" else WORDS.get(kind, "Words"))
            )
        elif tag == "textarea":
            form.fill(name, "Words of somebody.")
        elif tag == "select" and name:
            self.select = (form, name)
        elif tag == "option" and self.select and has.get("value"):
            self.select[0].fill(self.select[1], has["value"], once=True)
        elif tag == "button" and has.get("type", "submit") == "submit":
            form.fill(name, has.get("value", ""), once=True)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.now = None
        elif tag == "select":
            self.select = None
