"""A participant's devices: see them, end them, connect one more, say “that was not me”."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from majlis.mail.queries import are_kept
from majlis.registration import access, actions, queries
from majlis.registration.models import CODE_SHOWN, Device
from majlis.ui.http import redirect_after
from majlis.ui.links import whole_address
from majlis.ui.request import Request


@require_safe
def devices_page(request: Request, edition: str) -> HttpResponse:
    """Which devices are connected; a limited one sees itself only, and how to see more."""
    device = access.device_of(request, edition)
    devices = queries.devices_of(device.voice)
    context = {
        "edition": device.voice.edition,
        "device": device,
        "devices": devices.filter(pk=device.pk) if device.is_limited else devices,
        "device_notices": queries.notices_for(device),
        "shown": None if device.is_limited else _code_of(request, device),
        "by_email": not are_kept(),
    }
    return render(request, "registration/devices.html", context)


def _code_of(request: Request, device: Device) -> dict[str, object] | None:
    """The code for one more device, while it is shown."""
    admission = queries.shown_code(device.voice)
    if admission is None:
        return None
    code = access.short_code(admission)
    return {
        "code": f"{code[:4]} {code[4:]}",
        "link": whole_address(f"/v/{access.admission_token(admission)}/", request),
        "until": admission.given_at + CODE_SHOWN,
    }


@require_POST
def show_code(request: Request, edition: str) -> HttpResponse:
    """Show a code that connects one more device."""
    actions.show_code(access.full_device_of(request, edition))
    return redirect_after(request, "registration:devices", edition=edition)


@require_POST
def device_act(request: Request, edition: str, code: str, verb: str) -> HttpResponse:
    """End one's own device, say that one knows it, or that it is somebody else's."""
    device = access.device_of(request, edition)
    wanted = access.own_device(device, code)
    if verb == "known":
        actions.acknowledge_device(wanted)
        return redirect_after(request, "registration:devices", edition=edition)
    if verb == "not-me" and wanted != device:
        actions.disown_device(wanted)
        said = _("That device has been disconnected, and the organisers have been told.")
        return redirect_after(request, "registration:devices", said=said, edition=edition)
    actions.end_device(wanted)
    if wanted != device:
        said = _("The device has been disconnected.")
        return redirect_after(request, "registration:devices", said=said, edition=edition)
    said = _("This phone is no longer connected to the seminar.")
    answer = redirect_after(request, "registration:join", said=said, edition=edition)
    answer.delete_cookie(access.VOICE_COOKIE + edition)
    return answer


@require_POST
def card_disown(request: Request, edition: str, code: str) -> HttpResponse:
    """Cancel a card that was given in one's own name and has not been used."""
    device = access.full_device_of(request, edition)
    actions.cancel_card(access.own_admission(device, code))
    said = _("That card has been cancelled. It connects nobody.")
    return redirect_after(request, "registration:devices", said=said, edition=edition)
