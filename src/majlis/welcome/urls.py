"""Addresses of the welcome desk."""

from django.urls import path, re_path

from majlis.welcome.views import arrivals, badges

app_name = "welcome"
_DESK = "desk/<slug:edition>/arrivals/"
urlpatterns = [
    path(_DESK, arrivals.arrivals_page, name="arrivals"),
    path(f"{_DESK}list/", arrivals.arrivals_list, name="list"),
    path(f"{_DESK}new/", arrivals.door_page, name="door"),
    path(f"{_DESK}badges/", badges.badges_page, name="badges"),
    path(f"{_DESK}badges/file/", badges.badges_file, name="badges-file"),
    path(f"{_DESK}<slug:code>/", arrivals.arrival_page, name="arrival"),
    re_path(
        r"^desk/(?P<edition>[-a-zA-Z0-9_]+)/arrivals/(?P<code>[a-z0-9]+)/"
        r"(?P<verb>arrived|not-arrived)/$",
        arrivals.arrival_mark,
        name="mark",
    ),
]
