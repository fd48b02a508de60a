"""Counts agree with their nouns in every plural form of the three languages."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import ngettext

ARABIC = {
    0: "لا أحد",
    1: "شخص واحد",
    2: "شخصان",
    3: "3 أشخاص",
    10: "10 أشخاص",
    11: "11 شخصا",
    99: "99 شخصا",
    100: "100 شخص",
    102: "102 شخص",
    103: "103 أشخاص",
    111: "111 شخصا",
}


def said(lang: str, n: int) -> str:
    with translation.override(lang):
        return ngettext("%(shown)s person", "%(shown)s people", n) % {"shown": n}


@pytest.mark.parametrize(("n", "words"), ARABIC.items())
def test_arabic_has_six_forms(n: int, words: str):
    assert said("ar", n) == words


@pytest.mark.parametrize(("n", "words"), [(0, "0 personne"), (1, "1 personne"), (2, "2 personnes")])
def test_french_counts_nothing_in_the_singular(n: int, words: str):
    assert said("fr", n) == words
