"""Which reports are awaited and overdue, and who may see them."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.actions import report as actions
from reviews.actions import report_files, report_signing
from reviews.choices import ReportFileKind, ReportState
from reviews.models import Report
from seminars.choices import SeminarState
from seminars.exports.personal import write_copy
from seminars.models import Recusal, Seminar
from seminars.queries.personal import gather
from tests import cast
from tests.reviews.reported import AFTER, DUE, LAST, TEXT, complete, confirmed, handed_in, writer
from tests.seminars.filed import officer, side

pytestmark = pytest.mark.django_db


def test_a_report_is_awaited_after_the_last_day_and_overdue_after_the_delay() -> None:
    report = confirmed()
    assert (report.last_day, report.due_at) == (LAST, DUE)
    instants = (AFTER - timedelta(days=8), AFTER, DUE - timedelta(seconds=1), DUE)
    awaited = [Report.objects.awaited(at).exists() for at in instants]
    overdue = [Report.objects.overdue(at).exists() for at in instants]
    assert (awaited, overdue) == ([False, True, True, True], [False, False, False, True])
    assert [report.is_overdue(at) for at in instants] == overdue
    assert [report.is_over(at) for at in instants] == awaited
    for state in (ReportState.SUBMITTED, ReportState.ACCEPTED):
        Report.objects.update(state=state)
        assert not Report.objects.overdue(DUE).exists()


def test_the_report_of_a_cancelled_seminar_is_gone() -> None:
    report = confirmed()
    Seminar.objects.update(state=SeminarState.CANCELLED)
    assert not Report.objects.overdue(DUE).exists()
    assert not Report.objects.visible_to(writer(report)).exists()


def test_who_sees_a_report() -> None:
    report = confirmed()
    seen = {
        name: Report.objects.visible_to(user).exists()
        for name, user in {
            "french": writer(report),
            "japanese": writer(report, "JP"),
            "inserm": officer("FR"),
            "jsps": officer("JP"),
            "stranger": cast.user("stranger@example.org"),
        }.items()
    }
    assert seen == {"french": True, "japanese": True, "inserm": True, "jsps": True, "stranger": False}
    assert not Report.objects.written_by(officer("FR")).exists()
    for shut_out in (officer("FR"), writer(report)):
        Recusal.objects.create(user=shut_out, seminar=report.seminar, since=AFTER)
    assert not Report.objects.visible_to(officer("FR")).exists()
    assert Report.objects.visible_to(writer(report)).exists()


def test_a_copy_of_ones_data_holds_the_report_with_ones_own_figures_and_files(files_root: Path) -> None:
    report = complete(confirmed())
    marie, kenji = writer(report), writer(report, "JP")
    given = {"name": "train.pdf", "content_type": "application/pdf", "at": AFTER}
    kept = report_files.add_file(report, ReportFileKind.RECEIPT, data=b"%PDF-1", by=marie, **given)
    report_files.add_file(report, ReportFileKind.RECEIPT, data=b"%PDF-2", by=kenji, **{**given, "name": "theirs.pdf"})
    listed = [("A paper.", "10.1000/1")]
    actions.save_publications(report, listed, version=0, by=kenji, at=AFTER)
    report = handed_in(report)
    back = {"accepts": False, "comment": "Which lab?", "by": officer("JP"), "at": AFTER}
    report_signing.decide_report(report, side("JP"), number=1, **back)
    told = gather(marie)
    (own,) = told["reports"]
    assert (own["narrative"], own["own_side"]["attended"], own["state"]) == (TEXT, 8, "returned")
    assert [line["spent"] for line in own["own_spending"]] == ["1000.00", "500.50"]
    assert own["publications"] == [{"citation": "A paper.", "doi": "10.1000/1"}]
    assert TEXT in json.dumps(told["report_sections_written"])
    assert "A paper." not in json.dumps(told["report_sections_written"]), "her partner wrote that"
    assert [version["number"] for version in told["report_versions"]] == [1]
    path = f"reports/{kept.pk}-train.pdf"
    assert [file["file"] for file in told["report_files"]] == [path]
    made = io.BytesIO()
    write_copy(marie, made, at=AFTER)
    with zipfile.ZipFile(made) as archive:
        assert archive.namelist() == ["README.txt", "data.json", path]
        assert archive.read(path) == b"%PDF-1"
    jsps = gather(officer("JP"))
    assert [word["comment"] for word in jsps["words_on_reports"]] == ["Which lab?"]
    assert (jsps["reports"], jsps["report_versions"]) == ([], [])
    assert TEXT not in json.dumps(jsps)


def test_the_number_of_queries_does_not_grow() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            for report in Report.objects.overdue(DUE).with_terms():
                assert report.due_at
        return len(queries)

    confirmed("one")
    once = asked()
    confirmed("two")
    confirmed("three")
    assert asked() == once
