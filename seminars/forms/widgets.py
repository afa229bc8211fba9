"""Inputs that Django does not bring."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        """Take HTML attributes."""
        super().__init__(attrs, format="%Y-%m-%d")


class LongSelect(forms.Select):
    """A select of hundreds of options, such as countries, written without a template per option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the element; groups of choices become ``optgroup``."""
        chosen = "" if value is None else str(value)
        inner = format_html_join("", "{}", ((self._choice(key, label, chosen),) for key, label in self.choices))
        return format_html("<select{}>{}</select>", flatatt({**self.attrs, **(attrs or {}), "name": name}), inner)

    def _choice(self, key: Any, label: Any, chosen: str) -> SafeString:
        if isinstance(label, list | tuple):
            inner = format_html_join("", "{}", ((self._choice(name, text, chosen),) for name, text in label))
            return format_html('<optgroup label="{}">{}</optgroup>', key, inner)
        mark = flatatt({"selected": str(key) == chosen})
        return format_html('<option value="{}"{}>{}</option>', key, mark, label)
