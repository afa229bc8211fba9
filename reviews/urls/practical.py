"""Addresses of a confirmed seminar's practical page and of its files."""

from django.urls import path

from reviews.views import practical

urlpatterns = [
    path("seminars/<int:pk>/practical/", practical.practical, name="practical"),
    path("seminars/<int:pk>/practical/edit/", practical.edit_practical, name="edit_practical"),
    path("seminars/<int:pk>/practical/participants.xlsx", practical.practical_people, name="practical_people"),
    path("seminars/<int:pk>/practical/seminar.ics", practical.practical_calendar, name="practical_calendar"),
]
