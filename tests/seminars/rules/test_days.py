"""Days as lists write them, and what is no day."""

from datetime import date

import pytest

from seminars.rules.days import NotADay, Style, day, days, is_ambiguous, style_of


@pytest.mark.parametrize(
    "text",
    [
        *("2027-04-12", "2027/4/12", "2027.4.12", "20270412", "2027-04-12 00:00", "2027-04-12T09:30:00"),
        *("２０２７年４月１２日（月）", "令和9年4月12日", "R9.4.12", "2027年 4月 12日"),
        *("12/04/2027", "12.4.2027", "12-04-2027", "12 avril 2027", "lundi 12 avril 2027", "12 April 2027"),
        *("12-Apr-2027", "Apr 12, 2027", "Monday, April 12th, 2027", "46489"),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert day(text) == date(2027, 4, 12)


def test_other_days_are_read() -> None:
    assert day("1er août 2027") == date(2027, 8, 1)
    assert day("令和元年5月1日") == date(2019, 5, 1)
    assert day("45027", Style(from_1904=True)) == date(2027, 4, 12)
    assert day("04/12/2027", Style(month_first=True)) == date(2027, 4, 12)
    assert day("  ") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *[(text, "day") for text in ("31/02/2027", "hello", "12/04/27", "1827-04-12", "12", "99999999", "12 foo 2027")],
        *[(text, "day_vague") for text in ("2027年5月上旬", "5月下旬", "2027年5月", "May 2027", "mi-mai 2027", "TBD")],
    ],
)
def test_half_a_date_is_never_guessed(text: str, code: str) -> None:
    with pytest.raises(NotADay, match=f"^{code}$"):
        day(text)


@pytest.mark.parametrize(
    "text",
    [
        *("2027年5月10日～12日", "2027年5月10日（月）～5月12日（水）", "2027/5/10-5/12", "2027/5/10～2027/5/12"),
        *(
            "10-12 May 2027",
            "du 10 au 12 mai 2027",
            "2027-05-10 to 2027-05-12",
            "2027年5月10日から12日",
            "2027/5/10 - 12",
        ),
    ],
)
def test_a_range_is_read_whatever_one_end_leaves_out(text: str) -> None:
    assert days(text) == (date(2027, 5, 10), date(2027, 5, 12))


def test_other_ranges() -> None:
    assert days("30 mai au 1er juin 2027") == (date(2027, 5, 30), date(2027, 6, 1))
    assert days("2027-05-10") == (date(2027, 5, 10), date(2027, 5, 10))
    assert days("") == (None, None)
    for text, code in (("2027年5月", "day_vague"), ("soon", "day"), ("2027/5/10～soon", "day")):
        with pytest.raises(NotADay, match=f"^{code}$"):
            days(text)


def test_months_come_first_only_where_nothing_else_makes_sense() -> None:
    assert style_of(["04/25/2027", "04/05/2027"]) == Style(month_first=True)
    assert style_of(["25/04/2027", "04/05/2027"]) == Style()
    assert style_of(["04/25/2027", "25/04/2027"]) == Style()
    assert (is_ambiguous("04/05/2027"), is_ambiguous("05/05/2027"), is_ambiguous("2027-04-05")) == (True, False, False)
