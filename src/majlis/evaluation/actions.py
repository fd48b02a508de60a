"""What is done with a survey. Taking an answer leaves no line and no time."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.evaluation import letters
from majlis.evaluation.fields import MOST_QUESTIONS
from majlis.evaluation.models import OwnQuestion, Remark, Reply, Survey, Ticket
from majlis.evaluation.states import QuestionKind, Verb, Wave
from majlis.kernel import ledger, presses
from majlis.kernel.clock import now
from majlis.kernel.codes import new_code
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.seal import digest_of
from majlis.kernel.texts import Text
from majlis.registration import queries as registration
from majlis.series.models import Edition


class SurveyOver(RuleBroken):
    """An answer that comes when none is taken any more."""

    def __init__(self) -> None:
        super().__init__(_("This evaluation is closed. Your answers were not saved."))


class LinkUsed(RuleBroken):
    """A second answer by a link that takes one, or one more than the open link takes."""

    def __init__(self) -> None:
        super().__init__(
            _("This link has taken all the answers it can. These answers were not saved.")
        )


def _locked(edition: Edition, wave: Wave) -> Survey:
    Survey.objects.get_or_create(edition=edition, wave=wave)
    found = Survey.objects.select_for_update(of=("self",)).select_related("edition")
    return found.get(edition=edition, wave=wave)


def _require_draft(survey: Survey) -> None:
    if not survey.is_draft:
        raise RuleBroken(
            _("The questions cannot be changed: people have been asked. Nothing was changed.")
        )


@transaction.atomic
def add_question(
    edition: Edition, wave: Wave, *, kind: QuestionKind, words: Text, by: Doer
) -> OwnQuestion:
    """Ask one more question, before the survey opens."""
    survey = _locked(edition, wave)
    _require_draft(survey)
    if survey.questions.count() >= MOST_QUESTIONS:
        raise RuleBroken(
            _("There are already %(most)s questions of your own. Remove one first."),
            most=MOST_QUESTIONS,
        )
    question = OwnQuestion.objects.create(survey=survey, kind=kind, words=words)
    ledger.record(Verb.ADDED_QUESTION, on=survey, by=by, question=question.code)
    return question


@transaction.atomic
def remove_question(question: OwnQuestion, *, by: Doer) -> None:
    """Take a question back, before the survey opens."""
    survey = _locked(question.survey.edition, Wave(question.survey.wave))
    _require_draft(survey)
    ledger.record(Verb.REMOVED_QUESTION, on=survey, by=by, question=question.code)
    question.delete()


@transaction.atomic
def open_survey(edition: Edition, wave: Wave, *, most_open: int = 0, by: Doer) -> Survey:
    """Begin to take answers. The questions are fixed from now on."""
    survey = _locked(edition, wave)
    if not survey.is_draft:
        raise RuleBroken(_("This evaluation was opened before. Nothing was changed."))
    survey.opened_at, survey.most_open = now(), most_open
    survey.save()
    ledger.record(Verb.OPENED, on=survey, by=by, most_open=most_open)
    return survey


@transaction.atomic
def send_links(survey: Survey, *, by: Doer) -> int:
    """Send every participant with an address a link that takes one answer. Once."""
    survey = _locked(survey.edition, Wave(survey.wave))
    if not survey.is_open:
        raise RuleBroken(_("Open the evaluation first. No email was sent."))
    if survey.n_sent:
        raise RuleBroken(_("The links were sent before. No email was sent."))
    asked = registration.confirmed(survey.edition).exclude(person__email="")
    for one in asked.exclude(person__email=None).select_related("person", "edition__series"):
        token = new_code(20)
        Ticket.objects.create(survey=survey, digest=digest_of(token))
        letters.ask(survey, one, token)
        survey.n_sent += 1
    if not survey.n_sent:
        raise RuleBroken(_("No participant has an email address. No email was sent."))
    survey.save()
    ledger.record(Verb.SENT, on=survey, by=by, n=survey.n_sent)
    return survey.n_sent


@transaction.atomic
def take_answer(
    survey: Survey,
    ticket: Ticket | None,
    *,
    values: Mapping[str, int | str],
    remarks: Mapping[str, str],
    language: str,
) -> None:
    """Keep an answer that nobody gave: what let it in is used up, and joined to nothing."""
    presses.take()
    survey = _locked(survey.edition, Wave(survey.wave))
    if not survey.is_open:
        raise SurveyOver
    if ticket is not None:
        n_used, _by_model = Ticket.objects.filter(pk=ticket.pk).delete()
        if not n_used:
            raise LinkUsed
    elif survey.takes_open_answers:
        survey.n_open += 1
        survey.save(update_fields=["n_open"])
    else:
        raise LinkUsed
    Reply.objects.create(survey=survey, values=dict(values))
    Remark.objects.bulk_create(
        Remark(survey=survey, question=key, language=language, words=words)
        for key, words in remarks.items()
    )


@transaction.atomic
def close_survey(survey: Survey, *, by: Doer) -> Survey:
    """Take no more answers, for good, and show the results: links that were not used end."""
    survey = _locked(survey.edition, Wave(survey.wave))
    if not survey.is_open:
        raise RuleBroken(_("This evaluation is not open. Nothing was changed."))
    survey.closed_at = now()
    survey.n_people = registration.confirmed(survey.edition).count()
    survey.save()
    survey.tickets.all().delete()
    ledger.record(Verb.CLOSED, on=survey, by=by)
    return survey
