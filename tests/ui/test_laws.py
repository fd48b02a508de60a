"""Laws for what is sent to a browser: nothing inline, nothing physical, nothing altered."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "majlis"
SHEETS = sorted(p for p in SRC.rglob("*.css") if "vendor" not in p.parts)
DOCUMENTS = {  # files on their own and emails, which carry their style with them
    "briefs/document.html",
    "briefs/programme_file.html",
    "mail/message.html",
}
TEMPLATES = sorted(
    p for p in SRC.rglob("templates/**/*.html") if f"{p.parent.name}/{p.name}" not in DOCUMENTS
)
SCRIPTS = sorted(p for p in SRC.rglob("static/**/*.js") if "vendor" not in p.parts)
MANIFESTS = [SRC / "ui/static/vendor/vendor.toml", ROOT / "tests/vendor/vendor.toml"]

PHYSICAL = re.compile(
    r"(?:^|[;{\s])(?:"
    r"(?:left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|float|clear)\s*:"
    r"|(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)\b"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
    r"|text-align\s*:\s*(?:left|right)"
    r"|(?:overflow|overscroll-behavior)-[xy]\s*:"
    r")"
)
MEDIA = re.compile(r"@(?:media|container)[^{]*")
INLINE = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|href\s*=\s*["']javascript:|hx-on|<style"""
)
SCRIPT_BODY = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>")


def faults(path: Path, law: re.Pattern[str], drop: re.Pattern[str] | None = None) -> list[str]:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    text = drop.sub("", text) if drop else text
    return [found.group().strip() for found in law.finditer(text)]


def test_there_are_sheets_and_templates_to_look_at():
    assert {"tokens.css", "print.css"} <= {p.name for p in SHEETS}
    assert {"page.html", "desk.html"} <= {p.name for p in TEMPLATES}


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.name)
def test_style_sheets_use_logical_properties_only(path: Path):
    assert faults(path, PHYSICAL, MEDIA) == []


@pytest.mark.parametrize(
    "rule",
    [
        "a{margin-left:1px}",
        "a { text-align: right }",
        "a{width:1px}",
        "a{float:inline-start}",
        "a{border-top-left-radius:1px}",
        "a { overflow-x: auto }",
    ],
)
def test_the_law_sees_physical_properties(rule: str):
    assert PHYSICAL.search(rule)


def test_the_law_lets_logical_properties_pass():
    assert not PHYSICAL.search("a{margin-inline-start:1px;min-inline-size:0;stroke-width:1}")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_templates_hold_nothing_inline(path: Path):
    assert faults(path, INLINE) + faults(path, SCRIPT_BODY) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_templates_ask_no_other_host(path: Path):
    asked = r"""(?:src|action|<link[^>]*href|poster)\s*=\s*["'](?:https?:)?//"""
    assert faults(path, re.compile(asked)) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_scripts_ask_no_other_host_and_write_no_styles(path: Path):
    assert (
        faults(
            path,
            re.compile(r"""["'`]https?://|\.style\b(?!\.setProperty\("--)|\beval\(|new Function"""),
        )
        == []
    )


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda p: p.parts[-3])
def test_vendored_files_are_what_the_manifest_says(manifest: Path):
    for name, part in tomllib.loads(manifest.read_text("utf-8")).items():
        file = manifest.parent / part["file"]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == part["sha256"]
        assert file.parent.name == f"{name}@{part['version']}"
        assert (manifest.parent / part["licence_file"]).stat().st_size > 100
        assert part["licence"]


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda p: p.parts[-3])
def test_nothing_is_vendored_without_a_line_in_the_manifest(manifest: Path):
    parts = tomllib.loads(manifest.read_text("utf-8"))
    assert {f.name for f in manifest.parent.iterdir() if f.is_dir()} == {
        f"{name}@{part['version']}" for name, part in parts.items()
    }


def test_letters_of_each_language_are_small_enough_for_a_phone():
    sizes = {f.stem: f.stat().st_size for f in (SRC / "ui/static/vendor").rglob("*.woff2")}
    assert set(sizes) == {"figtree", "source-serif-4", "readex-pro-arabic"}
    assert sizes["figtree"] + max(sizes["source-serif-4"], sizes["readex-pro-arabic"]) <= 36_000


def test_what_the_shell_sends_to_a_phone_is_small():
    """In the room, where no page asks for the letters of the interface or for htmx."""
    import gzip

    ui = SRC / "ui/static"
    files = [
        *(
            f
            for f in (ui / "ui/css").glob("*.css")
            if f.name not in {"letters.css", "stage.css", "desk.css"}
        ),
        *(ui / "ui/js").glob("*.js"),
    ]
    sent = sum(len(gzip.compress(f.read_bytes())) for f in files)
    sent += max(f.stat().st_size for f in (ui / "vendor").rglob("*.woff2"))  # one for each script
    assert sent < 37_000
