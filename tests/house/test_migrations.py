"""Migrations say what the models say, labels too."""

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_no_model_has_moved_away_from_its_migrations(capsys):
    call_command("makemigrations", dry_run=True)

    assert capsys.readouterr().out == "No changes detected\n"
