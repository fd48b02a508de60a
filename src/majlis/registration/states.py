"""Stored words of registrations and roles."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.kernel.words import Verbs, Words
from majlis.series.states import Readers


class RegistrationState(Words):
    """Where a registration stands. Only `confirmed` makes a participant."""

    ASKED = "asked", _("email address not confirmed")
    WAITING = "waiting", _("waiting for approval")
    CONFIRMED = "confirmed", pgettext_lazy("registration", "confirmed")
    DECLINED = "declined", pgettext_lazy("registration", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("registration", "cancelled")


REGISTRATION_MOVES: dict[RegistrationState, frozenset[RegistrationState]] = {
    RegistrationState.ASKED: frozenset(
        {
            RegistrationState.WAITING,
            RegistrationState.CONFIRMED,  # the organiser vouches for somebody seen at the desk
            RegistrationState.WITHDRAWN,
            RegistrationState.DECLINED,
        }
    ),
    RegistrationState.WAITING: frozenset(
        {
            RegistrationState.CONFIRMED,
            RegistrationState.DECLINED,
            RegistrationState.WITHDRAWN,
        }
    ),
    RegistrationState.CONFIRMED: frozenset(
        {RegistrationState.DECLINED, RegistrationState.WITHDRAWN}
    ),
    RegistrationState.DECLINED: frozenset({RegistrationState.CONFIRMED}),
    RegistrationState.WITHDRAWN: frozenset({RegistrationState.WAITING}),
}


class Capacity(Words):
    """In which capacity a person attends."""

    OFFICIAL = "official", _("on behalf of my organisation")
    PERSONAL = "personal", _("in a personal capacity")


class RoleKind(Words):
    """What a colleague may do at an edition."""

    ORGANISER = "organiser", _("organiser")
    FACILITATOR = "facilitator", _("facilitator")
    MODERATOR = "moderator", _("moderator")
    RAPPORTEUR = "rapporteur", _("rapporteur")
    DOOR = "door", pgettext_lazy("role", "welcome desk")


TEAM = tuple(kind for kind in RoleKind if kind != RoleKind.DOOR)
"""Who works on the edition as a whole; the welcome desk sees who comes in, and nothing else."""


READ_BY = {
    Readers.ORGANISERS: _("Only organisers read this."),
    Readers.TEAM: _("The whole team reads this, with your name."),
    Readers.DOOR: _("Organisers and the welcome desk read this."),
}
"""What people are told of who reads their answer."""


class ConsentKind(Words):
    """A choice a person makes about their own data; each can be taken back."""

    NAME_LIST = "name_list", _("my name on the list of participants")
    NAMED = "named", _("my name next to what I say in on-the-record sessions")
    PHOTOS = "photos", _("photos in which I can be recognised")
    NEXT_EDITIONS = "next_editions", _("emails about future editions")


class AdmissionKind(Words):
    """What connected a device to a voice."""

    LETTER = "letter", _("the link in the email")
    CARD = "card", _("a card")
    NEW_CARD = "new card", _("a new card")
    EMAIL = "email", _("signing in by email")
    DEVICE = "device", _("a code shown on another device")


CARDS = frozenset({AdmissionKind.CARD, AdmissionKind.NEW_CARD})


class GuestAnswer(Words):
    """What an invited guest has answered."""

    NONE = "", _("no answer yet")
    YES = "yes", _("will come")
    NO = "no", _("will not come")


class ImportKind(Words):
    """What becomes of the people in a list."""

    GUESTS = "guests", _("guests to invite by email")
    PLACES = "places", _("confirmed participants")


class ImportState(Words):
    """Where an import of people stands."""

    DRAFT = "draft", _("preview")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class Fate(Words):
    """What an import does with one person of its list."""

    MADE = "made", _("added")
    CHANGED = "changed", _("changed")
    SAME = "same", _("already there")
    REFUSED = "refused", _("not imported")


class Told(Words):
    """Who gets an email when a changed programme is published."""

    NOBODY = "nobody", _("Nobody")
    SPEAKERS = "speakers", _("People with a part in a changed session")
    EVERYBODY = "everybody", _("They and all confirmed participants")


class QuotaKind(Words):
    """What a number of places is for."""

    ALL = "all", _("places in all")
    GROUP = "constituency", _("places for a stakeholder group")
    COUNTRY = "country", _("places for a country")


class Verb(Verbs):
    """What this app writes into the audit log."""

    ASKED = "asked for a place", _("registered")
    CONFIRMED_ADDRESS = "confirmed address", _("address confirmed")
    APPROVED = "approved", _("approved")
    VOUCHED = "vouched for", _("confirmed at the welcome desk")
    ADDED = "added at the desk", _("registered on site")
    DECLINED = "declined", _("refused")
    CORRECTED = "corrected registration", _("answers corrected")
    HANDED_IN = "handed in", _("document handed in")
    REMOVED_DOCUMENT = "removed document", _("document deleted")
    ARRIVED = "arrived", _("checked in")
    NOT_ARRIVED = "not arrived", _("check-in undone")
    CHANGED_CONSENTS = "changed consents", _("choices changed")
    WITHDREW = "withdrew", _("taken back")
    ERASED = "erased registration", _("registration deleted")
    REVOKED_LINK = "revoked link", _("personal link disabled")  # until 0.1
    REISSUED_LINK = "reissued link", _("new personal link created")  # until 0.1
    GAVE_CARD = "gave card", _("new card created")
    SENT_LINK = "sent link", _("personal link sent again")
    SHOWED_CODE = "showed code", _("code shown on a connected device")
    ADMITTED_DEVICE = "admitted device", _("device connected")
    ENDED_DEVICE = "ended device", _("device disconnected")
    DISOWNED_DEVICE = "disowned device", _("“that was not me”: device disconnected")
    SAW_DISOWNED = "saw disowned", _("“that was not me” read by an organiser")
    CANCELLED_CARD = "cancelled card", _("“that was not me”: card cancelled")
    DISCONNECTED = "disconnected", _("all devices disconnected, cards and links cancelled")
    ADMITTED_AGAIN = "admitted again", _("every used card works once more")
    GAVE_ROLE = "gave role", _("role given")
    REVOKED_ROLE = "revoked role", _("role removed")
    INVITED = "invited", _("invited")
    REVOKED_INVITATION = "revoked invitation", _("invitation cancelled")
    LISTED = "put on the waiting list", _("put on the waiting list")
    MOVED_UP = "moved up", _("moved up from the waiting list")
    SET_QUOTAS = "set quotas", _("numbers of places changed")
    ADDED_GUEST = "added guest", _("guest added")
    CHANGED_GUEST = "changed guest", _("guest changed")
    REMOVED_GUEST = "removed guest", _("guest removed")
    INVITED_GUESTS = "invited guests", _("invitations to guests asked for")
    ACCEPTED_SEAT = "accepted seat", _("invitation accepted by a guest")
    REFUSED_SEAT = "refused seat", _("invitation refused by a guest")
    UPLOADED_LIST = "uploaded list", _("list of people uploaded")
    MAPPED_LIST = "mapped list", _("columns of a list changed")
    IMPORTED = "imported", _("list of people imported")
    UNDID_IMPORT = "undid import", _("import undone")
    DISCARDED_LIST = "discarded list", _("list of people discarded")
    TOLD_CHANGES = "told changes", _("emails on a changed programme written")
    STOPPED_TELLING = "stopped telling", _("emails on a changed programme stopped")
    MERGED = "merged registrations", _("joined with another registration of the same person")
    MERGED_AWAY = "merged away", _("joined into another registration of the same person")
    NAMED_SUBSTITUTE = "named substitute", _("substitute named")
    DROPPED_SUBSTITUTE = "dropped substitute", _("substitute cancelled")
    PASSED_ON = "passed on", _("place passed on to the substitute")
    TOOK_OVER = "took over", _("place taken over")
    TOOK_INVITATION = "took invitation", _("invitation accepted")
