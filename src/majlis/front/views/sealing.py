"""Making an edition anonymous, after a page that says what that means."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from majlis.dialogue.queries import rounds_unfinished
from majlis.front.sealing import earlier_backups, is_final, seal_edition
from majlis.kernel.clock import now
from majlis.kernel.disclosure import Audience
from majlis.registration.access import organiser
from majlis.series.states import Moment
from majlis.ui.http import redirect_after
from majlis.ui.request import Request


@require_http_methods(["GET", "POST"])
def seal_page(request: Request, edition: str) -> HttpResponse:
    """Say what becomes anonymous and what stays, and do it at the press of the button."""
    place = organiser(request, edition)
    if request.method == "POST":
        seal_edition(place.edition, by=place)
        said = _("Contributions and votes are now anonymous.")
        return redirect_after(
            request, "registration:desk-registrations", said=said, edition=edition
        )
    context = {
        "edition": place.edition,
        "is_final": is_final(place.edition),
        "is_before": place.edition.moment(now()) == Moment.BEFORE,
        "unfinished": list(rounds_unfinished(place.edition)),
        "smallest": place.edition.smallest(Audience.PARTICIPANTS),
        "backups": [path.relative_to(settings.VAR) for path in earlier_backups()],
        "folder": settings.VAR,
        "is_sqlite": settings.IS_SQLITE,
    }
    return render(request, "front/seal.html", context)
