"""Reading a day as people and spreadsheets write it in three languages; nothing is ever guessed from half a date."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

YEARS = (1990, 2100)
SERIALS = (30_000, 80_000)
"""Excel's numbers of the days between 1982 and 2119."""
ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988}
MONTHS = {
    name: place
    for place, names in enumerate(
        (
            ("january", "jan", "janvier", "janv"),
            ("february", "feb", "fevrier", "fevr", "fev"),
            ("march", "mar", "mars"),
            ("april", "apr", "avril", "avr"),
            ("may", "mai"),
            ("june", "jun", "juin"),
            ("july", "jul", "juillet", "juil"),
            ("august", "aug", "aout"),
            ("september", "sept", "sep", "septembre"),
            ("october", "oct", "octobre"),
            ("november", "nov", "novembre"),
            ("december", "dec", "decembre"),
        ),
        start=1,
    )
    for name in names
}
TIME = r"(?:[t\s]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?"
WEEKDAY = re.compile(
    r"\((?:月|火|水|木|金|土|日)(?:曜日?)?\)|(?:月|火|水|木|金|土|日)曜日?"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?"
    r"|\b(?:lun|mar|mercre|jeu|vendre|same)di\b|\bdimanche\b"
)
YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){TIME}")
TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
KANJI = re.compile(rf"(?:(\d{{4}})|(令和|平成)(\d{{1,2}}|元))年(\d{{1,2}})月(\d{{1,2}})日?{TIME}")
ERA = re.compile(r"([rh])(\d{1,2})[./-](\d{1,2})[./-](\d{1,2})")
YEAR_LAST = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){TIME}")
DAY_MONTH = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?[\s-]+(?:of )?([a-z]+)\.?,?[\s-]+(\d{4})")
MONTH_DAY = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
RANGE = re.compile(r"\s*(?:~|〜|～|–|—|―|から|\bto\b|\bau\b|->|→|\s-\s)\s*")
SHORT = re.compile(
    r"(\d{1,2})\s*[-~–]\s*(\d{1,2}\s+[a-z]+\.?\s+\d{4})|(\d{4}/\d{1,2}/\d{1,2})\s*-\s*(\d{1,2}(?:/\d{1,2})?)"
)
VAGUE = re.compile(
    r"上旬|中旬|下旬|頃|未定|予定|\b(?:early|mid|late|debut|fin|mi|tbd|tbc)\b"
    r"|^\d{4}年(?:\d{1,2}月)?$|^[a-z]+\.? \d{4}$"
)


class NotADay(ValueError):
    """A text is no day: ``args[0]`` is a code, ``day`` or, where it means one roughly, ``day_vague``."""


@dataclass(frozen=True)
class Style:
    """How the days of one column are written: whether Excel counts from 1904, and months come before days."""

    from_1904: bool = False
    month_first: bool = False


def style_of(values: Iterable[str], *, from_1904: bool = False) -> Style:
    """Return how a column writes its days: months come first only where that alone makes sense of it."""
    pairs = [(int(found[1]), int(found[2])) for value in values if (found := YEAR_LAST.fullmatch(_plain(value)))]
    month_first = any(second > 12 for _first, second in pairs) and not any(first > 12 for first, _second in pairs)
    return Style(from_1904, month_first)


def is_ambiguous(value: str) -> bool:
    """Say whether a text reads as two different days, by the order of its day and its month."""
    found = YEAR_LAST.fullmatch(_plain(value))
    return found is not None and int(found[1]) <= 12 and int(found[2]) <= 12 and found[1] != found[2]


def day(value: str, style: Style | None = None) -> date | None:
    """Return the day that a text names, or nothing for an empty one. Raises NotADay."""
    text, how = _plain(value), style or Style()
    if not text:
        return None
    try:
        found = _numbers(text, how) or _serial(text, how)
    except (ValueError, OverflowError) as impossible:
        raise NotADay("day") from impossible
    if found is None:
        raise NotADay("day_vague" if VAGUE.search(text) else "day")
    if not YEARS[0] <= found.year <= YEARS[1]:
        raise NotADay("day")
    return found


