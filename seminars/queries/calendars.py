"""What a span of days means: how many, inside the call's window or not, weekends, and holidays in both countries."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from babel.core import get_global
from django.utils.translation import get_language

from seminars.models import CallAgency
from seminars.queries.dossiers import terms_of
from seminars.rules.dates import check_span, seminar_days
from seminars.rules.dossier import Violation
from seminars.rules.reminders import Calendar

LANGUAGES = {"en": "en_US", "fr": "fr", "ja": "ja"}
LONGEST = 31
"""Days after which nobody wants the holidays listed: such dates are a mistake that the rules name."""


@dataclass(frozen=True)
class Holiday:
    """A public holiday: ``country`` is its ISO 3166 code."""

    on: date
    country: str
    name: str


@dataclass(frozen=True)
class Span:
    """What is to be said about a first and a last day."""

    start_on: date
    end_on: date
    days: int
    violations: tuple[Violation, ...]
    weekend: tuple[date, ...]
    holidays: tuple[Holiday, ...]


@cache
def _holidays_of(country: str, year: int, language: str) -> dict[date, str]:
    offered = holidays.country_holidays(country)
    wanted = LANGUAGES[language]
    known = wanted if wanted in (offered.supported_languages or ()) else "en_US"
    return dict(holidays.country_holidays(country, years=year, language=known))


def holidays_in(start_on: date, end_on: date, countries: tuple[str, ...]) -> tuple[Holiday, ...]:
    """Return the public holidays from ``start_on`` to ``end_on``, named in the reader's language or in English."""
    language = (get_language() or "en")[:2]
    days = [start_on + timedelta(days=number) for number in range((end_on - start_on).days + 1)]
    return tuple(
        Holiday(day, country, name)
        for day in days
        for country in countries
        if (name := _holidays_of(country, day.year, language).get(day))
    )


@cache
def calendar_of(zone: str) -> Calendar:
    """Return the working life of somebody whose clock is that of ``zone``: the holidays are those of its country."""
    country = get_global("zone_territories").get(zone, "")
    known = country in holidays.list_supported_countries()

    def is_holiday(on: date) -> bool:
        return known and on in _holidays_of(country, on.year, "en")

    return Calendar(ZoneInfo(zone), is_holiday)


def span_of(start_on: date | None, end_on: date | None, side: CallAgency) -> Span | None:
    """Return what is to be said about a seminar from ``start_on`` to ``end_on``; nothing while one is missing.

    Fetch the side with its call's countries and its cost kinds.
    """
    if start_on is None or end_on is None:
        return None
    days = seminar_days(start_on, end_on)
    listed = 1 <= days <= LONGEST
    span = [start_on + timedelta(days=number) for number in range(days)] if listed else []
    countries = tuple(country.country for country in side.call.countries.all())
    return Span(
        start_on=start_on,
        end_on=end_on,
        days=days,
        violations=check_span(start_on, end_on, terms_of(side)),
        weekend=tuple(day for day in span if day.weekday() >= 5),
        holidays=holidays_in(start_on, end_on, countries) if listed else (),
    )
