"""Who pays is named everywhere: emblem, statement and disclaimer, together, in every language."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from majlis.kernel.texts import Text
from majlis.series.actions import set_edition_state
from majlis.series.actions.editions import NotVisible
from majlis.series.models import Edition
from majlis.series.queries import lacking_of_funder, said_lacks
from majlis.series.states import EditionState, PartnerRole, TextKind
from tests.conftest import as_person
from tests.factories.packs import PNG
from tests.factories.people import PersonFactory
from tests.factories.registration import RoleFactory
from tests.factories.series import EditionFactory, PartnerFactory, PublicTextFactory, fund

pytestmark = pytest.mark.django_db


def draft(**facts):
    return EditionFactory(state=EditionState.DRAFT, **facts)


def lacks(edition) -> str:
    return said_lacks(lacking_of_funder(edition))


def test_an_edition_without_a_word_on_who_pays_is_not_announced():
    edition = draft()

    with pytest.raises(NotVisible, match="Funding statement – there is none yet; Disclaimer"):
        set_edition_state(edition, EditionState.ANNOUNCED, by=PersonFactory())

    assert Edition.objects.get().state == EditionState.DRAFT


def test_statement_and_disclaimer_are_asked_in_every_language_of_the_edition():
    edition = draft(languages=["en", "fr"])
    PublicTextFactory(edition=edition, kind=TextKind.FUNDING, body=Text.of("en", en="Paid by us."))
    PublicTextFactory(edition=edition, kind=TextKind.DISCLAIMER)

    assert lacks(edition) == "Funding statement – missing in these languages: French"


def test_a_funder_is_shown_with_its_emblem_or_not_at_all():
    edition = draft()
    fund(edition)
    funder = PartnerFactory(edition=edition, role=PartnerRole.FUNDER)

    assert lacks(edition) == "Emblem of FEMISE – the file is missing"
    funder.emblem.save("eu.png", ContentFile(PNG))
    assert lacks(edition) == ""


def test_wording_that_nobody_has_confirmed_is_not_announced():
    edition = draft()
    fund(edition)
    edition.texts.filter(kind=TextKind.FUNDING).update(is_confirmed=False)

    assert lacks(edition) == "Funding statement – not confirmed yet"


@pytest.mark.parametrize("mark", ["is_demo", "is_rehearsal"])
def test_a_demonstration_may_leave_emblem_and_wording_unconfirmed(mark):
    edition = draft(**{mark: True})
    fund(edition)
    edition.texts.update(is_confirmed=False)
    PartnerFactory(edition=edition, role=PartnerRole.FUNDER)

    assert lacks(edition) == ""


def test_the_desk_says_what_is_missing_and_offers_no_button():
    role = RoleFactory(edition=draft())
    address = reverse("planning:plan", kwargs={"edition": role.edition.slug})
    before = as_person(role.person).get(address).content.decode()
    fund(role.edition)
    after = as_person(role.person).get(address).content.decode()

    assert "there is none yet" in before
    assert ["Announce the edition" in page for page in (before, after)] == [False, True]


def test_every_public_page_ends_with_emblem_statement_and_disclaimer(client):
    edition = EditionFactory()
    fund(edition)
    funder = PartnerFactory(edition=edition, role=PartnerRole.FUNDER)
    funder.emblem.save("eu.png", ContentFile(PNG))

    page = client.get(reverse("series:programme", kwargs={"edition": edition.slug}))

    foot = page.content.decode().split("<footer")[1]
    emblem = reverse("series:emblem", kwargs={"edition": edition.slug, "code": funder.code})
    assert [emblem in foot, foot.count("A working day.")] == [True, 2]
