"""The reasons of a conflict of interest in words."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.models import Conflict
from reviews.rules import conflicts as rules

WORDS: dict[str, str | Promise] = {
    rules.COORDINATES: _("Coordinates this seminar"),
    rules.SAME_PERSON: _("Takes part: %(seen)s"),
    rules.LABORATORY: _("Same laboratory: %(seen)s"),
    rules.INSTITUTION: _("Same institution: %(seen)s"),
    rules.COLLABORATOR: _("Has worked with: %(seen)s"),
}


def reasons_of(conflict: Conflict) -> list[str]:
    """Return why the application sees a conflict, in the active language."""
    return [_said(reason) for reason in conflict.reasons]


def _said(reason: dict[str, Any]) -> str:
    return str(WORDS[reason["code"]]) % {"seen": reason["seen"]}
