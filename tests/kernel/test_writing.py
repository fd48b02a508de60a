"""The one rule for text that enters."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from majlis.kernel import writing

pytestmark = pytest.mark.once

ANY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            list(
                "aé1 \n\t\r\u0301\u0327\u0323سـَّ👩🔬🏽🏴↔❤#王ᠠ"
                "\u200b\u200c\u200d\u200e\u200f\u202e\u2066\u2069"
            )
            + list(
                "\ufe0f\ufe0e\ufe00\u180b\u20e3\U000e0067\U000e0062\U000e007f\ufeff\u3164\u2800\uf0b7\x0b\x85\u2028"
            )
        ),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        # controls and line ends
        ("a\x00b\x1bc\x7fd\x90e", "abcde"),
        ("First line\x0bsecond line", "First line\nsecond line"),
        ("a\r\nb\rc\x85d\u2028e\u2029f\x0cg", "a\nb\nc\nd\ne\nf\ng"),
        ("a \t\nb  ", "a\nb"),
        # marks of direction
        ("abc \u202edef\u202c ghi", "abc def ghi"),
        ("\u2067abc\u2069 \u2066d\u2069", "abc d"),
        ("\u200eBen\u200fja\u061cmin\u200e", "Benjamin"),
        ("قال (abc)\u200f .", "قال (abc)\u200f ."),
        # nothing to see
        ("\u200b\u200b", ""),
        (" \u3164\u2800\u00ad\ufeff ", ""),
        ("\u0301\u0302", ""),
        ("\ufe0f", ""),
        # marks on letters
        ("e\u0301te\u0301", "été"),
        ("\u0301abc", "abc"),
        ("h" + "\u0301\u0302\u0303" * 20, "h" + "\u0301\u0302\u0303" * 2),
        ("بِسْمِ ٱللَّهِ", "بِسْمِ ٱللَّهِ"),
        # joiners
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("CD\u200cها", "CD\u200cها"),
        ("۱۴۰۰ ه\u200d.ش", "۱۴۰۰ ه\u200d.ش"),
        ("क्\u200dष", "क्\u200dष"),
        ("ad\u200cmin \u200d x", "admin  x"),
        (
            "👩\u200d🔬 🏃🏽\u200d♀\ufe0f ❤\ufe0f\u200d🔥 🙂\u200d↔\ufe0f",
            "👩\u200d🔬 🏃🏽\u200d♀\ufe0f ❤\ufe0f\u200d🔥 🙂\u200d↔\ufe0f",
        ),
        ("👩\u200d", "👩"),
        # selectors
        ("3\ufe0f\u20e3 #\ufe0f\u20e3", "3\ufe0f\u20e3 #\ufe0f\u20e3"),
        ("a\ufe0fb 3\ufe0f 王\ufe0f", "ab 3 王"),
        ("葛\U000e0100 ≩\ufe00", "葛\U000e0100 ≩\ufe00"),
        # tags
        (
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        ),
        ("Hi\U000e0068\U000e0069\U000e007f", "Hi"),
        # what Word writes
        ("\uf0b7 first point\r\n\uf0fc done", "• first point\n✓ done"),
        # no characters, and those that are only unknown here
        ("a\ufffeb\ufdd0c\U0001ffffd\ud800e\ufff9f", "abcdef"),
        ("\U0001faff \ue000 \u0378", "\U0001faff \ue000 \u0378"),
        ("« Qui\u202f? »", "« Qui\u202f? »"),
    ],
)
def test_text_keeps_what_is_meant(written, kept):
    assert writing.text(written) == kept


@given(ANY)
@example("\u0301 \u0302a")
@example("\n \u0301")
def test_text_kept_once_is_kept_as_it_is(written):
    kept = writing.text(written)

    assert writing.text(kept) == kept
    assert writing.line(writing.line(written)) == writing.line(written)
    assert unicodedata.is_normalized("NFC", kept)
    kept.encode()  # no lone halves
    assert not set(kept) & set(
        "\x00\r\x0b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff"
    )


@given(ANY)
def test_line_is_one_line(written):
    assert not set(writing.line(written)) & set("\n\t\r\x0b\u2028")


def test_a_line_end_counts_once():
    words = "\r\n".join(["y" * 59] * 10)

    assert len(words) > 600
    assert len(writing.text(words)) == 599


@pytest.mark.parametrize(
    ("rule", "written", "kept"),
    [
        (writing.email, "\u200bben@exam\u00adple.org\ufeff ", "ben@example.org"),
        (writing.email, "\u202aben＠example.org\u202c", "ben@example.org"),
        (writing.bare, " https://exam\u200bple.org/a\u2060b\n", "https://example.org/ab"),
        (writing.code, "\u202d١٢٣ ۴۵۶\u202c", "123 456"),
        (writing.code, "ＡＢＣ１", "ABC1"),
        (writing.number, "۱۲٫۵", "12.5"),
        (writing.number, "\u200e٢٠٢٦-٠٣-٢٥", "2026-03-25"),
        (writing.line, "one\r\ntwo\tthree", "one two three"),
    ],
)
def test_addresses_codes_and_numbers_are_read_as_meant(rule, written, kept):
    assert rule(written) == kept
