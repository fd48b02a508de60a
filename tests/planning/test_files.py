"""Documents of sessions: what is taken, who gets them, and how."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from majlis.series.models import SessionFile
from majlis.ui.documents import NotADocument, document
from tests.conftest import as_person
from tests.factories.registration import RoleFactory
from tests.factories.series import SessionFactory

PDF = b"%PDF-1.7\n%%EOF\n"


def archive(*names, **contents):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "")
        for name, content in contents.items():
            made.writestr(name, content)
    return file.getvalue()


def png():
    file = io.BytesIO()
    Image.new("RGB", (2, 2)).save(file, "PNG")
    return file.getvalue()


SLIDES = archive("[Content_Types].xml", "ppt/presentation.xml")
MACROS = archive("[Content_Types].xml", "ppt/presentation.xml", "ppt/vbaProject.bin")
ODP = archive(mimetype="application/vnd.oasis.opendocument.presentation")


@pytest.mark.parametrize(
    ("content", "name"),
    [(PDF, "a.pdf"), (png(), "a.PNG"), (SLIDES, "a.pptx"), (ODP, "a.odp")],
)
def test_document_is_what_its_name_says(content, name):
    assert document(content, name).ending == name.lower()[1:]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<script>alert(1)</script>", "a.pdf"),
        (PDF, "a.html"),
        (PDF, "a.svg"),
        (PDF, "a.pptx"),
        (SLIDES, "a.docx"),
        (b"\x89PNG nothing more", "a.png"),
        (MACROS, "a.pptx"),
        (archive(mimetype="text/html"), "a.odp"),
        (b"PK\x03\x04", "a.odt"),
    ],
)
def test_file_that_is_something_else_is_refused(content, name):
    with pytest.raises(NotADocument):
        document(content, name)


@pytest.mark.django_db
def test_document_is_added_given_as_a_download_and_deleted():
    ada = RoleFactory()
    session = SessionFactory(edition=ada.edition)
    browser, here = as_person(ada.person), {"edition": ada.edition.slug}
    address = reverse("planning:add-file", kwargs=here | {"code": session.code})
    sent = {"title": "Slides", "audience": "public", "document": SimpleUploadedFile("a.pdf", PDF)}

    browser.post(address, sent)
    file = SessionFile.objects.get()
    given = Client().get(reverse("planning:file", kwargs=here | {"code": file.code}))
    programme = Client().get(reverse("series:programme", kwargs=here)).content.decode()
    browser.post(reverse("planning:remove-file", kwargs=here | {"code": file.code}))

    assert given.content == PDF
    assert given["Content-Disposition"].startswith("attachment")
    assert "sandbox" in given["Content-Security-Policy"]
    assert f"/files/{file.code}/" in programme
    assert not SessionFile.objects.exists()


@pytest.mark.django_db
def test_wrong_document_is_told_and_nothing_is_kept():
    ada = RoleFactory()
    session = SessionFactory(edition=ada.edition)
    address = reverse("planning:add-file", args=[ada.edition.slug, session.code])
    sent = {"title": "X", "audience": "public", "document": SimpleUploadedFile("a.pdf", b"<html>")}

    answer = as_person(ada.person).post(address, sent)

    assert answer.status_code == 422
    assert "This file is not what its name says" in answer.content.decode()
    assert not SessionFile.objects.exists()


@pytest.mark.django_db
def test_title_of_a_document_for_participants_is_told_to_nobody_else():
    session = SessionFactory()
    SessionFile.objects.create(
        session=session, title="Draft of the cluster law", ending="pdf", size=1,
        audience="participants",
    )  # fmt: skip

    page = Client().get(reverse("series:programme", args=[session.edition.slug])).content.decode()

    assert "Document for participants" in page
    assert "Draft of the cluster law" not in page
