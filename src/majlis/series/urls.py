"""Public addresses of an edition's texts and programme."""

from django.urls import path

from majlis.series import views

app_name = "series"
urlpatterns = [
    path("e/<slug:edition>/programme/", views.programme_page, name="programme"),
    path("e/<slug:edition>/programme/news/", views.programme_news, name="programme-news"),
    path("e/<slug:edition>/programme.ics", views.calendar_file, name="calendar"),
    path("e/<slug:edition>/programme/<str:code>.ics", views.session_file, name="session-calendar"),
    path("e/<slug:edition>/schedule.json", views.schedule_json, name="schedule-json"),
    path("e/<slug:edition>/schedule.xml", views.schedule_xml, name="schedule-xml"),
    path("e/<slug:edition>/about/<slug:page>/", views.text_page, name="text"),
    path("e/<slug:edition>/emblems/<str:code>/", views.emblem, name="emblem"),
    path("e/<slug:edition>/photos/<str:code>/", views.photo, name="photo"),
    path("e/<slug:edition>/speakers/", views.speakers_page, name="speakers"),
    path("e/<slug:edition>/speakers/<str:code>/", views.speaker_page, name="speaker"),
    path("e/<slug:edition>/glossary/", views.glossary_page, name="glossary"),
]
