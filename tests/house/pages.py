"""What a reader can press on a page: its links, and its forms as a browser would send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "br", "img", "link", "meta", "hr"}
NOT_SENT = {"submit", "button", "reset", "file", "image"}


@dataclass
class Form:
    """A form: where it goes, what it sends, and each of its buttons."""

    id: str
    method: str
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, words


class Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: dict[str, Form] = {}
        self._open: list[Form] = []
        self._button: tuple[Form, str, str] | None = None
        self._select: tuple[Form | None, str, list[str]] | None = None
        self._area: tuple[Form | None, str] | None = None
        self._words = ""
        self._late: list[tuple[str, tuple[str, str] | tuple[str, str, str]]] = []
        self.feed(html)
        for name, more in self._late:  # what stands outside its form, and names it
            if form := self.forms.get(name):
                (form.fields if len(more) == 2 else form.buttons).append(more)  # type: ignore[arg-type]

    def _put(self, attrs: dict[str, str | None], more) -> None:
        if attrs.get("form"):
            self._late.append((attrs["form"] or "", more))
        elif self._open:
            (self._open[-1].fields if len(more) == 2 else self._open[-1].buttons).append(more)

    def handle_starttag(self, tag, pairs):
        attrs = dict(pairs)
        name, value = attrs.get("name") or "", attrs.get("value") or ""
        if tag == "a" and attrs.get("href"):
            self.links.append(attrs["href"])
        elif tag == "form":
            form = Form(
                attrs.get("id") or f"form {len(self.forms)}",
                (attrs.get("method") or "get").lower(),
                attrs.get("action") or "",
            )
            self.forms[form.id] = form
            self._open.append(form)
        elif "disabled" in attrs:
            return
        elif tag == "button" and attrs.get("type", "submit") == "submit":
            self._button, self._words = attrs, ""
        elif tag == "input" and name and attrs.get("type") not in NOT_SENT:
            if attrs.get("type") in {"checkbox", "radio"}:
                if "checked" in attrs:
                    self._put(attrs, (name, value or "on"))
            else:
                self._put(attrs, (name, value))
        elif tag == "select":
            self._select = (attrs, name, [])
        elif tag == "option" and self._select:
            place = 0 if "selected" in attrs else len(self._select[2])
            self._select[2].insert(place, value)
        elif tag == "textarea":
            self._area, self._words = (attrs, name), ""

    def handle_endtag(self, tag):
        if tag == "form" and self._open:
            self._open.pop()
        elif tag == "button" and self._button is not None:
            attrs, self._button = self._button, None
            said = " ".join(self._words.split())
            self._put(attrs, (attrs.get("name") or "", attrs.get("value") or "", said))
        elif tag == "select" and self._select:
            attrs, name, values = self._select
            self._select = None
            if name and values:
                self._put(attrs, (name, values[0]))
        elif tag == "textarea" and self._area:
            attrs, name = self._area
            self._area = None
            self._put(attrs, (name, self._words))

    def handle_data(self, data):
        self._words += data
