"""The officers' list of final reports, its files and figures, and what they read of one."""

import io
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import load_workbook

from reviews.actions import report_files, report_signing
from reviews.choices import ReportFileKind
from tests import cast
from tests.reviews.reported import (
    AFTER,
    LATE,
    TEXT,
    accepted,
    complete,
    confirmed,
    granted,
    handed_in,
    reread,
    spend,
    writer,
)
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


STATISTICS = "/desk/inserm-jsps-2026/statistics"


def chapter(client: Client) -> dict[str, dict[str, list[str]]]:
    """Return what the statistics tell of reports: the rows of each table, by its key."""
    found = client.get(f"{STATISTICS}/").context["chapters"]
    items = [item for one in found for item in one.breakdowns]
    return {
        item.key: {row.label: [value.text for value in row.values] for row in (*item.rows, *item.totals)}
        for item in items
    }


def test_the_statistics_tell_what_took_place_once_there_is_a_report(client: Client) -> None:
    cast.call_2026()
    enter(client, officer("FR"))
    assert chapter(client) == {}
    report = handed_in(complete(confirmed()))
    held = {
        "Planned: confirmed by both agencies": ["1"],
        "Held: the last day is over": ["1"],
        "Report handed in at least once": ["1"],
        "Report accepted": ["0"],
    }
    assert chapter(client) == {"held-seminars": held}, "figures are of accepted reports"
    granted(report)
    report = accepted(report)
    confirmed("Another one")
    found = chapter(client)
    assert [numbers for (numbers,) in found["held-seminars"].values()] == ["2", "2", "1", "1"]
    assert found["held-people"]["Participants"] == ["8", "8"]
    assert found["held-people"]["Participants, as planned"] == ["1", "1"]
    assert found["held-spending-inserm"]["Total"] == ["€1,500.50", "€1,500.50"]
    page = text(client.get(f"{STATISTICS}/"))
    assert ("Counted: 1 of 2 reports" in page, "not spent: €0.00" in page) == (True, True)
    book = load_workbook(io.BytesIO(client.get(f"{STATISTICS}.xlsx").content))
    rows = [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
    assert ("Total", 1500.5, 1500.5) in [row[:3] for row in rows]


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


def test_officers_read_which_sections_a_correction_has_changed(client: Client) -> None:
    report = handed_in(complete(confirmed()))
    report_signing.decide_report(report, side("FR"), number=1, accepts=False, comment="No.", by=officer("FR"), at=AFTER)
    enter(client, officer("JP"))
    path = f"{DESK}{report.pk}/"
    assert "Changed since version" not in text(client.get(path))
    spend(report, more="-1.00")
    with translation.override("ja"):
        handed_in(reread(report))
    assert "<strong>Changed since version 1:</strong> Spending of Inserm</p>" in text(client.get(path))


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
    paths = (DESK, f"{DESK[:-1]}.csv", f"{STATISTICS}/")
    once = [asked(path) for path in paths]
    for name in ("two", "three"):
        accepted(handed_in(complete(confirmed(name))))
    assert [asked(path) for path in paths] == once
