"""What may be shown of a source under the attribution rule of the session where it was said."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from majlis.kernel.texts import Text
from majlis.kernel.words import Words


class AttributionRule(Words):
    """What may be told of who said something in a session."""

    PUBLIC = "public", _("on the record")
    CHATHAM_HOUSE = "chatham_house", _("Chatham House Rule")
    CLOSED = "closed", _("closed session")


@dataclass(frozen=True, slots=True)
class Source:
    """Everything that is kept of one source of a recommendation, before disclosure."""

    rule: AttributionRule
    statement: Text
    words: str = ""
    language: str = ""
    translation: Text | None = None
    kind: str = ""
    theme: str = ""
    session: str = ""
    person: str = ""
    organisation: str = ""
    constituency: str = ""
    country: str = ""
    consents_to_name: bool = False
    only_statement: bool = False
    constituency_passes: bool = False
    country_passes: bool = False


def shown_source(source: Source) -> Source:
    """What the why-page, exports and documents may show of a source (DECISIONS 15).

    public         words, language, session; name and organisation with consent
    chatham_house  words and translation, kind, theme, session; no person, no organisation;
                   constituency and country only where their cell passes
    closed         the statement's wording alone
    A contributor who asked that only the statement be shown is treated as in a closed session.
    """
    if source.only_statement or source.rule == AttributionRule.CLOSED:
        return Source(
            rule=source.rule, statement=source.statement, only_statement=source.only_statement
        )
    is_named = source.rule == AttributionRule.PUBLIC and source.consents_to_name
    return replace(
        source,
        person=source.person if is_named else "",
        organisation=source.organisation if is_named else "",
        constituency=source.constituency if source.constituency_passes else "",
        country=source.country if source.country_passes else "",
    )
