"""Signs as each language writes them."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from majlis.kernel.punctuation import isolated, joined, labelled, listed, quoted, spaced


@pytest.mark.parametrize(
    ("lang", "quote", "list_", "parts", "label"),
    [
        ("en", "“a”", "a, b", "a; b", "a: b"),
        ("fr", "«\u00a0a\u00a0»", "a, b", "a\u202f; b", "a\u00a0: b"),
        ("fr-fr", "«\u00a0a\u00a0»", "a, b", "a\u202f; b", "a\u00a0: b"),
    ],
)
def test_signs_follow_the_language(lang, quote, list_, parts, label):
    with translation.override(lang):
        found = (quoted("a"), joined("ab"), listed("ab"), labelled("a", "b"))
    assert found == (quote, list_, parts, label)


def test_arabic_has_its_own_comma_and_keeps_latin_words_together():
    assert quoted("أ", "ar") == "«أ»"
    assert joined(["أ", "ب", 3], "ar") == "أ، ب، 3"
    assert listed(["أ", "ب"], "ar") == "أ؛ ب"
    assert labelled("أ", "Ben (TN)", "ar") == "أ: \u2068Ben (TN)\u2069"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Ben", "Ben"),
        ("ar", "12 – 30", "12 – 30"),
        ("fr", "تونس!", "\u2068تونس!\u2069"),
        ("ar", "عنقود PME!", "\u2068عنقود PME!\u2069"),
    ],
)
def test_isolated_is_only_what_runs_the_other_way(lang, text, expected):
    assert isolated(text, lang) == isolated(isolated(text, lang), lang) == expected


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Vraiment ?", "Vraiment\u202f?"),
        ("Vraiment?", "Vraiment\u202f?"),
        ("Oui ; non !", "Oui\u202f; non\u202f!"),
        ("Total : 62 %.", "Total\u00a0: 62\u202f%."),
        ("%(n)s %% des voix, %(name)s", "%(n)s\u202f%% des voix, %(name)s"),
        ("sur %(n)s", "sur %(n)s"),
        ("« mot » et «mot»", "«\u00a0mot\u00a0» et «\u00a0mot\u00a0»"),
        ("N° : 5, n°%", "N°\u00a0: 5, n°%"),
        ("n° 5, n° %(n)s", "n°\u00a05, n°\u00a0%(n)s"),
        ("à 14:30, http://a.tn/?b=1&amp; c", "à 14:30, http://a.tn/?b=1&amp; c"),
        ("<b>mot</b> : reste", "<b>mot</b>\u00a0: reste"),
    ],
)
def test_french_signs_hold_on_to_their_words(typed, printed):
    assert spaced(typed) == spaced(printed) == printed


@given(st.text("aé1 :;?!%«»n°\u00a0\u202f\n"))
def test_spacing_twice_changes_nothing(text):
    assert spaced(spaced(text)) == spaced(text)
