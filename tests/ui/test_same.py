"""A piece of a page is drawn once for the same rows, and anew for any other."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation

from majlis.kernel.texts import ShownText, Text
from majlis.series.models import Theme

PIECE = Template(
    '{% load same majlis %}{% same "theme" theme=theme sign=sign %}'
    "{% words theme.title %} {{ theme.code }} {{ sign }}{{ theme.beside }} {{ drawn }}{% endsame %}"
)


def drawn(theme: Theme, **more: object) -> str:
    return PIECE.render(Context({"theme": theme, **more}))


def theme(**changed: object) -> Theme:
    facts = {"pk": 1, "code": "T1", "title": Text.of("en", en="Water", fr="Eau"), **changed}
    return Theme(**facts)


def test_it_follows_every_value_and_the_language() -> None:
    with translation.override("en"):
        assert drawn(theme()).split() == ["Water", "T1"]
        assert drawn(theme(code="T2")).split() == ["Water", "T2"]
        assert drawn(theme(title=Text.of("en", en="Air"))).split() == ["Air", "T1"]
        assert drawn(theme(), sign=[1, "a"]).split() == ["Water", "T1", "[1,", "&#x27;a&#x27;]"]
        counted = theme()
        counted.beside = ["7"]  # type: ignore[attr-defined]  # as queries put things beside a row
        assert "7" in drawn(counted)
    with translation.override("fr"):
        assert "Eau" in drawn(theme())


def test_it_is_drawn_once_and_sees_nothing_but_what_it_names() -> None:
    texts = []

    class Counted(Text):
        def shown(self, lang: str) -> ShownText:
            texts.append(lang)
            return super().shown(lang)

    one = theme(code="once", title=Counted.of("en", en="Once"))
    assert "reader" not in drawn(one, drawn="reader")
    drawn(one)
    assert len(texts) == 1


def test_a_thing_whose_value_cannot_be_told_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot tell"):
        drawn(theme(), sign=object())
