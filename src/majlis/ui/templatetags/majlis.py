"""`{% load majlis %}`: numbers, days, translated words, icons, QR codes, figures in templates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from majlis.kernel import punctuation
from majlis.kernel.texts import Text, TextStatus, in_one_language
from majlis.kernel.words import direction_of
from majlis.ui import formats
from majlis.ui import icons as icon_set
from majlis.ui.figures import Drawing, StanceCounts, vote_strip
from majlis.ui.languages import LANGUAGES, LanguageFacts, facts
from majlis.ui.markdown import markdown
from majlis.ui.tables import Column

register = template.Library()


@register.filter
def number(value: formats.Number | None, digits: int | None = None) -> str:
    """`{{ n|number }}` or `{{ x|number:1 }}`."""
    return "" if value is None else formats.number(value, digits=digits)


@register.filter
def percent(share: formats.Number | None, digits: int = 0) -> str:
    """`{{ share|percent }}`, where `share` is in [0, 1]."""
    return "" if share is None else formats.percent(share, digits=digits)


@register.filter
def day(value: date | datetime | None) -> str:
    return formats.day(value) if value else ""


@register.filter
def cell_of(column: Column[Any], row: Any) -> str:
    """What a column of a list says of a row: `{{ column|cell_of:row }}`."""
    value = column.value(row)
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return formats.number(value)
    return str(value or "–")


@register.filter
def weekday(value: date | datetime | None) -> str:
    """The day with its weekday."""
    return formats.day(value, weekday=True) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    return formats.moment(value) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    return formats.clock(value) if value else ""


@register.simple_tag
def day_range(first: date | datetime | None, last: date | datetime | None = None) -> str:
    return formats.day_range(first, last) if first else ""


@register.simple_tag
def clock_range(first: datetime | None, last: datetime | None = None) -> str:
    return formats.clock_range(first, last) if first else ""


@register.filter
def language_name(code: str) -> str:
    """The name of a language in the reader's language."""
    return str(facts(code).name) if code in LANGUAGES else code


@register.filter
def language_names(codes: Iterable[str]) -> str:
    """The names of languages, one after the other."""
    return punctuation.joined(language_name(code) for code in codes)


@register.filter
def direction(code: str) -> str:
    """`<p lang="{{ lang }}" dir="{{ lang|direction }}">`."""
    return direction_of(code)


@register.simple_tag(takes_context=True)
def words(
    context: template.Context,
    text: Text | str | None,
    mark: bool | str = True,
    paragraphs: bool = False,
    drafts: bool = False,
) -> SafeString:
    """A translated text in the reader's language, else the original with a visible mark.

    `{% words session.title %}`; `paragraphs=True` keeps the author's paragraphs. A draft
    translation carries a small ≈, explained in the footer, or with `drafts=True` a mark in words.
    `mark=False` leaves every mark out where a note beside it says so once; `mark="language"` marks
    only what is in another language.
    """
    if not isinstance(text, Text):
        return _set(text or "", paragraphs)
    shown = text.shown(get_language() or "en")
    if not shown.text:
        return SafeString("")
    inner = _set(shown.text, paragraphs)
    if shown.is_fallback:
        box = "div" if paragraphs else "span"
        inner = format_html(
            '<{} lang="{}" dir="{}">{}</{}>', box, shown.lang, shown.dir, inner, box
        )
    if not mark:
        return inner
    if shown.is_fallback:
        return format_html('{} <span class="tag tag--language">{}</span>', inner, _in(shown.lang))
    if shown.status != TextStatus.DRAFT or mark == "language":
        return inner
    said = _("draft translation")
    if drafts:
        return format_html('{} <span class="tag tag--language">{}</span>', inner, said)
    if (request := context.get("request")) is not None:
        request.has_draft_words = True  # the footer explains the sign
    sign = format_html('\u00a0<abbr class="draft-mark" title="{}">≈</abbr>', said)
    if paragraphs:  # the sign belongs at the end of the last line, not on one of its own
        return SafeString(inner.removesuffix("</p>")) + sign + SafeString("</p>")
    return inner + sign


@register.simple_tag
def colon(label: object = "") -> str:
    """The colon between a label and what it labels: French puts a no-break space before it.

    Nothing after a `label` that is a question.
    """
    return "" if str(label).endswith(("?", "؟")) else punctuation.colon()


@register.filter
def joined(parts: Iterable[object]) -> str:
    """`a, b, c` with the comma of the reader's language; numbers as it writes them."""
    return punctuation.joined(number(p) if isinstance(p, int) else str(p) for p in parts)


