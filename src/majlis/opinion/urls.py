"""Where results are read."""

from django.urls import path

from majlis.opinion.views import desk, participant

app_name = "opinion"
DESK = "desk/<slug:edition>/rounds/<str:code>/results"
urlpatterns = [
    path(f"{DESK}/", desk.results_page, name="results"),
    path(f"{DESK}/again/", desk.results_make_again, name="make-again"),
    path(f"{DESK}/answers/", desk.answers_page, name="answers"),
    path(f"{DESK}/answers/export/", desk.answers_export, name="export-answers"),
    path(f"{DESK}/answers/polis.zip", desk.answers_file, name="answers-file"),
    path(f"{DESK}/file.<str:kind>", desk.results_file, name="file"),
    path(
        "e/<slug:edition>/room/rounds/<str:code>/results/",
        participant.room_results_page,
        name="room-results",
    ),
]
