"""A package offers at its own name only what is read from outside it."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

SRC = ROOT / "src" / "majlis"
PACKAGES = sorted(path.parent for path in SRC.rglob("__init__.py") if path.read_text().strip())


@cache
def reads() -> set[tuple[str, str, Path]]:
    """Every (module, name, file) in which a file of ours reads a name of a module."""
    found: set[tuple[str, str, Path]] = set()
    for path in [
        p for top in ("src", "tests", "bench", "scripts") for p in (ROOT / top).rglob("*.py")
    ]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for name in node.names:
                    found.add((node.module, name.name, path))
                    known[name.asname or name.name] = f"{node.module}.{name.name}"
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found.add((known.get(node.value.id, ""), node.attr, path))
            elif isinstance(node, ast.Attribute):  # by its whole name, as migrations do
                found.add((ast.unparse(node.value), node.attr, path))
    return found


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.relative_to(SRC).as_posix())
def test_package_offers_only_what_others_read(package):
    tree = ast.parse((package / "__init__.py").read_text(encoding="utf-8"))
    used_here = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    offered = {
        name.asname or name.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module != "__future__"
        for name in node.names
    }
    module = ".".join(package.relative_to(ROOT / "src").parts)
    read = {name for of, name, path in reads() if of == module and package not in path.parents}
    assert offered - used_here - read == set()
