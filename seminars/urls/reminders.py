"""Addresses of reminders: one's own choice, and the officers' pages."""

from django.urls import path

from seminars.views import desk_reminders, mail_choices

urlpatterns = [
    path("account/reminders/", mail_choices.mail_choices, name="mail_choices"),
    path("desk/<slug:code>/reminders/", desk_reminders.desk_reminders, name="desk_reminders"),
    path("desk/<slug:code>/reminders/day/", desk_reminders.desk_reminders_day, name="desk_reminders_day"),
    path(
        "desk/<slug:code>/reminders/rules/<slug:agency>/",
        desk_reminders.desk_reminder_rules,
        name="desk_reminder_rules",
    ),
]
