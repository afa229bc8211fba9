"""Dates, clocks and amounts as each language writes them (glossary ``format.*``)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_interval, get_timezone_location
from babel.numbers import format_currency, format_decimal, format_percent

LOCALES = {"en": "en_GB", "fr": "fr", "ja": "ja"}
BOTH_SIDES = ("Europe/Paris", "Asia/Tokyo")
SHORT_DAYS = {"en": "d MMM y", "fr": "d MMM y", "ja": "y年M月d日"}
LONG_DAYS = {"en": "EEEE d MMMM y", "fr": "EEEE d MMMM y", "ja": "y年M月d日（E）"}
ZONE_NAMES = {"en": "{city}", "fr": "heure de {city}", "ja": "{city}時間"}
OWN_ZONE_NAMES = {
    ("fr", "Asia/Tokyo"): "heure du Japon",
    ("ja", "Asia/Tokyo"): "日本時間",
    ("ja", "Asia/Ho_Chi_Minh"): "ホーチミン時間",
    ("ja", "Asia/Kolkata"): "コルカタ時間",
    ("en", "America/Sao_Paulo"): "São Paulo",
    ("en", "Pacific/Noumea"): "Nouméa",
}
PATTERNS = {
    ("en", "JPY"): "¥#,##0",
    ("fr", "JPY"): "#,##0\xa0JPY",
    ("ja", "JPY"): "#,##0円",
    ("ja", "EUR"): "#,##0.00ユーロ",
}
SYMBOLS = {"en": "¤#,##0.00", "fr": "#,##0.00\xa0¤"}


@cache
def zone_name(zone: str, language: str) -> str:
    """Return how ``language`` calls the clock of ``zone``: "Paris", "heure de Paris", "日本時間"."""
    if zone == "UTC":
        return "UTC"
    city = get_timezone_location(zone, locale=LOCALES[language], return_city=True)
    return OWN_ZONE_NAMES.get((language, zone)) or ZONE_NAMES[language].format(city=city)


@lru_cache(maxsize=4096)
def day(on: date, language: str, *, long: bool = True) -> str:
    """Return a date: "3 September 2026" or "3 Sept 2026", "1er avril 2027", "2026年9月3日"."""
    pattern = "long" if long else SHORT_DAYS[language]
    return _first_of_month(format_date(on, pattern, locale=LOCALES[language]), language)


def weekday(on: date, language: str) -> str:
    """Return a date with its day of the week: "Thursday 3 September 2026", "2026年9月3日（木）"."""
    return _first_of_month(format_date(on, LONG_DAYS[language], locale=LOCALES[language]), language)


@lru_cache(maxsize=4096)
def days(start: date, end: date, language: str) -> str:
    """Return a range of dates, both included: "14–16 June 2027"; a single day where they are equal."""
    if start == end:
        return day(start, language)
    if language == "ja":
        return format_interval(start, end, "yMMMd", locale="ja")
    if (start.year, start.month) == (end.year, end.month):
        first = _first_of_month(f"{start.day} ", language).strip()
        return f"{first}–{day(end, language)}"
    pattern = "d MMMM" if start.year == end.year else "d MMMM y"
    first = _first_of_month(format_date(start, pattern, locale=LOCALES[language]), language)
    return f"{first} – {day(end, language)}"


def clocks(instant: datetime, language: str, zone: str, others: Sequence[str] = BOTH_SIDES) -> tuple[str, ...]:
    """Return ``instant`` by each clock, the reader's ``zone`` first, then each other of ``others`` once.

    The day is said once, and again where a clock is on another day. In the hour that comes twice when summer time
    ends, the clock says its distance from UTC.
    """
    zones = dict.fromkeys([zone, *others])
    readings = []
    said = None
    for name in zones:
        local = instant.astimezone(ZoneInfo(name))
        time = f"{local:%H:%M} {zone_name(name, language)}{_which(local)}"
        if local.date() != said:
            comma = " " if language == "ja" else ", "
            time = day(local.date(), language, long=False) + comma + time
            said = local.date()
        readings.append(time)
    return tuple(readings)


def _which(local: datetime) -> str:
    offset = local.utcoffset()
    if offset is None or local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return ""
    return f" (UTC{offset // timedelta(hours=1):+d})"


def separator(language: str) -> str:
    """Return what stands between two clocks."""
    return "・" if language == "ja" else " · "


COLONS = {"fr": "\xa0: ", "ja": "："}


def labelled(label: str, value: str, language: str) -> str:
    """Return a value behind its label: "Japan: Kyoto", "Japon : Kyoto" (no break before the colon), "日本：京都"."""
    return f"{label}{COLONS.get(language, ': ')}{value}"


def utc(instant: datetime) -> str:
    """Return ``instant`` as machines read it: ``2026-09-03T08:00:00Z``, with microseconds where there are any."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


@lru_cache(maxsize=4096)
def money(amount: Decimal | int, currency: str, language: str, *, whole: bool = False) -> str:
    """Return an amount in units of ``currency``; ``whole`` leaves out cents that are zero.

    "€12,000.50", "12 000,50 €", "12,000.50ユーロ"; "¥2,500,000", "2 500 000 JPY", "2,500,000円".
    """
    pattern = PATTERNS.get((language, currency)) or SYMBOLS.get(language)
    if pattern and whole and amount == int(amount):
        pattern = pattern.replace(".00", "")
    return format_currency(amount, currency, pattern, locale=LOCALES[language], currency_digits=False)


@lru_cache(maxsize=4096)
def decimal(number: Decimal, language: str) -> str:
    """Return a number to the hundredth with a true minus: "−1.00", "−1,00"; what is nearly 0 has none."""
    return format_decimal(round(number, 2) + 0, "#,##0.00", locale=LOCALES[language]).replace("-", "\N{MINUS SIGN}")


def percent(share: float, language: str) -> str:
    """Return a share of 1 in whole percent: "34%", with a no-break space in French."""
    return format_percent(share, locale=LOCALES[language])


def country(code: str, language: str) -> str:
    """Return a country's name, or the code itself when CLDR has none."""
    return Locale.parse(LOCALES[language]).territories.get(code, code)


def _first_of_month(text: str, language: str) -> str:
    return text.replace("1 ", "1er ", 1) if language == "fr" and " 1 " in f" {text}" else text
