"""Addresses of the pages that show more than one app."""

from django.urls import path

from majlis.front.views import checks, desk, finding, participant, public, robots, sealing

app_name = "front"
urlpatterns = [
    path("", public.home_page, name="home"),
    path("series/<slug:series>/", public.series_page, name="series"),
    path("series/<slug:series>/feed.atom", robots.feed, name="feed"),
    path("e/<slug:edition>/", public.edition_page, name="edition"),
    path("e/<slug:edition>/card.png", robots.card, name="card"),
    path("e/<slug:edition>/room/", participant.room_page, name="room"),
    path("e/<slug:edition>/room/now/", participant.room_now, name="room-now"),
    path("desk/", desk.desk_home_page, name="desk-home"),
    path("desk/<slug:edition>/", desk.desk_page, name="desk"),
    path("desk/<slug:edition>/checks/", checks.checks_page, name="checks"),
    path("desk/<slug:edition>/checks/questions/", checks.questions_page, name="questions"),
    path("desk/<slug:edition>/checks/<slug:code>/tick/", checks.check_tick, name="tick"),
    path("desk/<slug:edition>/activity/", finding.activity_page, name="activity"),
    path("desk/<slug:edition>/search/", finding.search_page, name="search"),
    path("desk/<slug:edition>/rehearse/", desk.rehearsal_make, name="rehearse"),
    path("desk/<slug:edition>/registrations/seal/", sealing.seal_page, name="seal"),
    path("desk/<slug:edition>/remove/", desk.rehearsal_remove, name="remove-rehearsal"),
]
