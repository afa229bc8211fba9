"""The curves of a call: counts by day become paths that fit their drawing."""

from datetime import date, timedelta

import pytest

from seminars.charts import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Day, chart, days, levels

FIRST = date(2026, 6, 1)
DEADLINE = date(2026, 9, 3)
BASE = float(HEIGHT - BOTTOM)


def test_days_are_those_on_which_something_happened_with_sums_so_far() -> None:
    started = {date(2026, 6, 2): 2, date(2026, 7, 1): 1}
    submitted = {date(2026, 7, 1): 1, date(2026, 9, 3): 2}
    assert days(started, submitted) == (
        Day(date(2026, 6, 2), 2, 0, 2, 0),
        Day(date(2026, 7, 1), 1, 1, 3, 1),
        Day(date(2026, 9, 3), 0, 2, 3, 3),
    )
    assert days({}, {}) == ()


@pytest.mark.parametrize(
    ("most", "lines"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (4, (0, 1, 2, 3, 4)),
        (5, (0, 2, 4, 6)),
        (8, (0, 2, 4, 6, 8)),
        (9, (0, 5, 10)),
        (250, (0, 100, 200, 300)),
        (999, (0, 500, 1000)),
    ],
)
def test_levels_are_few_round_numbers_up_to_the_highest(most: int, lines: tuple[int, ...]) -> None:
    assert levels(most) == lines


def test_a_chart_spans_from_the_opening_to_the_deadline() -> None:
    counted = days({FIRST: 4}, {DEADLINE: 2})
    drawn = chart(counted, first_on=FIRST, deadline_on=DEADLINE, today=DEADLINE, most=4)
    assert drawn.started == f"M{LEFT}.0 {BASE}H{LEFT}.0V{float(TOP)}H{drawn.deadline_at}V{float(TOP)}H{WIDTH - RIGHT}.0"
    assert drawn.submitted_area == f"{drawn.submitted}V{BASE}Z"
    assert drawn.deadline_at == float(WIDTH - RIGHT)
    assert drawn.today_at is None
    assert [month.value for month in drawn.months] == [date(2026, month, 1) for month in (6, 7, 8, 9)]


def test_curves_end_today_while_the_call_is_open_and_go_on_after_a_late_admission() -> None:
    half = FIRST + (DEADLINE - FIRST) // 2
    running = chart(days({FIRST: 1}, {}), first_on=FIRST, deadline_on=DEADLINE, today=half, most=1)
    assert running.today_at == (LEFT + WIDTH - RIGHT) / 2
    assert running.started.endswith(f"H{running.today_at}")
    late = chart(
        days({FIRST: 1}, {DEADLINE + timedelta(days=9): 1}),
        first_on=FIRST,
        deadline_on=DEADLINE,
        today=DEADLINE + timedelta(days=60),
        most=1,
    )
    assert late.deadline_at < WIDTH - RIGHT
    assert late.submitted.endswith(f"H{WIDTH - RIGHT}.0")


def test_a_call_that_opens_and_closes_on_one_day_is_drawn_too() -> None:
    drawn = chart((), first_on=FIRST, deadline_on=FIRST, today=FIRST, most=0)
    assert (drawn.deadline_at, drawn.today_at) == (float(LEFT), float(LEFT))
