"""Wordings in three languages, and which have fallen behind."""

from majlis.kernel.texts import Text, TextStatus
from majlis.recommendations.queries.wording import behind, reworded, with_language, with_original

OLD = Text.of("fr", fr="Ouvrir un registre.", en="Open a register.")


def test_reworded_marks_one_original_and_gives_translations_their_status():
    text = reworded(
        Text(),
        "fr",
        {
            "fr": ("Ouvrir.", TextStatus.DRAFT),
            "en": ("Open.", TextStatus.REVIEWED),
            "ar": (" ", TextStatus.DRAFT),
        },
    )

    assert {lang: w.status for lang, w in text.items()} == {"fr": "original", "en": "reviewed"}


def test_with_original_leaves_translations_behind():
    text = with_original(OLD, "fr", "Tenir un registre.")
    assert (text["fr"].source_revision, behind(text)) == (2, ["en"])


def test_with_original_of_the_same_words_changes_nothing():
    assert with_original(OLD, "fr", "Ouvrir un registre.") == OLD


def test_with_language_brings_a_translation_up_to_date():
    text = with_original(OLD, "fr", "Tenir un registre.")
    assert behind(with_language(text, "en", "Keep a register.", TextStatus.EDITED)) == []


def test_with_language_without_words_takes_a_translation_away():
    assert list(with_language(OLD, "en", "", TextStatus.DRAFT)) == ["fr"]
