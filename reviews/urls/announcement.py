"""Addresses of the announcement, of its letters, and of what it opens."""

from django.urls import path

from reviews.views import announcement, letter, outcome, selected

urlpatterns = [
    path("desk/<slug:code>/announcement/", announcement.announcement, name="announcement"),
    path("desk/<slug:code>/announcement/pairs/<int:pk>/", letter.pair_letters, name="pair_letters"),
    path("desk/<slug:code>/announcement/letters/<slug:part>/", letter.announcement_letter, name="announcement_letter"),
    path("desk/<slug:code>/announcement/letters/<slug:part>/default/", letter.default_letter, name="default_letter"),
    path("calls/<slug:code>/selected/", selected.selected_seminars, name="selected_seminars"),
    path("outcomes/<int:pk>/", outcome.outcome, name="outcome"),
]
