"""The desk's pages: queue, steps, statements, translations, exports."""

import csv
import io
import json

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from majlis.dialogue import actions
from majlis.dialogue.models import LineageStep, Statement
from majlis.dialogue.states import RoundState
from majlis.kernel.disclosure import AttributionRule
from majlis.kernel.errors import RuleBroken
from majlis.kernel.texts import Text, TextStatus
from majlis.registration.models import Consent
from majlis.registration.states import ConsentKind
from tests.conftest import as_person
from tests.factories.dialogue import ContributionFactory, RoundFactory, StatementFactory
from tests.factories.series import SessionFactory

pytestmark = pytest.mark.django_db


def page(name, query="", **kwargs):
    kwargs = {"edition": "tunis", **kwargs}
    return "/en" + reverse(f"dialogue:{name}", kwargs=kwargs)[3:] + query


@pytest.fixture
def desk(world):
    return as_person(world.mia)


WORDED = {"text": "One register.", "language": "en", "kind": "proposal", "why": "Shorter."}


def test_queue_shows_words_and_never_who_said_them(world, desk):
    ContributionFactory(voice=world.ben, words="Un registre svp.")

    html = desk.get(page("moderation")).content.decode()

    assert "Un registre svp." in html
    assert "Ben" not in html


def test_queue_hints_at_what_says_the_same(world, desk):
    world.contribution.words = "Il faut ouvrir un registre public des clusters."
    world.contribution.save()
    world.statement.wording = Text.of("fr", fr="Ouvrir un registre public de tous les clusters.")
    world.statement.save()

    html = desk.get(page("moderation")).content.decode()

    assert f"Merge with statement {world.statement.number}" in html


def test_queue_tells_that_more_has_arrived(world, desk):
    path = page("moderation", f"?known={world.contribution.code}")
    assert desk.get(path, HTTP_HX_REQUEST="true").content.decode().strip() == ""
    ContributionFactory.create_batch(2, voice=world.ben)

    html = desk.get(path, HTTP_HX_REQUEST="true").content.decode()

    assert "2 new contributions." in html
    assert "<h1>" not in html


def test_queue_narrows_to_what_was_chosen(world, desk):
    ContributionFactory(voice=world.ben, words="ملاحظة", language="ar", kind="question")

    html = desk.get(page("moderation", "?language=ar&kind=question")).content.decode()

    assert "ملاحظة" in html
    assert world.contribution.words not in html


def test_queue_finds_words_whatever_their_accents(world, desk):
    ContributionFactory(voice=world.ben, words="Accélérer les procédures.")

    html = desk.get(page("moderation", "?q=accelerer")).content.decode()

    assert "Accélérer les procédures." in html
    assert world.contribution.words not in html


def test_queue_costs_the_same_for_one_and_for_three(world, desk, django_assert_max_num_queries):
    for n in (0, 2):
        ContributionFactory.create_batch(n, voice=world.ben)
        with django_assert_max_num_queries(30):
            desk.get(page("moderation"))


def test_accept_from_the_queue_makes_a_statement(world, desk):
    query = f"?c={world.contribution.code}"

    answer = desk.post(page("step", query, kind="accept"), {"why": "Clear."})

    assert (answer.status_code, answer["Location"]) == (303, page("moderation"))
    step = LineageStep.objects.get()
    assert (step.kind, step.by) == ("accepted", world.mia.doer)


def test_step_without_a_why_is_asked_for_one(world, desk):
    query = f"?c={world.contribution.code}"

    answer = desk.post(page("step", query, kind="reword"), {**WORDED, "why": ""})

    assert answer.status_code == 422
    assert "Give the reason" in answer.content.decode()
    assert not LineageStep.objects.exists()


def test_reword_of_a_statement_leads_to_what_was_made(world, desk):
    query = f"?s={world.statement.code}"

    answer = desk.post(page("step", query, kind="reword"), WORDED)

    made = Statement.objects.order_by("-number").first()
    assert answer["Location"] == page("statement", code=made.code)


def test_split_needs_two_parts(world, desk):
    query = f"?c={world.contribution.code}"
    part = {
        "part1-text": "A.",
        "part1-kind": "proposal",
        "part2-text": "",
        "part2-kind": "proposal",
    }
    told = {"language": "en", "why": "Two.", "part3-kind": "proposal", "part4-kind": "proposal"}

    assert desk.post(page("step", query, kind="split"), {**part, **told}).status_code == 422
    done = desk.post(page("step", query, kind="split"), {**part, **told, "part2-text": "B."})

    assert done.status_code == 303
    assert LineageStep.objects.get().edges.count() == 2


