"""The tests of wording and action: hints for writers."""

from __future__ import annotations

import pytest

from majlis.kernel.texts import Text
from majlis.recommendations import actions
from majlis.recommendations.queries import action_checks, wording_checks
from majlis.recommendations.queries.checks import (
    asks_one_thing,
    is_unit,
    stands_alone,
    starts_with_verb,
)
from majlis.recommendations.states import CostRange
from tests.factories.recommendations import WRITER, drafted, review_fields


@pytest.mark.parametrize(
    ("lang", "text", "does"),
    [
        ("en", "Open a public register.", True),
        ("en", "The ministry should open a register.", False),
        ("en", "", False),
        ("fr", "Ouvrir un registre public.", True),
        ("fr", "S'appuyer sur le registre.", True),
        ("fr", "Le ministère doit ouvrir un registre.", False),
        ("fr", "Premier pas vers un registre.", False),
        ("ar", "إنشاء سجل عمومي للعناقيد.", True),
        ("ar", "تفعيل صندوق الضمان.", True),
        ("ar", "على الوزارة إنشاء سجل.", False),
    ],
)
def test_starts_with_verb_reads_three_languages(lang, text, does):
    assert starts_with_verb(text, lang) is does


@pytest.mark.parametrize(
    ("lang", "text", "does"),
    [
        ("en", "Open a register of clusters and poles.", True),
        ("en", "Open a register and train its staff.", False),
        ("en", "Open a register. Train its staff.", False),
        ("fr", "Ouvrir un registre des clusters et des pôles.", True),
        ("fr", "Ouvrir un registre et former ses agents.", False),
        ("fr", "Ouvrir un registre ; le tenir.", False),
        ("ar", "إنشاء سجل للعناقيد والأقطاب.", True),
        ("ar", "إنشاء سجل وتكوين أعوانه.", False),
    ],
)
def test_asks_one_thing_reads_three_languages(lang, text, does):
    assert asks_one_thing(text, lang) is does


@pytest.mark.parametrize(
    ("lang", "text", "does"),
    [
        ("en", "Open a register.", True),
        ("en", "Open the register described above.", False),
        ("fr", "Ouvrir le registre susmentionné.", False),
        ("ar", "إنشاء السجل المذكور.", False),
    ],
)
def test_stands_alone_sees_pointers_elsewhere(lang, text, does):
    assert stands_alone(text, lang) is does


@pytest.mark.parametrize(
    ("name", "does"),
    [("Directorate of industry", True), ("The government", False), ("", False)],
)
def test_is_unit_knows_who_answers_to_nobody(name, does):
    assert is_unit(Text.of("en", en=name)) is does


@pytest.mark.django_db
def test_checks_are_five_and_ten_and_pass_on_a_full_sheet():
    rec = drafted()
    actions.revise_recommendation(rec, fields=review_fields(), by=WRITER)
    rec.refresh_from_db()

    assert [check.passed for check in wording_checks(rec)] == [True] * 5
    assert [check.passed for check in action_checks(rec)] == [True] * 10


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "open_check"),
    [
        ({"cost_range": CostRange.UNKNOWN}, "cost"),
        ({"indicator_baseline": ""}, "indicator"),
        ({"no_legal_basis_needed": False}, "legal_basis"),
        ({"due_on": None}, "due"),
        ({"risks": Text()}, "risk"),
    ],
)
def test_action_checks_leave_one_open(fields, open_check):
    rec = drafted()
    actions.revise_recommendation(rec, fields=review_fields(**fields), by=WRITER)
    rec.refresh_from_db()

    assert [check.code for check in action_checks(rec) if not check.passed] == [open_check]


@pytest.mark.django_db
def test_action_checks_take_the_mark_that_the_baseline_is_missing():
    rec = drafted()
    fields = review_fields(indicator_baseline="", baseline_missing=True)
    actions.revise_recommendation(rec, fields=fields, by=WRITER)
    rec.refresh_from_db()

    assert all(check.passed for check in action_checks(rec))
