"""Addresses of the server itself, under their language."""

from django.urls import path

from majlis.config import views

app_name = "config"
urlpatterns = [path("reach/", views.reach_page, name="reach")]
