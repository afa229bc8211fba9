"""Addresses of final reports: the public's, the officers', then the coordinators'."""

from django.urls import path

from reviews.views import desk_report, desk_reports, report, report_files, report_sections, report_summary

urlpatterns = [
    path("seminars/<int:seminar>/summary/", report_summary.report_summary, name="report_summary"),
    path("seminars/<int:seminar>/summary/photos/<int:photo>/", report_summary.report_photo, name="report_photo"),
    path("desk/<slug:code>/reports/", desk_reports.desk_reports, name="desk_reports"),
    *(
        path(f"desk/<slug:code>/reports.{end}", desk_reports.desk_reports_file, {"ending": end}, f"desk_reports_{end}")
        for end in ("csv", "xlsx")
    ),
    path("desk/<slug:code>/reports/<int:pk>/", desk_report.desk_report, name="desk_report"),
    path("desk/<slug:code>/reports/<int:pk>/reopen/", desk_report.reopen_report, name="reopen_report"),
    path("reports/<int:pk>/files/<int:file>/", report_files.report_file, name="report_file"),
    path("reports/<int:pk>/versions/<int:number>/", report.report_version, name="report_version"),
    path("proposals/<int:pk>/report/", report.report, name="report"),
    path("proposals/<int:pk>/report/sign/", report.sign_report, name="sign_report"),
    path("proposals/<int:pk>/report/agree/", report.agree_to_summary, name="agree_to_summary"),
    path("proposals/<int:pk>/report/files/", report_files.report_files, name="report_files"),
    path(
        "proposals/<int:pk>/report/files/<int:file>/remove/",
        report_files.remove_report_file,
        name="remove_report_file",
    ),
    path("proposals/<int:pk>/report/<slug:section>/", report_sections.report_section, name="report_section"),
]
