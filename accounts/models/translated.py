"""Reading columns that exist once per language."""

from typing import Any

from django.utils.translation import get_language


def translated(name: str) -> property:
    """Return a property that reads ``name_en``, ``name_fr`` or ``name_ja`` in the active language.

    An empty translation falls back to English, which every record has.
    """

    def read(record: Any) -> str:
        return getattr(record, f"{name}_{(get_language() or 'en')[:2]}", "") or getattr(record, f"{name}_en")

    return property(read)
