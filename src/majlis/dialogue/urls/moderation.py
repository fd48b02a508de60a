"""Addresses: the moderation desk and statements."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
