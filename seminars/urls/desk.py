"""Addresses of the officers' desk."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from seminars.exports.tables import ENDINGS
from seminars.views import (
    call_copies,
    desk,
    desk_admission,
    desk_eligibility,
    desk_eligibility_case,
    desk_eligibility_notice,
    desk_proposals,
    desk_reconciliation,
    desk_records,
    directory,
    statistics,
)


def files(route: str, view: Callable[..., HttpResponseBase], name: str) -> list[URLPattern]:
    """Return the addresses of a page's table as a file of each kind: ``name_csv``, ``name_xlsx``."""
    return [path(f"{route}.{ending}", view, {"ending": ending}, f"{name}_{ending}") for ending in ENDINGS]


urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/laboratories/", directory.directory, name="directory"),
    path("desk/laboratories/add/", directory.add, name="directory_add"),
    path("desk/laboratories/<int:pk>/", directory.entry, name="directory_entry"),
    path("desk/laboratories/<int:pk>/spelling/", directory.spelling, name="directory_spelling"),
    path("desk/laboratories/<int:pk>/merge/", directory.merge, name="directory_merge"),
    path("desk/laboratories/<int:pk>/remove/", directory.remove, name="directory_remove"),
    path("laboratories/suggestions/", directory.suggestions, name="laboratory_suggestions"),
    path("desk/proposals/<int:pk>/", desk_records.desk_proposal, name="desk_proposal"),
    path("desk/proposals/<int:pk>/admit/", desk_admission.admit_late, name="admit_late"),
    path("desk/proposals/<int:pk>/end-admission/", desk_admission.end_admission, name="end_admission"),
    path("desk/seminars/<int:pk>/", desk_records.desk_seminar, name="desk_seminar"),
    path(
        "desk/seminars/<int:pk>/eligibility/",
        desk_eligibility_case.desk_eligibility_seminar,
        name="desk_eligibility_seminar",
    ),
    path(
        "desk/seminars/<int:pk>/eligibility/<int:side>/reopen/",
        desk_eligibility_case.reopen_seminar_decision,
        name="reopen_seminar_decision",
    ),
    path(
        "desk/proposals/<int:pk>/eligibility/",
        desk_eligibility_case.desk_eligibility_record,
        name="desk_eligibility_record",
    ),
    path(
        "desk/proposals/<int:pk>/eligibility/<int:side>/reopen/",
        desk_eligibility_case.reopen_record_decision,
        name="reopen_record_decision",
    ),
    path("desk/<slug:code>/eligibility/", desk_eligibility.desk_eligibility, name="desk_eligibility"),
    path(
        "desk/<slug:code>/eligibility/decide/<slug:kind>/",
        desk_eligibility.desk_eligibility_bulk,
        name="desk_eligibility_bulk",
    ),
    path(
        "desk/<slug:code>/eligibility/notice/",
        desk_eligibility_notice.desk_eligibility_notice,
        name="desk_eligibility_notice",
    ),
    path(
        "desk/<slug:code>/eligibility/letters/<int:pk>/",
        desk_eligibility_notice.eligibility_letter,
        name="eligibility_letter",
    ),
    path("desk/seminars/<int:pk>/take-apart/", desk_reconciliation.take_apart, name="take_apart"),
    path("desk/<slug:code>/", desk.desk_call, name="desk_call"),
    path("desk/<slug:code>/copy/", call_copies.call_copy, name="call_copy"),
    path("desk/<slug:code>/dates/", call_copies.call_dates, name="call_dates"),
    path("desk/<slug:code>/reconciliation/", desk_reconciliation.reconciliation, name="reconciliation"),
    path("desk/<slug:code>/reconciliation/confirm/", desk_reconciliation.confirm_matches, name="confirm_matches"),
    path("desk/<slug:code>/reconciliation/reject/", desk_reconciliation.reject_match, name="reject_match"),
    path("desk/<slug:code>/reconciliation/restore/", desk_reconciliation.restore_match, name="restore_match"),
    path(
        "desk/<slug:code>/reconciliation/<slug:half_kind>/<int:pk>/",
        desk_reconciliation.match_entry,
        name="match_entry",
    ),
    path("desk/<slug:code>/proposals/", desk_proposals.desk_proposals, name="desk_proposals"),
    *files("desk/<slug:code>/proposals", desk_proposals.desk_proposals_file, "desk_proposals"),
    *files("desk/<slug:code>/eligibility", desk_eligibility.desk_eligibility_file, "desk_eligibility"),
    *files("desk/<slug:code>/reconciliation", desk_reconciliation.reconciliation_file, "reconciliation"),
    *files("desk/<slug:code>/statistics", statistics.desk_statistics_file, "desk_statistics"),
    *files("desk/laboratories", directory.directory_file, "directory"),
    path("desk/<slug:code>/statistics/", statistics.desk_statistics, name="desk_statistics"),
]