def test_merge_of_contribution_and_statement(world, desk):
    query = f"?c={world.contribution.code}&s={world.statement.code}"

    assert desk.post(page("step", query, kind="merge"), WORDED).status_code == 303
    assert LineageStep.objects.get().edges.count() == 2


def test_merge_of_one_thing_is_sent_back_with_a_word(world, desk):
    answer = desk.get(page("step", f"?c={world.contribution.code}", kind="merge"), follow=True)

    assert answer.redirect_chain == [(page("moderation"), 303)]
    assert "Choose at least two" in answer.content.decode()


def test_second_moderator_is_told_in_words(world, desk):
    path = page("step", f"?c={world.contribution.code}", kind="accept")
    desk.post(path, {"why": "Clear."})

    answer = as_person(world.ada).post(path, {"why": "Clear to me too."})

    assert answer.status_code == 409
    assert "Someone else has already dealt with" in answer.content.decode()
    assert Statement.objects.filter(edges_in__isnull=False).count() == 1


def test_things_of_another_edition_are_not_found(world, desk):
    elsewhere = ContributionFactory(voice=world.omar)

    assert desk.get(page("step", f"?c={elsewhere.code}", kind="accept")).status_code == 404


def test_unknown_step_is_not_found(world, desk):
    query = f"?c={world.contribution.code}"

    assert desk.get(page("step", query, kind="promote")).status_code == 404


def test_undo_from_the_desk(world, desk):
    step = actions.decline([world.contribution], reason="Off theme.", by=world.mia)

    answer = desk.post(page("step-undo", code=step.code))

    world.contribution.refresh_from_db()
    assert (answer.status_code, world.contribution.state) == (303, "captured")


def test_carry_from_the_desk_offers_only_rounds_in_preparation(world, desk):
    draft = RoundFactory(edition=world.edition, state=RoundState.DRAFT, opened_at=None)
    path = page("step", f"?s={world.statement.code}", kind="carry")

    assert desk.post(path, {"to": world.round.code}).status_code == 422
    assert desk.post(path, {"to": draft.code}).status_code == 303
    assert draft.statements.count() == 1


# -- statements ------------------------------------------------------------------------------


def test_statement_page_shows_the_way_back_to_the_words(world, desk):
    contribution = ContributionFactory(voice=world.ben, words="Mot pour mot.")
    made = actions.accept_contribution(contribution, why="Clear.", by=world.mia)
    again = actions.reword(made, wanted=_wanted(), why="Shorter.", by=world.mia)

    html = desk.get(page("statement", code=again.code)).content.decode()

    assert "Based on 1 contribution." in html
    assert "Mot pour mot." in html
    assert f"Statement {made.number}" in html


@pytest.mark.parametrize(
    ("name", "query", "kwargs"),
    [
        pytest.param("statement", "", {"code": "{code}"}, id="statement"),
        pytest.param("step", "?s={code}", {"kind": "reword"}, id="step"),
        pytest.param("translations-into", "", {"language": "ar"}, id="translations"),
    ],
)
def test_original_words_are_read_at_once(world, desk, name, query, kwargs):
    StatementFactory.create_batch(
        2, edition=world.edition, wording=Text.of("fr", fr="Ouvrez tout.")
    )
    code = Statement.objects.last().code
    asked = {key: value.format(code=code) for key, value in kwargs.items()}

    html = desk.get(page(name, query.format(code=code), **asked)).content.decode()

    assert '<span lang="fr" dir="ltr">Ouvrez tout.</span>' in html
    assert "Show the original" not in html


def _wanted():
    from majlis.dialogue.actions import Wanted
    from majlis.dialogue.states import ContributionKind

    return Wanted("Word for word.", "en", ContributionKind.PROPOSAL)


@pytest.mark.parametrize(
    "guard", [{"only_statement": True}, {"rule": AttributionRule.CLOSED}], ids=["asked", "closed"]
)
def test_guarded_words_are_for_moderators_only(world, desk, guard):
    rule = guard.get("rule", AttributionRule.PUBLIC)
    contribution = ContributionFactory(
        voice=world.ben,
        words="Between us.",
        only_statement=guard.get("only_statement", False),
        session=SessionFactory(edition=world.edition, attribution_rule=rule),
    )
    made = actions.reword(contribution, wanted=_wanted(), why="Shorter.", by=world.mia)
    path = page("statement", code=made.code)

    assert "Between us." in desk.get(path).content.decode()
    assert "Between us." not in as_person(world.chen).get(path).content.decode()


