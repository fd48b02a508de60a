"""Addresses: rounds on the desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
