"""Editorial text in Markdown, made into safe HTML. Never for people's own words."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_reader = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_TAGS = {
    "p", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code",
    "table", "thead", "tbody", "tr", "th", "td", "hr",
}  # fmt: skip


def markdown(text: str) -> SafeString:
    """HTML of a Markdown text; raw HTML in it is shown as characters, addresses are kept apart."""
    made = _reader.render(text)
    return mark_safe(nh3.clean(made, tags=_TAGS, attributes={"a": {"href"}}, link_rel=None))
