"""Addresses of dossiers as PDF, and of packs of them."""

from django.urls import path

from seminars.views import desk_packs, dossiers

urlpatterns = [
    path("proposals/<int:pk>/record.pdf", dossiers.record_pdf, name="record_pdf"),
    path("proposals/<int:pk>/pair.pdf", dossiers.own_pair_pdf, name="own_pair_pdf"),
    path("proposals/<int:pk>/submissions/<int:submission>/record.pdf", dossiers.submission_pdf, name="submission_pdf"),
    path("desk/seminars/<int:pk>/pair.pdf", dossiers.desk_seminar_pdf, name="desk_seminar_pdf"),
    path("desk/<slug:code>/packs/", desk_packs.desk_packs, name="desk_packs"),
    path("desk/packs/<int:pk>/", desk_packs.desk_pack, name="desk_pack"),
    path("desk/packs/<int:pk>/delete/", desk_packs.delete_pack, name="delete_pack"),
    path("desk/packs/<int:pk>/dossiers.zip", desk_packs.desk_pack_file, name="desk_pack_file"),
]
