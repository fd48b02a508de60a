"""What every test may ask for: the cast, a small world, the shared data."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from hypothesis import settings as hypothesis_settings

from majlis.registration.access import VOICE_COOKIE, voice_token
from majlis.registration.models import Voice
from majlis.registration.states import RoleKind

# A shared processor is slow at times; what a property says does not hang on it.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of shared data, read by path; its tests are left out, with a word, without it."""
    folder = Path(os.environ.get("MAJLIS_SHARED") or ROOT.parent / "shared") / "data"
    if not folder.is_dir():
        pytest.skip(f"shared data is not at {folder} (MAJLIS_SHARED names its parent)")
    return folder


def as_person(person: object) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def as_voice(voice: Voice) -> Client:
    """A phone that holds this voice."""
    client = Client()
    client.cookies[VOICE_COOKIE + voice.edition.slug] = voice_token(voice)
    return client


@pytest.fixture
def world(db: object) -> SimpleNamespace:
    """One edition with its cast: Ada organises, Ben participates, Chen is rapporteur, Dina is a
    stranger, Fay facilitates, Mia moderates; Omar participates in another edition."""
    from tests.factories.dialogue import ContributionFactory, RoundFactory, StatementFactory
    from tests.factories.people import PersonFactory
    from tests.factories.registration import RoleFactory, VoiceFactory
    from tests.factories.series import (
        ChallengeFactory,
        EditionFactory,
        GlossaryTermFactory,
        PublicTextFactory,
        SessionFactory,
        ThemeFactory,
    )

    edition = EditionFactory(slug="tunis")
    other = EditionFactory(slug="elsewhere")
    ben = VoiceFactory(edition=edition, registration__person__name="Ben")
    round = RoundFactory(edition=edition)
    PublicTextFactory(edition=edition, kind="privacy")
    GlossaryTermFactory(edition=edition)
    return SimpleNamespace(
        edition=edition,
        other=other,
        theme=ThemeFactory(edition=edition, code="T1"),
        challenge=ChallengeFactory(edition=edition, code="C1"),
        session=SessionFactory(edition=edition, code="A08"),
        ada=RoleFactory(edition=edition, person__name="Ada").person,
        chen=RoleFactory(edition=edition, kind=RoleKind.RAPPORTEUR, person__name="Chen").person,
        fay=RoleFactory(edition=edition, kind=RoleKind.FACILITATOR, person__name="Fay").person,
        mia=RoleFactory(edition=edition, kind=RoleKind.MODERATOR, person__name="Mia").person,
        dina=PersonFactory(name="Dina"),
        omar=VoiceFactory(edition=other, registration__person__name="Omar"),
        ben=ben,
        round=round,
        statement=StatementFactory(round=round, edition=edition),
        contribution=ContributionFactory(voice=ben, edition=edition),
    )
