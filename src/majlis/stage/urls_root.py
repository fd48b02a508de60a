"""The screen's own addresses: no language in them, the desk picks it."""

from django.urls import path

from majlis.stage import views

app_name = "stage_root"
urlpatterns = [
    path("stage/<str:key>/", views.screen_page, name="screen"),
    path("stage/<str:key>/scene/", views.scene_piece, name="scene"),
]
