"""What people may write into a pack: words of three scripts, and everything that bites."""

from hypothesis import strategies as st

from majlis.kernel.pack.signs import clean
from majlis.kernel.texts import Text, TextStatus, Wording
from majlis.kernel.words import Language

SIGNS = st.one_of(
    st.sampled_from(list("abcé ،؛؟تونس٣:#-'\"|>{}[]&*!%@`,;\n\t\\=+yn0123456789.…–«» 🌍")),
    st.characters(exclude_categories=("Cs", "Cc")),
)
anything = st.text(SIGNS, max_size=60).map(clean)
one_line = anything.map(lambda text: " ".join(text.split()))


@st.composite
def texts(draw: st.DrawFn, *, words: st.SearchStrategy[str] = anything) -> Text:
    """Any text with exactly one original, or none at all."""
    written = {lang: draw(words) for lang in Language.values}
    there = [lang for lang, text in written.items() if text]
    if not there:
        return Text()
    original = draw(st.sampled_from(there))
    others = st.sampled_from([s for s in TextStatus if s != TextStatus.ORIGINAL])
    return Text(
        {
            lang: Wording(
                written[lang],
                TextStatus.ORIGINAL if lang == original else draw(others),
                draw(st.integers(1, 20)),
            )
            for lang in there
        }
    )
