"""Making an edition anonymous: what is refused, what stays as it was shown, what ends."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from majlis.dialogue import actions as dialogue
from majlis.dialogue import queries
from majlis.dialogue.models import Contribution, PaperBallot, Showing, VoteEvent
from majlis.dialogue.queries.lineage import lineage_of, lineages_of
from majlis.dialogue.queries.sources import sources_of_all
from majlis.dialogue.states import RoundState
from majlis.front import sealing
from majlis.front.sealing import seal_edition, sweep, sweep_sealed
from majlis.front.states import Verb
from majlis.kernel.clock import now
from majlis.kernel.disclosure import Audience, shown_source
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import acts_on
from majlis.kernel.models import Act
from majlis.kernel.texts import Text
from majlis.opinion import actions as opinion
from majlis.opinion.models import Result
from majlis.registration import actions as registration
from majlis.registration.access import admission_token
from majlis.registration.answers import Answers
from majlis.registration.models import Admission, Consent, Device, Registration, Voice
from majlis.series.sealing import EditionSealed
from tests.conftest import as_person, as_voice
from tests.factories.dialogue import (
    ContributionFactory,
    RoundFactory,
    StatementFactory,
    VoteEventFactory,
    counted,
)
from tests.factories.mail import MessageFactory
from tests.factories.registration import AdmissionFactory, RegistrationFactory, VoiceFactory
from tests.factories.series import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(world):
    """Fifty voices of four groups have answered six statements in two camps."""
    round = world.round
    statements = [world.statement, *StatementFactory.create_batch(5, round=round)]
    for n, statement in enumerate(statements):
        statement.position = n
        statement.save()
    for i in range(50):
        group = ("sme", "ministry", "bank", "donor")[min(i // 16, 3)]
        voice = VoiceFactory(edition=world.edition, constituency=group)
        for n, statement in enumerate(statements):
            if (i + n) % 7:
                VoteEventFactory(
                    statement=statement, voice=voice, stance=1 if (i % 2) == (n % 2) else -1
                )
    world.round = counted(round)
    opinion.refresh_stale()
    return world.edition


FORM_KEYS = re.compile(rb'<input type="hidden"[^>]*>')


def pages(world) -> dict[str, bytes]:
    """What the team gets to see and to download of a shown round, but for the menu."""
    ada = as_person(world.ada)
    at = {"edition": world.edition.slug, "code": world.round.code}
    found = {}
    for name in ("opinion:results", "dialogue:desk-turnout"):
        main = ada.get(reverse(name, kwargs=at)).content.partition(b"<main")[2]
        found[name] = FORM_KEYS.sub(b"", main.partition(b"</main>")[0])
    for kind in ("json", "csv"):
        found[kind] = ada.get(reverse("opinion:file", kwargs=at | {"kind": kind})).content
    kinds = {"edition": world.edition.slug, "kind": "json"}
    found["statements"] = ada.get(reverse("dialogue:statements-export", kwargs=kinds)).content
    return found


def test_nothing_is_left_that_opened_a_voice(world, edition):
    phone, card = as_voice(world.ben), AdmissionFactory(voice=world.ben)
    waiting = RegistrationFactory(edition=edition, state="waiting")

    seal_edition(edition, by=world.ada)

    assert (Admission.objects.count(), Device.objects.count()) == (0, 0)
    assert phone.get("/en/e/tunis/room/").status_code == 404
    assert Client().post(f"/v/{admission_token(card)}/").status_code == 410
    place = Registration.objects.get(person__name="Ben")
    for act in (registration.give_new_card, registration.send_link_again, registration.approve):
        with pytest.raises(RuleBroken, match="made anonymous"):
            act(waiting if act == registration.approve else place, by=world.ada)


def test_what_was_shown_stays_byte_for_byte(world, edition):
    before = pages(world)
    digests = dict(Result.objects.values_list("mode", "digest"))

    seal_edition(edition, by=world.ada)

    assert pages(world) == before
    assert dict(Result.objects.values_list("mode", "digest")) == digests
    assert set(digests) == {"room", "polis"}


def test_results_made_again_from_anonymous_votes_give_the_same_bytes(world, edition):
    seal_edition(edition, by=world.ada)

    made = [opinion.make_again(one, by=world.ada) for one in Result.objects.all()]

    assert [one.agrees for one in made] == [True, True]
    assert {tuple(one.places) for one in Result.objects.all()} == {()}


def test_votes_keep_their_answer_and_a_group_that_enough_share(world, edition):
    stances = sorted(VoteEvent.objects.values_list("statement", "stance"))
    last = VoteEvent.objects.filter(statement=world.statement).first()
    VoteEventFactory(  # an answer that was changed leaves no trace
        statement=world.statement, voice=last.voice, seq=2, stance=last.stance
    )

    seal_edition(edition, by=world.ada)

    votes = VoteEvent.objects.all()
    assert len(votes) == len(stances)
    assert set(votes.values_list("seq", "channel")) == {(1, "")}
    assert len(set(votes.values_list("at", flat=True))) == 1
    voices = Voice.objects.filter(edition=edition)
    assert set(voices.values_list("constituency", "country")) == {
        (family, "") for family in ("firms", "authorities", "finance")
    }  # two donors alone would be found
    assert set(voices.values_list("registration", "language", "capacity")) == {(None, "", "")}


@pytest.mark.parametrize(
    ("groups", "kept"),
    [
        pytest.param({"sme": 6, "bank": 5}, {"sme", "bank"}, id="groups large enough"),
        pytest.param(
            {"sme": 6, "pole": 4, "bank": 5}, {"firms", "finance"}, id="main groups large enough"
        ),
        pytest.param({"sme": 6, "bank": 4}, {""}, id="a main group too small"),
        pytest.param({"sme": 6, "": 3}, {""}, id="too few without a group"),
    ],
)
def test_a_group_is_kept_only_where_every_group_of_the_round_is_large_enough(world, groups, kept):
    for group, n in groups.items():
        for _ in range(n):
            more = {} if group else {"registration": None}
            voice = VoiceFactory(edition=world.edition, constituency=group, **more)
            VoteEventFactory(statement=world.statement, voice=voice)
    counted(world.round)

    seal_edition(world.edition, by=world.ada)

    voted = Voice.objects.filter(votes__statement=world.statement)
    assert set(voted.values_list("constituency", flat=True)) == kept
    assert {row[0] for one in Showing.objects.all() for row in one.counts} <= kept | {""}


def test_each_round_has_voices_of_its_own(world, edition):
    other = StatementFactory(round__edition=edition)
    for voice in Voice.objects.filter(edition=edition):
        VoteEventFactory(statement=other, voice=voice)
    counted(other.round)

    seal_edition(edition, by=world.ada)

    first, second = (
        set(VoteEvent.objects.filter(statement__round=round).values_list("voice", flat=True))
        for round in (world.round, other.round)
    )
    assert (len(first & second), len(first), len(second)) == (0, 50, 51)


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.CLOSED])
def test_a_round_that_has_not_shown_its_results_is_named_and_nothing_is_changed(world, state):
    world.round.state = state
    world.round.closed_at = now() if state == RoundState.CLOSED else None
    world.round.save()
    VoteEventFactory(statement=world.statement, voice=world.ben)

    page = as_person(world.ada).get(reverse("front:seal", kwargs={"edition": "tunis"}))
    with pytest.raises(RuleBroken, match=f"“{world.round}” have not been shown"):
        seal_edition(world.edition, by=world.ada)

    assert "Make anonymous permanently" not in page.content.decode()
    assert str(world.round) in page.content.decode()
    world.ben.refresh_from_db()
    assert world.ben.registration is not None


def test_before_the_seminar_it_is_refused(world):
    world.round.delete()
    world.edition.starts_on = world.edition.ends_on = now().date() + timedelta(days=5)
    world.edition.save()

    with pytest.raises(RuleBroken, match="has not taken place yet"):
        seal_edition(world.edition, by=world.ada)

    assert Voice.objects.filter(registration=None).count() == 0


def test_the_page_needs_its_button_and_the_button_works_once(world, edition):
    ada, path = as_person(world.ada), reverse("front:seal", kwargs={"edition": edition.slug})

    ada.get(path)
    edition.refresh_from_db()
    assert not edition.is_sealed
    answers = [ada.post(path).status_code for _ in range(2)]

    edition.refresh_from_db()
    assert (answers, edition.is_sealed, edition.registration_open) == ([303, 409], True, False)
    assert acts_on(edition).filter(verb=Verb.SEALED).count() == 1


def test_a_sealed_edition_takes_nothing_more(world, edition):
    ben, waiting = world.ben, RoundFactory(edition=edition, state="draft", opened_at=None)
    session = SessionFactory(edition=edition)
    StatementFactory(round=waiting)
    phone = as_voice(ben)
    sealed = seal_edition(edition, by=world.ada)
    words = {"kind": "proposal", "words": "More.", "language": "en", "key": "k"}

    for refused in (
        lambda: dialogue.open_round(waiting, by=world.fay),
        lambda: dialogue.open_round(world.round, by=world.fay),
        lambda: dialogue.ask_again(world.round, by=world.fay),
        lambda: dialogue.prepare_round(sealed, title=Text.of("en", en="New"), by=world.fay),
        lambda: dialogue.type_ballot(waiting, number=1, stances={}, by=world.fay),
        lambda: dialogue.offer_contribution(ben, **words),
        lambda: dialogue.capture_card(
            sealed, session=session, card_number="1", by=world.mia, **words
        ),
        lambda: dialogue.import_round(
            sealed, title=Text.of("en", en="New"), statements=[], voices=[], votes=[], by=world.ada
        ),
        lambda: seal_edition(sealed, by=world.ada),
    ):
        with pytest.raises(EditionSealed):
            refused()

    assert phone.get("/en/e/tunis/room/").status_code in {404, 410}
    assert not VoteEvent.objects.filter(statement__round=waiting).exists()


def test_a_link_of_a_sealed_edition_says_that_it_has_ended_and_opens_nothing(world, edition):
    link = f"/v/{admission_token(AdmissionFactory(voice=world.ben))}/"
    seal_edition(edition, by=world.ada)

    answers = [Client().get(link), Client().get(f"{link[:-3]}x/")]

    assert [answer.status_code for answer in answers] == [410, 404]
    assert "made anonymous" in answers[0].content.decode()
    assert not answers[0].cookies


def test_my_data_after_sealing_holds_the_registration_and_no_words_or_votes(world, edition):
    ben = world.ben.registration.person
    phone = as_voice(world.ben)
    seal_edition(edition, by=world.ada)

    own = as_person(ben).get("/en/e/tunis/my-data/").content.decode()

    assert "ben" in own.lower()
    assert "Your votes" not in own
    assert phone.get("/en/e/tunis/my-data/erase/").status_code == 404


def test_the_desk_of_a_sealed_edition_offers_nothing_that_it_refuses(world, edition):
    draft = RoundFactory(edition=edition, state="draft", opened_at=None)
    ada = as_person(world.ada)
    paths = [
        reverse("dialogue:desk-rounds", kwargs={"edition": edition.slug}),
        *(
            reverse("dialogue:desk-round", kwargs={"edition": edition.slug, "code": round.code})
            for round in (draft, world.round)
        ),
    ]
    paths.append(reverse("registration:desk-registrations", kwargs={"edition": edition.slug}))
    offers = ("Prepare a voting round", "Open voting", "Reuse the statements", "Check in")

    def offered():
        return [
            words in ada.get(path).content.decode()
            for path, words in zip(paths, offers, strict=True)
        ]

    before = offered()
    seal_edition(edition, by=world.ada)

    assert (before, offered()) == ([True] * 4, [False] * 4)


def test_a_sealed_edition_takes_nobody(world, edition):
    place = Registration.objects.get(pk=world.ben.registration_id)
    sealed = seal_edition(edition, by=world.ada)
    walid = Answers(name="Walid", constituency="sme", country="TN", capacity="personal")

    with pytest.raises(RuleBroken, match="made anonymous"):
        registration.add_at_desk(sealed, answers=walid, language="fr", by=world.ada)
    registration.withdraw(place, by=place.person)

    assert place.person.name == "Ben"


@pytest.mark.parametrize("rule", ["public", "chatham_house"])
def test_what_is_told_of_sources_stays_told_and_nothing_else(world, edition, rule):
    session = SessionFactory(edition=edition, attribution_rule=rule)
    Consent.objects.create(registration=world.ben.registration, kind="named", is_given=True)
    others = Voice.objects.filter(edition=edition, constituency="sme").exclude(pk=world.ben.pk)
    made = []
    for voice in (world.ben, others.first()):
        said = ContributionFactory(voice=voice, edition=edition, session=session)
        made.append(dialogue.accept_contribution(said, why="As said.", by=world.mia))

    def told(audience):
        sources = sources_of_all(edition, lineages_of(edition, made).values(), audience)
        shown = [shown_source(source) for one in made for source in sources[one.pk]]
        return [(s.words, s.person, s.organisation, s.constituency, s.country) for s in shown]

    before = {audience: told(audience) for audience in Audience}
    seal_edition(edition, by=world.ada)

    assert {audience: told(audience) for audience in Audience} == before
    assert [person for _words, person, *_more in before[Audience.PUBLIC]] == [
        "Ben" if rule == "public" else "", ""
    ]  # fmt: skip
    led = set(Contribution.objects.values_list("voice", "named__person__name"))
    assert led == ({(None, "Ben"), (None, None)} if rule == "public" else {(None, None)})


def test_a_name_shown_with_permission_can_still_be_taken_back(world, edition):
    session = SessionFactory(edition=edition, attribution_rule="public")
    place = world.ben.registration
    Consent.objects.create(registration=place, kind="named", is_given=True)
    said = ContributionFactory(voice=world.ben, edition=edition, session=session)
    made = dialogue.accept_contribution(said, why="As said.", by=world.mia)
    seal_edition(edition, by=world.ada)

    registration.set_consents(Registration.objects.get(pk=place.pk), kinds=[], by=place.person)

    (source,) = sources_of_all(edition, [lineage_of(made)], Audience.PUBLIC)[made.pk]
    assert shown_source(source).person == ""


def test_turnout_and_paper_stay_counted_when_the_ballots_are_gone(world):
    for n in range(6):
        dialogue.type_ballot(
            world.round, number=n + 1, stances={world.statement.code: 1}, by=world.fay
        )
    VoteEventFactory(statement=world.statement, voice=world.ben)
    counted(world.round)
    before = queries.turnout(world.round)

    seal_edition(world.edition, by=world.ada)
    world.round.refresh_from_db()

    assert queries.turnout(world.round) == before
    assert (before.voted, before.paper, PaperBallot.objects.count()) == (1, 6, 0)


def test_an_edition_that_0_1_made_anonymous_is_sealed_once_more(world, edition):
    Voice.objects.filter(edition=edition).update(registration=None)
    edition.is_sealed = True
    edition.save()
    Act.objects.create(verb=Verb.SEALED, doer=world.ada.doer, edition=edition.slug)

    ada, path = as_person(world.ada), reverse("front:seal", kwargs={"edition": edition.slug})
    page = ada.get(path).content.decode()
    answers = [ada.post(path).status_code for _ in range(2)]

    assert "Do it once more" in page
    assert answers == [303, 409]
    assert set(VoteEvent.objects.values_list("channel", flat=True)) == {""}
    assert "Do it once more" not in ada.get(path).content.decode()


def test_imported_conversations_stay_as_they_are(world, edition):
    made = dialogue.import_round(
        edition,
        title=Text.of("en", en="Elsewhere"),
        statements=[dialogue.ImportedStatement("1", Text.of("en", en="One."))],
        voices=[dialogue.ImportedVoice(str(n)) for n in range(6)],
        votes=[dialogue.ImportedVote(str(n), "1", 1) for n in range(6)],
        by=world.ada,
    )
    votes = VoteEvent.objects.filter(statement__round=made).order_by("pk")
    before = list(votes.values())

    seal_edition(edition, by=world.ada)

    assert list(votes.all().values()) == before


def test_only_the_edition_is_touched(world, edition):
    other = VoteEventFactory(statement__round__edition=world.other, voice=world.omar)
    MessageFactory(edition=world.other.slug, recipient=world.omar.registration.person.email)
    before = list(VoteEvent.objects.filter(pk=other.pk).values())

    seal_edition(edition, by=world.ada)

    assert list(VoteEvent.objects.filter(pk=other.pk).values()) == before
    world.omar.refresh_from_db()
    assert world.omar.registration is not None


def test_earlier_backups_are_named_before_they_are_deleted(
    world, edition, settings, tmp_path, django_capture_on_commit_callbacks, monkeypatch
):
    settings.VAR = tmp_path
    (tmp_path / "backups").mkdir()
    (tmp_path / "publications").mkdir()
    doomed = [tmp_path / "backups" / "before-migration.zip", tmp_path / "copy.sqlite3"]
    kept = tmp_path / "publications" / "brief.zip"
    for path in (*doomed, kept):
        path.write_bytes(b"x")
    monkeypatch.setattr(sealing, "_forget_deleted_rows", lambda: None)

    page = as_person(world.ada).get(reverse("front:seal", kwargs={"edition": edition.slug}))
    with django_capture_on_commit_callbacks(execute=True):
        seal_edition(edition, by=world.ada)

    assert all(str(path.relative_to(tmp_path)) in page.content.decode() for path in doomed)
    assert [path.exists() for path in (*doomed, kept)] == [False, False, True]
    assert acts_on(edition).filter(verb=Verb.SWEPT).count() == 1


def test_the_tick_goes_on_where_sweeping_was_interrupted(world, edition, monkeypatch):
    seal_edition(edition, by=world.ada)
    swept = []
    monkeypatch.setattr(sealing, "_forget_deleted_rows", lambda: swept.append(1))

    sweep_sealed()
    sweep_sealed()

    assert len(swept) == 1
    assert Act.objects.filter(verb=Verb.SWEPT).count() == 1
    assert sweep(edition)


def test_menu_after_sealing_offers_no_door_that_is_closed(world, edition):
    desk, path_of = as_person(world.ada), reverse("dialogue:card", args=["tunis"])
    card = f'href="{path_of}"'.encode()
    assert card in desk.get("/en/desk/tunis/").content

    seal_edition(edition, by=world.ada)

    for path in ("", "moderation/"):
        assert card not in desk.get(f"/en/desk/tunis/{path}").content
    assert desk.get(path_of).status_code == 409
