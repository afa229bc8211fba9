"""Addresses of the outbox."""

from django.urls import path

from reviews.views import outbox
from seminars.urls.desk import files

urlpatterns = [
    path("outbox/", outbox.outbox, name="outbox"),
    *files("outbox", outbox.outbox_file, "outbox"),
    path("outbox/<int:pk>/", outbox.outbox_message, name="outbox_message"),
    path("outbox/<int:pk>/again/", outbox.outbox_send_again, name="outbox_send_again"),
]
