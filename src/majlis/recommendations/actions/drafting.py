"""Writing a recommendation: its first draft, its wordings, its translations, its plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.citing import Cited
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.texts import Text, TextStatus
from majlis.recommendations.actions.citing import freeze_into
from majlis.recommendations.fields import BY_NAME, COLUMNS, PLAN, WORDED
from majlis.recommendations.models import Addressee, CitedLink, Recommendation, Relation
from majlis.recommendations.queries import requirements
from majlis.recommendations.queries.numbering import next_rec_id
from majlis.recommendations.states import RelationKind, TextState, Verb
from majlis.series.models import Edition


@transaction.atomic
def draft_recommendation(
    edition: Edition, *, citing: Iterable[Cited], fields: Mapping[str, Any], by: Doer
) -> Recommendation:
    """Write a first draft from its sources.

    `fields` are those of `recommendations.fields`. Raises `Incomplete` when the
    draft lacks what a draft must hold; then nothing is written and no identifier is used.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    columns, links = _split(fields)
    rec = Recommendation(edition=edition, made_by=by.doer, **columns)
    rec.rec_id = next_rec_id(edition, rec.theme)
    rec.save()
    for name, rows in links.items():
        getattr(rec, name).set(rows)
    for source in citing:
        freeze_into(rec, source, by=by)
    _require(rec, TextState.DRAFTED)
    ledger.record(
        Verb.DRAFTED,
        rec,
        by=by,
        rec_id=rec.rec_id,
        to={"title": rec.title.as_json(), "text": rec.text.as_json()},
    )
    return rec


@transaction.atomic
def revise_recommendation(
    rec: Recommendation, *, fields: Mapping[str, Any], by: Doer
) -> Recommendation:
    """Change wording and fields while the text is a draft or under review.

    A change of title or text is a new wording: readers' judgements on the old one no longer
    count for it. What a draft must hold cannot be emptied.
    """
    rec = locked(rec)
    rec.require_editable()
    return _change(rec, fields, by=by, verb=Verb.REVISED)


@transaction.atomic
def plan_recommendation(
    rec: Recommendation, *, fields: Mapping[str, Any], by: Doer
) -> Recommendation:
    """Set first action, date and indicator, also on the final list: adoption asks for them."""
    rec = locked(rec)
    rec.require_plannable()
    unknown = set(fields) - {field.name for field in PLAN}
    if unknown:
        raise ValueError(f"not of the plan: {sorted(unknown)}")
    return _change(rec, fields, by=by, verb=Verb.PLANNED)


@transaction.atomic
def translate_recommendation(
    rec: Recommendation, *, lang: str, texts: Mapping[str, str], status: TextStatus, by: Doer
) -> Recommendation:
    """Set the words of one language beside the original, with how far they can be relied on.

    Empty words take a translation away. Allowed until publication; the original stays closed.
    """
    rec = locked(rec)
    rec.require_translatable()
    changed: dict[str, list[Any]] = {}
    for name, words in texts.items():
        old: Text = getattr(rec, name)
        if name not in WORDED or not old or lang == old.original:
            continue
        new = old.with_translation(lang, words, status)
        if new != old:
            changed[name] = [_json(old.get(lang)), _json(new.get(lang))]
            setattr(rec, name, new)
    if not changed:
        return rec
    if rec.is_editable and {"title", "text"} & set(changed):
        rec.wording_revision += 1
    rec.save()
    ledger.record(
        Verb.TRANSLATED,
        rec,
        by=by,
        rec_id=rec.rec_id,
        language=lang,
        status=str(status),
        changes=changed,
    )
    return rec


@transaction.atomic
def name_addressee(
    edition: Edition, *, unit: Text, body: Text, country: str, by: Doer
) -> Addressee:
    """Name a unit that can be asked to act."""
    addressee = Addressee.objects.create(edition=edition, unit=unit, body=body, country=country)
    ledger.record(Verb.NAMED_ADDRESSEE, addressee, by=by)
    return addressee


