"""How pages write instants, dates, amounts and countries, and the small pictures beside words."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts import formats
from accounts.choices import TIME_ZONES, Language
from accounts.models import translation_of

register = template.Library()


def _language() -> str:
    return (get_language() or "en")[:2]


def _clocks(instant: datetime) -> tuple[str, ...]:
    return formats.clocks(instant, _language(), timezone.get_current_timezone_name())


@register.filter
def clocks(instant: datetime | None) -> SafeString | str:
    """Write an instant by the reader's clock, then by the others of Paris and Tokyo, as one ``<time>``."""
    if not instant:
        return ""
    first, *others = _clocks(instant)
    between = formats.separator(_language())
    rest = format_html_join("", "<i>{}</i><span>{}</span>", ((between, other) for other in others))
    return format_html('<time datetime="{}" class="clocks"><b>{}</b>{}</time>', formats.utc(instant), first, rest)


@register.filter
def clocks_text(instant: datetime | None) -> str:
    """Write an instant as ``clocks`` does, in plain text for mails and titles."""
    return formats.separator(_language()).join(_clocks(instant)) if instant else ""


@register.filter
def clock(instant: datetime | None) -> SafeString | str:
    """Write an instant by the reader's clock alone, where there is no room for two."""
    if not instant:
        return ""
    *day, time = re.split(r"(?=\d\d:\d\d)", _clocks(instant)[0], maxsplit=1)
    written = format_html('{}<span class="text-nowrap">{}</span>', "".join(day), time)
    return format_html('<time datetime="{}">{}</time>', formats.utc(instant), written)


@register.filter
def day(on: date | None) -> str:
    """Write a date in full: 3 September 2026."""
    return formats.day(on, _language()) if on else ""


@register.filter
def short_day(on: date | None) -> str:
    """Write a date shortly: 3 Sept 2026."""
    return formats.day(on, _language(), long=False) if on else ""


@register.filter
def weekday(on: date | None) -> str:
    """Write a date with its day of the week."""
    return formats.weekday(on, _language()) if on else ""


@register.simple_tag
def days(start: date | None, end: date | None) -> str:
    """Write a range of dates, both included: ``{% days start end %}``; nothing while one is missing."""
    return formats.days(start, end, _language()) if start and end else ""


@register.filter
def decimal(number: Decimal | None) -> str:
    """Write a number to the hundredth, with a true minus where it is below zero."""
    return "" if number is None else formats.decimal(number, _language())


@register.filter
def money(amount: Decimal | int | None, currency: str) -> str:
    """Write an amount in units of its currency: ``{{ amount|money:"EUR" }}``."""
    return "" if amount is None else formats.money(amount, currency, _language())


@register.filter
def money_whole(amount: Decimal | int | None, currency: str) -> str:
    """Write an amount without its cents where they are zero, for running text."""
    return "" if amount is None else formats.money(amount, currency, _language(), whole=True)


@register.filter
def country(code: str) -> str:
    """Write a country's name in the reader's language."""
    return formats.country(code, _language()) if code else ""


@register.filter(name="translated")
def translated_filter(record: Any, name: str) -> str:
    """Read ``name_en``, ``name_fr`` or ``name_ja`` of a record: ``{{ theme|translated:"label" }}``."""
    return translation_of(record, name)


@cache
def _drawing(name: str) -> SafeString:
    if not re.fullmatch(r"[a-z-]+", name):
        raise template.TemplateSyntaxError(f"No icon is called {name!r}.")
    return render_to_string(f"icons/{name}.svg")


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw ``templates/icons/<name>.svg``, hidden from screen readers: always put words beside it."""
    return _drawing(name)


@register.simple_tag
def language_choices() -> SafeString:
    """Draw the buttons of the three languages, each named in itself."""
    return _language_choices(_language())


@cache
def _language_choices(language: str) -> SafeString:
    return render_to_string("_language_choices.html", {"choices": Language.choices, "current": language})


@register.simple_tag
def time_zone_choices() -> SafeString:
    """Draw the buttons of the time zones in the reader's language, Paris and Tokyo first."""
    return _time_zone_choices(_language(), timezone.get_current_timezone_name())


@cache
def _time_zone_choices(language: str, current: str) -> SafeString:
    named = [(zone, formats.zone_name(zone, language)) for zone in TIME_ZONES]
    choices = [*named[:2], *sorted(named[2:], key=lambda pair: pair[1])]
    return render_to_string("_time_zone_choices.html", {"choices": choices, "current": current})


@register.simple_tag
def language_name() -> str:
    """Return how the reader's language calls itself."""
    return Language(_language()).label


@register.simple_tag
def time_zone_name() -> str:
    """Return how the reader's language calls the reader's time zone."""
    return formats.zone_name(timezone.get_current_timezone_name(), _language())


@register.filter
def utc(instant: datetime | None) -> str:
    """Write an instant as machines read it, in UTC: ``2026-09-03T08:00:00Z``."""
    return formats.utc(instant) if instant else ""
