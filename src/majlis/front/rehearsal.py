"""A rehearsal: an edition of its own, today, with invented people, words and votes.

It goes through the same actions as the day itself, so that what an organiser tries is the product.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.front import packs
from majlis.front.states import Verb
from majlis.kernel import jobs, ledger
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.models import Act
from majlis.mail.actions import forget_messages
from majlis.people.models import Person
from majlis.registration.actions import give_role
from majlis.registration.states import RoleKind
from majlis.series.models import Edition
from majlis.series.rehearsal import Rehearsal, parts

FEWEST, MOST = 5, 400


@transaction.atomic
def make_rehearsal(
    edition: Edition, *, voices: int = 60, seed: int = 1, camps: bool = True, by: Person | Doer
) -> Edition:
    """Make a rehearsal of `edition`: its texts, today's date, invented people, words and votes.

    `seed` decides everything that is drawn. With `camps` the people lean to two sides. A person
    who asks for it becomes its organiser. Raises `RuleBroken` for a number of voices out of
    bounds, for a rehearsal of a rehearsal, and for an edition whose pack says nothing of one.
    """
    if not FEWEST <= voices <= MOST:
        raise RuleBroken(
            _("A rehearsal can have %(fewest)s to %(most)s participants."), fewest=FEWEST, most=MOST
        )
    if edition.is_rehearsal:
        raise RuleBroken(_("“%(edition)s” is itself a rehearsal."), edition=edition)
    copy = _copied(edition, by=by)
    if isinstance(by, Person):
        give_role(copy, person=by, kind=RoleKind.ORGANISER, by=by)
    rehearsal = Rehearsal(copy, voices=voices, seed=seed, camps=camps, by=by)
    for part in reversed(parts()):
        part.copy(rehearsal)
    ledger.record(Verb.MADE, copy, by=by, of=edition.slug, voices=voices)
    return copy


def _copied(edition: Edition, *, by: Doer) -> Edition:
    """The edition once more, under a name of its own."""
    number = 1
    while Edition.objects.filter(slug=f"{edition.slug}-rehearsal-{number}").exists():
        number += 1
    slug = f"{edition.slug}-rehearsal-{number}"
    with TemporaryDirectory() as place:
        root = Path(place) / "pack"
        packs.dump(edition, root)
        page = root / "edition.yaml"
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(f"slug: {edition.slug}\n", f"slug: {slug}\n", 1), "utf-8")
        return packs.load(root, by=by).edition


@transaction.atomic
def remove_rehearsal(edition: Edition, *, by: Doer) -> None:
    """Remove a rehearsal: its rows, its lines of the audit log, its files. One line says so.

    Raises `RuleBroken` for an edition that is none.
    """
    if not edition.is_rehearsal:
        raise RuleBroken(
            _("“%(edition)s” is not a rehearsal. Only rehearsals can be deleted."),
            edition=edition,
        )
    slug = edition.slug
    for part in parts():
        part.remove(edition)
    forget_messages(edition=slug)
    Act.objects.filter(edition=slug).delete()
    jobs.forget(slug)
    ledger.record(Verb.REMOVED, edition, by=by, edition="", removed=slug)
