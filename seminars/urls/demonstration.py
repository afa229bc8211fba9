"""Addresses that exist in the demonstration only."""

from django.urls import path

from seminars.views import demonstration

urlpatterns = [
    path("demonstration/", demonstration.people, name="demonstration"),
    path("demonstration/people/<int:pk>/sign-in/", demonstration.sign_in, name="demonstration_sign_in"),
    path("demonstration/mail/", demonstration.mailbox, name="demonstration_mailbox"),
    path("demonstration/mail/<int:pk>/", demonstration.mail, name="demonstration_mail"),
    path("demonstration/mail/<int:pk>/html/", demonstration.mail_html, name="demonstration_mail_html"),
]
