"""The closed lists of accounts, and the open ones that CLDR keeps for us."""

from functools import cache

from babel import Locale
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """The three languages of every page; each is named in itself."""

    ENGLISH = "en", "English"
    FRENCH = "fr", "Français"
    JAPANESE = "ja", "日本語"


class Role(models.TextChoices):
    """What a person does for an agency. Coordinators need no role."""

    OFFICER = "officer", _("Programme officer")
    REVIEWER = "reviewer", _("Reviewer")
    CHAIR = "chair", _("Panel chair")


class Gender(models.TextChoices):
    """What people may say of themselves, for statistics only; nothing is an answer too."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Another gender")


TITLES = ("Dr", "Prof.", "Mme", "M.", "Ms", "Mr")

TIME_ZONES = (
    "Europe/Paris",
    "Asia/Tokyo",
    "UTC",
    "America/Cayenne",
    "America/Guadeloupe",
    "America/Los_Angeles",
    "America/Martinique",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Toronto",
    "Asia/Bangkok",
    "Asia/Ho_Chi_Minh",
    "Asia/Kolkata",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Taipei",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Zurich",
    "Indian/Reunion",
    "Pacific/Noumea",
    "Pacific/Tahiti",
)


@cache
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    names = Locale.parse(language).territories
    pairs = [
        (code, name) for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    ]
    return tuple(sorted(pairs, key=lambda pair: pair[1]))


_NOT_COUNTRIES = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"}


def countries() -> list[tuple[str, str]]:
    """Return (ISO 3166 code, name in the active language), France and Japan first, then by name."""
    names = _countries(get_language() or "en")
    first = [pair for pair in names if pair[0] in ("FR", "JP")]
    return [*first, *(pair for pair in names if pair[0] not in ("FR", "JP"))]
