"""Addresses of the dialogue, one list for each part."""

from majlis.dialogue.urls import contributions, moderation, rounds, votes

app_name = "dialogue"
urlpatterns = [
    *contributions.urlpatterns,
    *moderation.urlpatterns,
    *rounds.urlpatterns,
    *votes.urlpatterns,
]