@transaction.atomic
def revise_addressee(
    addressee: Addressee, *, unit: Text, body: Text, country: str, by: Doer
) -> Addressee:
    """Correct the names of a unit, in any language."""
    addressee = Addressee.objects.select_for_update().get(pk=addressee.pk)
    before = {"unit": addressee.unit.as_json(), "body": addressee.body.as_json()}
    addressee.unit, addressee.body, addressee.country = unit, body, country
    addressee.save()
    ledger.record(
        Verb.REVISED_ADDRESSEE,
        addressee,
        by=by,
        changes={
            "unit": [before["unit"], unit.as_json()],
            "body": [before["body"], body.as_json()],
        },
    )
    return addressee


@transaction.atomic
def add_link(edition: Edition, *, fields: Mapping[str, Any], by: Doer) -> CitedLink:
    """Keep a document or an address on the web, so that recommendations can cite it."""
    link = CitedLink.objects.create(edition=edition, **fields)
    ledger.record(Verb.ADDED_LINK, link, by=by, kind=link.evidence_kind)
    return link


@transaction.atomic
def relate(rec: Recommendation, *, other: Recommendation, kind: RelationKind, by: Doer) -> Relation:
    """Say how this recommendation stands to another."""
    rec = locked(rec)
    rec.require_editable()
    if other.pk == rec.pk:
        raise RuleBroken(_("A recommendation cannot be related to itself."))
    relation, _made = Relation.objects.update_or_create(
        recommendation=rec, other=other, defaults={"kind": kind}
    )
    ledger.record(
        Verb.RELATED,
        rec,
        by=by,
        rec_id=rec.rec_id,
        other=other.rec_id,
        kind=str(kind),
    )
    return relation


@transaction.atomic
def unrelate(rec: Recommendation, *, other: Recommendation, by: Doer) -> None:
    """Take a relation back."""
    rec = locked(rec)
    rec.require_editable()
    Relation.objects.filter(recommendation=rec, other=other).delete()
    ledger.record(
        Verb.UNRELATED,
        rec,
        by=by,
        rec_id=rec.rec_id,
        other=other.rec_id,
    )


def locked(rec: Recommendation) -> Recommendation:
    """The row as it stands, held until the end of the transaction."""
    return (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related("edition", "theme")
        .get(pk=rec.pk)
    )


def _split(fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """Columns, and the links to several rows beside them."""
    unknown = set(fields) - {field.name for field in COLUMNS}
    if unknown:
        raise ValueError(f"not fields of a draft: {sorted(unknown)}")
    links = {name: list(fields[name]) for name in fields if BY_NAME[name].is_many}
    return {name: fields[name] for name in fields if name not in links}, links


def _change(
    rec: Recommendation, fields: Mapping[str, Any], *, by: Doer, verb: Verb
) -> Recommendation:
    columns, links = _split(fields)
    changed: dict[str, list[Any]] = {}
    for name, value in columns.items():
        if getattr(rec, name) != value:
            changed[name] = [_json(getattr(rec, name)), _json(value)]
            setattr(rec, name, value)
    for name, rows in links.items():
        before = sorted(row.code for row in getattr(rec, name).all())
        after = sorted(row.code for row in rows)
        if before != after:
            changed[name] = [before, after]
            getattr(rec, name).set(rows)
    if not changed:
        return rec
    if {"title", "text"} & set(changed):
        rec.wording_revision += 1
    rec.save()
    _require(rec, TextState.DRAFTED)
    ledger.record(
        verb,
        rec,
        by=by,
        rec_id=rec.rec_id,
        wording_revision=rec.wording_revision,
        changes=changed,
    )
    return rec


def _require(rec: Recommendation, wanted: TextState) -> None:
    missing = requirements.missing_for(rec, wanted)
    if missing:
        raise requirements.Incomplete(rec.rec_id, wanted, missing)


def _json(value: Any) -> Any:
    """A value as the audit log keeps it: codes of things, the words of our own texts."""
    if isinstance(value, Text):
        return value.as_json()
    if hasattr(value, "text") and hasattr(value, "status"):
        return {"text": value.text, "status": str(value.status)}
    if hasattr(value, "code"):
        return value.code
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value
