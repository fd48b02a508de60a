"""The import of letters that 0.1 kept as files."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

from majlis.mail.states import MessageState
from tests.factories.mail import outbox

migration = import_module("majlis.mail.migrations.0002_import_kept_letters")


@pytest.mark.django_db
def test_kept_letters_are_imported_once_and_their_files_deleted(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.VAR = tmp_path
    headers = {"Content-Language": "ar", "X-Majlis-Kind": "confirmed", "X-Majlis-Edition": "tunis"}
    text = "مرحبا Ben،\n\nhttps://seminar.example/v/abc/\n"
    files = EmailBackend(file_path=str(tmp_path / "mail"))
    files.send_messages(
        [EmailMessage(f"دعوة {n}", text, to=[f"Reader{n}@xn--exmple-cua.org"], headers=headers)
         for n in (1, 2)]
    )  # fmt: skip

    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            migration.import_kept_letters(apps, None)

    first, second = outbox()
    assert (first.recipient, second.recipient) == ("reader1@exämple.org", "reader2@exämple.org")
    assert (first.subject, first.text) == ("دعوة 1", text)
    assert (first.state, first.language, first.edition) == (MessageState.KEPT, "ar", "tunis")
    assert list((tmp_path / "mail").iterdir()) == []
