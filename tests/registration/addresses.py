"""Addresses of registration."""

from tests.factories.registration import (
    AdmissionFactory,
    DeviceFactory,
    DocumentAnswerFactory,
    GuestFactory,
    PeopleImportFactory,
    RegistrationFactory,
)
from tests.house.addresses import Address


def ben(world) -> dict[str, object]:
    return {"edition": world.edition.slug, "code": world.ben.registration.code}


def chen(world) -> dict[str, object]:
    return {"edition": world.edition.slug, "code": world.chen.code}


def device(world) -> dict[str, object]:
    made = DeviceFactory(voice=world.ben)
    return {"edition": world.edition.slug, "code": made.code}


def card(world) -> dict[str, object]:
    made = AdmissionFactory(voice=world.ben)
    return {"edition": world.edition.slug, "code": made.code}


def guest(world) -> dict[str, object]:
    made = GuestFactory(edition=world.edition)
    return {"edition": world.edition.slug, "code": made.code}


def people_import(world) -> dict[str, object]:
    made = PeopleImportFactory(edition=world.edition)
    return {"edition": world.edition.slug, "code": made.code}


def document(world) -> dict[str, object]:
    made = DocumentAnswerFactory(registration=world.ben.registration)
    return {"edition": world.edition.slug, "question": made.question.code}


def link_document(world) -> dict[str, object]:
    return with_token(world) | {"question": "letter"}


def documents(world) -> dict[str, object]:
    return {"edition": document(world)["edition"]}


def desk_documents(world) -> dict[str, object]:
    return ben(world) | documents(world)


def desk_document(world) -> dict[str, object]:
    return ben(world) | document(world)


def two(world) -> dict[str, object]:
    return ben(world) | {"other": RegistrationFactory(edition=world.edition).code}


def with_token(world) -> dict[str, object]:
    return {"edition": world.edition.slug, "token": "x" * 32}


ADDRESSES = {
    "registration:register": Address("public"),
    "registration:register-sent": Address("public"),
    "registration:confirm-address": Address("key", with_token),
    "registration:join": Address("public"),
    "registration:leave": Address("public", method="post"),
    "registration:invitation": Address("key", with_token),
    "registration:selection": Address("participant"),
    "registration:own-calendar": Address("key", with_token),
    "registration:participants": Address("participant or colleague"),
    "registration:my-data": Address("public"),
    "registration:my-data-ask": Address("public", method="post"),
    "registration:my-data-download": Address("participant or any role"),
    "registration:my-data-correct": Address("participant"),
    "registration:my-data-consents": Address("participant", method="post"),
    "registration:my-data-withdraw": Address("participant"),
    "registration:my-data-erase": Address("participant or any role"),
    "registration:my-data-erased": Address("public"),
    "registration:desk-registrations": Address("organiser"),
    "registration:desk-approve-many": Address("organiser", method="post"),
    "registration:desk-add": Address("organiser"),
    "registration:desk-places": Address("organiser"),
    "registration:desk-cards": Address("organiser"),
    "registration:desk-registration": Address("organiser", ben),
    "registration:desk-edit": Address("organiser", ben),
    "registration:desk-decline": Address("organiser", ben),
    "registration:desk-erase": Address("organiser", ben),
    "registration:desk-act": Address("organiser", lambda w: ben(w) | {"verb": "arrived"}, "post"),
    "registration:desk-duplicates": Address("organiser"),
    "registration:desk-merge": Address("organiser", two),
    "registration:own-substitute": Address("participant"),
    "registration:own-substitute-drop": Address("participant", method="post"),
    "registration:desk-substitute": Address("organiser", ben),
    "registration:desk-substitute-drop": Address("organiser", ben, "post"),
    "registration:own-documents": Address("participant", documents),
    "registration:own-document": Address("participant", document),
    "registration:own-document-remove": Address("participant", document, "post"),
    "registration:link-documents": Address("key", with_token),
    "registration:link-document": Address("key", link_document),
    "registration:link-document-remove": Address("key", link_document, "post"),
    "registration:desk-documents": Address("organiser", desk_documents),
    "registration:desk-document": Address("organiser", desk_document),
    "registration:desk-document-remove": Address("organiser", desk_document, "post"),
    "registration:desk-admit-again": Address("facilitator"),
    "registration:devices": Address("participant"),
    "registration:show-code": Address("participant", method="post"),
    "registration:connect": Address("public"),
    "registration:device-act": Address(
        "participant", lambda w: device(w) | {"verb": "known"}, "post"
    ),
    "registration:card-disown": Address("participant", lambda w: card(w), "post"),
    "registration:guest": Address("key", with_token),
    "registration:guest-no": Address("key", with_token),
    "registration:desk-guests": Address("organiser"),
    "registration:desk-guest-add": Address("organiser"),
    "registration:desk-guests-invite": Address("organiser", method="post"),
    "registration:desk-guest-act": Address(
        "organiser", lambda w: guest(w) | {"verb": "invite"}, "post"
    ),
    "registration:desk-upload": Address("organiser"),
    "registration:desk-import": Address("organiser", lambda w: people_import(w)),
    "registration:desk-import-act": Address(
        "organiser", lambda w: people_import(w) | {"verb": "start"}, "post"
    ),
    "registration:desk-answers": Address("colleague"),
    "registration:desk-census": Address("colleague"),
    "registration:desk-colleagues": Address("organiser"),
    "registration:desk-role": Address("organiser", lambda w: chen(w) | {"verb": "give"}, "post"),
    "registration:desk-invitation": Address(
        "organiser", lambda w: invitation(w) | {"verb": "take-back"}, "post"
    ),
    "registration_root:voice": Address("key", lambda w: {"token": "x" * 24}),
}


def invitation(world) -> dict[str, object]:
    from majlis.registration import actions
    from majlis.registration.states import RoleKind

    made = actions.invite(
        world.edition,
        email="new@seminar.example",
        name="New",
        kinds=[RoleKind.MODERATOR],
        language="en",
        by=world.ada,
    )
    return {"edition": world.edition.slug, "code": made.code}
