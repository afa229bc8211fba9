"""The floor alone, for Django's default middleware."""

from django.urls import path

from tests.bench.floor import floor

urlpatterns = [path("floor/", floor)]
