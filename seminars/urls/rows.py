"""Addresses of the sections that are lists of rows, and of attached files."""

from django.urls import path

from seminars.views import attachments, rows

SECTIONS = ("programme", "participants", "budget")
KINDS = ("sessions", "participants", "laboratories", "lines")

urlpatterns = [
    *(
        path(f"proposals/<int:pk>/{section}/", rows.section, {"section": section}, name="section")
        for section in SECTIONS
    ),
    *(path(f"proposals/<int:pk>/{kind}/add/", rows.add, {"kind": kind}, name="row_add") for kind in KINDS),
    *(path(f"proposals/<int:pk>/{kind}/<int:row>/", rows.change, {"kind": kind}, name="row") for kind in KINDS),
    *(
        path(f"proposals/<int:pk>/{kind}/<int:row>/remove/", rows.remove, {"kind": kind}, name="row_remove")
        for kind in KINDS
    ),
    path("proposals/<int:pk>/laboratories/<int:row>/merge/<int:kept>/", rows.merge, name="laboratory_merge"),
    path("proposals/<int:pk>/lines/preview/", rows.preview, name="line_preview"),
    path("proposals/<int:pk>/attachments/", attachments.section, {"section": "attachments"}, name="section"),
    path("proposals/<int:pk>/attachments/<int:attachment>/", attachments.attachment, name="attachment"),
    path("proposals/<int:pk>/attachments/<int:attachment>/remove/", attachments.remove, name="attachment_remove"),
]
