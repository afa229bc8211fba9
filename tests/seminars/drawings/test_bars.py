"""Bars: lengths in proportion, labels that fit one line."""

import pytest

from seminars.drawings.bars import FOR_TEXT, WIDTH, Bar, Drawing, Group, Value, drawing, shortened


def test_longest_bar_takes_the_whole_width_and_the_others_their_share() -> None:
    rows = [("Bordeaux", [Value(4, "4"), Value(1, "1")]), ("Kyoto", [Value(0, "0"), Value(2, "2")])]
    full = float(WIDTH - FOR_TEXT)
    assert drawing(rows, [1, 2]) == Drawing(
        (
            Group("Bordeaux", 14, (Bar(20, full, "4", 1), Bar(36, full / 4, "1", 2))),
            Group("Kyoto", 78, (Bar(84, full / 2, "2", 2),)),
        ),
        100,
    )


def test_nothing_to_draw_is_a_drawing_without_height() -> None:
    assert drawing([], [1]) == Drawing((), 0)
    assert drawing([("None", [Value(0, "0")])], [1]).groups[0].bars == (Bar(20, 0.0, "0", 1),)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("a" * 56, "a" * 56),
        ("a" * 57, f"{'a' * 55}…"),
        ("京" * 28, "京" * 28),
        ("京" * 29, f"{'京' * 27}…"),
    ],
)
def test_label_is_cut_where_it_would_not_fit(label: str, shown: str) -> None:
    assert shortened(label) == shown
