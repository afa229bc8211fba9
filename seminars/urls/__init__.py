"""The addresses of the programme, in the order of its flow."""

from django.conf import settings

from seminars.urls import (
    api,
    calls,
    demonstration,
    desk,
    dossiers,
    feeds,
    lists,
    mailings,
    notes,
    pairing,
    personal,
    proposals,
    reminders,
    rows,
    searches,
    submission,
    tokens,
)

urlpatterns = [
    *calls.urlpatterns,
    *rows.urlpatterns,
    *pairing.urlpatterns,
    *submission.urlpatterns,
    *proposals.urlpatterns,
    *dossiers.urlpatterns,
    *desk.urlpatterns,
    *lists.urlpatterns,
    *mailings.urlpatterns,
    *notes.urlpatterns,
    *searches.urlpatterns,
    *reminders.urlpatterns,
    *personal.urlpatterns,
    *feeds.urlpatterns,
    *tokens.urlpatterns,
    *api.urlpatterns,
]
if settings.DEMO:
    urlpatterns += demonstration.urlpatterns
