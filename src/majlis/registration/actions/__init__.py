"""Registering, deciding, and what people do with their own data. Only actions write."""

from majlis.registration.actions.asking import (
    ask_for_place,
    confirm_address,
    confirm_answers,
    forget_unconfirmed,
)
from majlis.registration.actions.colleagues import (
    ensure_organiser,
    give_role,
    invite,
    revoke_invitation,
    revoke_role,
    send_invitation_again,
    take_invitation,
    welcome_invited,
)
from majlis.registration.actions.deciding import (
    add_at_desk,
    approve,
    approve_many,
    correct,
    decline,
    mark_arrived,
    mark_not_arrived,
    vouch_for,
)
from majlis.registration.actions.own import erase, set_consents, withdraw
from majlis.registration.actions.voices import reissue_link, revoke_link, seal_edition

__all__ = [
    "add_at_desk",
    "approve",
    "approve_many",
    "ask_for_place",
    "confirm_address",
    "confirm_answers",
    "correct",
    "decline",
    "ensure_organiser",
    "erase",
    "forget_unconfirmed",
    "give_role",
    "invite",
    "mark_arrived",
    "mark_not_arrived",
    "reissue_link",
    "revoke_invitation",
    "revoke_link",
    "revoke_role",
    "seal_edition",
    "send_invitation_again",
    "set_consents",
    "take_invitation",
    "vouch_for",
    "welcome_invited",
    "withdraw",
]
