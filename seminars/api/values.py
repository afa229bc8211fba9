"""How values are written: instants in UTC beside what was announced, amounts as decimal text, texts by language."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Query, Schema
from pydantic import AfterValidator, AwareDatetime, WithJsonSchema

from accounts import formats

Instant = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
"""An instant in UTC, ISO 8601 with Z, to the microsecond where there are any."""
MOST_ID = 2**63 - 1


def _in_utc(instant: datetime) -> datetime:
    try:
        return instant.astimezone(UTC)
    except OverflowError as outside:
        raise ValueError("outside the calendar") from outside


Since = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""An instant in a request, with its distance from UTC."""
LIMIT: Any = Query(50, ge=1, le=100, description="How many items a page has.")
CURSOR: Any = Query(0, ge=0, le=MOST_ID, description="What `next` said on the page before; 0 for the first page.")
CALL: Any = Query("", max_length=40, description="The code of a call.")
SIDE: Any = Query("", max_length=20, description="The code of the agency that a record is filed with.")
STATE: Any = Query(None, description="Where a record stands now.")
SINCE: Any = Query(None, description="Changed, or paired, at this instant or later; with its distance from UTC.")


class Texts(Schema):
    """A text in each language; empty where there is none."""

    en: str
    fr: str
    ja: str


class Announced(Schema):
    """An instant with the local date, time and zone as they were announced."""

    at: Instant
    local_date: date
    local_time: str
    zone: str


class Money(Schema):
    """An amount as decimal text, in units of its currency."""

    amount: str
    currency: str


def texts(record: Any, name: str) -> dict[str, str]:
    """Return ``name`` of a record in the three languages."""
    return {language: getattr(record, f"{name}_{language}") for language in ("en", "fr", "ja")}


def instant(at: datetime | None) -> str | None:
    """Write an instant in UTC."""
    return formats.utc(at) if at else None


def money(amount: Decimal | None, side: Any) -> dict[str, str] | None:
    """Write an amount with the decimals of a side's currency."""
    return None if amount is None else {"amount": f"{amount:.{side.decimals}f}", "currency": side.currency}
