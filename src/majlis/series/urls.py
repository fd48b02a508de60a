"""Public addresses of an edition's texts and programme."""

from django.urls import path

from majlis.series import views

app_name = "series"
urlpatterns = [
    path("e/<slug:edition>/programme/", views.programme_page, name="programme"),
    path("e/<slug:edition>/about/<slug:page>/", views.text_page, name="text"),
    path("e/<slug:edition>/emblems/<str:code>/", views.emblem, name="emblem"),
    path("e/<slug:edition>/photos/<str:code>/", views.photo, name="photo"),
    path("e/<slug:edition>/speakers/", views.speakers_page, name="speakers"),
    path("e/<slug:edition>/speakers/<str:code>/", views.speaker_page, name="speaker"),
    path("e/<slug:edition>/glossary/", views.glossary_page, name="glossary"),
]
