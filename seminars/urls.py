"""The addresses of seminars."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
