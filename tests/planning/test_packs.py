"""The pack of an edition in the browser: downloaded, shown before it is loaded, loaded."""

import io
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from majlis.front import packs
from majlis.kernel.texts import Text
from majlis.series.models import PackUpload, Theme
from tests.conftest import ROOT, as_person
from tests.factories.registration import RoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return packs.load(ROOT / "editions" / "tunis-2026").edition


@pytest.fixture
def client(edition):
    return as_person(RoleFactory(edition=edition).person)


def to(name, edition):
    return reverse(f"planning:{name}", kwargs={"edition": edition.slug})


def changed(content: bytes, name: str, old: str, new: str) -> bytes:
    """The same pack with other words in one file."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as before, ZipFile(file, "w") as after:
        for one in before.namelist():
            words = before.read(one)
            if one.endswith(name):
                assert old.encode() in words
                words = words.replace(old.encode(), new.encode())
            after.writestr(one, words)
    return file.getvalue()


def hand_in(client, edition, content):
    file = SimpleUploadedFile("pack.zip", content, content_type="application/zip")
    return client.post(to("pack", edition), {"pack": file})


def test_downloaded_pack_is_that_of_the_folder_and_changes_nothing(client, edition):
    answer = client.get(to("pack-file", edition))
    with ZipFile(io.BytesIO(answer.content)) as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
        themes = archive.read(f"{edition.slug}/themes.csv")

    assert names == set(packs.contents(edition))
    assert themes == (ROOT / "editions/tunis-2026/themes.csv").read_bytes()
    assert (
        "Nothing: the edition already says all this."
        in hand_in(client, edition, answer.content).content.decode()
    )


def test_a_pack_is_shown_before_it_is_loaded(client, edition):
    old = str(edition.themes.get(code="T1").title)
    pack = changed(packs.zipped(edition), "themes.csv", old, "Upscaling")

    page = hand_in(client, edition, pack)
    before = Theme.objects.get(edition=edition, code="T1").title
    client.post(to("pack-load", edition))

    assert [(c.row.id, c.fate) for c in page.context["loaded"].differs] == [("T1", "changed")]
    assert [str(before), str(Theme.objects.get(edition=edition, code="T1").title)] == [
        old, "Upscaling",
    ]  # fmt: skip
    assert not PackUpload.objects.exists()


def test_what_was_edited_here_stays_unless_it_is_replaced(client, edition):
    theme = edition.themes.get(code="T1")
    pack = changed(packs.zipped(edition), "themes.csv", str(theme.title), "Upscaling")
    theme.title = Text.of("en", en="Industry")
    theme.save()

    hand_in(client, edition, pack)
    client.post(to("pack-load", edition))
    kept = str(Theme.objects.get(pk=theme.pk).title)
    hand_in(client, edition, pack)
    client.post(to("pack-load", edition), {"overwrite": "on"})

    assert [kept, str(Theme.objects.get(pk=theme.pk).title)] == ["Industry", "Upscaling"]


def test_faults_are_listed_and_nothing_is_kept(client, edition):
    pack = changed(packs.zipped(edition), "themes.csv", "T1,1,", "T1,first,")

    page = hand_in(client, edition, pack)

    assert page.status_code == 422
    assert "themes.csv, row 2, column position" in page.content.decode()
    assert not PackUpload.objects.exists()


@pytest.mark.parametrize("content", [b"no zip", b"PK\x03\x04 cut off", b"\x00" * 40])
def test_what_is_no_zip_file_is_refused_in_words(client, edition, content):
    page = hand_in(client, edition, content)

    assert (page.status_code, "this is no ZIP file" in page.content.decode()) == (422, True)


def test_pack_of_another_edition_is_refused(client, edition):
    other = changed(packs.zipped(edition), "edition.yaml", "slug: tunis-2026", "slug: rabat-2026")

    page = hand_in(client, edition, other)

    assert "this is “rabat-2026”; expected “tunis-2026”" in page.content.decode()


def test_a_file_that_would_leave_the_folder_stays_in_it(client, edition):
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("../../evil.csv", "id")
    page = hand_in(client, edition, file.getvalue())

    assert page.status_code == 422
    assert not (ROOT / "evil.csv").exists()
