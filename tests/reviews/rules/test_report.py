"""When a report is due, and what it lacks (R29)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from reviews.rules import report as rules
from reviews.rules.report import Lack, ReportFacts, SideFacts, check

ZONES = ("Europe/Paris", "Asia/Tokyo")
LAST = date(2027, 5, 12)
TODAY = date(2027, 5, 13)
SIDE = SideFacts("FR", writes=True, attended=8, young=3, statutory=5, spent=Decimal(900), approved=Decimal(1000))
WHOLE = ReportFacts(
    start_on=date(2027, 5, 10),
    end_on=LAST,
    venue=("Institut Cochin", "Paris", "FR"),
    narrative="x" * 200,
    follow_up="More.",
    sides=(SIDE, replace(SIDE, key="JP", writes=False)),
)


def test_a_report_is_due_until_the_day_is_over_in_the_last_zone() -> None:
    assert rules.due_on(LAST, 60) == date(2027, 7, 11)
    due = rules.due_at(date(2027, 7, 11), ZONES)
    assert due == datetime(2027, 7, 11, 22, tzinfo=UTC)
    assert [rules.is_late(LAST, 60, ZONES, at) for at in (due.replace(hour=21, minute=59), due)] == [False, True]


def test_a_seminar_is_over_once_its_last_day_is_over_everywhere() -> None:
    assert not rules.is_over(LAST, ZONES, datetime(2027, 5, 12, 21, 59, tzinfo=UTC))
    assert rules.is_over(LAST, ZONES, datetime(2027, 5, 12, 22, tzinfo=UTC))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  ", ""),
        ("10.1038/S41586-021-03819-2", "10.1038/s41586-021-03819-2"),
        ("https://doi.org/10.1038/nature12373.", "10.1038/nature12373"),
        ("http://dx.doi.org/10.1038/nature12373", "10.1038/nature12373"),
        ("doi: 10.1000/182", "10.1000/182"),
        ("１０.１０００／182", "10.1000/182"),
        (
            "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID>2-2",
            "10.1002/(sici)1097-0258(19980815)17:15<1661::aid>2-2",
        ),
        ("10.12/too-short", None),
        ("10.1000/", None),
        ("https://example.org/10.1000/182", None),
        ("10.1000/has space", None),
        (f"10.1000/{'x' * 200}", None),
    ],
)
def test_a_doi_is_checked_by_form_and_written_one_way(typed: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(ValueError, match="10"):
            rules.tidy_doi(typed)
    else:
        assert rules.tidy_doi(typed) == kept


def test_a_whole_report_lacks_nothing() -> None:
    assert check(WHOLE, TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "lack"),
    [
        ({"start_on": None}, Lack("dates", "facts")),
        ({"start_on": date(2027, 5, 13)}, Lack("dates_order", "facts")),
        ({"end_on": TODAY}, Lack("not_over", "facts")),
        ({"venue": ("Institut Cochin", "", "FR")}, Lack("venue", "facts")),
        ({"narrative": ""}, Lack("narrative_missing", "narrative")),
        ({"narrative": "x" * 199}, Lack("narrative_short", "narrative")),
        ({"narrative": "x" * 6001}, Lack("narrative_long", "narrative")),
        ({"follow_up": ""}, Lack("follow_up_missing", "narrative")),
        ({"sides": (replace(SIDE, young=None),)}, Lack("attendance", "attendance", "FR")),
        ({"sides": (replace(SIDE, statutory=9),)}, Lack("more_than_all", "attendance", "FR")),
        ({"sides": (replace(SIDE, open_lines=1),)}, Lack("spending", "spending", "FR")),
        ({"sides": (replace(SIDE, spent=Decimal("1000.01")),)}, Lack("above_approved", "spending", "FR")),
    ],
)
def test_what_is_missing_is_said_with_its_section(changes: dict[str, object], lack: Lack) -> None:
    assert check(replace(WHOLE, **changes), TODAY) == (lack,)


def test_more_than_approved_needs_a_reason_and_what_was_never_granted_none() -> None:
    above = replace(SIDE, spent=Decimal(2000))
    told = (replace(above, spending_note="The train was dearer."), replace(above, approved=None))
    assert check(replace(WHOLE, sides=told), TODAY) == ()


@pytest.mark.parametrize(("length", "fits"), [(199, False), (200, True), (3000, True), (3001, False)])
def test_a_public_summary_has_bounds(length: int, *, fits: bool) -> None:
    assert rules.is_publishable("x" * length) is fits
