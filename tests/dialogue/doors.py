"""Doors of the dialogue: two lists, one for what is said, one for rounds and votes."""

from tests.dialogue import doors_moderation, doors_voting

DOORS = {**doors_moderation.DOORS, **doors_voting.DOORS}
