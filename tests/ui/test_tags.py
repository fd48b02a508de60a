from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from majlis.kernel.texts import Text, TextStatus
from majlis.ui import icons
from majlis.ui.templatetags import majlis as tags


def render(source: str, **context: object) -> str:
    return Template("{% load majlis %}" + source).render(Context(context))


@pytest.fixture
def french_only() -> Text:
    return Text.of("fr", fr="Un registre <commun>")


def test_words_shows_a_fallback_in_its_own_language_with_a_mark(french_only: Text):
    with translation.override("ar"):
        assert render("{% words t %}", t=french_only) == (
            '<span lang="fr" dir="ltr">Un registre &lt;commun&gt;</span>'
            ' <span class="tag tag--language">بالفرنسية</span>'
        )


@pytest.mark.parametrize(
    ("lang", "shown"), [("fr", "Axe\u00a0: T1"), ("en", "Axe: T1"), ("ar", "Axe: T1")]
)
def test_colon_stands_off_in_french_only(lang: str, shown: str):
    with translation.override(lang):
        assert render("Axe{% colon %} T1") == shown


def test_no_colon_after_a_question():
    assert render("{{ l }}{% colon l %}", l="What is it?") == "What is it?"
    assert render("{{ l }}{% colon l %}", l="Name") == "Name:"


def test_words_of_paragraphs_keep_the_draft_mark_on_the_last_line():
    text = Text.of("en", en="One.", fr="Un.\n\nDeux.")
    with translation.override("fr"):
        shown = render("{% words t paragraphs=True %}", t=text)
    assert shown == (
        "<p>Un.</p>\n<p>Deux.\u00a0"
        '<abbr class="draft-mark" title="traduction provisoire">≈</abbr></p>'
    )


def test_words_without_mark_keeps_the_language_of_the_text(french_only: Text):
    with translation.override("en"):
        assert render("{% words t mark=False %}", t=french_only) == (
            '<span lang="fr" dir="ltr">Un registre &lt;commun&gt;</span>'
        )


def test_words_can_mark_another_language_alone(french_only: Text):
    draft = french_only.with_translation("en", "A register", TextStatus.DRAFT)
    with translation.override("en"):
        assert "in French" in render('{% words t mark="language" %}', t=french_only)
        assert render('{% words t mark="language" %}', t=draft) == "A register"


def test_words_marks_a_draft_translation_but_not_a_reviewed_one(french_only: Text):
    draft = french_only.with_translation("en", "A register", TextStatus.DRAFT)
    reviewed = french_only.with_translation("en", "A register", TextStatus.REVIEWED)
    with translation.override("en"):
        assert render("{% words t %}", t=draft) == (
            'A register\u00a0<abbr class="draft-mark" title="draft translation">≈</abbr>'
        )
        assert render("{% words t drafts=True %}", t=draft) == (
            'A register <span class="tag tag--language">draft translation</span>'
        )
        assert render("{% words t mark=False %}", t=draft) == "A register"
        assert render("{% words t %}", t=reviewed) == "A register"


def test_the_footer_explains_the_sign_of_a_draft_only_where_one_was_shown():
    draft = Text.of("fr", fr="Un registre", en="A register")
    footer = '{% include "ui/footer.html" %}'
    with translation.override("en"):
        with_draft = render("{% words t %}" + footer, t=draft, request=RequestFactory().get("/"))
        without = render(footer, request=RequestFactory().get("/"))
    assert ("not yet reviewed" in with_draft, "not yet reviewed" in without) == (True, False)


def test_words_keeps_paragraphs_and_lines():
    text = Text.of("en", en="One\n\nTwo\nthree")
    with translation.override("en"):
        assert render("{% words t paragraphs=True %}", t=text) == "<p>One</p>\n<p>Two<br>three</p>"


@pytest.mark.parametrize("nothing", [None, "", Text()])
def test_words_of_nothing_is_nothing(nothing: object):
    assert render("{% words t %}", t=nothing) == ""


