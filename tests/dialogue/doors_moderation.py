"""Doors of contributions, moderation and statements."""

from tests.house.doors import Door


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


DOORS: dict[str, Door] = {
    "dialogue:contribute": Door("participant"),
    "dialogue:my-contributions": Door("participant"),
    "dialogue:contribution-withdraw": Door("participant", kwargs=_contribution, method="post"),
    "dialogue:moderation": Door("moderator"),
    "dialogue:steps": Door("moderator"),
    "dialogue:step-undo": Door("moderator", kwargs=_step, method="post"),
    "dialogue:step": Door("moderator", kwargs=lambda world: _edition(world, kind="merge")),
    "dialogue:card": Door("moderator or rapporteur"),
    "dialogue:statements": Door("colleague"),
    "dialogue:statement": Door("colleague", kwargs=_statement),
    "dialogue:statement-translate": Door(
        "moderator or rapporteur",
        kwargs=lambda world: _statement(world, language="ar"),
        method="post",
    ),
    "dialogue:statements-export": Door(
        "moderator or rapporteur", kwargs=lambda world: _edition(world, kind="csv")
    ),
    "dialogue:translations": Door("moderator or rapporteur"),
    "dialogue:translations-into": Door(
        "moderator or rapporteur", kwargs=lambda world: _edition(world, language="ar")
    ),
}
