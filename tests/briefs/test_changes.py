"""When a brief can be issued anew, and what it says has changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from majlis.briefs import actions
from majlis.briefs.changes import changes_between, content_of, is_unchanged
from majlis.briefs.document import Change, Occasion, documents
from majlis.briefs.models import Publication
from majlis.briefs.queries import gather
from majlis.kernel.canonical import digest_of
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.texts import Text, TextStatus
from majlis.recommendations import actions as recommendations
from majlis.series.models import Edition
from majlis.series.states import PartnerRole, TextKind
from tests.conftest import as_person
from tests.factories.recommendations import WRITER, CitedLinkFactory, drafted, published
from tests.factories.registration import RegistrationFactory, RoleFactory
from tests.factories.series import EditionFactory, PartnerFactory, PublicTextFactory
from tests.recommendations.test_brief_content import adopt

pytestmark = pytest.mark.django_db
BASE = "http://seminar.test"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def issue(edition, base_url=BASE):
    return actions.issue(edition, base_url=base_url, by=WRITER)


def changed(thing, **fields):
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save()


def mend_disclaimer(rec):
    text = rec.edition.texts.get(kind=TextKind.DISCLAIMER)
    changed(text, body=Text.of("en", en="The views are those of the authors."))


def translate_funding(rec):
    text = rec.edition.texts.get(kind=TextKind.FUNDING)
    changed(text, body=text.body.with_translation("ar", "بتمويل من", TextStatus.REVIEWED))


def review_translation(rec):
    changed(rec, text=rec.text.with_translation("fr", rec.text["fr"].text, TextStatus.REVIEWED))


PRINTED = {  # what is done to an edition and its recommendation → what the next brief says of it
    "a disclaimer corrected": (mend_disclaimer, "around"),
    "a funding statement translated": (translate_funding, "around"),
    "an organiser renamed": (
        lambda rec: changed(rec.edition.partners.get(), name=Text.of("en", en="FEMISE Network")),
        "around",
    ),
    "an organiser confirmed": (
        lambda rec: PartnerFactory(edition=rec.edition, role=PartnerRole.ORGANISER),
        "around",
    ),
    "the edition renamed": (
        lambda rec: changed(rec.edition, title=Text.of("en", en="Tunis, second day")),
        "around",
    ),
    "the series renamed": (
        lambda rec: changed(rec.edition.series, title=Text.of("en", en="Another series")),
        "around",
    ),
    "the place corrected": (
        lambda rec: changed(rec.edition, place=Text.of("en", en="Sfax")),
        "around",
    ),
    "a day added": (
        lambda rec: changed(rec.edition, ends_on=rec.edition.ends_on + timedelta(days=1)),
        "around",
    ),
    "another authoritative language": (
        lambda rec: changed(rec.edition, authoritative_language="fr"),
        "around",
    ),
    "a larger smallest cell": (lambda rec: changed(rec.edition, smallest_cell_public=12), "around"),
    "a participant confirmed": (lambda rec: RegistrationFactory(edition=rec.edition), "around"),
    "a translation reviewed": (review_translation, "reworded"),
    "a title translated anew": (
        lambda rec: changed(rec, title=rec.title.with_translation("fr", "Un titre", "edited")),
        "reworded",
    ),
    "the theme renamed": (
        lambda rec: changed(rec.theme, title=Text.of("en", en="Governance")),
        "changed",
    ),
    "the addressee renamed": (
        lambda rec: changed(rec.addressee, unit=Text.of("en", en="Agency of clusters")),
        "changed",
    ),
    "the date moved": (
        lambda rec: changed(rec, due_on=rec.due_on + timedelta(days=1)),
        "changed",
    ),
    "dissent recorded": (
        lambda rec: changed(rec.adoptions.get(), dissent="Too early."),
        "changed",
    ),
    "a source dated": (
        lambda rec: changed(
            rec.citations.get(), cited_at=rec.citations.get().cited_at - timedelta(days=2)
        ),
        "changed",
    ),
}


UNPRINTED = {
    "nothing": lambda rec: None,
    "a draft written": lambda rec: drafted(rec.edition),
    "a page of the site reworded": lambda rec: PublicTextFactory(
        edition=rec.edition, kind=TextKind.CONTACT
    ),
    "a funder named": lambda rec: PartnerFactory(edition=rec.edition, role=PartnerRole.FUNDER),
    "a registration waiting": lambda rec: RegistrationFactory(edition=rec.edition, state="waiting"),
    "the theme described": lambda rec: changed(rec.theme, about=Text.of("en", en="Clusters")),
}


def ready():
    rec = published(EditionFactory(slug="tunis"))
    PartnerFactory(edition=rec.edition, role=PartnerRole.ORGANISER, code="femise")
    return rec


def kept(edition):
    """A brief as it would be kept when it is issued, without its files."""
    at = now()
    day = at.astimezone(edition.zone).date()
    content = content_of(documents(gather(edition, base_url=BASE)), Occasion(day, 1))
    return Publication(
        edition=edition, number=1, issued_at=at, content=content, content_digest=digest_of(content)
    )


def since(last):
    """What has changed since a brief was kept; None when nothing that is printed has."""
    built = documents(gather(Edition.objects.get(pk=last.edition_id), base_url=BASE))
    if is_unchanged(built, last):
        return None
    return changes_between(last.content["documents"], built)


@pytest.mark.parametrize("what", list(PRINTED))
def test_a_brief_differs_when_anything_printed_changes(what):
    rec = ready()
    last = kept(rec.edition)
    change, kind = PRINTED[what]

    change(rec)

    assert since(last) == [Change("around") if kind == "around" else Change(kind, rec.rec_id)]


@pytest.mark.parametrize("what", list(UNPRINTED))
def test_a_brief_is_the_same_when_nothing_printed_changes(what):
    rec = ready()
    last = kept(rec.edition)

    UNPRINTED[what](rec)

    assert since(last) is None


def test_a_corrected_disclaimer_can_be_issued():
    rec = ready()
    issue(rec.edition)
    mend_disclaimer(rec)

    second = issue(rec.edition)

    assert (second.number, second.changes) == (2, [{"kind": "around", "rec_id": ""}])
    english = second.content["documents"]["en"]
    assert english["colophon"][-1] == "The views are those of the authors."
    assert english["changes"] == ["Other parts of the brief have changed."]


def test_issue_again_without_a_change_is_refused():
    rec = ready()
    issue(rec.edition)

    with pytest.raises(RuleBroken, match="Nothing has changed"):
        issue(rec.edition)

    assert Publication.objects.count() == 1


def test_another_address_of_the_server_can_be_issued_anew():
    rec = ready()
    issue(rec.edition, "http://192.0.2.7:8000")

    second = issue(rec.edition, "https://seminar.example")

    assert second.changes == [{"kind": "around", "rec_id": ""}]
    assert "192.0.2.7" not in str(second.content)


def test_another_layout_can_be_issued_anew():
    last = kept(ready().edition)
    last.content["template"] = "of an older version"
    last.content_digest = digest_of(last.content)

    assert since(last) == [Change("around")]


def test_the_desk_says_when_nothing_has_changed_since_the_last_brief():
    rec = ready()
    organiser = as_person(RoleFactory(edition=rec.edition).person)
    desk = reverse("briefs:desk", kwargs={"edition": "tunis"})
    before = organiser.get(desk).context["unchanged_since"]
    organiser.post(reverse("briefs:issue", kwargs={"edition": "tunis"}))
    after = organiser.get(desk).context["unchanged_since"]
    mend_disclaimer(rec)

    assert (before, after) == (None, Publication.objects.get())
    assert organiser.get(desk).context["unchanged_since"] is None


def test_a_brief_issued_by_the_first_version_is_read_and_followed_by_a_new_one(client):
    """It kept a fingerprint of each recommendation, and no digest of the layout."""
    rec = ready()
    first = issue(rec.edition)
    content = {"documents": first.content["documents"], "fingerprint": {rec.rec_id: {}}}
    changed(first, content=content, content_digest=digest_of(content))
    review_translation(rec)

    second = issue(rec.edition)

    assert second.changes == [{"kind": "reworded", "rec_id": rec.rec_id}]
    first.refresh_from_db()
    assert (first.content, first.content_digest) == (content, digest_of(content))
    listed = client.get(reverse("briefs:public-list", kwargs={"edition": "tunis"}))
    assert {file.sha256[:16] in listed.text for file in first.files.all()} == {True}


def test_gathering_asks_as_much_for_three_recommendations_of_three_sources_as_for_one_of_one():
    edition = EditionFactory()
    published(edition)
    with CaptureQueriesContext(connection) as one:
        gather(edition, base_url=BASE)
    for _ in range(2):
        rec = drafted(edition)
        for _ in range(2):
            recommendations.cite(rec, source=CitedLinkFactory(edition=edition), by=WRITER)
        adopt(rec)

    with CaptureQueriesContext(connection) as three:
        material = gather(edition, base_url=BASE)

    assert len(material.content.footnotes) == 7
    assert len(three) == len(one)


def test_building_and_comparing_ask_nothing(django_assert_num_queries):
    rec = ready()
    last = kept(rec.edition)
    material = gather(rec.edition, base_url=BASE)

    with django_assert_num_queries(0):
        assert is_unchanged(documents(material), last)
