"""Addresses: rounds on the desk."""

from django.urls import URLPattern, path

from majlis.dialogue.views import desk_paper as paper
from majlis.dialogue.views import desk_rounds as rounds

DESK = "desk/<slug:edition>/rounds"

urlpatterns: list[URLPattern] = [
    path(f"{DESK}/", rounds.rounds_page, name="desk-rounds"),
    path(f"{DESK}/new/", rounds.round_new_page, name="desk-round-new"),
    path(f"{DESK}/<str:code>/", rounds.round_page, name="desk-round"),
    path(f"{DESK}/<str:code>/turnout/", rounds.turnout_piece, name="desk-turnout"),
    path(f"{DESK}/<str:code>/change/", rounds.round_change_page, name="desk-round-change"),
    path(f"{DESK}/<str:code>/statements/", rounds.statements_page, name="desk-round-statements"),
    path(f"{DESK}/<str:code>/arrange/", rounds.round_arrange, name="desk-round-arrange"),
    path(f"{DESK}/<str:code>/preview/", rounds.preview_page, name="desk-round-preview"),
    path(f"{DESK}/<str:code>/move/<slug:move>/", rounds.move_page, name="desk-round-move"),
    path(f"{DESK}/<str:code>/sheet/", paper.sheet_page, name="desk-round-sheet"),
    path(f"{DESK}/<str:code>/paper/", paper.paper_page, name="desk-paper"),
    path(f"{DESK}/<str:code>/paper/<str:ballot>/", paper.check_page, name="desk-paper-check"),
]