@register.filter
def written_in(text: str, lang: str) -> Text | str:
    """Words in one language, marked in the others: `{% words rec.reason|written_in:"fr" %}`."""
    return in_one_language(text, lang)


@register.filter
def isolated(text: object) -> str:
    """Words of people inside a sentence: `{% blocktranslate with name=person.name|isolated %}`."""
    return punctuation.isolated(str(text))


@register.filter
def listed(parts: Iterable[object]) -> str:
    """`a, b; c, d` with the semicolon of the reader's language."""
    return punctuation.listed(parts)


@register.simple_tag
def prose(text: Text | str | None, under: int = 1) -> SafeString:
    """An editorial Markdown text in the reader's language, else the original, marked.

    `under` is the level of the heading that stands above it.
    """
    if not isinstance(text, Text):
        return markdown(text or "", under)
    shown = text.shown(get_language() or "en")
    if not shown.is_fallback or not shown.text:
        return markdown(shown.text, under)
    return format_html(
        '<div lang="{}" dir="{}">{}</div><p class="tag tag--language">{}</p>',
        shown.lang,
        shown.dir,
        markdown(shown.text, under),
        _in(shown.lang),
    )


@register.filter
def lead(text: Text) -> Text:
    """The first paragraph of an editorial text."""
    return text.mapped(lambda words: words.strip().partition("\n\n")[0])


@register.filter
def after_lead(text: Text) -> Text:
    """What follows the first paragraph; an empty text where nothing does."""
    return text.mapped(lambda words: words.strip().partition("\n\n")[2].strip())


_OPENING = 240  # letters of a text that stand in a hero


@register.filter
def opening(text: Text) -> Text:
    """The first sentences of an editorial text, as many as fit in a hero, at least one."""
    return text.mapped(lambda words: words.strip()[: _end_of_opening(words.strip())].strip())


@register.filter
def after_opening(text: Text) -> Text:
    """The rest of it."""
    return text.mapped(lambda words: words.strip()[_end_of_opening(words.strip()) :].strip())


def _end_of_opening(words: str) -> int:
    paragraph = len(words.partition("\n")[0])
    ends = [m.end() for m in re.finditer(r"[.!?؟](?= |$)", words[:paragraph])] or [paragraph]
    return max([end for end in ends if end <= _OPENING] or ends[:1])


def _in(lang: str) -> str:
    return _("in %(language)s") % {"language": facts(lang).name}


@register.filter
def marked(text: Text | str) -> str:
    """The same as bare characters, for letters: `Too late (in English)`."""
    shown = text.shown(get_language() or "en") if isinstance(text, Text) else None
    if shown is None or not shown.is_fallback:
        return str(text)
    return f"{punctuation.isolated(shown.text)} ({_in(shown.lang)})"


@register.filter
def plain(text: Text | str | None) -> str:
    """A translated text as bare characters, for attributes, titles and options."""
    return "" if text is None else str(text)


def _set(text: object, paragraphs: bool) -> SafeString:
    if not paragraphs:
        return conditional_escape(str(text))
    parts = [part for part in re.split(r"\n\s*\n", str(text).strip()) if part]
    return format_html_join("\n", "<p>{}</p>", ((_lines(part),) for part in parts))


def _lines(part: str) -> SafeString:
    return mark_safe("<br>".join(conditional_escape(line) for line in part.splitlines()))


@register.simple_tag
def qr(address: str, title: str = "", large: bool = False) -> SafeString:
    """The address as a QR code: inline SVG, dark on light in every colour scheme."""
    said = title or _("QR code of %(address)s") % {"address": address}
    import segno  # here, since few pages draw a code

    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=2, omitsize=True, svgclass=None, lineclass=None, dark="#000", light="#fff"
    )
    return format_html(
        '<span class="qr{}" role="img" aria-label="{}">{}</span>',
        " qr--large" if large else "",
        said,
        mark_safe(drawn),
    )


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    return icon_set.icon(name, title)


@register.simple_tag
def figure(
    drawing: Drawing, unit: str = "", source: str = "", date: str = "", note: str = ""
) -> SafeString:
    """A figure with its finding as title, the drawing, its table, unit, source and date."""
    return render_to_string(
        "ui/figure.html",
        {"drawing": drawing, "unit": unit, "source": source, "date": date, "note": note},
    )


