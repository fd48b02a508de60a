"""Files of a pack, from bytes to clean text, tables and YAML keys.

Nothing here knows what a file means. Every way in which a file can be unreadable ends in one
sentence that says what to do, and never in a traceback.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from majlis.kernel.lazily import lazily
from majlis.kernel.pack.decoding import Unclear, decoded
from majlis.kernel.pack.faults import Faults
from majlis.kernel.pack.sheets import Sheet, sheet
from majlis.kernel.pack.signs import FORBIDDEN

if TYPE_CHECKING:
    import yaml
else:
    yaml = lazily("yaml")

MOST_BYTES = 2_000_000
MOST_FILES = 1_000
# What stands beside tables and is none: read-me files, and what programs leave while they work.
IGNORED = re.compile(
    r"(?i)^(\..*|readme.*|licen[cs]e.*|.*\.md|.*~|~\$.*|~.*\.tmp|thumbs\.db|ehthumbs\.db"
    r"|desktop\.ini|__macosx|icon\r)$"
)
WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")

PLAIN_TAGS = {
    f"tag:yaml.org,2002:{t}" for t in ("str", "int", "float", "bool", "null", "timestamp")
}

Keys = dict[str, tuple[str, int]]
"""The keys of a YAML file with value and line; a translated text has `title_en` and so on."""


class PackFolder:
    """A folder that holds a pack. It hands out texts and remembers which files were asked for.

    `unreadable` names files without usable content, so that nothing is said of what they lack.
    """

    def __init__(self, root: Path, faults: Faults) -> None:
        self.root = root
        self.faults = faults
        self.unreadable: set[str] = set()
        self._asked: set[str] = set()

    def names(self) -> list[str]:
        """Every file below the root, by its path from there, hidden and read-me files left out."""
        found = []
        for path in sorted(self.root.rglob("*")):
            parts = path.relative_to(self.root).parts
            if any(IGNORED.match(part) for part in parts):
                continue
            if path.is_file() or path.is_symlink():
                found.append("/".join(parts))
            if len(found) > MOST_FILES:
                self.faults.add(
                    ".", f"the folder holds more than {MOST_FILES} files; a pack has a few dozen."
                )
                break
        return found

    def report_unknown(
        self, *, hints: Mapping[str, str] | None = None, but: str | None = None
    ) -> None:
        """Add a fault for every file nobody asked for: a misspelt name must not pass in silence.

        `hints` says by the beginning of a name what names such a file; `but` is a folder of which
        nothing can be said, since its index is unreadable.
        """
        for name in self.names():
            if name in self._asked or (but and name.startswith(but)):
                continue
            said = [hint for start, hint in (hints or {}).items() if name.startswith(start)]
            names = said or ["docs/reference/edition-pack.md has the names of its files"]
            if name.lower().endswith(WORKBOOKS):
                names = [f"save its table as {name.rpartition('.')[0]}.csv (“CSV UTF-8”)"]
            self.faults.add(name, f"this file is no part of the pack; {names[0]}.")

    def has(self, name: str) -> bool:
        return (self.root / name).exists()

    def content(self, name: str, *, most: int = MOST_BYTES) -> bytes | None:
        """The bytes of one file, or None with a fault."""
        self._asked.add(name)
        path = self.root / name
        if path.is_symlink() or not path.resolve().is_relative_to(self.root.resolve()):
            self.faults.add(name, "this is a link to another place; expected the file itself.")
            return None
        if not path.exists():
            self.faults.add(name, "the file is missing.")
            return None
        try:
            size = path.stat().st_size
            if size > most:
                self.faults.add(
                    name, f"the file has {size / 1e6:.1f} MB; at most {most / 1e6:g} MB are read."
                )
                return None
            return path.read_bytes()
        except OSError as error:
            self.faults.add(name, f"the file cannot be read ({error.strerror}).")
            return None

    def text(self, name: str) -> str | None:
        """The text of one file with LF line ends, or None with a fault."""
        raw = self.content(name)
        if raw is None:
            return None
        try:
            text = decoded(raw)
        except Unclear as unclear:
            self.faults.add(name, str(unclear), unclear.row)
            return None
        if found := FORBIDDEN.search(text):
            self.faults.add(
                name,
                f"the invisible character U+{ord(found[0]):04X} stands here; "
                "expected visible text only.",
                text.count("\n", 0, found.start()) + 1,
            )
            return None
        return text

    def sheet(self, name: str, known: Collection[str]) -> Sheet | None:
        """The table in one CSV file, or None with a fault; `known` are the columns it may have."""
        text = self.text(name)
        return None if text is None else sheet(name, text, self.faults, known)

    def keys(self, name: str) -> Keys | None:
        """The keys of one YAML file, two levels at most, every value as it is written; or None."""
        text = self.text(name)
        if text is None:
            return None
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            row = error.problem_mark.line + 1 if error.problem_mark else None
            self.faults.add(name, f"this is not YAML ({error.problem}).", row)
            return None
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            self.faults.add(name, f"this is not YAML ({type(error).__name__}).")
            return None
        if not isinstance(node, yaml.MappingNode):
            self.faults.add(name, "expected keys and values, such as “slug: tunis-2026”.", 1)
            return None
        keys: Keys = {}
        seen: set[str] = set()
        for key_node, value in node.value:
            key = self._key(name, key_node, seen)
            if key is None:
                continue
            if isinstance(value, yaml.MappingNode):
                within: set[str] = set()
                for inner_node, inner in value.value:
                    inner_key = self._key(name, inner_node, within)
                    if inner_key is not None:
                        self._keep(name, f"{key}_{inner_key}", inner_node, inner, keys)
            else:
                self._keep(name, key, key_node, value, keys)
        return keys

    def _key(self, name: str, node: yaml.Node, seen: set[str]) -> str | None:
        row = node.start_mark.line + 1
        if not isinstance(node, yaml.ScalarNode):
            self.faults.add(name, "expected a plain word as the key.", row)
            return None
        if node.value in seen:
            self.faults.add(name, "the key stands twice; expected it once.", row, node.value)
            return None
        seen.add(node.value)
        return str(node.value)

    def _keep(self, name: str, key: str, at: yaml.Node, value: yaml.Node, keys: Keys) -> None:
        row = at.start_mark.line + 1
        if isinstance(value, yaml.ScalarNode) and value.tag in PLAIN_TAGS:
            keys[key] = (value.value.strip(), row)
        else:
            expected = "expected one plain value here, or a text by language."
            self.faults.add(name, expected, row, key)
