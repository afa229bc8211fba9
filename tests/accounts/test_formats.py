from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts import formats
from accounts.choices import TIME_ZONES

DEADLINE = datetime(2026, 9, 3, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "zone", "shown"),
    [
        ("en", "Europe/Paris", ("3 Sept 2026, 10:00 Paris", "17:00 Tokyo")),
        ("en", "Asia/Tokyo", ("3 Sept 2026, 17:00 Tokyo", "10:00 Paris")),
        ("fr", "Europe/Paris", ("3 sept. 2026, 10:00 heure de Paris", "17:00 heure du Japon")),
        ("ja", "Asia/Tokyo", ("2026年9月3日 17:00 日本時間", "10:00 パリ時間")),
        ("en", "Europe/London", ("3 Sept 2026, 09:00 London", "10:00 Paris", "17:00 Tokyo")),
        ("en", "UTC", ("3 Sept 2026, 08:00 UTC", "10:00 Paris", "17:00 Tokyo")),
    ],
)
def test_clocks_put_the_reader_first(language: str, zone: str, shown: tuple[str, ...]) -> None:
    assert formats.clocks(DEADLINE, language, zone) == shown


@pytest.mark.parametrize(
    ("instant", "shown"),
    [
        (datetime(2026, 9, 3, 14, 59, tzinfo=UTC), ("3 Sept 2026, 16:59 Paris", "23:59 Tokyo")),
        (datetime(2026, 9, 3, 15, 0, tzinfo=UTC), ("3 Sept 2026, 17:00 Paris", "4 Sept 2026, 00:00 Tokyo")),
        (datetime(2026, 12, 31, 15, 0, tzinfo=UTC), ("31 Dec 2026, 16:00 Paris", "1 Jan 2027, 00:00 Tokyo")),
    ],
)
def test_clocks_say_the_day_again_where_it_differs(instant: datetime, shown: tuple[str, ...]) -> None:
    assert formats.clocks(instant, "en", "Europe/Paris") == shown


def test_clocks_say_the_day_again_on_the_way_back() -> None:
    instant = datetime(2026, 9, 3, 23, 0, tzinfo=UTC)
    assert formats.clocks(instant, "en", "America/New_York") == (
        "3 Sept 2026, 19:00 New York",
        "4 Sept 2026, 01:00 Paris",
        "08:00 Tokyo",
    )


@pytest.mark.parametrize(
    ("instant", "shown"),
    [
        (datetime(2026, 10, 24, 23, 59, tzinfo=UTC), ("25 Oct 2026, 01:59 Paris", "08:59 Tokyo")),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), ("25 Oct 2026, 02:30 Paris (UTC+2)", "09:30 Tokyo")),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), ("25 Oct 2026, 02:30 Paris (UTC+1)", "10:30 Tokyo")),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), ("25 Oct 2026, 03:00 Paris", "11:00 Tokyo")),
    ],
)
def test_clocks_tell_the_two_hours_apart_when_summer_time_ends(instant: datetime, shown: tuple[str, ...]) -> None:
    assert formats.clocks(instant, "en", "Europe/Paris") == shown


@pytest.mark.parametrize("language", ["en", "fr", "ja"])
def test_every_zone_has_a_name_of_its_own(language: str) -> None:
    names = [formats.zone_name(zone, language) for zone in TIME_ZONES]
    assert len(set(names)) == len(TIME_ZONES)


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("en", "1 April 2027", "1 Apr 2027"),
        ("fr", "1er avril 2027", "1er avr. 2027"),
        ("ja", "2027年4月1日", "2027年4月1日"),
    ],
)
def test_day(language: str, long: str, short: str) -> None:
    assert formats.day(date(2027, 4, 1), language) == long
    assert formats.day(date(2027, 4, 1), language, long=False) == short


