"""Citing sources, freezing them again, taking them away."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.citing import Cited, Frozen, freeze_all, kind_of
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.recommendations.models import Citation, Recommendation
from majlis.recommendations.states import Verb


@transaction.atomic
def cite(rec: Recommendation, *, source: Cited, by: Doer) -> Citation:
    """Add a source, frozen as it stands now. Citing it twice returns the first citation."""
    rec = Recommendation.objects.select_for_update().get(pk=rec.pk)
    rec.require_editable()
    there = rec.citations.filter(**{kind_of(source).name: source}).first()
    if there is not None:
        return there
    citation = freeze_into(rec, source, by=by)
    ledger.record(
        Verb.CITED,
        rec,
        by=by,
        rec_id=rec.rec_id,
        source=_named(citation),
        digest=citation.digest,
    )
    return citation


@transaction.atomic
def cite_again(citation: Citation, *, by: Doer) -> Citation:
    """Freeze a source anew because it has changed; the audit log keeps both digests.

    Allowed until publication: a round may close after the wording was closed.
    """
    rec = Recommendation.objects.select_for_update().get(pk=citation.recommendation_id)
    rec.require_translatable()
    frozen = _frozen(citation.source)
    before = citation.digest
    citation.excerpt, citation.facts = dict(frozen.excerpt), dict(frozen.facts)
    citation.digest, citation.cited_at, citation.cited_by = frozen.digest, now(), by.doer
    citation.save()
    ledger.record(
        Verb.CITED_AGAIN,
        rec,
        by=by,
        rec_id=rec.rec_id,
        source=_named(citation),
        digests=[before, citation.digest],
    )
    return citation


@transaction.atomic
def take_away(citation: Citation, *, by: Doer) -> None:
    """Take a source away; the last statement stays."""
    rec = Recommendation.objects.select_for_update().get(pk=citation.recommendation_id)
    rec.require_editable()
    others = rec.citations.exclude(pk=citation.pk)
    if citation.statement_id and not others.filter(statement__isnull=False).exists():
        raise RuleBroken(
            _(
                "A recommendation is based on at least one statement from participants. Cite "
                "another one before you remove this one."
            )
        )
    source = _named(citation)
    citation.delete()
    ledger.record(
        Verb.TOOK_AWAY,
        rec,
        by=by,
        rec_id=rec.rec_id,
        source=source,
        digest=citation.digest,
    )


@transaction.atomic
def put_earlier(citation: Citation, *, by: Doer) -> None:
    """Move a source one place up, so that its footnote comes earlier."""
    rec = Recommendation.objects.select_for_update().get(pk=citation.recommendation_id)
    rec.require_editable()
    rows = list(rec.citations.order_by("position", "pk"))
    place = next(i for i, row in enumerate(rows) if row.pk == citation.pk)
    if place == 0:
        return
    rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
    ledger.record(
        Verb.ORDERED,
        rec,
        by=by,
        rec_id=rec.rec_id,
        order=[row.code for row in rows],
    )


def freeze_into(rec: Recommendation, source: Cited, *, by: Doer) -> Citation:
    """Write one citation of a source of the same edition, after the others.

    The source is held meanwhile, so that it cannot be undone beside it.
    """
    kind = kind_of(source)
    rows = kind.model._default_manager.select_for_update(no_key=True, of=("self",))
    source = rows.select_related(*kind.related).get(pk=source.pk)
    if source.edition_id != rec.edition_id:
        raise RuleBroken(_("A source must belong to the same edition."))
    kind.require_citable(source)
    frozen = _frozen(source)
    last = rec.citations.aggregate(last=Max(F("position")))["last"] or 0
    return Citation.objects.create(
        recommendation=rec,
        position=last + 1,
        excerpt=dict(frozen.excerpt),
        facts=dict(frozen.facts),
        digest=frozen.digest,
        cited_by=by.doer,
        **{kind.name: source},
    )


def _frozen(source: Cited) -> Frozen:
    return freeze_all([source])[source]


def _named(citation: Citation) -> str:
    """A source as the audit log names it."""
    return f"{citation.citable.name}:{citation.source.code}"
