"""Which signs may stand in a pack, and what text looks like in one."""

from __future__ import annotations

import re

from majlis.kernel import writing

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ufeff\ufffe\uffff]")
"""Control signs, and the marks that turn the direction of text around without being seen.

In a form they go without a word, since nobody typed them. In a file they are refused with their
line: the file stays, and others read it.
"""

clean = writing.text
