"""One analysis of words, in three languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from majlis.kernel.analysis import Search, fold, sort_key, stems, words
from majlis.kernel.texts import Text


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.sampled_from(["en", "fr", "ar"]))
def test_a_text_is_found_by_its_own_words(text, lang):
    assert Search(text).in_words(text, lang)
    assert Search(text).in_names(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Égalité", "EGALITE"),
        ("cœur", "coeur"),
        ("ﬁrme", "firme"),
        ("Zarqāʾ", "zarqaʾ"),
        ("المُؤَسَّسَة", "الموسسه"),
        ("آفاق أُفُق إلى ٱسم", "افاق افق الي اسم"),
        ("مدينـــة", "مدينه"),
        ("۲۰۲۶ ٢٠٢٦", "2026 2026"),
        ("\u2068Tunis\u2069\u200f", "tunis"),
    ],
)
def test_fold_brings_what_reads_alike_to_one_form(one, other):
    assert fold(one) == fold(other)


def test_words_leave_out_what_french_elides():
    assert words("L’accès qu'aujourd’hui d’une firm’s “l”") == [
        "acces", "aujourd", "hui", "une", "firm", "l",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("fr", "Développement régional", "développer régionaux"),
        ("fr", "L’accès au financement", "accès aux financements"),
        ("en", "Financing small firms", "finance a small firm"),
        ("ar", "السجلات المفتوحة للمؤسسات", "سجل مفتوح مؤسسة"),
        ("ar", "وبالتنمية التونسية", "تنمية تونسي"),
    ],
)
def test_stems_are_what_forms_of_a_word_share(lang, one, other):
    assert stems(one, lang) >= stems(other, lang)


@pytest.mark.parametrize(
    ("typed", "text", "lang"),
    [
        ("registre PUBLIC", "Un registre public des clusters", "fr"),
        ("regis", "Un registre public", "fr"),
        ("acces", "L’accès au crédit", "fr"),
        ("the registers", "A public register", "en"),
        ("سجلّ", "فتح السِّجلات العمومية", "ar"),
        ("  ", "Anything", "en"),
    ],
)
def test_search_finds_every_word_in_some_form(typed, text, lang):
    assert Search(typed).in_words(text, lang)


def test_search_finds_nothing_where_a_word_is_missing():
    assert not Search("registre privé").in_words("Un registre public", "fr")
    assert not Search("or").in_words("Terms for all", "en")


def test_search_reads_words_in_the_language_of_each_text():
    text = Text.of("fr", fr="Ouvrir des registres.", en="Open registers.")

    assert Search("registre").in_text(text)
    assert Search("opening 12").in_text(text, beside="12")
    assert not Search("registre open").in_text(text)


@pytest.mark.parametrize(
    "typed", ["ben ali", "BenAli", "béna", "ali fatma", "fatma@tourism.tn", "loreal"]
)
def test_search_finds_names_however_they_are_typed(typed):
    assert Search(typed).in_names("Fatma Bénali", "fatma@tourism.tn", "L’Oréal", None)


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("fr", ["cote", "Cote", "coté", "côte", "Égypte", "eh", "Œuvre", "zoo"]),
        ("en", ["Åland", "albania", "Guinea", "Guinea-Bissau", "Türkiye", "Zambia", "ليبيا"]),
        (
            "ar",
            ["أستراليا", "ألمانيا", "إيطاليا", "بنين", "مصر", "هايتي", "يمن", "Égypte", "Zambie"],
        ),
    ],
)
def test_names_are_sorted_as_readers_of_the_language_expect(lang, names):
    backwards = names[::-1]
    assert sorted(backwards, key=lambda name: sort_key(name, lang)) == names
