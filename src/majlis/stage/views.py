"""The screen itself, and the desk's hand on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_POST

from majlis.kernel.clock import now
from majlis.kernel.errors import NotFound
from majlis.registration.access import Place, colleague
from majlis.registration.states import RoleKind
from majlis.stage import access, actions, queries
from majlis.stage.forms import SceneForm
from majlis.stage.models import Stage
from majlis.ui.http import form_page, living_piece, redirect_after
from majlis.ui.links import whole_address
from majlis.ui.request import Request

CONTROLLERS = (RoleKind.FACILITATOR, RoleKind.MODERATOR)


def screen_page(request: Request, key: str) -> HttpResponse:
    """The full screen, for the projector's browser; it keeps itself up to date."""
    try:
        stage = access.stage_by_key(key)
    except NotFound:
        return render(request, "stage/ended.html", status=404)
    with _as_set(stage):
        return render(request, "stage/screen.html", _scene(request, stage))


def scene_piece(request: Request, key: str) -> HttpResponse:
    """What the screen shows now; 304 while nothing changed."""
    stage = access.stage_by_key(key)
    with _as_set(stage):
        return living_piece(request, "stage/screen.html#scene", _scene(request, stage))


def desk_page(request: Request, edition: str) -> HttpResponse:
    """Choose the scene, its language and its round; find the screen's address."""
    place = colleague(request, edition, *CONTROLLERS)
    stage = access.stage_of(place.edition)
    now_shown = {name: getattr(stage, name) for name in SceneForm.base_fields}
    form = SceneForm(edition=place.edition, initial=now_shown)
    return form_page(request, "stage/desk.html", form, **_desk(request, place))


@require_POST
def scene_show(request: Request, edition: str) -> HttpResponse:
    """Put a scene on the screen."""
    place = colleague(request, edition, *CONTROLLERS)
    form = SceneForm(request.POST, edition=place.edition)
    if form.is_valid():
        actions.show_scene(place.edition, **form.cleaned_data, by=place)
        return redirect_after(request, "stage:desk", edition=edition)
    return form_page(request, "stage/desk.html", form, **_desk(request, place))


@require_POST
def key_change(request: Request, edition: str) -> HttpResponse:
    """Give the screen a new address."""
    place = colleague(request, edition, RoleKind.ORGANISER)
    actions.change_key(place.edition, by=place)
    return redirect_after(request, "stage:desk", edition=edition)


@contextmanager
def _as_set(stage: Stage) -> Iterator[None]:
    """Speak the language of the scene and tell the time of the edition's place."""
    with translation.override(stage.language), timezone.override(stage.edition.zone):
        yield


def _scene(request: Request, stage: Stage) -> dict[str, object]:
    join = reverse("registration:join", kwargs={"edition": stage.edition.slug})
    return {
        "stage": stage,
        "edition": stage.edition,
        "picture": queries.picture(stage, at=now()),
        "join_url": whole_address(join, request),
        "piece_url": reverse("stage_root:scene", kwargs={"key": access.stage_key(stage)}),
        "is_rehearsal": stage.edition.is_rehearsal,
    }


def _desk(request: Request, place: Place) -> dict[str, object]:
    stage = access.stage_of(place.edition)
    address = reverse("stage_root:screen", kwargs={"key": access.stage_key(stage)})
    with _as_set(stage):
        picture = queries.picture(stage, at=now())
    return {
        "edition": place.edition,
        "place": place,
        "stage": stage,
        "picture": picture,
        "screen_url": whole_address(address, request),
    }
