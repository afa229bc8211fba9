"""What may stand in braces in the letters."""

import pytest

from reviews.rules.letter import names_of, strange, telling


@pytest.mark.parametrize(
    ("part", "text", "wrong", "told"),
    [
        ("subject", "{title} ({number})", [], []),
        ("subject", "{rank} of {name}", [], ["rank"]),
        ("subject", "{criteria} {comments} {nom}", ["nom"], ["criteria", "comments"]),
        ("selected", "{criteria} {comments} {agency}", [], []),
        ("selected", "{rank}", ["rank"], []),
        ("not_selected", "{deadline} {title}", ["deadline"], []),
        ("reserve", "{rank} {link}", ["link"], []),
    ],
)
def test_each_part_knows_its_placeholders(part: str, text: str, wrong: list[str], told: list[str]) -> None:
    assert (strange(part, text), telling(part, text)) == (wrong, told)


def test_only_the_reserve_list_has_ranks() -> None:
    assert [part for part in ("subject", "selected", "reserve", "not_selected") if "rank" in names_of(part)] == [
        "reserve"
    ]
