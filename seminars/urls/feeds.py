"""Addresses of private calendars."""

from django.urls import path

from seminars.views import feeds

urlpatterns = [
    path("account/feeds/", feeds.feeds, name="feeds"),
    path("account/feeds/<int:pk>/revoke/", feeds.feed_revoke, name="feed_revoke"),
    path("feeds/<str:token>/seminars.ics", feeds.feed, name="feed"),
]
