"""Addresses of reminders: one's own choice, and the officers' pages."""

from django.urls import path

from seminars.views import mail_choices

urlpatterns = [
    path("account/reminders/", mail_choices.mail_choices, name="mail_choices"),
]
