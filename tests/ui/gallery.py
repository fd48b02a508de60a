"""Every component on one page, in each language, to look at and to test.

`python -m tests.ui.gallery FOLDER` writes pages and static files that any web server shows.
"""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Engine
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import SafeString

from majlis.kernel.texts import Text
from majlis.ui import figures, formats

HERE = Path(__file__).resolve().parent
PARTIALS = (
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
)

SAY: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "gallery.yaml").read_text("utf-8"))


class GalleryForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As it should stand on the list.")
    email = forms.EmailField(label="Email address")
    country = forms.ChoiceField(label="Country", choices=[("tn", "Tunisia"), ("ma", "Morocco")])
    kind = forms.ChoiceField(
        label="Type", choices=[("c", "Challenge"), ("p", "Practice")], widget=forms.RadioSelect
    )
    words = forms.CharField(label="Your words", widget=forms.Textarea, required=False)
    consent = forms.BooleanField(label="My name may stand on the public list")


def drawings(lang: str) -> list[figures.Drawing]:
    """One of each kind."""
    say = SAY[lang]
    findings, rows = say["findings"], say["rows"]
    return [
        figures.vote_bars(
            [
                figures.StanceCounts(say["statement"], 41, 12, 9),
                figures.StanceCounts(say["session"], 3, 38, 2),
                figures.StanceCounts(say["notice"], 0, 0, 0),
            ],
            title=findings[0],
            lang=lang,
        ),
        figures.group_ranges(
            [
                figures.RangeRow(
                    rows[0],
                    21,
                    figures.Span(13, 18, say["amounts"][0], (0.45, 0.94)),
                    figures.Span(3, 8, say["amounts"][1], (0.05, 0.55)),
                    tone=1,
                ),
                figures.RangeRow(
                    rows[1],
                    8,
                    figures.Span(5, 8, say["amounts"][2], (0.35, 0.97)),
                    figures.Span(0, 4, say["amounts"][3], (0.03, 0.75)),
                    tone=2,
                    shape=1,
                ),
            ],
            title=findings[1],
            lang=lang,
            whole=figures.RangeRow(
                say["whole"], 62, figures.Span(41, 41, "", (0.57, 0.74)), figures.Span(12, 12)
            ),
        ),
        figures.axis_bands(
            [-1.5, -0.4, 0.1, 0.6, 1.4],
            40,
            title=findings[3],
            lang=lang,
            ends=(say["statement"], say["session"]),
            own=figures.AxisPlace(0.9, 0.4, 1.3),
        ),
        figures.area_map(
            [
                figures.Area("A", 24, 0.0, 0.0, 3.0, 1.5, 30.0),
                figures.Area("B", 16, 6.0, 2.0, 2.0, 1.0, 120.0),
            ],
            title=findings[3],
            lang=lang,
            own=(5.0, 3.0),
        ),
    ]


def page(lang: str, shell: str = "ui/page.html", **more: Any) -> str:
    """The gallery in one language on one shell."""
    start, end = (
        datetime(2026, 10, 20, 9, 30, tzinfo=UTC),
        datetime(2026, 10, 20, 11, 0, tzinfo=UTC),
    )
    say = SAY[lang]
    entries = [
        {"url": "#a", "text": say["programme"], "current": True, "work": 3},
        {"url": "#b", "text": say["statements"]},
        {"url": "#c", "text": say["results"]},
    ]
    with translation.override(lang):
        drawn = drawings(lang)
        bound = GalleryForm({"email": "no", "country": "tn"})
        context: dict[str, Any] = {
            "page": shell,
            "say": say,
            "request": RequestFactory().get(f"/{lang}.html"),
            "edition_name": say["title"],
            "edition_when": f"{formats.day_range(start, end)} · Tunis",
            "site_menu": entries,
            "desk_menu": [
                {"name": "", "entries": entries},
                {"name": say["form"], "entries": entries},
            ],
            "desk_tabs": [entry | {"tab": entry["text"], "icon": "list"} for entry in entries],
            "account": {"url": "#a", "text": say["form"]},
            "breadcrumb": [{"url": "#", "text": say["title"]}, {"text": say["results"]}],
            "is_rehearsal": True,
            "funding": say["unit"],
            "disclaimer": say["notice"],
            "footer_links": [{"url": "#", "text": say["tabs"]}, {"url": "#", "text": say["form"]}],
            "start": start,
            "end": end,
            "last": datetime(2026, 10, 21, 9, 30, tzinfo=UTC),
            "date": formats.day(start),
            "original": Text.of("fr", fr="Un registre commun des clusters"),
            "drawings": drawn,
            "drawing": drawn[0],
            "rows": [(name, 1234 + 17 * i, 0.615 / (i + 1)) for i, name in enumerate(say["rows"])],
            "page_obj": Paginator(range(50), 10).page(2),
            "form": bound,
        } | more
        engine = _engine()
        name = "gallery_stage.html" if shell == "ui/stage.html" else "gallery.html"
        return SafeString(engine.get_template(name).render(Context(context)))


def _engine() -> Engine:
    from django.template import engines

    engine = engines["django"].engine  # type: ignore[attr-defined]
    return Engine(
        dirs=[str(HERE / "templates")],
        app_dirs=False,
        loaders=[("template_partials.loader.Loader", list(PARTIALS))],
        libraries=engine.libraries,
        builtins=engine.builtins,
    )


def main(folder: Path) -> None:
    from majlis import ui

    shutil.copytree(Path(ui.__file__).parent / "static", folder / "static", dirs_exist_ok=True)
    for lang in SAY:
        for name, shell in (("", "page"), ("desk-", "desk"), ("stage-", "stage")):
            (folder / f"{name}{lang}.html").write_text(page(lang, f"ui/{shell}.html"), "utf-8")


if __name__ == "__main__":
    import django

    django.setup()
    main(Path(sys.argv[1]))