def test_demo_statement_is_marked_as_spoken_by_no_one(world, desk):
    demo = StatementFactory(round__edition=world.edition, origin="demo")

    assert (
        "Sample statement: no participant said this"
        in desk.get(page("statement", code=demo.code)).content.decode()
    )


def test_translation_is_entered_with_its_status(world, desk):
    path = page("statement-translate", code=world.statement.code, language="ar")

    answer = desk.post(path, {"ar-text": "فتح سجل عمومي.", "ar-status": "reviewed"})

    world.statement.refresh_from_db()
    wording = world.statement.wording["ar"]
    assert (answer.status_code, wording.text, wording.status) == (
        303,
        "فتح سجل عمومي.",
        TextStatus.REVIEWED,
    )


def test_translation_never_touches_the_original(world):
    with pytest.raises(RuleBroken, match="original wording"):
        actions.translate_statement(
            world.statement, language="fr", text="Autre.", status=TextStatus.EDITED, by=world.mia
        )


def test_translation_changed_meanwhile_is_not_overwritten(world, desk):
    path = page("statement-translate", code=world.statement.code, language="en")

    answer = desk.post(path, {"en-text": "Mine.", "en-status": "edited", "en-seen": "Not theirs."})

    world.statement.refresh_from_db()
    assert answer.status_code == 409
    assert world.statement.wording["en"].text == "Open a public register."


def test_worklist_goes_from_one_missing_translation_to_the_next(world, desk):
    second = StatementFactory(round=world.round, number=world.statement.number + 1)
    path = page("translations-into", language="ar")
    assert "2 statements still to translate" in desk.get(path).content.decode()

    desk.post(
        page("statement-translate", code=world.statement.code, language="ar"),
        {"ar-text": "سجل.", "ar-status": "draft", "then": "next"},
    )

    html = desk.get(path).content.decode()
    assert "1 statement still to translate" in html
    assert f"Statement {second.number}" in html


def test_csv_has_a_row_for_each_statement_with_the_number_of_its_sources(world, desk):
    made = actions.accept_contribution(world.contribution, why="Clear.", by=world.mia)

    answer = desk.get(page("statements-export", kind="csv"))

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    by_number = {row["number"]: row for row in rows}
    row = by_number[str(made.number)]
    assert (row["wording_fr"], row["n_contributions"], row["made_by"]) == (
        "Un registre public des clusters.",
        "1",
        "accepted",
    )
    assert by_number[str(world.statement.number)]["n_contributions"] == "0"


def test_csv_holds_no_formula(world, desk):
    world.statement.wording = Text.of("en", en='=HYPERLINK("x")')
    world.statement.save()

    answer = desk.get(page("statements-export", kind="csv")).content.decode()

    assert "'=HYPERLINK" in answer


def test_json_tells_no_name_under_the_chatham_house_rule_and_no_guarded_words(world, desk):
    Consent.objects.create(
        registration=world.ben.registration, kind=ConsentKind.NAMED, is_given=True
    )
    guarded = ContributionFactory(voice=world.ben, words="Between us.", only_statement=True)
    actions.accept_contribution(world.contribution, why="Clear.", by=world.mia)
    actions.reword(guarded, wanted=_wanted(), why="Shorter.", by=world.mia)

    answer = desk.get(page("statements-export", kind="json")).content.decode()

    told = [s for row in json.loads(answer)["statements"] for s in row["sources"]]
    assert len(told) == 2
    assert "Ben" not in answer
    assert "Between us." not in answer
    assert {"sme", "TN"}.isdisjoint(v for source in told for v in source.values())


def test_statements_cost_the_same_for_one_and_for_three(world, desk, django_assert_max_num_queries):
    for n in (0, 2):
        for _ in range(n):
            contribution = ContributionFactory(voice=world.ben)
            actions.accept_contribution(contribution, why="Clear.", by=world.mia)
        with django_assert_max_num_queries(20):
            desk.get(page("statements"))


def test_statements_leave_as_a_spreadsheet_with_numbers_as_numbers(world):
    desk = as_person(world.ada)
    address = reverse("dialogue:statements-export", kwargs={"edition": "tunis", "kind": "xlsx"})
    sheet = load_workbook(io.BytesIO(desk.get(address).content)).active
    heads = [cell.value for cell in sheet[1]]
    first = dict(zip(heads, [cell.value for cell in sheet[2]], strict=True))

    assert (first["number"], first["wording_en"]) == (1, "Open a public register.")
