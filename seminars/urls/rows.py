"""Addresses of rows."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
