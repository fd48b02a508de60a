"""What is done with a rating. Giving one is written by `dialogue.actions`, as a vote is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from deciding import BadRule
from majlis.dialogue.actions import NUMBER, REQUIRE_PAPER, SentVote, write_votes
from majlis.dialogue.actions.showings import drawn_by_lot
from majlis.dialogue.models import Question, QuestionSet
from majlis.dialogue.queries.showings import WAYS
from majlis.dialogue.states import ABSTAIN, BrokenDownBy, Channel
from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.disclosure import Audience, detail_to_show
from majlis.kernel.errors import MajlisError, NotFound, RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.locks import held_for_share, hold_alone
from majlis.kernel.texts import Text
from majlis.ratings import queries
from majlis.ratings.models import MinorityStatement, Option, Rating, Sheet
from majlis.ratings.offers import Offer, offers
from majlis.ratings.rules import asked_by, rule_of
from majlis.ratings.states import MethodKind, Verb
from majlis.registration.models import Voice
from majlis.series.models import Edition
from majlis.series.sealing import hold_unsealed


@transaction.atomic
def prepare_rating(
    edition: Edition,
    *,
    title: Text,
    method: MethodKind | str,
    settings: Mapping[str, Any],
    least: int,
    subjects: Sequence[str],
    by: Doer,
) -> Rating:
    """Make a rating in preparation; participants do not see it before it opens."""
    hold_unsealed(edition)
    asked = QuestionSet.objects.create(edition=edition, title=title)
    rating = Rating.objects.create(
        edition=edition, asked=asked, code=asked.code, method=str(method),
        settings=dict(settings), least=least,
    )  # fmt: skip
    _put(rating, subjects)
    ledger.record(Verb.PREPARED, rating, by=by)
    return rating


@transaction.atomic
def change_rating(
    rating: Rating,
    *,
    title: Text,
    settings: Mapping[str, Any],
    least: int,
    subjects: Sequence[str],
    by: Doer,
) -> Rating:
    """Change a rating in preparation: what it is called, its rule and what is rated."""
    rating = _locked(rating)
    rating.asked.require_draft()
    if rating.follows:
        raise RuleBroken(
            _("This is a further round of a Delphi: its rule and its recommendations stay.")
        )
    rating.asked.title = title
    rating.asked.save(update_fields=["title"])
    rating.settings, rating.least = dict(settings), least
    rating.save(update_fields=["settings", "least"])
    rating.options.all().delete()
    _put(rating, subjects)
    ledger.record(Verb.CHANGED, rating, by=by)
    return rating


def _put(rating: Rating, subjects: Sequence[str]) -> None:
    offered = {one.subject: one for one in offers(rating.edition)}
    if not subjects or not set(subjects) <= set(offered):
        raise RuleBroken(_("Choose at least one recommendation that can be rated."))
    Option.objects.bulk_create(
        _option(rating, offered[subject], place)
        for place, subject in enumerate(dict.fromkeys(subjects), start=1)
    )
    try:
        rule_of(rating)
    except BadRule:
        raise RuleBroken(
            _("The settings of the method contradict each other. Nothing was changed.")
        ) from None


def _option(rating: Rating, offer: Offer, place: int) -> Option:
    return Option(
        rating=rating, subject=offer.subject, position=place, title=offer.title, text=offer.text
    )


@transaction.atomic
def open_rating(rating: Rating, *, by: Doer) -> Rating:
    """Take ratings. Opened for the first time, the rule is stored with its digest, for good, and
    the words of what is rated stay as they are now."""
    hold_unsealed(rating.edition)
    rating = _locked(rating)
    is_first = rating.asked.is_draft
    rating.asked.open(at=now())
    if is_first:
        _lock_rule(rating)
    rating.asked.save(update_fields=["state", "opened_at", "closed_at"])
    ledger.record(Verb.OPENED if is_first else Verb.REOPENED, rating, by=by, rule=rating.digest)
    return rating


def _lock_rule(rating: Rating) -> None:
    offered = {one.subject: one for one in offers(rating.edition)}
    for option in rating.options.all() if rating.follows is None else ():
        offer = offered.get(option.subject)
        if offer is None:
            raise RuleBroken(
                _("%(rec)s can no longer be rated. Choose the recommendations again."),
                rec=option.subject,
            )
        option.title, option.text = offer.title, offer.text
        option.save(update_fields=["title", "text"])
    rule = rule_of(rating)
    rating.rule, rating.digest = rule.to_json(), rule.digest
    rating.save(update_fields=["rule", "digest"])
    Question.objects.bulk_create(
        Question(asked_in=rating.asked, name=one.name, low=one.low, high=one.high)
        for one in asked_by(rule)
    )


@transaction.atomic
def close_rating(rating: Rating, *, by: Doer) -> Rating:
    """Take no more ratings from phones. Waits for those on their way."""
    rating = _locked(rating)
    rating.asked.close(at=now())
    rating.asked.save(update_fields=["state", "closed_at"])
    ledger.record(Verb.CLOSED, rating, by=by, raters=queries.n_raters(rating))
    return rating


@transaction.atomic
def show_rating(rating: Rating, *, by: Doer) -> Rating:
    """Apply the stored rule and show what comes out, once and for all."""
    hold_unsealed(rating.edition)
    rating = _locked(rating)
    rating.asked.show()
    rating.asked.save(update_fields=["state"])
    decision = queries.decision_of(rating)
    rating.result = {**decision.plain(), "digest": decision.digest}
    rating.groups = _groups(rating)
    rating.shown_at = now()
    rating.save(update_fields=["result", "groups", "shown_at"])
    ledger.record(Verb.SHOWED, rating, by=by, rule=rating.digest, result=decision.digest)
    return rating


def _groups(rating: Rating) -> dict[str, Any]:
    """The counts of declared groups, and how finely they may be shown (ADR 0036)."""
    smallest = rating.edition.smallest(Audience.PARTICIPANTS)
    made = {}
    for subject, table in queries.support_by_cell(rating, rule_of(rating)).items():
        detail = detail_to_show(
            table, WAYS[BrokenDownBy.CONSTITUENCY], smallest=smallest, passes_over=drawn_by_lot
        )
        if detail is not None:
            counts = [[*cell, c.agree, c.disagree, c.passed, c.unread] for cell, c in table.items()]
            made[subject] = {
                "counts": counts, "level": detail.level, "two_words": detail.two_words
            }  # fmt: skip
    return made


@transaction.atomic
def next_round(rating: Rating, *, by: Doer) -> Rating:
    """Prepare the next round of a Delphi: the same rule, the same recommendations."""
    hold_unsealed(rating.edition)
    rating = _locked(rating)
    rating.require_shown()
    overall = (rating.result or {}).get("overall") or {}
    if rating.method != MethodKind.DELPHI or overall.get("stop", True):
        raise RuleBroken(_("By its rule, this rating has no further round."))
    if Rating.objects.filter(follows=rating).exists():
        raise RuleBroken(_("The next round has been prepared already."))
    asked = QuestionSet.objects.create(edition=rating.edition, title=rating.title)
    again = Rating.objects.create(
        edition=rating.edition, asked=asked, code=asked.code, method=rating.method,
        settings=rating.settings, least=rating.least, follows=rating,
    )  # fmt: skip
    Option.objects.bulk_create(
        Option(rating=again, subject=o.subject, position=o.position, title=o.title, text=o.text)
        for o in rating.options.all()
    )
    ledger.record(Verb.PREPARED, again, by=by, follows=rating.code)
    return again


@transaction.atomic
def remove_rating(rating: Rating, *, by: Doer) -> None:
    """Remove a rating in preparation."""
    rating = _locked(rating)
    rating.asked.require_draft()
    ledger.record(Verb.REMOVED, rating, by=by)
    rating.asked.delete()


@transaction.atomic
def file_statement(
    rating: Rating, *, subject: str, words: str, signed: str, language: str, by: Doer
) -> MinorityStatement:
    """Keep why some do not go along, beside the result or the outcome of one recommendation."""
    rating = _locked(rating)
    rating.require_shown()
    option = rating.options.filter(subject=subject).first() if subject else None
    filed = MinorityStatement.objects.create(
        rating=rating, option=option, words=words, signed=signed, language=language,
        filed_by=by.doer,
    )  # fmt: skip
    ledger.record(Verb.FILED, rating, by=by, statement=filed.code)
    return filed


# --- on paper

Numbers = Mapping[str, int]  # by the code of the question; a blank is left out


class EntriesDiffer(RuleBroken):
    """The second entry of a sheet is not the first. It never says where."""

    def __init__(self) -> None:
        super().__init__(_("The two entries differ. Check every answer against the paper ballot."))


@transaction.atomic
def type_sheet(
    rating: Rating,
    *,
    number: int,
    numbers: Numbers,
    voice: Voice | None = None,
    constituency: str = "",
    by: Doer,
) -> Sheet:
    """Type one sheet in: for a participant's voice, or as one more voice without a name.

    What the voice has answered by phone stands; the sheet fills what the phone left open.
    """
    hold_unsealed(rating.edition)
    _held(rating)
    if voice is not None and voice.edition_id != rating.edition_id:
        raise NotFound
    is_anonymous = voice is None
    if voice is None:
        voice = Voice.objects.create(edition=rating.edition, constituency=constituency)
    sheet = Sheet(
        rating=rating, voice=voice, number=number, is_anonymous=is_anonymous, typed_by=by.doer
    )
    try:
        with transaction.atomic():
            sheet.save()
    except IntegrityError:
        raise RuleBroken(
            _(
                "Ballot %(number)s, or one from this participant, has already been entered. Write "
                "another number on this one."
            ),
            number=number,
        ) from None
    _keep(sheet, numbers, reading=1)
    ledger.record(Verb.TYPED_SHEET, rating, by=by, sheet=sheet.code)
    return sheet


@transaction.atomic
def check_sheet(sheet: Sheet, *, numbers: Numbers, keep: bool = False, by: Doer) -> Sheet:
    """Note that a second person has read the sheet and found the same, or, with `keep`, that the
    second entry counts. What the second entry leaves blank then becomes “no opinion”."""
    hold_unsealed(sheet.rating.edition)
    sheet = Sheet.objects.select_for_update().get(pk=sheet.pk)
    sheet.check_by(by.doer, at=now())
    first = queries.read_on_paper(sheet)
    by_phone = {
        event.asked_code
        for event in queries.own_answers(sheet.rating, sheet.voice).values()
        if event.channel != Channel.PAPER
    }
    codes = set(first) | (set(numbers) - by_phone)
    wrong = [code for code in codes if first.get(code) != numbers.get(code)]
    if wrong and not keep:
        raise EntriesDiffer
    if wrong:
        _held(sheet.rating)
        _keep(sheet, {code: numbers.get(code, ABSTAIN) for code in wrong}, reading=2)
    sheet.save(update_fields=["checked_by", "checked_at"])
    ledger.record(Verb.CHECKED_SHEET, sheet.rating, by=by, sheet=sheet.code, agreed=not wrong)
    return sheet


def _keep(sheet: Sheet, numbers: Numbers, *, reading: int) -> None:
    standing = queries.own_answers(sheet.rating, sheet.voice)
    sent = []
    for question in sheet.rating.asked.questions.filter(code__in=numbers):
        event = standing.get(question.pk)
        number = numbers[question.code]
        if (event is None or event.channel == Channel.PAPER) and question.allows(number):
            sent.append(
                SentVote(
                    voice=sheet.voice_id,
                    asked=question.pk,
                    holder=sheet.rating.asked_id,
                    stance=number,
                    seq=event.seq + 1 if event else 1,
                    key=f"paper-{sheet.code}-{question.code}-{reading}",
                    channel=Channel.PAPER,
                    kind=NUMBER,
                )
            )
    for answer in write_votes(sent, require=REQUIRE_PAPER):
        if isinstance(answer, MajlisError):
            raise answer


def _held(rating: Rating) -> None:
    """Hold the questions so that results cannot be shown before this transaction ends."""
    held_for_share(QuestionSet, [rating.asked_id])[rating.asked_id].require_paper()


def _locked(rating: Rating) -> Rating:
    """The rating as it is now, after every answer on its way, held until the transaction ends."""
    hold_alone(rating.asked)
    QuestionSet.objects.select_for_update().get(pk=rating.asked_id)
    found = Rating.objects.select_for_update(of=("self",)).select_related(
        "asked", "edition", "follows__asked", "follows__edition"
    )
    return found.get(pk=rating.pk)
