"""A person's place at an edition, and the voice it speaks and votes with.

A method here changes its row in memory, or refuses. It never saves.
"""

from majlis.registration.models.admissions import CODE_SHOWN, Admission, AdmissionSpent, Device
from majlis.registration.models.asked import FormAnswer
from majlis.registration.models.colleagues import Invitation, Role
from majlis.registration.models.guests import UNDO_LIVES, Guest, PeopleImport
from majlis.registration.models.notices import ProgrammeNotice
from majlis.registration.models.pending import PendingAnswers
from majlis.registration.models.quotas import Quota
from majlis.registration.models.registrations import Consent, Registration
from majlis.registration.models.voices import Voice

__all__ = [
    "CODE_SHOWN",
    "UNDO_LIVES",
    "Admission",
    "AdmissionSpent",
    "Consent",
    "Device",
    "FormAnswer",
    "Guest",
    "Invitation",
    "PendingAnswers",
    "PeopleImport",
    "ProgrammeNotice",
    "Quota",
    "Registration",
    "Role",
    "Voice",
]
