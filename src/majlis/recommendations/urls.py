"""Addresses of recommendations: at the desk, and in public."""

from django.urls import path

from majlis.recommendations.views import (
    desk,
    desk_lists,
    desk_moves,
    desk_sources,
    desk_writing,
    public,
)

app_name = "recommendations"

_desk = "desk/<slug:edition>/recommendations/"
_one = _desk + "<str:rec_id>/"
_public = "e/<slug:edition>/recommendations/"

urlpatterns = [
    path(_desk, desk_lists.list_page, name="desk-list"),
    path(_desk + "statements/", desk_lists.statements_page, name="desk-statements"),
    path(_desk + "new/", desk_writing.new_page, name="desk-new"),
    path(_desk + "matrix.csv", desk_lists.matrix_file, name="desk-matrix"),
    path(_desk + "addressees/", desk_lists.addressees_page, name="desk-addressees"),
    path(_desk + "addressees/<str:code>/", desk_writing.addressee_page, name="desk-addressee"),
    path(_one, desk.recommendation_page, name="desk-one"),
    path(_one + "edit/", desk_writing.edit_page, name="desk-edit"),
    path(_one + "plan/", desk_writing.plan_page, name="desk-plan"),
    path(_one + "languages/<str:lang>/", desk_writing.translation_page, name="desk-translation"),
    path(_one + "history/", desk.history_page, name="desk-history"),
    path(_one + "sources/", desk_sources.sources_page, name="desk-sources"),
    path(_one + "sources/cite/", desk_sources.source_cite, name="desk-cite"),
    path(_one + "sources/link/", desk_sources.link_page, name="desk-link"),
    path(_one + "sources/<str:code>/again/", desk_sources.source_again, name="desk-cite-again"),
    path(_one + "sources/<str:code>/earlier/", desk_sources.source_earlier, name="desk-earlier"),
    path(_one + "sources/<str:code>/away/", desk_sources.source_away, name="desk-take-away"),
    path(_one + "relate/", desk_sources.relation_add, name="desk-relate"),
    path(_one + "unrelate/", desk_sources.relation_away, name="desk-unrelate"),
    path(_one + "submit/", desk_moves.submit, name="desk-submit"),
    path(_one + "back/", desk_moves.back_page, name="desk-back"),
    path(_one + "review/", desk_moves.review_page, name="desk-review"),
    path(_one + "final-list/", desk_moves.final_list_page, name="desk-final-list"),
    path(_one + "decision/", desk_moves.decision_page, name="desk-decision"),
    path(_one + "publish/", desk_moves.publish_page, name="desk-publish"),
    path(_one + "withdraw/", desk_moves.withdraw_page, name="desk-withdraw"),
    path(_one + "supersede/", desk_moves.supersede_page, name="desk-supersede"),
    path(_public, public.list_page, name="public-list"),
    path(_public + "matrix.csv", public.matrix_file, name="public-matrix"),
    path(_public + "<str:rec_id>/", public.recommendation_page, name="public"),
    path(_public + "<str:rec_id>/why/", public.why_page, name="why"),
]
