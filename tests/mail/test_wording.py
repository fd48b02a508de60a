"""Words that an organiser writes for a letter: their faults, and how they are filled."""

from __future__ import annotations

import pytest

from majlis.kernel.ledger import CLOCK
from majlis.kernel.texts import Text
from majlis.mail.actions import unword_letter, word_letter
from majlis.mail.wording import faults_in, filled
from majlis.registration.actions import decline
from majlis.registration.words import STANDARD
from tests.factories.mail import outbox
from tests.factories.registration import RegistrationFactory


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (
            "Hello\n\n{nmae},",
            "Line 3: “{nmae}” is not a placeholder here. Use {link}, {name}.",
        ),
        ("Hello {name", "Line 1: a brace has no partner. Placeholders look like {name}."),
        (
            "[Open](javascript:alert)",
            "Line 1: a button leads to a placeholder or to an address with https://.",
        ),
    ],
)
def test_fault_is_told_with_its_line(words, fault):
    assert faults_in(words, {"name", "link"}) == [fault]


def test_letter_without_the_link_it_is_for_is_refused():
    assert faults_in("Hello {name}", {"name", "link"}, {"link"}) == [
        "{link} is missing. Without it, the email is of no use to its reader."
    ]
    assert faults_in("[Open]({ link })", {"name", "link"}, {"link"}) == []


def test_paragraph_whose_place_has_nothing_to_say_is_left_out():
    words = "Hello {name},\n\nReason: {reason}\n\nBye"

    assert filled(words, {"name": "Ben", "reason": ""}) == "Hello Ben,\n\nBye"
    assert filled(words, {"name": "{reason}", "reason": "Full"}) == (
        "Hello {reason},\n\nReason: Full\n\nBye"
    )
    assert filled("{place}", {"place": Text.of("fr", fr="Tunis")}) == "Tunis (in French)"


def test_own_words_go_out_in_their_language_alone_until_they_are_taken_back(db):
    def declined(language):
        place = RegistrationFactory(edition=edition, state="waiting", confirmed_at=None,
                                    person__language=language, person__name="Ben")  # fmt: skip
        decline(place, reason="The room is full.", by=CLOCK)
        return outbox()[-1]

    edition = RegistrationFactory().edition
    standard = next(one for one in STANDARD if one.code == "declined")
    given = {"heading": "Alas, {title}", "words": "Dear {name}: {reason}"}
    word_letter(edition, standard.template, "en", by=CLOCK, **given)

    own, other = declined("en"), declined("fr")
    assert own.subject == "Alas, Maghreb Edition: Maghreb Edition"
    assert own.text.startswith("Dear Ben: The room is full.\n")
    assert "Dear" not in other.text

    unword_letter(edition, standard.template, "en", by=CLOCK)
    assert not declined("en").text.startswith("Dear")


@pytest.mark.parametrize("standard", STANDARD, ids=lambda one: one.code)
def test_standard_words_have_only_places_that_are_filled(standard):
    from majlis.circulars.letters import standard_words

    for language in ("en", "fr", "ar"):
        heading, words = standard_words(standard, language)
        assert faults_in(f"{heading}\n{words}", set(standard.places), standard.needs) == []
