"""The script that `make` runs first."""

from __future__ import annotations

import builtins
import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest

from tests.config.installation import ROOT


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, in a folder of its own, in which every command it runs is noted."""
    spec = importlib.util.spec_from_file_location("setup_script", ROOT / "scripts" / "setup.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    ran: list[tuple[str, ...]] = []

    def note(*command: object, quiet: bool = False) -> bool:
        ran.append(tuple(str(word) for word in command))
        return True

    for name in ("run", "dev"):
        (tmp_path / "requirements").mkdir(exist_ok=True)
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1")
    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(script, "SRC", tmp_path / "src")
    monkeypatch.setattr(script, "PACKAGES", tmp_path / "packages")
    monkeypatch.setattr(script, "STATIC", tmp_path / "static-built")
    monkeypatch.setattr(script, "run", note)
    monkeypatch.setattr(script, "link_sources", lambda python: None)
    monkeypatch.setattr(script, "ran", ran, raising=False)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    return script


def test_second_start_runs_no_command(setup):
    setup.install("run")
    setup.collect_static()
    assert setup.ran
    setup.ran.clear()

    setup.install("run")
    setup.compile_catalogues()
    setup.collect_static()

    assert setup.ran == []


def test_changed_lock_is_installed_again(setup):
    setup.install("run")
    setup.ran.clear()
    (setup.ROOT / "requirements" / "run.txt").write_text("run==2")

    setup.install("run")

    assert any("sync" in command for command in setup.ran)
    assert len(list(setup.VENV.glob(".locked-*"))) == 1


def test_what_testing_needs_holds_what_serving_needs(setup):
    setup.install("dev")
    setup.ran.clear()

    setup.install("run")

    assert setup.ran == []


def test_pip_does_it_where_uv_cannot(setup, monkeypatch):
    def without_uv(*command: object, quiet: bool = False) -> bool:
        setup.ran.append(tuple(str(word) for word in command))
        return "uv.txt" not in str(command[-1])

    monkeypatch.setattr(setup, "run", without_uv)

    setup.install("run")

    assert setup.ran[-1][-2:] == ("-r", str(setup.ROOT / "requirements" / "run.txt"))
    assert "--require-hashes" in setup.ran[-1]


def test_missing_venv_is_said_with_the_command_that_brings_it(setup, monkeypatch):
    real = builtins.__import__

    def without(name: str, *rest: object) -> ModuleType:
        if name == "ensurepip":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)

    with pytest.raises(setup.SetupRefused, match="sudo apt-get install python3-venv"):
        setup.require_python()


def test_old_python_is_refused_with_a_way_out(setup, monkeypatch):
    monkeypatch.setattr(setup, "OLDEST", (9, 0))

    with pytest.raises(setup.SetupRefused, match=r"PYTHON=python3\.12"):
        setup.require_python()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_of_somebody_else_is_said(setup):
    setup.VENV.chmod(0o500)

    with pytest.raises(PermissionError):
        setup.install("run")


def test_static_files_are_collected_again_when_one_changed(setup):
    file = setup.SRC / "majlis" / "ui" / "static" / "ui" / "page.css"
    file.parent.mkdir(parents=True)
    file.write_text("a {}")
    setup.collect_static()
    setup.ran.clear()
    file.write_text("a { color: red }")

    setup.collect_static()

    assert [command[1] for command in setup.ran] == ["collectstatic"]
