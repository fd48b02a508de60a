"""Addresses of contributions, moderation and statements."""

from tests.house.addresses import Address


def _edition(world, **more):
    return {"edition": world.edition.slug, **more}


def _contribution(world):
    return _edition(world, code=world.contribution.code)


def _statement(world, **more):
    return _edition(world, code=world.statement.code, **more)


def _step(world):
    from majlis.dialogue import actions

    step = world.edition.lineage_steps.first() or actions.decline(
        [world.contribution], reason="Off theme.", by=world.mia
    )
    return _edition(world, code=step.code)


ADDRESSES: dict[str, Address] = {
    "dialogue:contribute": Address("participant"),
    "dialogue:my-contributions": Address("participant"),
    "dialogue:contribution-withdraw": Address("participant", kwargs=_contribution, method="post"),
    "dialogue:moderation": Address("moderator"),
    "dialogue:steps": Address("moderator"),
    "dialogue:step-undo": Address("moderator", kwargs=_step, method="post"),
    "dialogue:step": Address("moderator", kwargs=lambda world: _edition(world, kind="merge")),
    "dialogue:card": Address("moderator or rapporteur"),
    "dialogue:statements": Address("colleague"),
    "dialogue:statement": Address("colleague", kwargs=_statement),
    "dialogue:statement-translate": Address(
        "moderator or rapporteur",
        kwargs=lambda world: _statement(world, language="ar"),
        method="post",
    ),
    "dialogue:statements-export": Address(
        "moderator or rapporteur", kwargs=lambda world: _edition(world, kind="csv")
    ),
    "dialogue:translations": Address("moderator or rapporteur"),
    "dialogue:translations-into": Address(
        "moderator or rapporteur", kwargs=lambda world: _edition(world, language="ar")
    ),
}
