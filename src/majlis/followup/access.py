"""Fetching is authorising: what the team, the holder of a link and everybody may fetch."""

from __future__ import annotations

from django.http import HttpRequest

from majlis.followup.models import Endorsement, Entry, FocalLink, PlannedAction
from majlis.kernel.errors import NotFound
from majlis.kernel.fetching import found_in
from majlis.kernel.seal import digest_of
from majlis.recommendations.access import published_recommendation
from majlis.recommendations.models import Addressee, Pair, Recommendation
from majlis.recommendations.states import TAKEN
from majlis.registration.access import Place, colleague, organiser
from majlis.series.access import public_edition
from majlis.series.models import Edition

_PAIR = ("recommendation__edition__series", "recommendation__theme", "addressee__edition", "follow")


def pair_for(request: HttpRequest, edition: str, code: str) -> tuple[Place, Pair]:
    """A pair of an adopted recommendation, for a colleague, or `NotFound`."""
    place = colleague(request, edition)
    return place, _pair_of(place.edition, code)


def pair_for_organiser(request: HttpRequest, edition: str, code: str) -> tuple[Place, Pair]:
    """The same for an organiser."""
    place = organiser(request, edition)
    return place, _pair_of(place.edition, code)


def _pair_of(edition: Edition, code: str) -> Pair:
    rows = Pair.objects.filter(recommendation__edition=edition, recommendation__state__in=TAKEN)
    return found_in(rows.filter(code=code).select_related(*_PAIR))


def addressee_for(place: Place, code: str) -> Addressee:
    """A unit of the organiser's edition, or `NotFound`."""
    return found_in(place.edition.addressees.filter(code=code).select_related("edition__series"))


def link_for(place: Place, code: str) -> FocalLink:
    """A link of the organiser's edition, or `NotFound`."""
    rows = FocalLink.objects.filter(addressee__edition=place.edition, code=code)
    return found_in(rows.select_related("addressee__edition__series"))


def action_for(pair: Pair, code: str) -> PlannedAction:
    """A planned action of a pair, or `NotFound`."""
    return found_in(pair.planned.filter(code=code).select_related("pair__recommendation__edition"))


def adopted_for(place: Place, rec_id: str) -> Recommendation:
    """An adopted recommendation of the organiser's edition, or `NotFound`."""
    rows = Recommendation.objects.filter(edition=place.edition, state__in=TAKEN, rec_id=rec_id)
    return found_in(rows.select_related("edition__series"))


def endorsement_for(place: Place, code: str) -> Endorsement:
    """A request for endorsement of the organiser's edition, or `NotFound`."""
    rows = Endorsement.objects.filter(recommendation__edition=place.edition, code=code)
    return found_in(rows.select_related("recommendation__edition"))


def endorsement_by_token(token: str) -> Endorsement:
    """The request that this secret belongs to, unless it was ended, or `NotFound`."""
    rows = Endorsement.objects.filter(secret_digest=digest_of(token), ended_at__isnull=True)
    return found_in(rows.select_related("recommendation__edition__series"))


def link_by_token(token: str) -> FocalLink:
    """The open link that this secret belongs to, or `NotFound`."""
    rows = FocalLink.objects.filter(secret_digest=digest_of(token), ended_at__isnull=True)
    return found_in(rows.select_related("addressee__edition__series"))


def item_of(link: FocalLink, code: str) -> Pair:
    """A pair that was sent to the addressee of a link, or `NotFound`."""
    rows = Pair.objects.filter(
        addressee=link.addressee_id, recommendation__state__in=TAKEN, follow__sent_on__isnull=False
    )
    return found_in(rows.filter(code=code).select_related(*_PAIR))


def proof_in(pair: Pair, code: str) -> Entry:
    """The file of an entry of a pair, or `NotFound`."""
    entry = found_in(pair.entries.filter(code=code))
    if not entry.proof or not entry.proof.storage.exists(str(entry.proof.name)):
        raise NotFound
    return entry


def public_proof(edition: str, code: str) -> Entry:
    """The file of an entry of a published recommendation that everybody may see, or `NotFound`."""
    rows = Entry.objects.filter(
        code=code,
        is_proof_public=True,
        pair__recommendation__edition=public_edition(edition),
        pair__recommendation__published_at__isnull=False,
    )
    entry = found_in(rows.select_related("pair__recommendation"))
    if not entry.proof or not entry.proof.storage.exists(str(entry.proof.name)):
        raise NotFound
    return entry


def followed(edition: str, rec_id: str) -> Recommendation:
    """A published recommendation, with what its timeline needs, or `NotFound`."""
    return published_recommendation(public_edition(edition), rec_id)
