"""Addresses of ratings: on a participant's phone, on the desk, and in public."""

from django.urls import URLPattern, path

from majlis.ratings.views import desk, paper, participant, public

app_name = "ratings"
_desk = "desk/<slug:edition>/ratings/"
_one = _desk + "<str:code>/"
_room = "e/<slug:edition>/room/ratings/<str:code>/"

urlpatterns: list[URLPattern] = [
    path(_room, participant.rating_page, name="rating"),
    path(_room + "vote/", participant.rating_vote, name="vote"),
    path(_room + "now/", participant.rating_now, name="now"),
    path("e/<slug:edition>/ratings/<str:code>/", public.result_page, name="result"),
    path("e/<slug:edition>/ratings/<str:code>/result.<str:kind>", public.result_file, name="file"),
    path(_desk, desk.ratings_page, name="desk-list"),
    path(_desk + "new/<slug:method>/", desk.new_page, name="desk-new"),
    path(_one, desk.rating_page, name="desk-one"),
    path(_one + "change/", desk.change_page, name="desk-change"),
    path(_one + "move/<slug:move>/", desk.move_page, name="desk-move"),
    path(_one + "results.<str:kind>", desk.results_file, name="desk-file"),
    path(_one + "statement/", desk.statement_page, name="desk-statement"),
    path(_one + "sheet/", paper.sheet_page, name="desk-sheet"),
    path(_one + "paper/", paper.paper_page, name="desk-paper"),
    path(_one + "paper/<str:sheet>/", paper.check_page, name="desk-paper-check"),
]
