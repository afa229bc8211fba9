"""The officers' list of final reports, its files and figures, and what they read of one."""

import io
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from reviews.actions import report_files, report_signing
from reviews.choices import ReportFileKind, ReportState
from reviews.models import Report
from tests.reviews.reported import AFTER, LATE, TEXT, accepted, complete, confirmed, handed_in, reread, writer
from tests.reviews.views.test_report import DESK, at, base, enter, text
from tests.seminars.filed import officer, side

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after() -> Any:
    with time_machine.travel(AFTER, tick=False):
        yield


def test_officers_read_nothing_of_what_is_being_written(client: Client) -> None:
    report = complete(confirmed())
    enter(client, officer("JP"))
    page = text(client.get(f"{DESK}{report.pk}/"))
    assert ("Not handed in yet" in page, TEXT in page) == (True, False)
    assert "1,500.50" not in text(client.get(DESK))
    assert "1500.5" not in text(client.get(f"{DESK[:-1]}.csv"))


def test_the_list_filters_and_is_given_as_files(client: Client) -> None:
    late, whole = confirmed("Late one"), confirmed("Whole one")
    accepted(handed_in(complete(whole)))
    with at(LATE):
        enter(client, officer("FR"))
        page = text(client.get(DESK))
        assert ("1 report is overdue" in page, "Late one" in page, "Whole one" in page) == (True, True, True)
        assert "Whole one" not in text(client.get(f"{DESK}?stand=overdue"))
        rows = text(client.get(f"{DESK[:-1]}.csv?stand=accepted")).splitlines()
        assert (len(rows), "Whole one" in rows[1]) == (2, True)
        book = load_workbook(io.BytesIO(client.get(f"{DESK[:-1]}.xlsx").content))
        cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
        assert (late.seminar.__str__() in cells, 1500.5 in cells) == (True, True)


def test_figures_are_of_accepted_reports(client: Client) -> None:
    report = accepted(handed_in(complete(confirmed())))
    enter(client, officer("FR"))
    page = text(client.get(f"{DESK}figures/"))
    assert ("Counted: 1 of 1 reports" in page, "€1,500.50" in page, "<svg" in page) == (True, True, True)
    book = load_workbook(io.BytesIO(client.get(f"{DESK}figures.xlsx").content))
    assert len(book.worksheets) == 3
    Report.objects.filter(pk=report.pk).update(state=ReportState.SUBMITTED)
    assert "Nothing to count yet" in text(client.get(f"{DESK}figures/"))


def test_officers_read_the_files_of_the_version_they_returned(client: Client) -> None:
    report = complete(confirmed())
    marie, name = writer(report), "train.pdf"
    given = {"data": b"%PDF-1", "content_type": "application/pdf", "by": marie, "at": AFTER}
    kept = report_files.add_file(report, ReportFileKind.RECEIPT, name=name, **given)
    report = handed_in(reread(report))
    report_signing.decide_report(report, side("FR"), number=1, accepts=False, comment="No.", by=officer("FR"), at=AFTER)
    report_files.remove_file(kept, by=marie, at=AFTER)
    given |= {"data": b"%PDF-2", "at": LATE}
    drafted = report_files.add_file(reread(report), ReportFileKind.RECEIPT, name="plane.pdf", **given)
    enter(client, officer("JP"))
    page = text(client.get(f"{DESK}{report.pk}/"))
    assert ("Files of version 1" in page, name in page, "plane.pdf" in page) == (True, True, False)
    paths = [f"/reports/{report.pk}/files/{file.pk}/" for file in (kept, drafted)]
    assert [client.get(path).status_code for path in paths] == [200, 404]


def test_an_officer_opens_an_accepted_report_again(client: Client) -> None:
    report = accepted(handed_in(complete(confirmed())))
    enter(client, officer("JP"))
    path = f"{DESK}{report.pk}/reopen/"
    assert path in text(client.get(f"{DESK}{report.pk}/"))
    assert "Both coordinators correct it" in text(client.get(path))
    text(client.post(path, {"reason": " "}), 422)
    done = text(client.post(path, {"reason": "A receipt twice."}, follow=True))
    assert ("both coordinators have been told" in done, "A receipt twice." in done) == (True, True)
    assert "accepted before" in done
    text(client.post(path, {"reason": "Once more."}), 409)
    enter(client, writer(report))
    assert client.get(path).status_code == 404
    assert "A receipt twice." in text(client.get(base(report)))
    assert "A receipt twice." in text(client.get(f"/reports/{report.pk}/versions/1/"))


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    enter(client, officer("FR"))

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            text(client.get(path))
        return len(queries)

    accepted(handed_in(complete(confirmed("one"))))
    asked(DESK)
    once = [asked(path) for path in (DESK, f"{DESK}figures/", f"{DESK[:-1]}.csv")]
    for name in ("two", "three"):
        accepted(handed_in(complete(confirmed(name))))
    assert [asked(path) for path in (DESK, f"{DESK}figures/", f"{DESK[:-1]}.csv")] == once
