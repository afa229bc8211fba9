"""Inputs that Django does not bring."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.choices import countries
from seminars.forms.countries import country_choices


class LineBox(forms.TextInput):
    """A line of text, written at once: a template, and one for its attributes, cost a page of twenty fields dear."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the element."""
        written = {"value": text} if (text := self.format_value(value)) is not None else {}
        all_attrs = {**self.attrs, **(attrs or {}), "type": self.input_type, "name": name, **written}
        return format_html("<input{}>", flatatt(all_attrs))


class MailBox(LineBox):
    """An e-mail address."""

    input_type = "email"


class DayInput(LineBox, forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: Any = None) -> None:
        """Take HTML attributes."""
        super().__init__(attrs)
        self.format = "%Y-%m-%d"


class TextBox(forms.Textarea):
    """Paragraphs of text, written at once."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the element; the line feed keeps a first empty line from being swallowed."""
        shape = flatatt({**self.attrs, **(attrs or {}), "name": name})
        return format_html("<textarea{}>\n{}</textarea>", shape, self.format_value(value) or "")


def _options(choices: Iterable[tuple[Any, Any]], chosen: str) -> SafeString:
    """Return choices as options; groups of them become ``optgroup``."""
    return format_html_join("", "{}", ((_option(key, label, chosen),) for key, label in choices))


def _option(key: Any, label: Any, chosen: str) -> SafeString:
    if isinstance(label, list | tuple):
        return format_html('<optgroup label="{}">{}</optgroup>', key, _options(label, chosen))
    return format_html('<option value="{}"{}>{}</option>', key, flatatt({"selected": str(key) == chosen}), label)


class LongSelect(forms.Select):
    """A select of hundreds of options, written without a template per option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the element."""
        inner = self.inner("" if value is None else str(value))
        return format_html("<select{}>{}</select>", flatatt({**self.attrs, **(attrs or {}), "name": name}), inner)

    def inner(self, chosen: str) -> SafeString:
        """Return the options with the one whose key is ``chosen`` selected."""
        return _options(self.choices, chosen)


@lru_cache(maxsize=64)
def _country_menu(language: str, first: tuple[str, ...], chosen: str) -> SafeString:
    """Return the countries as options in one language; kept, for the same few are chosen all day."""
    return _options(country_choices(first), chosen)


QUICK: dict[type[forms.Widget], type[forms.Widget]] = {
    forms.TextInput: LineBox,
    forms.EmailInput: MailBox,
    forms.DateInput: DayInput,
    forms.Textarea: TextBox,
    forms.Select: LongSelect,
}


def quick(widget: forms.Widget) -> forms.Widget:
    """Return the same input written at once, or the very widget where there is none."""
    if type(widget) not in QUICK:
        return widget
    written = QUICK[type(widget)](widget.attrs)
    if isinstance(written, forms.Select) and isinstance(widget, forms.Select):
        written.choices = widget.choices
    return written


class CountrySelect(LongSelect):
    """A select of all countries; those of the codes in ``first`` come before the others."""

    first: tuple[str, ...] = ()

    def inner(self, chosen: str) -> SafeString:
        """Return the options in the reader's language; nothing is selected that is no country."""
        known = chosen if chosen in dict(countries()) else ""
        return _country_menu(get_language() or "en", self.first, known)


class CountryField(forms.CharField):
    """A country, as its ISO 3166 code."""

    widget = CountrySelect

    def validate(self, value: str) -> None:
        """Raise a ValidationError unless ``value`` is empty or the code of a country."""
        super().validate(value)
        if value and value not in dict(countries()):
            message = _("“%(code)s” is no country of the list.")
            raise ValidationError(message, code="unknown", params={"code": value})
