"""Rows of a spreadsheet that give pairs to reviewers."""

import pytest

from reviews.rules.assignment_list import Known, Line, read_assignments
from reviews.rules.fit import normal

KNOWN = Known(
    numbers={"2026-001": 1, "2026-002": 2},
    titles={normal("Ageing neurons"): {1}, normal("Twice"): {1, 2}},
    reviewers={"ana@example.org": 7, "mike@example.org": 8},
    barred={(7, 2)},
    given={(8, 1)},
)


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (["2026-001", "ana@example.org"], Line(3, 1, 7)),
        (["x", "Ana@Example.org", "２０２６-001"], Line(3, 1, 7)),
        (["Âgeing  NEURONS", "ana@example.org"], Line(3, 1, 7)),
        (["2026-001", "Twice", "ana@example.org"], Line(3, 1, 7)),
        (["Pair", "E-mail"], Line(3, note="left_out", said="Pair · E-mail")),
        (["2026-001", "mike@example.org"], Line(3, 1, 8, note="given")),
        (["2026-002", "ana@example.org"], Line(3, 2, 7, problem="conflict")),
        (["2026-009", "ana@example.org"], Line(3, problem="no_pair", said="2026-009 · ana@example.org")),
        (["Twice", "ana@example.org"], Line(3, problem="many_pairs", said="Twice · ana@example.org")),
        (["2026-001", "b@example.org"], Line(3, 1, problem="no_reviewer", said="2026-001 · b@example.org")),
        (["2026-001", "mıke@example.org"], Line(3, 1, problem="no_reviewer", said="2026-001 · mıke@example.org")),
    ],
)
def test_a_row_is_read_as_it_is_meant_or_not_at_all(cells: list[str], line: Line) -> None:
    assert read_assignments([(3, cells)], KNOWN) == (line,)


def test_a_row_that_stands_twice_counts_once() -> None:
    rows = [(1, ["2026-001", "ana@example.org"]), (2, ["Ageing neurons", "ana@example.org"])]
    assert [line.note for line in read_assignments(rows, KNOWN)] == ["", "twice"]
