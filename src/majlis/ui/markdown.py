"""Editorial text in Markdown, made into safe HTML. Never for people's own words."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_reader = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_HEADING = re.compile(r"<(/?)h([1-6])>")
_TAGS = {
    "p", "br", "h2", "h3", "h4", "h5", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code",
    "table", "thead", "tbody", "tr", "th", "td", "hr",
}  # fmt: skip


@lru_cache(maxsize=4000)  # texts are few and read often
def markdown(text: str, under: int = 1) -> SafeString:
    """HTML of a Markdown text; raw HTML in it is shown as characters, addresses are kept apart.

    `under` is the level of the heading above the text: its own headings begin one below.
    """
    made = _HEADING.sub(
        lambda found: f"<{found[1]}h{min(int(found[2]) + under - 1, 6)}>", _reader.render(text)
    )
    return mark_safe(nh3.clean(made, tags=_TAGS, attributes={"a": {"href"}}, link_rel=None))
