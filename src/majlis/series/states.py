"""Stored words of series and editions."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.kernel.words import Verbs, Words


class Moment(Words):
    """Where an edition stands in time."""

    BEFORE = "before", _("before the day")
    DURING = "during", _("during the day")
    AFTER = "after", _("after the day")


class EditionState(Words):
    """Who sees an edition: its colleagues alone, everybody, everybody as one that is over."""

    DRAFT = "draft", pgettext_lazy("an edition", "draft")
    ANNOUNCED = "announced", pgettext_lazy("an edition", "announced")
    ARCHIVED = "archived", pgettext_lazy("an edition", "archived")


class PolicyMoment(Words):
    """Where the policy stands that an edition is about."""

    AGENDA = "agenda", _("A problem is put on the agenda")
    DESIGN = "design", _("A measure is being designed")
    DECISION = "decision", _("A decision is due")
    DELIVERY = "delivery", _("A measure is being carried out")
    REVIEW = "review", _("A measure is being reviewed")


class Agreement(Words):
    """Whether an edition wants its participants to agree."""

    SOUGHT = "sought", _("Agreement is sought")
    NOT_SOUGHT = "not_sought", _("No agreement is sought")


class QuestionKind(Words):
    """How a question of the registration form is answered."""

    TEXT = "text", _("one line")
    LONG = "long", _("several lines")
    CHOICE = "choice", _("one of several answers")
    SEVERAL = "several", _("several of several answers")
    YES_NO = "yesno", _("yes or no")
    DATE = "date", _("a day")
    FILE = "file", _("a document to hand in")


class Readers(Words):
    """Who reads the answers to a question of the registration form."""

    ORGANISERS = "organisers", _("organisers only")
    TEAM = "team", _("the whole team")
    DOOR = "door", _("organisers and the welcome desk")


class SessionType(Words):
    """What a stretch of the programme is."""

    REGISTRATION = "registration", _("registration")
    OPENING = "opening", _("opening")
    METHOD_BRIEFING = "method_briefing", _("method briefing")
    INPUT_PRESENTATION = "input_presentation", _("opening presentation")
    PANEL = "panel", _("panel")
    BREAK = "break", _("break")
    SILENT_WRITING = "silent_writing", _("silent writing")
    THEME_TABLE = "theme_table", _("theme table")
    LUNCH = "lunch", _("lunch")
    PRAYER = "prayer", _("prayer")
    TRANSFER = "transfer", _("transfer")
    GALLERY = "gallery", _("gallery round")
    PRIORITISATION = "prioritisation", _("rating")
    PLENARY_REPORT = "plenary_report", _("plenary report")
    COMMITMENTS = "commitments", _("commitments")
    EVALUATION = "evaluation", _("evaluation")
    CLOSING = "closing", _("closing")


FOR_EVERYBODY = frozenset(
    {SessionType.BREAK, SessionType.LUNCH, SessionType.PRAYER, SessionType.TRANSFER}
)
WITHOUT_WORDS = FOR_EVERYBODY | {SessionType.REGISTRATION}
"""Where nobody speaks to the room, so that no rule of attribution is told."""


class PersonPart(Words):
    """What somebody does in a session."""

    CHAIR = "chair", pgettext_lazy("in a session", "chair")
    MODERATOR = "moderator", pgettext_lazy("in a session", "moderator")
    SPEAKER = "speaker", pgettext_lazy("in a session", "speaker")
    PANELLIST = "panellist", pgettext_lazy("in a session", "panellist")
    RAPPORTEUR = "rapporteur", pgettext_lazy("in a session", "rapporteur")
    INTERPRETER = "interpreter", pgettext_lazy("in a session", "interpreter")


class FileAudience(Words):
    """Who may have a document of a session."""

    PUBLIC = "public", _("everybody")
    PARTICIPANTS = "participants", _("participants only")
    COLLEAGUES = "colleagues", _("the team only")


class TextKind(Words):
    """A public text of an edition."""

    ABOUT = "about", _("About")
    OBJECTIVE = "objective", _("Objective")
    AUDIENCE = "audience", _("Attendance")
    RESULT = "result", _("Expected results")
    METHOD = "method", _("How the day works")
    PROGRAMME = "programme", _("About the programme")
    DEMO = "demo", _("About this demonstration")
    PRACTICAL = "practical", _("Practical information")
    PRIVACY = "privacy", _("Privacy notice")
    CONTACT = "contact", _("Contact")
    LEGAL = "legal", _("Legal notice")
    IMAGES = "images", _("Image rights")
    DISCLAIMER = "disclaimer", _("Disclaimer")
    FUNDING = "funding", _("Funding statement")
    BRIEF_INTRO = "brief-intro", _("Policy brief: introduction")
    BRIEF_CONTEXT = "brief-context", _("Policy brief: context")
    BRIEF_NEXT = "brief-next", _("Policy brief: next steps")


class PartnerRole(Words):
    """What a body does for an edition."""

    ORGANISER = "organiser", pgettext_lazy("a body", "organiser")
    HOST = "host", pgettext_lazy("a body", "host")
    PARTNER = "partner", pgettext_lazy("a body", "partner")
    FUNDER = "funder", pgettext_lazy("a body", "funder")


class Check(Words):
    """A step of preparing, holding and following up an edition."""

    QUESTIONS = "questions", _("The six questions are answered")
    MAP = "map", _("Groups, countries and quotas are chosen")
    EVIDENCE = "evidence", _("Evidence is gathered for each challenge")
    FUNDING = "funding", _("Who pays is named, in every language")
    ANNOUNCED = "announced", _("The edition is announced")
    CALL = "call", _("Interviews are held, contributions are called for")
    PAPER = "paper", _("The preparatory paper is read by two outside readers")
    TEXTS = "texts", _("The page texts are translated")
    PROGRAMME = "programme", _("The programme is published")
    INVITED = "invited", _("Invitations are sent")
    SENT = "sent", _("Paper, programme and rules are sent to participants")
    TEAM = "team", _("Facilitator, moderator and rapporteur are named")
    REHEARSED = "rehearsed", _("The day is rehearsed, without network too")
    ATTENDED = "attended", _("Attendance is recorded")
    CLEANED = "cleaned", _("Session reports are checked: nobody is named who should not be")
    RETURNED = "returned", _("The draft summary is sent to participants for correction")
    BRIEF = "brief", _("Recommendations and policy brief are published")
    ADDRESSED = "addressed", _("Each addressee has received its recommendations")
    ANSWERED = "answered", _("Responses of addressees are recorded")
    PLANNED = "planned", _("Action plan: the first step of each has a date")
    SURVEYED = "surveyed", _("Survey after six months: who has acted")


class Question(Words):
    """What a dialogue must be able to answer before it invites anybody (SUPPORT tool 14)."""

    PRIORITY = "priority", _("Which priority issue is it about, and for whom is it one?")
    DISCUSSED = (
        "discussed",
        _("Where in the day are problem, options and implementation discussed?"),
    )
    INFORMED = "informed", _("Which paper do participants get beforehand, and when?")
    FAIR = "fair", _("How are all those concerned represented fairly?")
    RULES = "rules", _("Who facilitates, and which rule of attribution holds? Is agreement sought?")
    FOLLOWED = (
        "followed",
        _("What comes out of it, who follows up, and which decision does it feed?"),
    )


class LinkDirection(Words):
    """Which way a link between editions runs."""

    FED_BY = "fed_by", _("builds on")
    FEEDS = "feeds", _("contributes to")


class Verb(Verbs):
    """What this app writes into the audit log."""

    LOADED_PACK = "load_pack", _("edition loaded from files")
    EDITED_TEXT = "edit_text", _("text changed")
    MADE_SERIES = "make_series", _("series created")
    CHANGED_SERIES = "change_series", _("series changed")
    MADE_EDITION = "make_edition", _("edition created")
    CHANGED_EDITION = "change_edition", _("settings of the edition changed")
    ANNOUNCED = "announce_edition", _("edition announced")
    WITHDREW = "withdraw_edition", _("edition made a draft again")
    ARCHIVED = "archive_edition", _("edition archived")
    ADDED_PART = "add_part", _("entry added")
    CHANGED_PART = "change_part", _("entry changed")
    MOVED_PART = "move_part", _("entry moved")
    REMOVED_PART = "remove_part", _("entry deleted")
    RETIRED_PART = "retire_part", _("entry retired")
    RESTORED_PART = "restore_part", _("entry brought back")
    TICKED = "tick_check", _("step of the check list ticked")
    UNTICKED = "untick_check", _("step of the check list unticked")
    ANSWERED = "answer_readiness", _("questions before inviting answered")
    ADDED_FILE = "add_file", _("document added to a session")
    REMOVED_FILE = "remove_file", _("document of a session deleted")
    PUBLISHED_PROGRAMME = "publish_programme", _("programme published")
