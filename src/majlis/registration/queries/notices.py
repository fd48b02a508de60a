"""Questions about emails on a changed programme: whom they concern, who has none yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from majlis.mail.models import Message
from majlis.mail.queries import counts_of
from majlis.mail.states import MessageState
from majlis.registration.models import ProgrammeNotice, Registration
from majlis.registration.states import RegistrationState, Told
from majlis.series.models import Edition, Speaker
from majlis.series.programme import SessionChange


def notices_under_way() -> QuerySet[ProgrammeNotice]:
    """Notices that still have readers to be written to."""
    return ProgrammeNotice.objects.filter(ended_at__isnull=True)


def concerned_speakers(edition: Edition, changes: Iterable[SessionChange]) -> list[Speaker]:
    """People with an address and a part in one of these sessions."""
    codes = {code for change in changes for _part, code in change.session.people}
    return list(edition.speakers.filter(code__in=codes).exclude(email=""))


def confirmed_readers(edition: Edition) -> QuerySet[Registration]:
    """Participants with a confirmed place and an address, in the order of their registration."""
    places = Registration.objects.filter(
        edition=edition, state=RegistrationState.CONFIRMED, person__email__isnull=False
    )
    return places.select_related("person").order_by("pk")


def readers_of(edition: Edition, changes: list[SessionChange]) -> dict[str, int]:
    """How many emails each choice of `Told` would write."""
    addresses = {speaker.email for speaker in concerned_speakers(edition, changes)}
    n = confirmed_readers(edition).exclude(person__email__in=addresses).count()
    return {
        Told.NOBODY: 0,
        Told.SPEAKERS: len(addresses),
        Told.EVERYBODY: len(addresses) + n,
    }


def addresses_of(notice: ProgrammeNotice) -> QuerySet[Message, str]:
    """Addresses that an email of this notice was written to."""
    return Message.objects.filter(batch=notice.code).values_list("recipient", flat=True)


@dataclass(frozen=True, slots=True)
class NoticeState:
    """How far the emails on a version are."""

    notice: ProgrammeNotice
    counts: list[tuple[Any, int]]
    can_stop: bool


def newest_notice(edition: Edition) -> NoticeState | None:
    """The emails on the newest version that people were told of, or None."""
    found = ProgrammeNotice.objects.filter(version__edition=edition).select_related("version")
    notice = found.last()
    if notice is None:
        return None
    counts = counts_of(edition.slug, batch=notice.code)
    waits = counts[MessageState.WAITING] + counts[MessageState.KEPT]
    shown = [(state, counts[state]) for state in MessageState if counts[state]]
    return NoticeState(notice, shown, notice.is_under_way or waits > 0)
