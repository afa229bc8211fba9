"""Addresses of messages to coordinators."""

from django.urls import path

from seminars.views import mailings

urlpatterns = [
    path("desk/messages/<int:pk>/", mailings.desk_mailing, name="desk_mailing"),
    path("desk/<slug:code>/messages/", mailings.desk_mailings, name="desk_mailings"),
    path("desk/<slug:code>/messages/new/", mailings.new_mailing, name="new_mailing"),
]
