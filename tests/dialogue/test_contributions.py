"""Offering, withdrawing and capturing contributions; the pages on the phone."""

import pytest
from django.urls import reverse

from majlis.dialogue import actions
from majlis.dialogue.models import Contribution
from majlis.dialogue.states import Channel, ContributionKind, ContributionState
from majlis.kernel.disclosure import AttributionRule
from majlis.kernel.errors import RuleBroken
from majlis.kernel.models import Act
from tests.conftest import as_person, as_voice
from tests.factories.dialogue import ContributionFactory
from tests.factories.people import PersonFactory
from tests.factories.registration import VoiceFactory
from tests.factories.series import EditionFactory, SessionFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def offer(voice, **more):
    told = {"kind": ContributionKind.PROPOSAL, "words": "A register.", "language": "en", "key": "k"}
    return actions.offer_contribution(voice, **{**told, **more})


def test_offer_keeps_the_words_as_they_are_and_says_so_without_them():
    voice = VoiceFactory()

    contribution = offer(voice, words="  Un\r\nregistre «public».  ")

    contribution.refresh_from_db()
    assert contribution.words == "Un\nregistre «public»."
    assert (contribution.state, contribution.channel) == ("captured", Channel.PHONE)
    act = Act.objects.get()
    assert (act.verb, act.doer, act.facts) == ("offered", voice.doer, {"kind": "proposal"})


def test_offer_again_under_the_same_key_adds_nothing():
    voice = VoiceFactory()

    first, again = offer(voice), offer(voice)

    assert first == again
    assert Contribution.objects.count() == 1


def test_other_words_under_the_same_key_are_not_lost():
    voice = VoiceFactory()
    offer(voice)

    offer(voice, words="A register for all three countries.")

    assert Contribution.objects.count() == 2


def test_same_key_from_another_voice_is_another_contribution():
    ben = VoiceFactory()

    assert offer(ben) != offer(VoiceFactory(edition=ben.edition))


def test_offer_to_a_sealed_edition_is_refused():
    voice = VoiceFactory(edition__is_sealed=True)

    with pytest.raises(RuleBroken, match="has been made anonymous"):
        offer(voice)

    assert not Contribution.objects.exists()


def test_withdraw_works_while_it_waits():
    contribution = ContributionFactory()

    actions.withdraw_contribution(contribution, by=contribution.voice)

    contribution.refresh_from_db()
    assert contribution.state == ContributionState.WITHDRAWN


def test_withdraw_is_refused_once_it_was_taken_up():
    contribution = ContributionFactory()
    actions.accept_contribution(contribution, why="Clear.", by=PersonFactory())

    with pytest.raises(RuleBroken, match="no longer be withdrawn"):
        actions.withdraw_contribution(contribution, by=contribution.voice)


def card(session, **more):
    told = {"kind": ContributionKind.CHALLENGE, "words": "Too slow.", "language": "en", "key": "k"}
    told |= {"session": session, "card_number": "7", "by": PersonFactory(), **more}
    return actions.capture_card(session.edition, **told)


def test_card_is_nobodys_voice():
    captured = card(SessionFactory())

    assert (captured.voice, captured.channel, captured.card_number) == (None, Channel.PAPER, "7")


def test_card_number_twice_in_a_session_is_refused():
    session = SessionFactory()
    card(session)

    with pytest.raises(RuleBroken, match="already been entered"):
        card(session, key="other", words="Too slow indeed.")

    assert card(SessionFactory(edition=session.edition)).card_number == "7"


def test_card_sent_twice_is_taken_once():
    session = SessionFactory()

    assert card(session) == card(session)


# -- pages -----------------------------------------------------------------------------------


@pytest.fixture
def voice():
    edition = EditionFactory(slug="tunis")
    SessionFactory(
        edition=edition,
        code="A01",
        attribution_rule=AttributionRule.PUBLIC,
        theme=ThemeFactory(edition=edition, code="T2"),
    )
    return VoiceFactory(edition=edition)


def page(name, language="en", **kwargs):
    return f"/{language}" + reverse(f"dialogue:{name}", kwargs={"edition": "tunis", **kwargs})[3:]


def sent(**more):
    told = {"kind": "proposal", "words": "A register.", "language": "en", "key": "k"}
    return {**told, "session": "", "rule_shown": "chatham_house", **more}


def test_contribute_page_says_the_rule_and_writes_in_the_readers_direction(voice):
    answer = as_voice(voice).get(page("contribute", "ar"))

    html = answer.content.decode()
    assert 'data-rule="chatham_house">' in html
    assert 'data-rule="public" hidden>' in html
    assert 'lang="ar" dir="rtl"' in html
    assert '<option value="ar" selected>' in html


def test_contribute_takes_what_is_sent_and_leads_to_the_list(voice):
    answer = as_voice(voice).post(page("contribute"), sent())

    assert (answer.status_code, answer["Location"]) == (303, page("my-contributions"))
    assert Contribution.objects.get().voice == voice