@register.simple_tag
def meter(n: int, of: int) -> SafeString:
    """A thin bar, filled by `n` of `of`. The numbers stand beside it, so it says nothing itself."""
    return format_html(
        '<svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="meter-ground" width="100" height="6"/>'
        '<rect class="meter-fill" width="{}" height="6"/></svg>',
        round(100 * min(1.0, n / of), 1) if of else 0,
    )


@register.simple_tag
def ring(share: float) -> SafeString:
    """A ring, filled by a share in [0, 1]. The numbers stand in it."""
    return format_html(
        '<svg class="ring" viewBox="0 0 100 100" aria-hidden="true">'
        '<circle class="ring-ground" cx="50" cy="50" r="44"/>'
        '<circle class="ring-fill" cx="50" cy="50" r="44" pathLength="100" '
        'stroke-dasharray="{} 100" transform="rotate(-90 50 50)"/></svg>',
        round(100 * share, 1),
    )


@register.inclusion_tag("ui/stage_votes.html")
def stage_votes(agree: int, disagree: int, passed: int) -> dict[str, Any]:
    """StanceCounts of one statement for the big screen: one wide bar, three large shares."""
    counts = StanceCounts("", agree, disagree, passed)
    parts = zip((1, -1, 0), (agree, disagree, passed), strict=True)
    return {
        "strip": vote_strip(counts, lang=get_language() or "en"),
        "total": counts.total,
        "parts": [(code, n, n / counts.total if counts.total else None) for code, n in parts],
    }


@register.simple_tag
def stance(code: int | str | None) -> SafeString:
    """A stance with its colour, its sign and its word. Takes 1, -1, 0 or the stored word."""
    key = {1: "agree", -1: "disagree", 0: "pass", "1": "agree", "-1": "disagree", "0": "pass"}
    name = key.get(code, str(code))
    # Translators: the three stances a participant may take on a statement.
    word = {"agree": _("Agree"), "disagree": _("Disagree"), "pass": _("Pass")}[name]
    return format_html(
        '<span class="stance vote--{}"><span aria-hidden="true">{}</span>{}</span>',
        name,
        {"agree": "+", "disagree": "−", "pass": "○"}[name],
        word,
    )


@register.inclusion_tag("ui/language_switch.html", takes_context=True)
def language_switch(context: template.Context) -> dict[str, Any]:
    """Links to this very page in the other languages."""
    request = context.get("request")
    current = facts(get_language()).code
    return {
        "links": [
            {
                "language": language,
                "href": _same_page(request, language),
                "is_current": code == current,
            }
            for code, language in LANGUAGES.items()
        ]
    }


def _same_page(request: HttpRequest | None, language: LanguageFacts) -> str:
    if request is None:
        return f"/{language.code}/"
    path = request.get_full_path()
    prefixed = re.match(r"^/(" + "|".join(LANGUAGES) + r")(?=/|\?|$)", path)
    if prefixed:
        return f"/{language.code}{path[prefixed.end() :]}"
    query = request.GET.copy()
    query["lang"] = language.code
    return f"{request.path}?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def same_page_with(context: template.Context, **changes: object) -> str:
    """This page's query with some values changed: `?{% same_page_with page=2 %}`."""
    request = context.get("request")
    query = dict(request.GET.lists()) if request else {}
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = [str(value)]
    return "?" + urlencode(query, doseq=True)


@register.simple_tag(takes_context=True)
def other_page(context: template.Context, number: int, name: str = "") -> str:
    """This page's query with another page of its list, or of the list that `name` names."""
    return same_page_with(context, **{name or "page": number})


@register.simple_tag(takes_context=True)
def narrowed_page(context: template.Context, name: str, value: object) -> str:
    """The first page of this page's query with another value of `name`."""
    return same_page_with(context, **{name: value, "page": ""})


@register.simple_tag(takes_context=True)
def list_field(context: template.Context) -> SafeString:
    """In a form on a list: keeps its filter and page for `back_to_list`."""
    query = _query_of(context)
    return format_html('<input type="hidden" name="list" value="{}">', query) if query else _NOTHING


@register.simple_tag(takes_context=True)
def list_query(context: template.Context, sign: str = "?") -> SafeString:
    """The same in a link to a page with a form: `?c=…{% list_query "&" %}`."""
    query = _query_of(context)
    return format_html("{}{}", sign, urlencode({"list": query})) if query else _NOTHING


_NOTHING = SafeString("")


def _query_of(context: template.Context) -> str:
    request = context.get("request")
    return str(request.GET.urlencode()) if request else ""


@register.simple_tag
def page_language() -> LanguageFacts:
    """The facts of the page's language, for the shell."""
    return facts(get_language())
