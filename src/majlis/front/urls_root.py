"""Addresses without a language: what robots ask for."""

from django.urls import path

from majlis.front.views import robots

app_name = "front_root"
urlpatterns = [
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
]
