"""Documents that answer questions of the registration form: handed in, given back, deleted."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.codes import new_code
from majlis.kernel.errors import RuleBroken
from majlis.kernel.files import delete_files
from majlis.kernel.ledger import Doer
from majlis.kernel.words import language_now
from majlis.registration.models import FormAnswer, Registration
from majlis.registration.queries.documents import documents_of
from majlis.registration.states import RegistrationState, Verb
from majlis.series.models import Question
from majlis.ui.documents import Document


@transaction.atomic
def hand_in(
    registration: Registration, question: Question, *, document: Document, by: Doer
) -> FormAnswer:
    """Keep the document that answers a question; it replaces one that was handed in before.

    Nobody hands in anything for an address that is not confirmed: anybody may have typed it.
    """
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if registration.state == RegistrationState.ASKED:
        raise RuleBroken(_("Confirm your email address first. Nothing was kept."))
    lang = language_now() or "en"
    answer = FormAnswer.objects.filter(registration=registration, question=question).first()
    if answer is None:
        answer = FormAnswer(registration=registration, question=question)
    else:
        delete_files([answer.file])
    answer.prompt = question.prompt.shown(lang).text[:300]
    answer.value, answer.language = document.ending, lang
    answer.shown = document.name
    kept_as = f"{new_code()}{new_code()}{document.ending}"  # which nobody can guess
    answer.file.save(kept_as, ContentFile(document.content), save=False)
    answer.save()
    ledger.record(Verb.HANDED_IN, registration, by=by, question=question.code)
    return answer


@transaction.atomic
def remove_document(answer: FormAnswer, *, by: Doer) -> None:
    """Delete a document that was handed in, for good."""
    ledger.record(Verb.REMOVED_DOCUMENT, answer.registration, by=by, question=answer.question.code)
    drop_answers(FormAnswer.objects.filter(pk=answer.pk))


def drop_answers(answers: QuerySet[FormAnswer]) -> int:
    """Delete answers, with the documents among them; return how many there were."""
    delete_files([answer.file for answer in answers.exclude(file="")])
    return answers.delete()[0]


def drop_unasked(registration: Registration) -> None:
    """Delete the documents that other answers of the person do not ask for any more."""
    handed_in = FormAnswer.objects.filter(registration=registration).exclude(file="")
    if handed_in.exists():
        wanted = [one.question.pk for one in documents_of(registration)]
        drop_answers(handed_in.exclude(question__in=wanted))
