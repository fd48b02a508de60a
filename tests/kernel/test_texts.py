"""The algebra of texts: one original, translations that follow it or say that they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from majlis.kernel.texts import Text, TextStatus

DRAFT, EDITED, REVIEWED = TextStatus.DRAFT, TextStatus.EDITED, TextStatus.REVIEWED
OLD = Text.of("fr", fr="Ouvrir un registre.", en="Open a register.")

languages = st.sampled_from(["en", "fr", "ar"])
statuses = st.sampled_from([DRAFT, EDITED, REVIEWED])
said = st.sampled_from(["", " ", "a", "b", "c"])
changes = st.one_of(
    st.tuples(st.just("with_original"), said, languages),
    st.tuples(st.just("worded"), languages, said, statuses),
    st.tuples(
        st.just("reworded"),
        languages,
        st.dictionaries(languages, st.tuples(said, statuses)),
    ),
)
histories = st.lists(changes, max_size=8)


def after(history, text=OLD):
    for verb, *arguments in history:
        text = getattr(text, verb)(*arguments)
    return text


@given(histories)
def test_every_text_has_one_original_that_nothing_is_ahead_of(history):
    text = after(history)

    originals = [lang for lang, w in text.items() if w.status == TextStatus.ORIGINAL]
    assert originals == ([text.original] if text else [])
    assert all(w.text == w.text.strip() != "" for w in text.values())
    assert all(w.source_revision <= text[text.original].source_revision for w in text.values())
    assert Text.from_json(text.as_json()) == text


@given(st.lists(st.tuples(languages, said.filter(str.strip)), max_size=10))
def test_a_translation_is_behind_exactly_when_its_original_reads_otherwise(history):
    text, made_from = OLD, {"en": "Ouvrir un registre."}
    for lang, words in history:
        text = text.worded(lang, words, EDITED)
        if lang != "fr":
            made_from[lang] = text.words("fr")

    behind = {lang: was for lang, was in made_from.items() if was != text.words("fr")}
    assert {lang: text.changed_since(lang) for lang in text.behind()} == behind


@given(histories, said.filter(str.strip))
def test_a_change_of_the_original_that_is_taken_back_leaves_nothing_behind(history, words):
    text = after(history)
    if text:
        back = text.with_original(words).with_original(text.words(text.original))
        assert set(back.behind()) == set(text.behind())


@given(histories, st.lists(histories, max_size=3))
def test_translations_of_the_same_original_are_kept_and_only_those(history, others):
    text, others = after(history), [after(other) for other in others]
    kept = text.with_translations_of(*others)

    assert kept.shown_original() == text.shown_original()
    assert set(kept) >= set(text)
    for lang in set(kept) - {kept.original}:
        assert kept[lang].text in {one.words(lang) for one in (text, *others)}
    assert kept.with_translations_of(*others) == kept


def test_of_two_translations_the_more_reliable_is_kept():
    reviewed = OLD.with_translation("en", "Keep a register.", REVIEWED)

    assert OLD.with_translations_of(reviewed) == reviewed
    assert reviewed.with_translations_of(OLD) == reviewed
    assert Text.of("fr", fr="Autre.").with_translations_of(reviewed) == Text.of("fr", fr="Autre.")


def test_reworded_marks_one_original_and_gives_translations_their_status():
    sheet = {"fr": ("Ouvrir.", DRAFT), "en": ("Open.", REVIEWED), "ar": (" ", DRAFT)}
    text = Text().reworded("fr", sheet)

    assert {lang: w.status for lang, w in text.items()} == {"fr": "original", "en": "reviewed"}


def test_reworded_leaves_behind_what_was_not_touched():
    text = OLD.reworded("fr", {"fr": ("Tenir un registre.", DRAFT), "en": (OLD.words("en"), DRAFT)})

    assert (text["fr"].source_revision, text.changed_since("en")) == (2, "Ouvrir un registre.")


def test_with_original_of_the_same_words_changes_nothing():
    assert OLD.with_original("Ouvrir un registre. ") == OLD


def test_with_original_in_the_language_of_a_translation_makes_the_former_a_draft():
    text = OLD.with_original("Open a register.", "en")

    assert {lang: w.status for lang, w in text.items()} == {"fr": "draft", "en": "original"}
    assert text.behind() == []


def test_with_translation_brings_it_up_to_date_also_in_the_same_words():
    text = OLD.with_original("Ouvrir le registre.")
    assert (text.behind(), text.with_translation("en", OLD.words("en"), REVIEWED).behind()) == (
        ["en"],
        [],
    )


def test_with_translation_without_words_takes_it_away():
    assert list(OLD.with_translation("en", " ", DRAFT)) == ["fr"]


@pytest.mark.parametrize(
    ("text", "lang", "status"),
    [
        pytest.param(OLD, "fr", EDITED, id="the original"),
        pytest.param(OLD, "en", TextStatus.ORIGINAL, id="a second original"),
        pytest.param(Text(), "en", EDITED, id="of nothing"),
    ],
)
def test_with_translation_refuses(text, lang, status):
    with pytest.raises(ValueError, match="translation"):
        text.with_translation(lang, "x", status)
