"""Stored words of people and organisations."""

from functools import cache

from django.utils.translation import gettext_lazy as _

from majlis.kernel.words import Verbs, Words


class Family(Words):
    """The four families into which the twelve constituencies roll up."""

    AUTHORITIES = "authorities", _("public authorities")
    FIRMS = "firms", _("clusters and firms")
    FINANCE = "finance", _("finance")
    KNOWLEDGE = "knowledge", _("knowledge and society")


class Constituency(Words):
    """The declared stakeholder group a person speaks for."""

    MINISTRY = "ministry", _("ministry or national agency")
    REGIONAL = "regional", _("regional or local authority")
    CLUSTER = "cluster", _("cluster organisation")
    POLE = "pole", _("technopole or competitiveness pole")
    SME = "sme", _("small or medium-sized firm")
    LARGE_FIRM = "large_firm", _("large firm")
    ASSOCIATION = "association", _("business association or chamber")
    BANK = "bank", _("bank, fund or guarantee body")
    DONOR = "donor", _("development bank or donor")
    UNIVERSITY = "university", _("university or research centre")
    TRAINING = "training", _("training body")
    SOCIETY = "society", _("civil society, media or expert")

    @property
    def family(self) -> Family:
        return FAMILY_OF[self]


FAMILY_OF: dict[Constituency, Family] = {
    Constituency.MINISTRY: Family.AUTHORITIES,
    Constituency.REGIONAL: Family.AUTHORITIES,
    Constituency.CLUSTER: Family.FIRMS,
    Constituency.POLE: Family.FIRMS,
    Constituency.SME: Family.FIRMS,
    Constituency.LARGE_FIRM: Family.FIRMS,
    Constituency.ASSOCIATION: Family.FIRMS,
    Constituency.BANK: Family.FINANCE,
    Constituency.DONOR: Family.FINANCE,
    Constituency.UNIVERSITY: Family.KNOWLEDGE,
    Constituency.TRAINING: Family.KNOWLEDGE,
    Constituency.SOCIETY: Family.KNOWLEDGE,
}


@cache  # asked of every group of every statement of a round
def family_of(group: str) -> Family | None:
    """The family of a stored group: of a constituency, or of itself; None where none is known.

    A voice has a family in the place of its constituency once its edition is sealed and the
    constituency was too small to be kept.
    """
    if not group:
        return None
    return Family(group) if group in Family.values else Constituency(group).family


class Verb(Verbs):
    """What this app writes into the audit log."""

    MADE_LINK = "made sign-in link", _("sign-in link created")
    SIGNED_IN = "signed in", _("signed in")
    SIGNED_OUT = "signed out elsewhere", _("signed out of other browsers")
    WELCOMED = "welcomed", _("added")
    CORRECTED = "corrected", _("data corrected")
    ADDED_ORGANISATION = "added organisation", _("organisation added")
    ERASED = "erased", _("data deleted")
