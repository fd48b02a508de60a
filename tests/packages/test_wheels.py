"""The pure packages install as wheels, alone, with what they say they need and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = sorted(path.parent for path in ROOT.glob("packages/*/pyproject.toml"))
UV = Path(sys.executable).with_name("uv")
#: What a library ships as a wheel of its own beside it.
PARTS = {"polars": ["polars-runtime-32"]}
pytestmark = pytest.mark.once


def run(*command: str | Path, **options) -> str:
    ran = subprocess.run([str(c) for c in command], capture_output=True, text=True, **options)
    assert ran.returncode == 0, f"{command[0]}: {ran.stdout}{ran.stderr}"
    return ran.stdout


@pytest.fixture
def bare(request, tmp_path) -> Path:
    """The Python of an environment that holds the wheel of one package and what it asks for."""
    package: Path = request.param
    build = (UV, "build", "--quiet", "--wheel", "--no-build-isolation", "--python", sys.executable)
    run(*build, "--out-dir", tmp_path / "wheels", package)
    run(UV, "venv", "--quiet", "--python", sys.executable, tmp_path / "env")
    python = tmp_path / "env/bin/python"
    locked = [
        line.removesuffix("\\").strip()
        for line in (ROOT / "requirements/run.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    ]
    (tmp_path / "locked.txt").write_text("\n".join(locked), encoding="utf-8")
    install = (UV, "pip", "install", "--quiet", "--python", python)
    run(*install, "--constraint", tmp_path / "locked.txt", *(tmp_path / "wheels").glob("*.whl"))
    return python


@pytest.mark.parametrize(
    ("bare", "package"), [(p, p) for p in PACKAGES], indirect=["bare"], ids=lambda p: p.name
)
def test_package_stands_alone(bare, package):
    listed = json.loads(run(UV, "pip", "list", "--format", "json", "--python", bare))
    about = tomllib.loads((package / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    needed = [need.split(">")[0] for need in about["dependencies"]]
    parts = [part for need in needed for part in PARTS.get(need, [])]
    assert {one["name"] for one in listed} == {package.name, *needed, *parts}
    modules = [
        ".".join(path.relative_to(package / "src").with_suffix("").parts)
        for path in sorted((package / "src").rglob("*.py"))
        if path.stem not in {"__init__", "__main__"}
    ]
    importing = "\n".join(f"import {module}" for module in [package.name, *modules])
    run(bare, "-W", "error", "-c", importing, cwd=bare.parent)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda p: p.name)
def test_package_is_told_of(package):
    for file in ("README.md", "CHANGELOG.md"):
        assert package.name in (package / file).read_text(encoding="utf-8")
