"""Fetching is authorising: who may come in where.

A stranger and a missing edition get the same answer, so that nobody can find out what exists by
trying names.
"""

from majlis.registration.access.addresses import (
    ADDRESS_LINK_LIVES,
    address_token,
    pending_by_address_token,
    registration_by_address_token,
)
from majlis.registration.access.colleagues import (
    Place,
    anybody_of,
    colleague,
    invitation_by_token,
    invitation_for,
    may_make_editions,
    organiser,
    person_for,
    registration_for,
)
from majlis.registration.access.guests import guest_by_token, guest_for, guest_token, import_for
from majlis.registration.access.own import (
    OwnRecord,
    edition_from_inside,
    is_known_to_an_edition,
    own_place,
)
from majlis.registration.access.voices import (
    VOICE_COOKIE,
    Connected,
    admission_by_code,
    admission_by_token,
    admission_token,
    connected,
    device_of,
    full_device_of,
    is_voice_open,
    own_admission,
    own_device,
    own_registration,
    phone_of,
    short_code,
    voice_of,
    was_a_link,
)

__all__ = [
    "ADDRESS_LINK_LIVES",
    "VOICE_COOKIE",
    "Connected",
    "OwnRecord",
    "Place",
    "address_token",
    "admission_by_code",
    "admission_by_token",
    "admission_token",
    "anybody_of",
    "colleague",
    "connected",
    "device_of",
    "edition_from_inside",
    "full_device_of",
    "guest_by_token",
    "guest_for",
    "guest_token",
    "import_for",
    "invitation_by_token",
    "invitation_for",
    "is_known_to_an_edition",
    "is_voice_open",
    "may_make_editions",
    "organiser",
    "own_admission",
    "own_device",
    "own_place",
    "own_registration",
    "pending_by_address_token",
    "person_for",
    "phone_of",
    "registration_by_address_token",
    "registration_for",
    "short_code",
    "voice_of",
    "was_a_link",
]
