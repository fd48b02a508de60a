"""Addresses: what participants offer."""

from django.urls import path

from majlis.dialogue.views import participant_contributions as views

urlpatterns = [
    path("e/<slug:edition>/room/contribute/", views.contribute_page, name="contribute"),
    path(
        "e/<slug:edition>/room/contributions/",
        views.my_contributions_page,
        name="my-contributions",
    ),
    path(
        "e/<slug:edition>/room/contributions/<str:code>/withdraw/",
        views.contribution_withdraw,
        name="contribution-withdraw",
    ),
]
