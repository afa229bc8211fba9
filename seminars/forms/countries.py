"""The countries of the world as a list to choose from."""

import unicodedata
from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.choices import countries


def _collated(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))


def country_choices(first: Sequence[str]) -> list[tuple[str, object]]:
    """Return choices for a country in the active language: none, then the ``first`` codes, then all the others."""
    known = dict(countries())
    others = sorted(
        ((code, name) for code, name in known.items() if code not in first), key=lambda pair: _collated(pair[1])
    )
    return [
        ("", _("Choose a country")),
        (_("In this call"), [(code, known[code]) for code in first]),
        (_("Other countries"), others),
    ]
