"""The countries of the world as a list to choose from."""

import unicodedata
from collections.abc import Sequence
from functools import cache

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.formats import LOCALES

# CLDR also names groups of countries, outlying islands and test codes.
NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})


def _collated(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))


@cache
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """Return every country as (ISO 3166 code, name in ``language``), by name."""
    named = Locale.parse(LOCALES[language]).territories.items()
    found = [(code, name) for code, name in named if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY]
    return tuple(sorted(found, key=lambda pair: _collated(pair[1])))


def country_choices(first: Sequence[str] = ()) -> list[tuple[str, object]]:
    """Return choices for a country in the active language: none, then the ``first`` codes, then all the others."""
    known = countries((get_language() or "en")[:2])
    leading = [(code, name) for wanted in first for code, name in known if code == wanted]
    others = [(code, name) for code, name in known if code not in first]
    groups = [(_("In this call"), leading), (_("Other countries"), others)] if leading else others
    return [("", _("Choose a country")), *groups]
