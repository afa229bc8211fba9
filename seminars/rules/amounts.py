"""Reading an amount as people type it in three languages, and never misreading one (R16)."""

import re
import unicodedata
from decimal import Decimal

from seminars.rules import bounds

DECIMAL_MARKS = {"en": ".", "fr": ",", "ja": "."}
SIGNS = {"EUR": ("EUR", "€", "ユーロ"), "JPY": ("JPY", "¥", "円")}
WELL_FORMED = re.compile(
    r"(?P<whole>\d+|[1-9]\d{0,2}(?P<group>[ ',.])\d{3}(?:(?P=group)\d{3})*)?(?:(?P<mark>[.,])(?P<part>\d+))?"
)
LONE_MARK = re.compile(r"(?P<whole>[1-9]\d{0,2})(?P<mark>[.,])(?P<part>\d{3})")


class Unreadable(ValueError):
    """What was typed is not an amount; ``args[0]`` says why.

    ``not_a_number``, ``two_readings`` (1.234 may be one or one thousand), ``negative``, ``decimals`` (finer than
    the currency) or ``too_large``.
    """


def _plain(text: str, currency: str) -> str:
    """Return ``text`` with ordinary digits, spaces, minus and apostrophe, without the currency's own sign."""
    text = unicodedata.normalize("NFKC", text).replace("−", "-").replace("’", "'")
    text = " ".join(text.split())
    for sign in SIGNS[currency]:
        text = text.removeprefix(sign).removesuffix(sign).strip()
    return text


def read(text: str, currency: str, *, decimals: int, language: str) -> Decimal:
    """Return the amount that ``text`` says, in units of ``currency``; raise Unreadable where it says none, or two.

    Taken are digits, half or full width, with the currency's sign before or after; thousands set apart by spaces,
    apostrophes, commas or points; a comma or a point before the decimals. Where one lone comma or point is
    followed by exactly three digits, it sets thousands apart only if that is what ``language`` uses it for:
    "1,234" is 1234 in English and Japanese; "1.234", or "1,234" in French, is refused, because somebody may mean
    one and something. Decimals finer than the currency's are refused, unless they are zeros.
    """
    plain = _plain(text, currency)
    if plain.startswith("-") and WELL_FORMED.fullmatch(plain[1:].strip()):
        raise Unreadable("negative")
    if lone := LONE_MARK.fullmatch(plain):
        if lone["mark"] == DECIMAL_MARKS[language] or language == "fr":
            raise Unreadable("two_readings")
        return _checked(Decimal(lone["whole"] + lone["part"]), decimals)
    found = WELL_FORMED.fullmatch(plain)
    if not plain.isascii() or not found or not (found["whole"] or found["part"]):
        raise Unreadable("not_a_number")
    if found["mark"] and found["mark"] == found["group"]:
        raise Unreadable("not_a_number")
    whole = re.sub(r"\D", "", found["whole"] or "0")
    return _checked(Decimal(f"{whole}.{found['part'] or '0'}"), decimals)


def _checked(amount: Decimal, decimals: int) -> Decimal:
    if amount > bounds.MOST_UNIT_COST:
        raise Unreadable("too_large")
    exact = amount.quantize(Decimal(1).scaleb(-decimals))
    if exact != amount:
        raise Unreadable("decimals")
    return exact


def written(amount: Decimal, *, decimals: int, language: str) -> str:
    """Return ``amount`` as ``read`` takes it back in ``language``, without thousands marks: "1234,50"."""
    return f"{amount:.{decimals}f}".replace(".", DECIMAL_MARKS[language])
