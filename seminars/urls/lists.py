"""Addresses of the lists that officers import."""

from django.urls import path

from seminars.views import application_lists as lists
from seminars.views import list_import as steps

urlpatterns = [
    path("desk/<slug:code>/lists/", lists.application_lists, name="application_lists"),
    path("desk/<slug:code>/lists/import/", steps.application_list_upload, name="application_list_upload"),
    path("desk/<slug:code>/lists/empty.xlsx", lists.application_list_template, name="application_list_template"),
    path("desk/lists/<int:pk>/", lists.application_list, name="application_list"),
    path("desk/lists/<int:pk>/columns/", steps.application_list_columns, name="application_list_columns"),
    path("desk/lists/<int:pk>/preview/", steps.application_list_preview, name="application_list_preview"),
    path("desk/lists/<int:pk>/undo/", lists.application_list_undo, name="application_list_undo"),
    path("desk/lists/<int:pk>/share/", lists.application_list_share, name="application_list_share"),
    path("desk/lists/<int:pk>/unshare/", lists.application_list_unshare, name="application_list_unshare"),
    path("desk/lists/<int:pk>/discard/", lists.application_list_discard, name="application_list_discard"),
]
