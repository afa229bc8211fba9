"""The addresses of the programme, in the order of its flow."""

from seminars.urls import calls, desk, pairing, proposals, rows, submission

urlpatterns = [
    *calls.urlpatterns,
    *proposals.urlpatterns,
    *rows.urlpatterns,
    *pairing.urlpatterns,
    *submission.urlpatterns,
    *desk.urlpatterns,
]
