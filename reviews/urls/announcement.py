"""Addresses of the announcement, and of what it opens."""

from django.urls import path

from reviews.views import announcement, outcome, selected

urlpatterns = [
    path("desk/<slug:code>/announcement/", announcement.announcement, name="announcement"),
    path("calls/<slug:code>/selected/", selected.selected_seminars, name="selected_seminars"),
    path("outcomes/<int:pk>/", outcome.outcome, name="outcome"),
]
