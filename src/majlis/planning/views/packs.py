"""The pack of an edition: its files to keep, and files that change it, shown before they do."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from majlis.front import packs
from majlis.kernel.errors import NotFound
from majlis.kernel.pack.faults import PackRefused
from majlis.planning.forms.packs import PackForm
from majlis.registration.access import Place, organiser
from majlis.series.actions import drop_upload, keep_upload
from majlis.series.models import PackUpload
from majlis.ui.http import attached, form_page, posted, redirect_after
from majlis.ui.request import Request


def pack_page(request: Request, edition: str) -> HttpResponse:
    """Take the pack along, or hand one in: what it would change is shown, nothing is written."""
    place = organiser(request, edition)
    form = PackForm(posted(request), request.FILES or None)
    context = {"edition": place.edition, "place": place}
    if form.is_valid():
        content = form.cleaned_data["pack"].read()
        try:
            context |= {"loaded": _previewed(place, content), "kept": True}
            keep_upload(place.edition, content)
        except PackRefused as refused:
            form.add_error("pack", _("The pack has faults. Nothing was changed."))
            context["faults"] = list(refused.faults)
    return form_page(request, "planning/pack.html", form, **context)


def _previewed(place: Place, content: bytes) -> packs.Loaded:
    with packs.unpacked(content) as root:
        return packs.preview(root, place.edition, by=place.person)


@require_POST
def pack_load(request: Request, edition: str) -> HttpResponse:
    """Load the pack that was handed in and shown."""
    place = organiser(request, edition)
    upload = PackUpload.objects.filter(edition=place.edition).first()
    if upload is None:
        raise NotFound
    overwrite = request.POST.get("overwrite") == "on"
    with packs.unpacked(bytes(upload.content)) as root:
        loaded = packs.load(root, by=place.person, overwrite=overwrite, only=place.edition)
    drop_upload(place.edition)
    n = sum(change.writes for change in loaded.changes)
    said = _("The pack is loaded. Entries written: %(n)s.") % {"n": n}
    return redirect_after(request, "planning:plan", said=said, edition=edition)


def pack_file(request: Request, edition: str) -> HttpResponse:
    """The pack of the edition as a ZIP file."""
    place = organiser(request, edition)
    answer = HttpResponse(packs.zipped(place.edition), content_type="application/zip")
    return attached(answer, f"{place.edition.slug}.zip")