def test_contribute_under_another_rule_than_was_shown_asks_again(voice):
    phone = as_voice(voice)

    answer = phone.post(page("contribute"), sent(session="A01"))

    html = answer.content.decode()
    assert answer.status_code == 422
    assert (
        "The rule for this session has changed since you opened the page. Read it, then send."
        in html
    )
    assert 'name="rule_shown" value="public"' in html
    assert not Contribution.objects.exists()
    assert (
        phone.post(page("contribute"), sent(session="A01", rule_shown="public")).status_code == 303
    )


def test_contribute_takes_the_theme_of_the_session(voice):
    as_voice(voice).post(page("contribute"), sent(session="A01", rule_shown="public"))

    assert Contribution.objects.get().theme.code == "T2"


def test_contribute_over_the_limit_is_told_by_how_much(voice):
    answer = as_voice(voice).post(page("contribute"), sent(words="a" * 601))

    assert answer.status_code == 422
    assert "Your text has 601 characters" in answer.content.decode()


def test_contribute_counts_a_line_end_once(voice):
    words = "a" * 299 + "\r\n" + "b" * 300

    assert as_voice(voice).post(page("contribute"), sent(words=words)).status_code == 303


def test_contribute_with_htmx_answers_a_bad_form_with_the_same_piece(voice):
    answer = as_voice(voice).post(page("contribute"), sent(words=""), HTTP_HX_REQUEST="true")

    html = answer.content.decode().strip()
    assert answer.status_code == 422
    assert html.startswith("<form")


def test_contribute_with_htmx_moves_the_browser_on(voice):
    answer = as_voice(voice).post(page("contribute"), sent(), HTTP_HX_REQUEST="true")

    assert (answer.status_code, answer["HX-Redirect"]) == (204, page("my-contributions"))


def test_session_of_another_edition_is_no_choice(voice):
    SessionFactory(code="B09")

    assert as_voice(voice).post(page("contribute"), sent(session="B09")).status_code == 422


def test_my_contributions_tell_what_was_made_and_why_not(voice):
    mia = PersonFactory()
    kept = ContributionFactory(voice=voice, words="Keep this.")
    dropped = ContributionFactory(voice=voice, words="Drop this.")
    ContributionFactory(voice__edition=voice.edition, words="Somebody else's.")
    actions.accept_contribution(kept, why="Very clear.", by=mia)
    actions.decline([dropped], reason="Outside the theme.", by=mia)

    html = as_voice(voice).get(page("my-contributions")).content.decode()

    assert "Statement 1" in html
    assert "Very clear." in html
    assert "Outside the theme." in html
    assert "Somebody else" not in html


def test_my_contributions_cost_the_same_for_one_and_for_three(voice, django_assert_max_num_queries):
    phone = as_voice(voice)
    for n in (1, 2):
        ContributionFactory.create_batch(n, voice=voice)
        with django_assert_max_num_queries(12):
            phone.get(page("my-contributions"))


def test_withdraw_of_somebody_elses_contribution_is_not_found(voice):
    other = ContributionFactory(voice__edition=voice.edition)

    answer = as_voice(voice).post(page("contribution-withdraw", code=other.code))

    other.refresh_from_db()
    assert (answer.status_code, other.state) == (404, "captured")


def test_withdraw_after_it_was_taken_up_says_so(voice):
    contribution = ContributionFactory(voice=voice)
    actions.accept_contribution(contribution, why="Clear.", by=PersonFactory())

    answer = as_voice(voice).post(page("contribution-withdraw", code=contribution.code))

    assert answer.status_code == 409
    assert "no longer be withdrawn" in answer.content.decode()


def test_card_page_takes_a_card_and_stays_at_its_session(world):
    told = {"kind": "challenge", "words": "Too slow.", "language": "en", "session": "A08"}

    answer = as_person(world.chen).post(page("card"), {**told, "card_number": "3", "key": "k"})

    assert (answer.status_code, answer["Location"]) == (303, page("card") + "?session=A08")
    assert Contribution.objects.get(card_number="3").session == world.session


def test_card_page_needs_a_session(world):
    told = {"kind": "challenge", "words": "Too slow.", "language": "en", "session": ""}

    assert as_person(world.chen).post(page("card"), told).status_code == 422


def test_card_page_tells_a_number_taken_before_beside_the_words(world):
    told = {"kind": "challenge", "words": "Too slow.", "language": "en", "session": "A08"}
    chen = as_person(world.chen)
    chen.post(page("card"), {**told, "card_number": "3", "key": "a"})

    answer = chen.post(
        page("card"), {**told, "card_number": "3", "key": "b", "words": "Far too slow."}
    )

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "already been entered" in html
    assert "Far too slow." in html
