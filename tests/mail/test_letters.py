"""How messages read: lazy words, directions, HTML that says what the text says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from majlis.kernel.punctuation import FIRST_STRONG, POP
from majlis.kernel.texts import Text, TextStatus, Wording
from majlis.kernel.words import Language
from majlis.mail import letters
from majlis.registration.states import RoleKind


@pytest.fixture
def compose(tmp_path, settings):
    """Write a letter from the source of a template."""
    loaders = [
        ("django.template.loaders.filesystem.Loader", [tmp_path]),
        "django.template.loaders.app_directories.Loader",
    ]
    options = {**settings.TEMPLATES[0]["OPTIONS"], "loaders": loaders}
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": options}]

    def compose(source: str, *, language: str = "en", **facts: object) -> letters.Letter:
        (tmp_path / "letter.txt").write_text(
            f"{{% autoescape off %}}Subject\n\n{source}{{% endautoescape %}}", encoding="utf-8"
        )
        return letters.compose("letter.txt", language=language, facts=facts)

    return compose


@pytest.mark.parametrize("language", ["en", "fr"])
def test_lazy_words_are_spoken_in_the_letter_s_language_in_lists_too(compose, language):
    kinds = (RoleKind.ORGANISER.label, RoleKind.MODERATOR.label)
    with translation.override(language):
        one, other = (str(kind) for kind in kinds)

    letter = compose('{{ kinds|join:", " }} / {{ kind }}', language=language, kinds=kinds, kind=one)

    assert letter.text == f"{one}, {other} / {one}\n"


@pytest.mark.parametrize(
    ("language", "read"),
    [
        ("en", "organiser, moderator / moderator"),
        ("fr", "organisateur, modérateur / modérateur"),
        ("ar", "منظِّم، مشرف على المساهمات / مشرف على المساهمات"),
    ],
)
def test_list_printed_as_it_is_reads_as_a_sentence(compose, language, read):
    kinds = (RoleKind.ORGANISER.label, RoleKind.MODERATOR.label)

    letter = compose(
        "{{ kinds }} / {{ kinds.1 }}{{ nothing }}", language=language, kinds=kinds, nothing=None
    )

    assert letter.text == f"{read}\n"


def test_word_of_the_other_direction_is_isolated(compose):
    letter = compose(
        "{{ name }} {{ link }}", language="ar", name="Ben (Tunis)", link="https://a.b/"
    )

    assert letter.text == f"{FIRST_STRONG}Ben (Tunis){POP} https://a.b/\n"


def test_word_of_the_same_direction_stays_as_it_is(compose):
    assert compose("{{ name }}", name="Ben (Tunis)").text == "Ben (Tunis)\n"


WORDS = """Hello <Ben>,
https://a.b/c/

    123 456

| When | 25 March |
| Page | https://a.b/d/ |
[Open my link](https://a.b/e/)


Bye"""


def test_html_says_what_the_text_says_with_links_codes_facts_and_buttons(compose):
    letter = compose(WORDS, language="ar")

    when, page, day, link = (
        f"{FIRST_STRONG}{said}{POP}" for said in ("When", "Page", "25 March", "https://a.b/d/")
    )
    assert letter.text == (
        "Hello <Ben>,\nhttps://a.b/c/\n\n    123 456\n\n"
        f"{when}: {day}\n{page}: {link}\n\nOpen my link:\nhttps://a.b/e/\n\nBye\n"
    )
    html = " ".join(re.sub(' style="[^"]*"', "", letter.html).split())
    assert '<table role="presentation" width="600" cellpadding="0" cellspacing="0"' in html
    assert 'lang="ar" dir="rtl"' in html
    for piece in (
        'Hello &lt;Ben&gt;, <br> <a href="https://a.b/c/" dir="ltr">https://a.b/c/</a>',
        '<strong dir="ltr">123 456</strong>',
        '<th width="32%" scope="row"> When </th> <td> 25 March </td>',
        '<a href="https://a.b/d/" dir="ltr">https://a.b/d/</a>',
        '<td><a href="https://a.b/e/">Open my link</a></td>',
        '<span dir="ltr">https://a.b/e/</span>',
    ):
        assert piece in html


def test_frame_says_whose_letter_it_is_why_it_came_and_how_it_ends(compose):
    frame = letters.Frame(
        name=TITLE,
        line=lambda: "Tunis, 25 March",
        why=RoleKind.ORGANISER.label,
        links=[("Your data", "https://a.b/c/")],
        small=["Funded by <us>"],
        emblems=[("Funder", "https://a.b/emblem.png")],
        stop="https://a.b/stop/",
    )
    compose("Words")

    letter = letters.compose("letter.txt", language="en", facts={}, frame=frame)

    assert letter.subject == "Subject: Maghreb en"
    assert letter.text == (
        "Words\n\n-- \nMaghreb en\nTunis, 25 March\n\norganiser\n\nYour data:\nhttps://a.b/c/\n\n"
        "Stop emails that are not about your place:\nhttps://a.b/stop/\n\nFunded by <us>\n"
    )
    for piece in ("Maghreb en", "Tunis, 25 March", ">organiser<", 'href="https://a.b/c/"',
                  'href="https://a.b/stop/"', "Funded by &lt;us&gt;", 'alt="Funder"'):  # fmt: skip
        assert piece in letter.html


def test_name_that_looks_like_an_address_is_no_link(compose):
    assert "<a" not in compose("Hello {{ name }},", name="https://evil.example").html


TEMPLATES = Path(letters.__file__).resolve().parents[1]
LETTERS = sorted(
    str(path.relative_to(path.parents[2]))
    for path in TEMPLATES.glob("*/templates/*/letters/*.txt")
    if not path.name.startswith("_")
)
TITLE = Text({lang: Wording(f"Maghreb {lang}", TextStatus.ORIGINAL) for lang in Language.values})


def everything() -> dict[str, object]:
    """A value of every kind that a letter may be given, lazy words and lists among them."""
    return {
        "title": TITLE,
        "place": TITLE,
        "when": RoleKind.ORGANISER.label,
        "programme": "https://a.example/d/",
        "my_page": "https://a.example/e/",
        "about": "https://a.example/f/",
        "starts_on": date(2026, 11, 27),
        "ends_on": date(2026, 11, 28),
        "name": "Ben",
        "state": RoleKind.MODERATOR.label,
        "reason": RoleKind.RAPPORTEUR.label,
        "roles": [RoleKind.ORGANISER.label, RoleKind.MODERATOR.label],
        "link": "https://a.example/b/",
        "code": "123 456",
    }


def test_there_are_letters():
    assert len(LETTERS) >= 7


@pytest.mark.parametrize("language", Language.values)
@pytest.mark.parametrize("template", LETTERS)
def test_letter_prints_words_only_and_all_in_its_own_language(template, language):
    read = set()
    for around in Language.values:  # whoever causes it may read another language
        with translation.override(around):
            letter = letters.compose(template, language=language, facts=everything())
        read.add((letter.subject, letter.text, letter.html))

    assert len(read) == 1
    for odd in ("[", "]", "None", "__proxy__", "object at", "&#x27;", "{"):
        assert odd not in letter.subject + letter.text
    for address in re.findall(r"https://a\.example/\w/", letter.text):
        assert f'href="{address}"' in letter.html
