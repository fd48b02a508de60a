"""Addresses of this app without a language: short on paper."""

from django.urls import path

from majlis.registration.views import voice

app_name = "registration_root"
urlpatterns = [path("v/<slug:token>/", voice.voice_link, name="voice")]