def days(value: str, style: Style | None = None) -> tuple[date | None, date | None]:
    """Return the first and the last day of a range such as ``2027年5月10日～12日`` or ``10-12 May 2027``.

    A single day is both. What one end leaves out (year, month) is the other's. Raises NotADay.
    """
    text = _plain(value)
    if not text:
        return None, None
    text = re.sub(r"^(?:du|from|le)\s+", "", text)
    try:
        single = day(text, style)
    except NotADay:
        single = None
    if single:
        return single, single
    short = SHORT.fullmatch(text)
    ends = [short[1] or short[3], short[2] or short[4]] if short else RANGE.split(text)
    if len(ends) != 2:
        raise NotADay("day_vague" if VAGUE.search(text) else "day")
    first, last = ends
    return day(_completed(first, last), style), day(_completed(last, first), style)


def _completed(part: str, other: str) -> str:
    """Return one end of a range with the month and the year of the other where it leaves them out."""
    if found := re.fullmatch(r"(?:(\d{1,2})月)?(\d{1,2})日", part):
        head = re.match(r"((?:\d{4}|(?:令和|平成)(?:\d{1,2}|元))年)(\d{1,2}月)", other)
        return f"{head[1]}{found[1] + '月' if found[1] else head[2]}{found[2]}日" if head else part
    if found := re.fullmatch(r"(?:(\d{1,2})[/.])?(\d{1,2})", part):
        if head := re.match(r"(\d{4})[/.-](\d{1,2})[/.-]", other):
            return f"{head[1]}/{found[1] or head[2]}/{found[2]}"
        tail = re.search(r"([a-z]+)\.?\s+(\d{4})$", other)
        return f"{found[2]} {tail[1]} {tail[2]}" if tail and not found[1] else part
    if re.fullmatch(r"\d{1,2}(?:er)?\s+[a-z]+\.?", part) and (tail := re.search(r"(\d{4})$", other)):
        return f"{part} {tail[1]}"
    return part


def _plain(value: str) -> str:
    """Return a text in ordinary digits and small letters, without accents and days of the week."""
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", value).casefold())
    text = unicodedata.normalize("NFC", "".join(mark for mark in bare if not "\u0300" <= mark <= "\u036f"))
    return " ".join(WEEKDAY.sub(" ", text).replace("年 ", "年").replace("月 ", "月").split())


def _numbers(text: str, style: Style) -> date | None:
    if found := YEAR_FIRST.fullmatch(text) or TOGETHER.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := KANJI.fullmatch(text):
        year = int(found[1]) if found[1] else ERAS[found[2]] + (1 if found[3] == "元" else int(found[3]))
        return date(year, int(found[4]), int(found[5]))
    if found := ERA.fullmatch(text):
        return date(ERAS[found[1]] + int(found[2]), int(found[3]), int(found[4]))
    if found := YEAR_LAST.fullmatch(text):
        first, second = (found[2], found[1]) if style.month_first else (found[1], found[2])
        return date(int(found[3]), int(second), int(first))
    if (found := DAY_MONTH.fullmatch(text)) and found[2] in MONTHS:
        return date(int(found[3]), MONTHS[found[2]], int(found[1]))
    if (found := MONTH_DAY.fullmatch(text)) and found[1] in MONTHS:
        return date(int(found[3]), MONTHS[found[1]], int(found[2]))
    return None


def _serial(text: str, style: Style) -> date | None:
    found = SERIAL.fullmatch(text)
    if not found or not SERIALS[0] <= int(found[1]) <= SERIALS[1]:
        return None
    # Excel believes in 29 February 1900; what is counted here is after it.
    start = date(1904, 1, 1) if style.from_1904 else date(1899, 12, 30)
    return start + timedelta(days=int(found[1]))
