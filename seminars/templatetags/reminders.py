"""How the calendar of reminders writes months and days of the week."""

from datetime import date

from babel.dates import format_date, format_skeleton
from django import template
from django.utils.translation import get_language

from accounts import formats

register = template.Library()


def _locale() -> str:
    return formats.LOCALES[(get_language() or "en")[:2]]


@register.simple_tag
def month(on: date) -> str:
    """Write the month of a date as a heading: "August 2026", "Août 2026", "2026年8月"."""
    words = format_skeleton("yMMMM", on, locale=_locale())
    return words[:1].upper() + words[1:]


@register.simple_tag
def weekday_name(on: date, width: str) -> str:
    """Write the day of the week of a date, ``wide`` or ``abbreviated``."""
    return format_date(on, "EEEE" if width == "wide" else "EEE", locale=_locale())
