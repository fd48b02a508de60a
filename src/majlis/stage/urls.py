"""Where the desk controls the screen."""

from django.urls import path

from majlis.stage import views

app_name = "stage"
urlpatterns = [
    path("desk/<slug:edition>/stage/", views.desk_page, name="desk"),
    path("desk/<slug:edition>/stage/show/", views.scene_show, name="show"),
    path("desk/<slug:edition>/stage/key/", views.key_change, name="key"),
]
