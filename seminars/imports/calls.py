"""Reading calls from the files in ``seminars/data``."""

import tomllib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from seminars.actions.call_files import InvalidCall
from seminars.models import Call
from seminars.rules.deadline import instant

DATA = Path(__file__).parent.parent / "data"
DEMONSTRATION = DATA / "demonstration.toml"
OPEN_SINCE = timedelta(days=14)
OPEN_FOR = timedelta(weeks=6)
CLOSING_TIME = time(10)
NEAR = timedelta(days=2)
THURSDAY = 3


def real_calls() -> list[Path]:
    """Return the files of the calls that agencies have announced, in the order of their names."""
    return sorted(path for path in DATA.glob("*.toml") if path != DEMONSTRATION)


def read_call(path: Path) -> dict[str, Any]:
    """Return a call as plain data for ``load_call``. Raises InvalidCall when the file is not TOML, and OSError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as unreadable:
        raise InvalidCall(f"{path.name}: {unreadable}") from unreadable


def read_demonstration(at: datetime) -> dict[str, Any]:
    """Return the open call to practise with, whose dates count from the day it was loaded first.

    They count anew from the day of ``at`` once a deadline has passed or is less than two days away.
    """
    own = read_call(DEMONSTRATION)
    data = read_call(DATA / own.pop("based_on")) | own
    zone = data["sides"][0]["deadline_zone"]
    loaded = Call.objects.filter(code=data["code"]).first()
    day = at.astimezone(ZoneInfo(zone)).date()
    if loaded and all(side.deadline_at - at >= NEAR for side in loaded.sides.all()):
        day = datetime.fromisoformat(loaded.loaded[""]["opens_at"]).date() + OPEN_SINCE
    closing_day = _next_thursday(day + OPEN_FOR)
    closing = instant(closing_day, CLOSING_TIME, zone)
    for side in data["sides"]:
        local = closing.astimezone(ZoneInfo(side["deadline_zone"]))
        side |= {"deadline_on": local.date(), "deadline_time": local.time(), "deadline_confirmed": True}
    years = {"year": closing_day.year, "seminar_year": closing_day.year + 1}
    results = min(_first_of_month(closing_day, 4), date(closing_day.year + 1, 2, 1))
    return (
        data
        | {
            name: {language: text.format(**years) for language, text in data[name].items()}
            for name in ("title", "summary")
        }
        | years
        | {
            "opens_at": datetime.combine(day - OPEN_SINCE, CLOSING_TIME, ZoneInfo(zone)),
            "window_start_on": date(years["seminar_year"], 4, 1),
            "window_end_on": date(years["seminar_year"], 12, 31),
            "announce_from_on": results,
            "announce_until_on": _first_of_month(results, 1) - timedelta(days=1),
        }
    )


def _next_thursday(on: date) -> date:
    return on + timedelta(days=(THURSDAY - on.weekday()) % 7)


def _first_of_month(on: date, months_later: int) -> date:
    years, month = divmod(on.month - 1 + months_later, 12)
    return date(on.year + years, month + 1, 1)
