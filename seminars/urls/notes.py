"""Addresses of internal notes."""

from django.urls import path

from seminars.views import notes

urlpatterns = [
    path("desk/proposals/<int:pk>/notes/", notes.desk_proposal_notes, name="desk_proposal_notes"),
    path("desk/seminars/<int:pk>/notes/", notes.desk_seminar_notes, name="desk_seminar_notes"),
    path("desk/notes/<int:pk>/", notes.edit_note, name="edit_note"),
    path("desk/notes/<int:pk>/delete/", notes.delete_note, name="delete_note"),
]
