"""Who may come in at the addresses of the evaluation."""

from majlis.evaluation.models import OwnQuestion, Survey
from majlis.evaluation.states import QuestionKind, Wave
from majlis.kernel.clock import now
from majlis.kernel.texts import Text
from tests.house.addresses import Address


def _wave(world):
    return {"edition": world.edition.slug, "wave": Wave.DAY}


def _stored(world):
    Survey.objects.get_or_create(edition=world.edition, wave=Wave.DAY)
    return _wave(world)


def _question(world):
    survey, _is_new = Survey.objects.get_or_create(edition=world.edition, wave=Wave.DAY)
    question = survey.questions.first() or OwnQuestion.objects.create(
        survey=survey, kind=QuestionKind.SCALE, words=Text.of("en", en="Was the food good?")
    )
    return _wave(world) | {"code": question.code}


def _open(world):
    survey, _is_new = Survey.objects.get_or_create(edition=world.edition, wave=Wave.LATER)
    survey.opened_at, survey.most_open = now(), 5
    survey.save()
    return {"edition": world.edition.slug, "token": survey.key}


ADDRESSES = {
    "evaluation:answer": Address("key", kwargs=_open),
    "evaluation:thanks": Address("public"),
    "evaluation:desk": Address("colleague"),
    "evaluation:wave": Address("colleague", kwargs=_wave),
    "evaluation:question-add": Address("organiser", kwargs=_wave, method="post"),
    "evaluation:question-remove": Address("organiser", kwargs=_question, method="post"),
    "evaluation:open": Address("organiser", kwargs=_wave, method="post"),
    "evaluation:send": Address("organiser", kwargs=_stored, method="post"),
    "evaluation:close": Address("organiser", kwargs=_stored, method="post"),
    "evaluation:file": Address("colleague", kwargs=lambda w: _wave(w) | {"kind": "csv"}),
}
