"""The curves of a call: counts by day become paths that fit their drawing."""

from datetime import date, timedelta

import pytest

from seminars.drawings.charts import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Chart, Day, chart, days, levels

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


def drawn(started: dict[date, int], submitted: dict[date, int], today: date, last_on: date = DEADLINE) -> Chart:
    counted = days(started, submitted)
    return chart(counted, first_on=FIRST, last_on=last_on, deadline_on=DEADLINE, today=today, most=4)


def test_a_chart_spans_from_the_opening_to_the_deadline() -> None:
    made = drawn({FIRST: 4}, {DEADLINE: 2}, DEADLINE)
    assert made.started == f"M{LEFT}.0 {BASE}H{LEFT}.0V{float(TOP)}H{made.deadline_at}V{float(TOP)}H{made.deadline_at}"
    assert (
        made.submitted == f"M{LEFT}.0 {BASE}H{LEFT}.0V{BASE}H{made.deadline_at}V{(TOP + BASE) / 2}H{made.deadline_at}"
    )
    assert made.submitted_area == f"{made.submitted}V{BASE}Z"
    assert made.deadline_at == float(WIDTH - RIGHT)
    assert made.today_at is None
    assert [month.value for month in made.months] == [date(2026, month, 1) for month in (6, 7, 8, 9)]


def test_curves_end_today_while_the_call_is_open() -> None:
    half = FIRST + (DEADLINE - FIRST) // 2
    made = drawn({FIRST: 1}, {}, half)
    assert made.today_at == (LEFT + WIDTH - RIGHT) / 2
    assert made.started.endswith(f"H{made.today_at}")


def test_curves_go_on_after_the_deadline_to_the_last_day() -> None:
    late = DEADLINE + timedelta(days=9)
    made = drawn({FIRST: 1}, {late: 1}, late + timedelta(days=60), last_on=late)
    assert made.deadline_at < WIDTH - RIGHT
    assert made.submitted.endswith(f"H{WIDTH - RIGHT}.0")
