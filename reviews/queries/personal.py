"""What the evaluation and the final reports hold on a person: what they have said of themselves, and written."""

import json
from collections.abc import Iterable

from accounts.models import HistoryEntry, User
from accounts.personal import KeptFile, Row, Source, plain, row_of, rows
from reviews.models import (
    Affiliation,
    Assignment,
    Collaborator,
    Conflict,
    PanelMember,
    PanelNote,
    Report,
    ReportFile,
    ReportReopening,
    ReportVersion,
    ReportWord,
    Review,
    Reviewer,
    Score,
    SelectionNote,
)
from reviews.queries.report_contents import contents_of, with_contents
from seminars.models import Proposal

TEXTS = ("start_on", "end_on", "venue_name", "venue_city", "venue_country", "narrative", "follow_up")
SUMMARY = ("public_text", "public_language", "published_at")
COUNTS = ("attended", "young", "statutory")
AGREED = ("spending_note", "signed_at", "coordinator_agreed_at")
FILE = ("kind", "name", "size", "sha256", "alt", "credit", "has_consent", "uploaded_at", "removed_at")


def _coordinated(user: User) -> list[int]:
    own = Proposal.objects.filter(coordinator=user, seminar__isnull=False)
    return list(own.values_list("seminar", flat=True))


def _reports(user: User) -> list[Row]:
    """Tell the reports of a person's seminars, as both coordinators read them; of spending, one's own side's only."""
    found = with_contents(Report.objects.filter(seminar__in=_coordinated(user)).order_by("pk"))
    return [_report(report, user) for report in found]


def _report(report: Report, user: User) -> Row:
    contents = contents_of(report)
    own = contents.side_of(user)
    held = own.held if own else None
    return {
        "seminar": str(report.seminar),
        **row_of(report, "id", "state", *TEXTS, *SUMMARY),
        "own_side": row_of(held, *COUNTS, *AGREED) if held else {},
        "own_spending": [
            {"kind": line.kind, "for": line.whom, "approved": plain(line.approved), "spent": plain(line.spent)}
            for line in (own.lines if own else ())
            if line.spent is not None
        ],
        "publications": [row_of(one, "citation", "doi") for one in report.publications.all()],
    }


def _sections(user: User) -> list[Row]:
    """Tell what a person has written into reports, as it was last saved at each sitting."""
    kind = Report._meta.label_lower
    written = HistoryEntry.objects.filter(actor=user, subject_kind=kind, verb="edited").order_by("pk")
    return [{"report": entry.subject_id, "at": plain(entry.at), "written": entry.after} for entry in written]


def _versions(user: User) -> list[Row]:
    handed_in = ReportVersion.objects.filter(report__seminar__in=_coordinated(user)).order_by("pk")
    named = ("report", "number", "submitted_at", "due_on", "is_late", "sha256")
    return [{**row_of(one, *named), "snapshot": json.loads(one.snapshot)} for one in handed_in]


def _uploaded(user: User) -> Iterable[ReportFile]:
    return ReportFile.objects.filter(uploaded_by=user).order_by("pk")


def _path(file: ReportFile) -> str:
    return f"reports/{file.pk}-{file.name}"


def _files(user: User) -> list[Row]:
    return [row_of(file, "report", *FILE) | {"file": _path(file)} for file in _uploaded(user)]


def files(user: User) -> Iterable[KeptFile]:
    """Return the receipts, photos and PDFs that a person has put with reports."""
    return (KeptFile(_path(file), str(file.file.name)) for file in _uploaded(user))


SOURCES = (
    rows("reviewer", Reviewer, "user"),
    rows("reviewer_affiliations", Affiliation, "reviewer__user"),
    rows("reviewer_collaborators", Collaborator, "reviewer__user"),
    rows("conflicts_of_interest", Conflict, "user"),
    rows("assignments", Assignment, "reviewer__user"),
    rows("reviews", Review, "assignment__reviewer__user"),
    rows("scores", Score, "review__assignment__reviewer__user"),
    rows("panel_seats", PanelMember, "user"),
    rows("panel_notes", PanelNote, "author"),
    rows("notes_on_the_joint_selection", SelectionNote, "author"),
    Source("reports", _reports),
    Source("report_sections_written", _sections),
    Source("report_versions", _versions),
    Source("report_files", _files),
    rows("words_on_reports", ReportWord, "said_by"),
    rows("reports_opened_again", ReportReopening, "reopened_by"),
)
