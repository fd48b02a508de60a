"""Doors of the registration room."""

from tests.house.doors import Door


def ben(world) -> dict[str, object]:
    return {"edition": world.edition.slug, "code": world.ben.registration.code}


def chen(world) -> dict[str, object]:
    return {"edition": world.edition.slug, "code": world.chen.code}


def with_token(world) -> dict[str, object]:
    return {"edition": world.edition.slug, "token": "x" * 32}


DOORS = {
    "registration:register": Door("public"),
    "registration:register-sent": Door("public"),
    "registration:confirm-address": Door("key", with_token),
    "registration:join": Door("public"),
    "registration:leave": Door("public", method="post"),
    "registration:invitation": Door("key", with_token),
    "registration:my-data": Door("public"),
    "registration:my-data-ask": Door("public", method="post"),
    "registration:my-data-download": Door("room"),
    "registration:my-data-correct": Door("participant"),
    "registration:my-data-consents": Door("participant", method="post"),
    "registration:my-data-withdraw": Door("participant"),
    "registration:my-data-erase": Door("room"),
    "registration:my-data-erased": Door("public"),
    "registration:desk-registrations": Door("organiser"),
    "registration:desk-approve-many": Door("organiser", method="post"),
    "registration:desk-add": Door("organiser"),
    "registration:desk-cards": Door("organiser"),
    "registration:desk-seal": Door("organiser"),
    "registration:desk-registration": Door("organiser", ben),
    "registration:desk-edit": Door("organiser", ben),
    "registration:desk-decline": Door("organiser", ben),
    "registration:desk-erase": Door("organiser", ben),
    "registration:desk-act": Door("organiser", lambda w: ben(w) | {"verb": "checked in"}, "post"),
    "registration:desk-census": Door("colleague"),
    "registration:desk-colleagues": Door("organiser"),
    "registration:desk-role": Door("organiser", lambda w: chen(w) | {"verb": "give"}, "post"),
    "registration:desk-invitation": Door(
        "organiser", lambda w: invitation(w) | {"verb": "take-back"}, "post"
    ),
    "registration:desk-mail": Door("organiser"),
    "registration_root:voice": Door("key", lambda w: {"token": "x" * 24}),
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
