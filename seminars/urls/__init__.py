"""The addresses of the programme, in the order of its flow."""

from django.conf import settings

from seminars.urls import calls, demonstration, desk, dossiers, notes, pairing, proposals, rows, searches, submission

urlpatterns = [
    *calls.urlpatterns,
    *rows.urlpatterns,
    *pairing.urlpatterns,
    *submission.urlpatterns,
    *proposals.urlpatterns,
    *dossiers.urlpatterns,
    *desk.urlpatterns,
    *notes.urlpatterns,
    *searches.urlpatterns,
]
if settings.DEMO:
    urlpatterns += demonstration.urlpatterns
