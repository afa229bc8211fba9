"""Addresses of calls."""

from django.urls import path

from seminars.views import calls

urlpatterns = [
    path("", calls.front, name="front"),
    path("calls/", calls.call_list, name="call_list"),
    path("calls/<slug:code>/", calls.call, name="call"),
    path("calls/<slug:code>/calendar.ics", calls.call_calendar, name="call_calendar"),
]
