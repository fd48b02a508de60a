"""From the words of a letter to its text and its HTML, which say the same.

Words are paragraphs with blank lines between. A line of its own may be a button,
`[Confirm my address](https://…)`, an address, a code (four blanks before it) or a fact,
`| When | 25 March 2026 |`. Facts that follow each other become a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from majlis.kernel.punctuation import colon, labelled

BUTTON = re.compile(r"\[([^\]\n]+)\]\((\S+)\)")
_ADDRESS = re.compile(r"https?://\S+")
_FACT = re.compile(r"\| *(.+?) *\| *(.*?) *\|")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `kind` is words, link, code, button or fact."""

    kind: str
    words: str
    more: str = ""

    @property
    def leads_on(self) -> bool:
        """Whether a fact is an address."""
        return bool(_ADDRESS.fullmatch(self.more))

    @property
    def text(self) -> str:
        match self.kind:
            case "button":
                return f"{self.words}{colon()}\n{self.more}"
            case "fact":
                return labelled(self.words, self.more)
            case "code":
                return f"    {self.words}"
        return self.words


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one kind that belong together."""

    kind: str
    lines: tuple[Line, ...]


def blocks(words: str) -> list[Block]:
    """The words of a letter in pieces."""
    return list(_blocks(words))


def _blocks(words: str) -> Iterator[Block]:
    for paragraph in re.split(r"\n\s*\n", words.strip("\n")):
        lines = [_line(line) for line in paragraph.split("\n") if line.strip()]
        for kind, some in groupby(lines, key=_kind_of_block):
            yield Block(kind, tuple(some))


def _kind_of_block(line: Line) -> str:
    return line.kind if line.kind in {"button", "fact"} else "words"


def _line(line: str) -> Line:
    if line.startswith("    "):
        return Line("code", line.strip())
    line = line.strip()
    if (button := BUTTON.fullmatch(line)) and _ADDRESS.fullmatch(button[2]):
        return Line("button", button[1], button[2])
    if _ADDRESS.fullmatch(line):
        return Line("link", line)
    if fact := _FACT.fullmatch(line):
        return Line("fact", fact[1], fact[2])
    return Line("words", line)


def as_text(found: list[Block]) -> str:
    """The pieces as people read them without HTML, in the language of the moment."""
    return "\n\n".join("\n".join(line.text for line in block.lines) for block in found)
