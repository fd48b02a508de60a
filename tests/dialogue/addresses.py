"""Addresses of the dialogue: two lists, one for what is said, one for rounds and votes."""

from tests.dialogue import addresses_moderation, addresses_voting

ADDRESSES = {**addresses_moderation.ADDRESSES, **addresses_voting.ADDRESSES}
