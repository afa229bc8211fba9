"""The project's addresses, and the floor."""

from django.urls import include, path

from tests.bench.floor import floor

urlpatterns = [path("floor/", floor), path("", include("config.urls"))]
