"""The officers' list of final reports, its files and figures, and what they read of one."""

import io
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from reviews.choices import ReportState
from reviews.models import Report
from tests.reviews.reported import AFTER, LATE, TEXT, accepted, complete, confirmed, handed_in
from tests.reviews.views.test_report import DESK, at, enter, text
from tests.seminars.filed import officer

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
