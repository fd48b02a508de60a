"""Write the API pages of the packages from their docstrings, for `scripts/docs.py`."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "packages"
#: The modules of each package, in the order a reader meets them; then what to begin with.
MODULES = {
    "opinionspace": (
        "",
        ".findings",
        ".columns",
        ".figures",
        ".words",
        ".room",
        ".polis",
        ".export",
        ".areas",
    ),
    "deciding": (
        "",
        ".majority",
        ".appropriateness",
        ".delphi",
        ".ranking",
        ".quadrants",
        ".criteria",
        ".sensitivity",
        ".methods",
        ".report",
        ".words",
        ".arithmetic",
    ),
    "tradestats": (
        "",
        ".countries",
        ".reading",
        ".flows",
        ".advantage",
        ".relatedness",
        ".partners",
        ".potential",
        ".adjusted",
        ".concordance",
        ".concentration",
        ".clusters",
        ".valueadded",
        ".report",
    ),
}
BEGIN = {
    "opinionspace": ("Votes", "read, analyse, look. Everything else is what that is made of"),
    "deciding": ("Rule", "write it, store its digest, then `decide`. Each method is a module"),
    "tradestats": (
        "read_flows",
        "read a file, take a table of its flows, and an indicator of it",
    ),
}


def api_pages() -> dict[Path, str]:
    """Return the page of each package by its file."""
    return {PACKAGES / name / "docs" / "api.md": _page(name) for name in MODULES}


def _page(package: str) -> str:
    first, then = BEGIN[package]
    parts = [
        f"# API of {package}\n",
        f"Begin with [`{first}`](#{package}): {then}.\n",
        "<!-- Written by `make docs` from the docstrings; change it there. -->\n",
    ]
    told: set[int] = set()  # what stands under the package itself is not said twice
    for end in MODULES[package]:
        module = importlib.import_module(f"{package}{end}")
        parts += [f"## {module.__name__}", "", _told(module), ""]
        for name in _names(module, first):
            one = getattr(module, name)
            if id(one) not in told:
                parts += _part(name, one)
                told.add(id(one))
    return "\n".join(parts).rstrip() + "\n"


def _names(module: ModuleType, first: str) -> list[str]:
    listed: list[str] | None = getattr(module, "__all__", None)
    if listed is not None:
        offered = [one for one in listed if callable(getattr(module, one))]
        return sorted(offered, key=lambda one: one != first)  # what a reader begins with
    return [
        name
        for name, one in vars(module).items()
        if (inspect.isclass(one) or inspect.isfunction(one))
        and not name.startswith("_")
        and one.__module__ == module.__name__
    ]


def _part(name: str, one: Any) -> Iterator[str]:
    yield f"### {name}"
    yield ""
    if inspect.isclass(one) and not issubclass(one, Exception):
        yield _told(one)
        yield ""
        for method, told in _methods(one):
            yield f"#### {name}.{method}"
            yield ""
            if not isinstance(told, property):
                yield from _signature(f"{name}.{method}", told)
            yield _told(told)
            yield ""
        return
    if not inspect.isclass(one):
        yield from _signature(name, one)
    yield _told(one)
    yield ""


def _methods(kind: type) -> Iterator[tuple[str, Any]]:
    """Yield what a class offers, its own and what it has from others of the package."""
    seen: set[str] = set()
    fields = (
        {field.name for field in dataclasses.fields(kind)}
        if dataclasses.is_dataclass(kind)
        else set()
    )
    for base in kind.__mro__:
        if base.__module__.split(".")[0] not in MODULES:
            continue
        for name, one in vars(base).items():
            if name.startswith("_") or name in seen or name in fields:
                continue
            plain = one.__func__ if isinstance(one, classmethod | staticmethod) else one
            if (inspect.isfunction(plain) or isinstance(plain, property)) and inspect.getdoc(plain):
                seen.add(name)
                yield name, plain


def _signature(name: str, one: Any) -> Iterator[str]:
    try:
        given = inspect.signature(one).parameters.values()
    except (TypeError, ValueError):
        return
    plain = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in given
        if parameter.name not in {"self", "cls"}
    ]
    if any("factory" in str(one) or " at 0x" in str(one) for one in plain):
        return
    yield f"`{name}{inspect.Signature(plain)}`"
    yield ""


def _told(one: Any) -> str:
    """Return a docstring as Markdown: its sections as bold words, what it lists as a list."""
    lines = (inspect.getdoc(one) or "").splitlines()
    out: list[str] = []
    at, listing, fenced = 0, False, False
    while at < len(lines):
        line = lines[at]
        under = lines[at + 1] if at + 1 < len(lines) else ""
        if line and re.fullmatch("-{3,}", under) and len(under) == len(line):
            out += [*_closed(fenced), f"**{line}**", ""]
            listing, fenced = line in {"Parameters", "Attributes", "Returns", "Raises"}, False
            at += 2
            continue
        if line.startswith(">>> ") and not fenced:
            out.append("```python")
            fenced = True
        if fenced and not line.strip():
            out.append("```")
            fenced = False
        out.append(_item(line) if listing else line)
        at += 1
    out += _closed(fenced)
    return "\n".join(line.rstrip() for line in out)


def _closed(fenced: bool) -> list[str]:
    return ["```", ""] if fenced else []


def _item(line: str) -> str:
    if not line or line.startswith(" "):
        return f"  {line.strip()}" if line else line
    name, colon, about = line.partition(" : ")
    return f"- `{name}`{': ' if colon else ''}{about}"
