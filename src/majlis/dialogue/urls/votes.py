"""Addresses: voting pages of participants."""

from django.urls import URLPattern, path

from majlis.dialogue.views import participant_votes as views

urlpatterns: list[URLPattern] = [
    path("e/<slug:edition>/room/rounds/", views.rounds_page, name="rounds"),
    path("e/<slug:edition>/room/rounds/<str:code>/", views.round_page, name="round"),
    path("e/<slug:edition>/room/rounds/<str:code>/vote/", views.vote_cast, name="vote-cast"),
    path(
        "e/<slug:edition>/room/rounds/<str:code>/answers/", views.answers_page, name="round-answers"
    ),
    path("e/<slug:edition>/room/rounds/<str:code>/now/", views.round_now, name="round-now"),
]
