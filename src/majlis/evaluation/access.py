"""Who may answer, by the link alone, and which survey a desk means."""

from __future__ import annotations

from majlis.evaluation.models import OwnQuestion, Survey, Ticket
from majlis.evaluation.states import Wave
from majlis.kernel.errors import NotFound
from majlis.kernel.fetching import found_in
from majlis.kernel.seal import digest_of
from majlis.registration.access import Place
from majlis.series.models import Edition


def survey_of(edition: Edition, wave: str) -> Survey:
    """The survey of a wave; a fresh one in preparation where none was stored yet."""
    if wave not in Wave.values:
        raise NotFound
    found = Survey.objects.filter(edition=edition, wave=wave).select_related("edition").first()
    return found or Survey(edition=edition, wave=wave)


def stored_survey_of(edition: Edition, wave: str) -> Survey:
    """The same where it is stored, or `NotFound`."""
    return found_in(Survey.objects.filter(edition=edition, wave=wave).select_related("edition"))


def question_for(place: Place, wave: str, code: str) -> OwnQuestion:
    """One question of the edition's own, or `NotFound`."""
    found = OwnQuestion.objects.filter(survey__edition=place.edition, survey__wave=wave)
    return found_in(found.filter(code=code).select_related("survey__edition"))


def survey_by_token(edition: str, token: str) -> tuple[Survey, Ticket | None]:
    """The survey that a link opens, with its ticket; without one it is the open link."""
    of_edition = Survey.objects.filter(edition__slug=edition).select_related("edition")
    by_key = of_edition.filter(key=token, opened_at__isnull=False).first()
    if by_key is not None:
        return by_key, None
    tickets = Ticket.objects.filter(survey__edition__slug=edition, digest=digest_of(token))
    ticket = found_in(tickets.select_related("survey__edition"))
    return ticket.survey, ticket
