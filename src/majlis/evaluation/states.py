"""Stored words of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.kernel.words import Verbs, Words


class Wave(Words):
    """When people are asked."""

    DAY = "day", _("after the seminar")
    LATER = "later", _("six months later")


class QuestionKind(Words):
    """How a question of an edition's own is answered."""

    SCALE = "scale", _("from 1 to 7")
    YES_NO = "yes_no", _("yes or no")
    WORDS = "words", _("in words")


class Part(Words):
    """Wholly, partly or not at all."""

    YES = "yes", pgettext_lazy("answer", "Yes")
    PARTLY = "partly", pgettext_lazy("answer", "Partly")
    NO = "no", pgettext_lazy("answer", "No")


class YesNo(Words):
    """One of two."""

    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")


class Verb(Verbs):
    """What this app writes into the audit log. Giving an answer is not among it."""

    ADDED_QUESTION = "add_question", _("evaluation question added")
    REMOVED_QUESTION = "remove_question", _("evaluation question removed")
    OPENED = "open_survey", _("evaluation opened")
    SENT = "send_survey", _("evaluation links sent")
    CLOSED = "close_survey", _("evaluation closed")