def test_words_escapes_a_plain_string():
    assert render("{% words t %}", t="a < b") == "a &lt; b"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/en/e/tunis/?page=2", "/ar/e/tunis/?page=2"),
        ("/en", "/ar"),
        ("/v/abc/", "/v/abc/?lang=ar"),
        ("/v/abc/?lang=fr", "/v/abc/?lang=ar"),
        ("/entry/", "/entry/?lang=ar"),
    ],
)
def test_language_switch_stays_on_the_page(path: str, expected: str):
    with translation.override("en"):
        page = render("{% language_switch %}", request=RequestFactory().get(path))
    root = ElementTree.fromstring(page)
    links = {a.get("lang"): a.get("href") for a in root.iter("a")}
    assert links["ar"] == expected
    assert "en" not in links


def test_same_page_with_changes_one_value_and_drops_an_empty_one():
    request = RequestFactory().get("/en/?theme=T1&page=3&state=open")
    assert render("{% same_page_with page=4 state='' as q %}{{ q|safe }}", request=request) == (
        "?theme=T1&page=4"
    )


def test_prose_reads_markdown_and_marks_a_fallback(french_only: Text):
    text = Text.of("fr", fr="Un **registre**")
    with translation.override("en"):
        assert render("{% prose t %}", t=text) == (
            '<div lang="fr" dir="ltr"><p>Un <strong>registre</strong></p>\n</div>'
            '<p class="tag tag--language">in French</p>'
        )
        assert render("{% prose t %}", t="<b>a</b>") == "<p>&lt;b&gt;a&lt;/b&gt;</p>\n"


def test_prose_puts_its_headings_under_the_one_above():
    assert render("{% prose t under=2 %}", t="## Languages\n\n### Arabic") == (
        "<h3>Languages</h3>\n<h4>Arabic</h4>\n"
    )


def test_qr_is_a_named_picture_without_inline_styles():
    svg = ElementTree.fromstring(render("{% qr url %}", url="https://example.org/v/x?a=1&b=2"))
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == "QR code of https://example.org/v/x?a=1&b=2"
    assert all("style" not in part.attrib for part in svg.iter())


@pytest.mark.parametrize("name", sorted(icons.PATHS))
def test_icon_is_silent_unless_it_has_a_title(name: str):
    assert ElementTree.fromstring(icons.icon(name)).get("aria-hidden") == "true"
    assert ElementTree.fromstring(icons.icon(name, "Print")).get("aria-label") == "Print"


@pytest.mark.parametrize(
    ("lang", "code", "said"),
    [("en", 1, "+Agree"), ("fr", "-1", "−Pas d’accord"), ("ar", "pass", "○لا رأي لي")],
)
def test_stance_has_sign_and_word(lang: str, code: int | str, said: str):
    with translation.override(lang):
        assert "".join(ElementTree.fromstring(tags.stance(code)).itertext()) == said


def test_filters_show_nothing_for_nothing():
    assert (
        render("{{ x|number }}{{ x|percent }}{{ x|day }}{{ x|moment }}{{ x|clock }}", x=None) == ""
    )


@pytest.mark.parametrize(
    ("lang", "shown"),
    [("en", "20–21 October 2026"), ("fr", "20–21 octobre 2026"), ("ar", "20–21 أكتوبر 2026")],
)
def test_day_range_in_a_template(lang: str, shown: str):
    from datetime import date

    with translation.override(lang):
        assert render("{% day_range a b %}", a=date(2026, 10, 20), b=date(2026, 10, 21)) == shown


def test_stage_votes_without_answers_shows_no_share():
    page = ElementTree.fromstring(render("{% stage_votes 0 0 0 %}"))
    assert [s.text for s in page.iter("span") if s.get("class") == "share"] == ["–"] * 3


@pytest.mark.parametrize(
    ("words", "opens", "follows"),
    [
        ("One. Two.", "One. Two.", ""),
        ("One.\n\nTwo.", "One.", "Two."),
        ("ما هذا؟ " + "و" * 300 + ".", "ما هذا؟", "و" * 300 + "."),
        ("A" * 300 + ". B.", "A" * 300 + ".", "B."),
        ("No full stop", "No full stop", ""),
        ("", "", ""),
    ],
)
def test_opening_is_whole_sentences_and_loses_nothing(words: str, opens: str, follows: str):
    text = Text.of("en", en=words)

    assert (str(tags.opening(text)), str(tags.after_opening(text))) == (opens, follows)
