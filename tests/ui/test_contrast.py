"""Colours of `tokens.css`, counted: contrast, and meaning that does not hang on colour."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "src/majlis/ui/static/ui/css"
TOKENS = (CSS / "tokens.css").read_text("utf-8")
Colour = tuple[float, float, float]


def named(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", block))


LIGHT = named(TOKENS.split("@media")[0])
DARK = LIGHT | named(TOKENS.split("@media")[1])
SCHEMES = {
    "light": LIGHT,
    "dark": DARK,
    "stage": DARK | named((CSS / "stage.css").read_text("utf-8")),
}


def linear(colour: str) -> Colour:
    """Red, green and blue of `#rrggbb` as shares of light."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return r, g, b


def luminance(light: Colour) -> float:
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    dark, bright = sorted((luminance(linear(one)), luminance(linear(other))))
    return (bright + 0.05) / (dark + 0.05)


def lightness(light: Colour) -> float:
    """L* of CIELAB, 0 to 100: how it comes out of a grey printer."""
    y = luminance(light)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def lab(light: Colour) -> Colour:
    r, g, b = light
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = luminance(light)
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


# Viénot, Brettel and Mollon (1999), on linear light.
BLINDNESS = {
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}


def as_seen(light: Colour, kind: str) -> Colour:
    r, g, b = (
        max(0.0, sum(w * c for w, c in zip(row, light, strict=True))) for row in BLINDNESS[kind]
    )
    return r, g, b


WORDS_ON = [
    ("ink", "surface"),
    ("ink", "paper"),
    ("ink", "sunken"),
    ("muted", "surface"),
    ("muted", "paper"),
    ("muted", "sunken"),
    ("sea", "surface"),
    ("sea", "paper"),
    ("sea", "sea-soft"),
    ("sea-strong", "sea-soft"),
    ("ink", "sea-soft"),
    ("ink", "accent-soft"),
    ("on-sea", "sea"),
    ("on-sea", "sea-strong"),
    ("on-header", "header"),
    ("accent", "surface"),
    ("accent", "paper"),
    ("on-accent", "accent"),
    ("danger", "surface"),
    ("danger", "paper"),
    ("on-danger", "danger"),
    ("danger", "danger-soft"),
    ("ink", "danger-soft"),
    ("ok", "ok-soft"),
    ("ink", "ok-soft"),
    ("wait", "wait-soft"),
    ("ink", "wait-soft"),
    ("on-agree", "agree"),
    ("on-disagree", "disagree"),
    ("on-pass", "pass"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("pair", WORDS_ON, ids="-on-".join)
def test_words_have_enough_contrast(scheme: str, pair: tuple[str, str]):
    colours = SCHEMES[scheme]
    assert contrast(colours[pair[0]], colours[pair[1]]) >= 4.5


@pytest.mark.parametrize(
    "pair",
    [
        ("ink", "surface"),
        ("muted", "surface"),
        ("sea", "surface"),
        ("on-agree", "agree"),
        ("on-disagree", "disagree"),
        ("on-pass", "pass"),
    ],
    ids="-on-".join,
)
def test_the_stage_has_more_contrast(pair: tuple[str, str]):
    colours = SCHEMES["stage"]
    assert contrast(colours[pair[0]], colours[pair[1]]) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_of_fields_can_be_seen(scheme: str):
    colours = SCHEMES[scheme]
    for ground in ("surface", "paper"):
        assert contrast(colours["line-strong"], colours[ground]) >= 3
        assert contrast(colours["focus"], colours[ground]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "group",
    [("family-1", "family-2", "family-3", "family-4"), ("agree", "disagree", "pass")],
    ids=["families", "stances"],
)
def test_colours_that_mean_something_differ_in_grey_print(scheme: str, group: tuple[str, ...]):
    greys = sorted(lightness(linear(SCHEMES[scheme][name])) for name in group)
    assert min(b - a for a, b in pairwise(greys)) >= 9


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", BLINDNESS)
def test_colours_that_mean_something_survive_colour_blindness(scheme: str, kind: str):
    colours = SCHEMES[scheme]
    for group in (("family-1", "family-2", "family-3", "family-4"), ("agree", "disagree", "pass")):
        for one, other in combinations(group, 2):
            seen = [lab(as_seen(linear(colours[name]), kind)) for name in (one, other)]
            apart = sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5
            assert apart >= 15, (one, other)


def test_figures_on_paper_use_the_light_colours():
    from majlis.ui.figures.canvas import PAPER_COLOURS

    assert {name: LIGHT[name] for name in PAPER_COLOURS} == PAPER_COLOURS
