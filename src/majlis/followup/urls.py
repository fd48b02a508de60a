"""Addresses of the follow-up: at the desk, behind a personal link, and in public."""

from django.urls import path

from majlis.followup.views import desk, endorsing, portal, public

app_name = "followup"

_desk = "desk/<slug:edition>/follow-up/"
_units = _desk + "addressees/"
_pair = _desk + "<str:code>/"
_link = "answer/<str:token>/"
_item = _link + "<str:code>/"
_series = "series/<slug:series>/register"

urlpatterns = [
    path(_desk, desk.list_page, name="desk"),
    path(_desk + "matrix.<str:kind>", desk.matrix_file, name="desk-matrix"),
    path(_units, desk.addressees_page, name="desk-addressees"),
    path(_units + "<str:code>/", desk.send_page, name="desk-send"),
    path(_desk + "links/<str:code>/again/", desk.link_again, name="desk-link-again"),
    path(_desk + "links/<str:code>/end/", desk.link_end, name="desk-link-end"),
    path(
        _desk + "endorsements/<str:rec_id>/", endorsing.endorsements_page, name="desk-endorsements"
    ),
    path(
        _desk + "endorsements/<str:code>/end/", endorsing.endorsement_end, name="desk-endorse-end"
    ),
    path("endorse/<str:token>/", endorsing.endorse_page, name="endorse"),
    path(_pair, desk.pair_page, name="desk-pair"),
    path(_pair + "answer/", desk.answer_page, name="desk-answer"),
    path(_pair + "again/", desk.ask_again_page, name="desk-ask-again"),
    path(_pair + "plan/", desk.plan_page, name="desk-plan"),
    path(_pair + "progress/", desk.progress_page, name="desk-progress"),
    path(_pair + "plan/<str:action>/done/", desk.action_finish, name="desk-finish"),
    path(_pair + "plan/<str:action>/remove/", desk.action_drop, name="desk-drop"),
    path(_pair + "proof/<str:entry>/", desk.proof_file, name="desk-proof"),
    path(_link, portal.portal_page, name="portal"),
    path(_link + "recommendations/", portal.items_page, name="items"),
    path(_link + "hand-over/", portal.hand_over_page, name="hand-over"),
    path(_item, portal.item_page, name="item"),
    path(_item + "answer/", portal.answer_page, name="answer"),
    path(_item + "plan/", portal.plan_page, name="plan"),
    path(_item + "progress/", portal.progress_page, name="progress"),
    path(_item + "plan/<str:action>/done/", portal.action_finish, name="finish"),
    path(_item + "proof/<str:entry>/", portal.proof_file, name="proof"),
    path("e/<slug:edition>/last-time/", public.earlier_page, name="earlier"),
    path("e/<slug:edition>/proof/<str:code>/", public.proof_file, name="public-proof"),
    path(
        "e/<slug:edition>/recommendations/<str:rec_id>/follow-up/",
        public.timeline_page,
        name="timeline",
    ),
    path(_series + "/", public.register_page, name="register"),
    path(_series + ".ics", public.calendar_file, name="calendar"),
    path(_series + ".atom", public.feed, name="feed"),
    path(_series + ".<str:kind>", public.register_file, name="register-file"),
]
