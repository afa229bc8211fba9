"""Reading one cell of another agency's list as one field: widths, days, names, addresses, countries, tracks."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from babel import Locale

from accounts.rules.person import is_orcid, tidy_kana, tidy_latin, tidy_orcid
from accounts.rules.text import one_line
from seminars.choices import Track
from seminars.rules import listed_names
from seminars.rules.days import NotADay, Style, day, days
from seminars.rules.headings import folded

DATES = ("dates", "start_on", "end_on", "approved_on")
NAMES = ("name", "name_kanji", "name_kana")
LENGTHS = {
    "application_number": 40,
    "title_en": 300,
    "title_ja": 300,
    "title_original": 300,
    "institution": 200,
    "department": 200,
    "partner_institution": 200,
    "venue_city": 100,
    "track_received": 200,
    "status_received": 200,
}
NAME_LENGTH = 80
CELL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+")

Values = dict[str, Any]


class Unread(Exception):
    """A cell cannot be read as its field: a code, and what its sentence names."""


def read_cell(field: str, text: str, style: Style | None) -> tuple[Values, tuple[str, ...]]:
    """Return the values that a cell gives, and the codes of what should be known about them. Raises Unread."""
    if text.upper() in CELL_ERRORS:
        raise Unread("cell_error", {"value": text})
    if field in NAMES:
        return _names(field, text)
    if field == "partner_name":
        partner, notes = _names("name", text)
        parts = [(name.split("_")[0], value) for name, value in partner.items()]
        return {f"partner_{part}_name": value for part, value in reversed(parts)}, notes
    if field in DATES:
        return _days(field, text, style), ()
    values = READERS.get(field, _as_it_is)(field, text)
    for name, value in values.items():
        most = LENGTHS.get(name, NAME_LENGTH if name.endswith(("name", "kanji", "kana")) else 254)
        if isinstance(value, str) and len(value) > most:
            raise Unread("too_long", {"most": most, "length": len(value)})
    return values, ()


def _names(field: str, text: str) -> tuple[Values, tuple[str, ...]]:
    names, certain = listed_names.person(text, kana=field == "name_kana")
    for name, value in names.items():
        if len(value) > NAME_LENGTH:
            raise Unread("too_long", {"most": NAME_LENGTH, "length": len(value)})
        if not listed_names.is_name(name, value):
            raise Unread("name", {"value": text})
    japanese = any(name.endswith(("_kanji", "_kana")) for name in names)
    note = () if certain else ("name_unparted",) if japanese else ("name_order",)
    return dict(names), note


def _days(field: str, text: str, style: Style | None) -> Values:
    try:
        if field != "dates":
            return {field: day(text, style)}
        first, last = days(text, style)
    except NotADay as wrong:
        raise Unread(wrong.args[0], {"value": text}) from wrong
    return {"start_on": first, "end_on": last}


def _as_it_is(field: str, text: str) -> Values:
    return {field: text}


def _ordinary(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _number(field: str, text: str) -> Values:
    return {field: "".join(_ordinary(text).upper().split())}


def _email(field: str, text: str) -> Values:
    for part in re.split(r"[;,、\s<>]+", _ordinary(text).lower().replace("mailto:", "")):
        if EMAIL.fullmatch(part) and len(part) <= 254:
            return {field: part}
    raise Unread("email", {"value": text})


def _orcid(field: str, text: str) -> Values:
    identifier = tidy_orcid(text)
    if not is_orcid(identifier):
        raise Unread("orcid", {"value": text})
    return {field: identifier}


def _country(field: str, text: str) -> Values:
    code = countries().get(folded(text))
    if code is None:
        raise Unread("country", {"value": text})
    return {field: code}


@cache
def countries() -> Mapping[str, str]:
    """Return the ISO 3166 code by each country's folded name in the three languages, and by the code itself."""
    named: dict[str, str] = {}
    for language in ("en", "fr", "ja"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                named |= {folded(name): code, code.casefold(): code}
    return named


def _track(field: str, text: str) -> Values:
    word = folded(text)
    if word in ("a", "a枠") or any(part in word for part in ("対応機関", "counterpart", "homologue")):
        return {"track": Track.COUNTERPART.value, "track_received": text}
    if word in ("b", "b枠") or any(part in word for part in ("オープンパートナー", "open partner", "openpartner")):
        return {"track": Track.OPEN_PARTNERSHIP.value, "track_received": text}
    return {"track": Track.OTHER.value, "track_received": text}


def _latin_part(field: str, text: str) -> Values:
    value = tidy_latin(text)
    if not field.startswith("partner") and not listed_names.is_name(field, value):
        raise Unread("name", {"value": text})
    return {field: value}


def _kana_part(field: str, text: str) -> Values:
    value = tidy_kana(text)
    if not listed_names.is_name(field, value):
        raise Unread("name", {"value": text})
    return {field: value}


READERS: Mapping[str, Callable[[str, str], Values]] = {
    "application_number": _number,
    "title_en": lambda field, text: {field: one_line(tidy_latin(text))},
    "family_name": _latin_part,
    "given_name": _latin_part,
    "family_name_kana": _kana_part,
    "given_name_kana": _kana_part,
    "partner_family_name": _latin_part,
    "partner_given_name": _latin_part,
    "email": _email,
    "partner_email": _email,
    "orcid": _orcid,
    "venue_country": _country,
    "track": _track,
    "status": lambda field, text: {"status_received": text},
}
