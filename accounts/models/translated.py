"""Reading columns that exist once per language."""

from typing import Any

from django.utils.translation import get_language


def translation_of(record: Any, name: str) -> str:
    """Return ``name_en``, ``name_fr`` or ``name_ja`` of ``record`` in the active language.

    An empty translation falls back to English, which every record has.
    """
    return getattr(record, f"{name}_{(get_language() or 'en')[:2]}", "") or getattr(record, f"{name}_en")


def translated(name: str) -> property:
    """Return a property that reads ``name`` as ``translation_of`` does."""
    return property(lambda record: translation_of(record, name))
