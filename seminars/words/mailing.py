"""How a message to coordinators is named where no single recipient can fill its placeholders."""

from django.utils.translation import pgettext_lazy

from seminars.models import Mailing
from seminars.rules import placeholders

BLANKS = {
    "name": pgettext_lazy("to be filled in", "[name]"),
    "title": pgettext_lazy("to be filled in", "[title]"),
    "number": pgettext_lazy("to be filled in", "[number]"),
    "agency": pgettext_lazy("to be filled in", "[agency]"),
    "deadline": pgettext_lazy("to be filled in", "[deadline]"),
}


def headline(mailing: Mailing) -> str:
    """Return the subject with each placeholder as a word in the active language: "Record [number]"."""
    return placeholders.fill(str(mailing), {name: str(word) for name, word in BLANKS.items()})
