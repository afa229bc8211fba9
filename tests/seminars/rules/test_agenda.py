"""The picture of a day."""

from datetime import date, time

import pytest

from seminars.rules.agenda import Picture, picture, span
from seminars.rules.dossier import SessionFacts


def session(starts: time, ends: time, number: int = 1) -> SessionFacts:
    return SessionFacts(number, date(2027, 6, 14), starts, ends, "seminar", f"Talk {number}", "")


@pytest.mark.parametrize(
    ("times", "hours"),
    [
        ([], (9, 15)),
        ([(time(9), time(12))], (9, 15)),
        ([(time(8, 30), time(17, 1))], (8, 18)),
        ([(time(8, 30), time(17))], (8, 17)),
        ([(time(22), time(23, 59))], (18, 24)),
        ([(time(0), time(23, 59, 59))], (0, 24)),
    ],
)
def test_span_holds_every_session(times: list[tuple[time, time]], hours: tuple[int, int]) -> None:
    assert span([session(*each) for each in times]) == hours


def test_empty_day_is_empty() -> None:
    assert picture([], (9, 15)) == Picture((), 0, tuple((hour, (hour - 9) / 6 * 100) for hour in range(9, 16)))


def test_long_day_has_a_mark_every_two_hours() -> None:
    assert [hour for hour, _left in picture([], (8, 20)).hours] == [8, 10, 12, 14, 16, 18, 20]


def test_parallel_sessions_have_lanes_of_their_own() -> None:
    drawn = picture(
        [
            session(time(10), time(11), 2),
            session(time(9), time(12), 1),
            session(time(10, 30), time(11, 30), 3),
            session(time(11), time(12), 4),
        ],
        (9, 15),
    )
    assert [(bar.session.id, bar.lane) for bar in drawn.bars] == [(1, 0), (2, 1), (3, 2), (4, 1)]
    assert drawn.lanes == 3
    assert [(round(bar.left, 1), round(bar.width, 1)) for bar in drawn.bars[:2]] == [(0.0, 50.0), (16.7, 16.7)]
