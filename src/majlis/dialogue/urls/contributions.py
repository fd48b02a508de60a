"""Addresses: what participants offer."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
