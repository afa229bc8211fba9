"""Addresses of the announcement, and of what it opens."""

from django.urls import path

from reviews.views import announcement, outcome

urlpatterns = [
    path("desk/<slug:code>/announcement/", announcement.announcement, name="announcement"),
    path("outcomes/<int:pk>/", outcome.outcome, name="outcome"),
]
