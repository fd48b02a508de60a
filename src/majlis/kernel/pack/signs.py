"""Which signs may stand in a pack, and what text looks like in one."""

from __future__ import annotations

import re

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ufeff\ufffe\uffff]")
"""Control signs, and the marks that turn the direction of text around without being seen."""


def clean(text: str) -> str:
    """Text as packs keep it: visible signs, LF, no blank space at ends of lines or of the whole."""
    lines = FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(one.rstrip() for one in lines).strip()
