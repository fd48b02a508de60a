"""Loading a pack: what it brings, and how it meets the desk's edits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from majlis.dialogue.models import Statement
from majlis.dialogue.states import RoundState, StatementOrigin
from majlis.front import packs
from majlis.kernel.disclosure import AttributionRule
from majlis.kernel.ledger import CONSOLE
from majlis.kernel.models import Act
from majlis.kernel.pack.faults import PackRefused
from majlis.kernel.texts import Text, TextStatus
from majlis.series.models import (
    Challenge,
    Edition,
    EditionLink,
    GlossaryTerm,
    Partner,
    PublicText,
    Series,
    Session,
    Theme,
)
from tests.factories.dialogue import ContributionFactory, RoundFactory
from tests.factories.packs import PNG, STATUS, SmallPack
from tests.factories.series import EditionFactory


@pytest.fixture
def small(tmp_path: Path) -> SmallPack:
    return SmallPack(tmp_path / "pack")


def faults_of(small: SmallPack, **options: Any) -> list[str]:
    """What a load says of the pack; it must refuse it."""
    with pytest.raises(PackRefused) as refused:
        packs.load(small.root, **options)
    return [str(fault) for fault in refused.value.faults]


def fates(loaded: packs.Loaded) -> dict[str, int]:
    return {fate: n for fate, n in loaded.counts.items() if n}


@pytest.mark.django_db
def test_load_brings_every_table(small):
    loaded = packs.load(small.root)

    edition = Edition.objects.get(slug="tunis")
    assert loaded.edition == edition
    assert edition.series.slug == "seminar"
    assert (edition.country, edition.languages, edition.is_demo) == ("TN", ["en", "fr", "ar"], True)
    assert edition.title["fr"].text == "Édition Maghreb"
    assert [t.code for t in Theme.objects.all()] == ["T1", "T2"]
    assert [c.code for c in Challenge.objects.all()] == ["C1"]
    sessions = [(s.code, f"{s.starts_at:%H:%M}", s.theme_id) for s in edition.sessions.all()]
    first, second = (theme.pk for theme in edition.themes.all())
    assert sessions == [("A1", "09:00", None), ("A2", "09:30", first), ("A3", "09:30", second)]
    assert [(t.code, t.kind) for t in PublicText.objects.all()] == [
        ("about", "about"),
        ("o1", "objective"),
    ]
    assert PublicText.objects.get(code="about").body["ar"].text == "يوم عمل."
    assert [p.code for p in Partner.objects.all()] == ["femise"]
    assert [link.code for link in EditionLink.objects.all()] == ["before"]
    assert [g.code for g in GlossaryTerm.objects.all()] == ["G1"]
    statement = Statement.objects.get(edition=edition)
    assert (statement.pack_id, statement.number, statement.origin) == (
        "S1",
        1,
        StatementOrigin.DEMO,
    )
    assert (statement.theme.code, statement.challenge.code) == ("T1", "C1")


@pytest.mark.django_db
def test_load_leaves_ledger_lines_by_the_console(small):
    packs.load(small.root)

    assert [(act.verb, act.doer, act.edition) for act in Act.objects.all()] == [
        ("load_pack", CONSOLE.doer, "tunis"),
        ("publish_programme", CONSOLE.doer, "tunis"),
        ("load_statements", CONSOLE.doer, "tunis"),
    ]


@pytest.mark.django_db
def test_load_twice_changes_nothing(small):
    packs.load(small.root)
    before = _everything()

    again = packs.load(small.root)

    assert fates(again) == {"unchanged": 14}
    assert _everything() == before


def _everything() -> dict[str, list[Any]]:
    models: tuple[Any, ...] = (
        Series, Edition, Theme, Challenge, Session, PublicText, Partner, EditionLink,
        GlossaryTerm, Statement, Act,
    )  # fmt: skip
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


@pytest.mark.django_db
def test_load_changes_what_the_pack_changed(small):
    packs.load(small.root)
    small.swap("themes.csv", "Finance,Finance", "Finance,Financement")
    small.swap("texts/about.fr.txt", "Une journée", "Toute une journée")

    loaded = packs.load(small.root)

    assert fates(loaded) == {"changed": 2, "unchanged": 12}
    assert Theme.objects.get(code="T2").title["fr"].text == "Financement"
    assert PublicText.objects.get(code="about").body["fr"].text == "Toute une journée de travail."


@pytest.mark.django_db
def test_load_keeps_and_reports_what_the_desk_edited(small):
    packs.load(small.root)
    theme = Theme.objects.get(code="T2")
    theme.title = theme.title.with_translation("fr", "Les finances", TextStatus.REVIEWED)
    theme.save()
    small.swap("themes.csv", "Finance,Finance", "Finance,Financement")

    loaded = packs.load(small.root)

    assert [str(change) for change in loaded.kept] == [
        "themes.csv T2: kept as edited at the desk (title_fr, title_status)"
    ]
    assert Theme.objects.get(code="T2").title["fr"].text == "Les finances"


@pytest.mark.django_db
def test_load_takes_the_pack_over_the_desk_when_told(small):
    packs.load(small.root)
    Theme.objects.filter(code="T2").update(title=Text.of("en", en="Money"))

    loaded = packs.load(small.root, overwrite=True)

    assert fates(loaded) == {"changed": 1, "unchanged": 13}
    assert Theme.objects.get(code="T2").title["en"].text == "Finance"


@pytest.mark.django_db
def test_load_leaves_out_what_the_desk_took_away(small):
    packs.load(small.root)
    GlossaryTerm.objects.all().delete()

    loaded = packs.load(small.root)

    assert [str(change) for change in loaded.kept] == [
        "glossary.csv G1: left out as taken away at the desk"
    ]
    assert list(GlossaryTerm.objects.all()) == []
    assert fates(packs.load(small.root, overwrite=True)) == {"added": 1, "unchanged": 13}


@pytest.mark.django_db
def test_load_never_deletes_a_row_that_left_the_pack(small):
    packs.load(small.root)
    (small.root / "glossary.csv").unlink()

    assert fates(packs.load(small.root)) == {"unchanged": 13}
    assert [term.code for term in GlossaryTerm.objects.all()] == ["G1"]


@pytest.mark.django_db
def test_load_leaves_other_editions_alone(small):
    other = EditionFactory(slug="elsewhere")

    packs.load(small.root)

    assert list(Edition.objects.order_by("slug").values_list("slug", flat=True)) == [
        "elsewhere",
        "tunis",
    ]
    assert list(other.themes.all()) == []


@pytest.mark.django_db
def test_load_publishes_the_programme_once_per_change(small):
    edition = packs.load(small.root).edition
    packs.load(small.root)
    small.swap("programme.csv", "Opening,", "Welcome,")
    packs.load(small.root)

    assert [v.number for v in edition.programme_versions.all()] == [1, 2]
    newest = edition.programme_versions.get(number=2).content
    assert [row["title_en"] for row in newest] == ["Welcome", "Table 1", "Table 2"]


@pytest.mark.django_db
def test_load_refuses_to_reword_a_statement_that_was_put_to_a_round(small):
    edition = packs.load(small.root).edition
    Statement.objects.update(round=RoundFactory(edition=edition, state=RoundState.OPEN))
    small.swap("statements.csv", "Open a register.", "Close a register.")

    assert faults_of(small, overwrite=True) == [
        (
            "statements.csv, row 2, column wording_en: the statement was put to a round, "
            "so its wording stands. Give the new wording a new identifier."
        )
    ]


@pytest.mark.django_db
def test_load_takes_a_better_translation_of_a_statement_in_a_round(small):
    edition = packs.load(small.root).edition
    Statement.objects.update(round=RoundFactory(edition=edition, state=RoundState.OPEN))
    small.swap("statements.csv", "Ouvrir un registre.", "Créer un registre.")

    assert fates(packs.load(small.root)) == {"changed": 1, "unchanged": 13}


@pytest.mark.django_db
def test_load_refuses_to_change_the_rule_under_which_people_have_spoken(small):
    edition = packs.load(small.root).edition
    session = edition.sessions.get(code="A2")
    ContributionFactory(voice__edition=edition, session=session)
    small.swap("programme.csv", f"الطاولة 1,{STATUS},chatham_house", f"الطاولة 1,{STATUS},public")

    assert faults_of(small) == [
        (
            "programme.csv, row 3, column attribution_rule: people have spoken in this session "
            "under the rule chatham_house, so it stands."
        )
    ]
    assert session.attribution_rule == AttributionRule.CHATHAM_HOUSE


@pytest.mark.django_db
def test_load_fills_an_emblem_slot_and_a_second_load_keeps_the_desk_s(small, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    small.swap("partners.csv", "femise.org,,", "femise.org,femise.png,")
    small.write("emblems/femise.png", PNG)

    edition = packs.load(small.root).edition

    partner = edition.partners.get()
    with partner.emblem.open() as stored:
        assert stored.read() == PNG
    assert packs.contents(edition)["emblems/femise.png"] == PNG
    assert fates(packs.load(small.root)) == {"unchanged": 14}
    assert len(list((tmp_path / "files" / "emblems").iterdir())) == 1