def test_only_the_first_of_a_french_month_is_ordinal() -> None:
    assert [formats.day(date(2027, 1, number), "fr") for number in (11, 21, 31)] == [
        "11 janvier 2027",
        "21 janvier 2027",
        "31 janvier 2027",
    ]


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "Thursday 3 September 2026"), ("fr", "jeudi 3 septembre 2026"), ("ja", "2026年9月3日（木）")],
)
def test_weekday(language: str, shown: str) -> None:
    assert formats.weekday(date(2026, 9, 3), language) == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (date(2027, 6, 14), date(2027, 6, 16), ("14–16 June 2027", "14–16 juin 2027", "2027年6月14日～16日")),
        (
            date(2027, 6, 30),
            date(2027, 7, 1),
            ("30 June – 1 July 2027", "30 juin – 1er juillet 2027", "2027年6月30日～7月1日"),
        ),
        (
            date(2027, 12, 31),
            date(2028, 1, 1),
            (
                "31 December 2027 – 1 January 2028",
                "31 décembre 2027 – 1er janvier 2028",
                "2027年12月31日～2028年1月1日",
            ),
        ),
        (date(2027, 6, 14), date(2027, 6, 14), ("14 June 2027", "14 juin 2027", "2027年6月14日")),
        (date(2027, 4, 1), date(2027, 4, 2), ("1–2 April 2027", "1er–2 avril 2027", "2027年4月1日～2日")),
    ],
)
def test_days(start: date, end: date, shown: tuple[str, str, str]) -> None:
    assert tuple(formats.days(start, end, language) for language in ("en", "fr", "ja")) == shown


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (Decimal("12000.50"), "EUR", ("€12,000.50", "12\u202f000,50\xa0€", "12,000.50ユーロ")),
        (Decimal(12000), "EUR", ("€12,000.00", "12\u202f000,00\xa0€", "12,000.00ユーロ")),
        (2_500_000, "JPY", ("¥2,500,000", "2\u202f500\u202f000\xa0JPY", "2,500,000円")),
        (0, "JPY", ("¥0", "0\xa0JPY", "0円")),
    ],
)
def test_money(amount: Decimal | int, currency: str, shown: tuple[str, str, str]) -> None:
    assert tuple(formats.money(amount, currency, language) for language in ("en", "fr", "ja")) == shown


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Decimal(12000), ("€12,000", "12\u202f000\xa0€", "12,000ユーロ")),
        (Decimal("0.50"), ("€0.50", "0,50\xa0€", "0.50ユーロ")),
    ],
)
def test_money_whole_leaves_out_zero_cents_only(amount: Decimal, shown: tuple[str, str, str]) -> None:
    assert tuple(formats.money(amount, "EUR", language, whole=True) for language in ("en", "fr", "ja")) == shown


def test_a_number_below_zero_has_a_true_minus() -> None:
    assert [formats.decimal(Decimal("-1.5"), language) for language in ("en", "fr", "ja")] == [
        "\N{MINUS SIGN}1.50",
        "\N{MINUS SIGN}1,50",
        "\N{MINUS SIGN}1.50",
    ]


def test_what_rounds_to_nothing_has_no_minus() -> None:
    assert formats.decimal(Decimal("-0.004"), "en") == formats.decimal(Decimal("0.00"), "en") == "0.00"


def test_utc_keeps_microseconds() -> None:
    assert formats.utc(DEADLINE.replace(microsecond=1)) == "2026-09-03T08:00:00.000001Z"


def test_country() -> None:
    assert [formats.country(code, "ja") for code in ("FR", "JP", "??")] == ["フランス", "日本", "??"]


@pytest.mark.parametrize(
    ("language", "written"), [("en", "Japan: Kyoto"), ("fr", "Japan\xa0: Kyoto"), ("ja", "Japan：Kyoto")]
)
def test_labelled_sets_the_colon_as_the_language_does(language: str, written: str) -> None:
    assert formats.labelled("Japan", "Kyoto", language) == written
