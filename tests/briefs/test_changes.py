"""When a brief can be issued anew, and what it says has changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from majlis.briefs import actions
from majlis.briefs.changes import changes_between, content_of, is_unchanged
from majlis.briefs.document import BriefChange, Occasion, documents
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


def en(words):
    return Text.of("en", en=words)


def text_of(rec, kind):
    return rec.edition.texts.get(kind=kind)


def mend_disclaimer(rec):
    said = dict.fromkeys(("en", "fr", "ar"), "The views are those of the authors.")
    changed(text_of(rec, TextKind.DISCLAIMER), body=Text.of("en", **said))


def translate_funding(rec):
    text = text_of(rec, TextKind.FUNDING)
    changed(text, body=text.body.with_translation("ar", "بتمويل من", TextStatus.REVIEWED))


def review_translation(rec):
    changed(rec, text=rec.text.with_translation("fr", rec.text["fr"].text, TextStatus.REVIEWED))


def add_a_day(rec):
    changed(rec.edition, ends_on=rec.edition.ends_on + timedelta(days=1))


def add_a_body(rec, role):
    PartnerFactory(edition=rec.edition, role=role)


def date_a_source(rec):
    citation = rec.citations.get()
    changed(citation, cited_at=citation.cited_at - timedelta(days=2))


PRINTED = {  # what is done to a recommendation or its edition → what the next brief says of it
    "a disclaimer corrected": (mend_disclaimer, "around"),
    "a funding statement translated": (translate_funding, "around"),
    "an organiser renamed": (lambda r: changed(r.edition.partners.get(), name=en("X")), "around"),
    "an organiser confirmed": (lambda r: add_a_body(r, PartnerRole.ORGANISER), "around"),
    "the edition renamed": (lambda r: changed(r.edition, title=en("Tunis, again")), "around"),
    "the series renamed": (lambda r: changed(r.edition.series, title=en("Another")), "around"),
    "the place corrected": (lambda r: changed(r.edition, place=en("Sfax")), "around"),
    "a day added": (add_a_day, "around"),
    "another language prevails": (
        lambda r: changed(r.edition, authoritative_language="fr"),
        "around",
    ),
    "a larger smallest cell": (lambda r: changed(r.edition, smallest_cell_public=12), "around"),
    "a participant confirmed": (lambda r: RegistrationFactory(edition=r.edition), "around"),
    "a translation reviewed": (review_translation, "reworded"),
    "the title reworded": (lambda r: changed(r, title=en("A register")), "reworded"),
    "the theme renamed": (lambda r: changed(r.theme, title=en("Governance")), "changed"),
    "the addressee renamed": (lambda r: changed(r.addressees.get(), unit=en("Agency")), "changed"),
    "the date moved": (lambda r: changed(r, due_on=r.due_on + timedelta(days=1)), "changed"),
    "dissent recorded": (lambda r: changed(r.adoptions.get(), dissent="Too early."), "changed"),
    "a source dated": (date_a_source, "changed"),
}
UNPRINTED = {
    "nothing": lambda r: None,
    "a draft written": lambda r: drafted(r.edition),
    "a page reworded": lambda r: PublicTextFactory(edition=r.edition, kind=TextKind.CONTACT),
    "a funder named": lambda r: add_a_body(r, PartnerRole.FUNDER),
    "a registration waiting": lambda r: RegistrationFactory(edition=r.edition, state="waiting"),
    "the theme described": lambda r: changed(r.theme, about=en("Clusters")),
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

    assert since(last) == [
        BriefChange("around") if kind == "around" else BriefChange(kind, rec.rec_id)
    ]


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

    assert since(last) == [BriefChange("around")]


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
