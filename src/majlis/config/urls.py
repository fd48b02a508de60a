"""Root addresses: each app brings its own list; pages stand under their language."""

from importlib import import_module
from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from majlis.config.views import healthz

APPS = [
    "circulars",
    "planning",
    "welcome",
    "front",
    "briefs",
    "stage",
    "followup",
    "recommendations",
    "ratings",
    "opinion",
    "dialogue",
    "evaluation",
    "registration",
    "series",
    "people",
]

_pages = [f"majlis.{app}.urls" for app in APPS if find_spec(f"majlis.{app}.urls")]
_roots = [f"majlis.{app}.urls_root" for app in APPS if find_spec(f"majlis.{app}.urls_root")]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    *[path("", include(import_module(name))) for name in _roots],
    *i18n_patterns(
        path("", include("majlis.config.pages")),
        *[path("", include(import_module(name))) for name in _pages],
    ),
]

handler400 = "majlis.ui.views.bad_request"
handler403 = "majlis.ui.views.permission_denied"
handler404 = "majlis.ui.views.page_not_found"
handler500 = "majlis.ui.views.server_error"
