"""Why two applications may be one seminar, in words: reasons, bands, and the names of the page's lists."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts import formats
from seminars.rules.evidence import Reason

Words = str | Promise

REASONS: Mapping[str, Words] = {
    "orcid": _("Coordinator for %(country)s: the same ORCID iD"),
    "email": _("Coordinator for %(country)s: the same e-mail address"),
    "name": _("Coordinator for %(country)s: the same name"),
    "name_kanji": _("Coordinator for %(country)s: the same name in kanji"),
    "name_sound": _("Coordinator for %(country)s: the same name, written in another romanisation"),
    "name_kana": _("Coordinator for %(country)s: the same name in kana"),
    "name_kana_latin": _("Coordinator for %(country)s: the kana read like the name in Latin letters"),
    "name_close": _("Coordinator for %(country)s: nearly the same name"),
    "name_initial": _("Coordinator for %(country)s: the same family name and initial"),
    "name_family": _("Coordinator for %(country)s: the same family name"),
    "given_differs": _("Coordinator for %(country)s: another given name"),
    "name_differs": _("Coordinator for %(country)s: another name"),
    "kanji_differs": _("Coordinator for %(country)s: other kanji"),
    "orcid_differs": _("Coordinator for %(country)s: another ORCID iD"),
    "place": _("Coordinator for %(country)s: the same institution or laboratory"),
    "title_equal": _("The same title"),
    "title": _("A similar title (%(percent)s %%)"),
    "title_differs": _("Another title (%(percent)s %% alike)"),
    "dates": _("The same dates"),
    "dates_swapped": _("The same dates, with day and month exchanged"),
    "dates_overlap": _("Dates that overlap"),
    "dates_differ": _("Other dates"),
}
BANDS: Mapping[str, Words] = {
    "sure": pgettext_lazy("match", "Sure"),
    "likely": pgettext_lazy("match", "Likely"),
    "possible": pgettext_lazy("match", "Possible"),
    "none": pgettext_lazy("match", "No candidate"),
}
HELD_BACK: Mapping[str, Words] = {
    "doubt": _("Not sure: something speaks against it."),
    "few": _("Not sure: fewer than three independent pieces of evidence speak for it."),
    "rival": _("Not sure: another candidate comes close."),
}
"""Why a candidate with many points is not sure."""
MARKS = {"sure": "done", "likely": "wait", "possible": "draft", "none": "none"}
"""The class of the mark beside each band."""

LISTS: Mapping[str, Words] = {
    "": _("Records without a pair"),
    "sure": _("Sure candidate"),
    "likely": _("Likely candidate"),
    "possible": _("Possible candidate"),
    "none": _("Without a candidate"),
    "rows": _("Listed applications without a pair"),
    "alone": _("Partner who filed alone"),
    "track": _("Filed under another track (R4)"),
    "twice": _("Two files by one coordinator (R20)"),
    "rejected": _("Rejected candidates"),
}
"""The lists of the page, in their order."""


def points(found: Reason) -> str:
    """Return the points of a piece of evidence with their sign: ``+28``, ``−12``."""
    return f"+{found.points}" if found.points >= 0 else f"−{-found.points}"


def reason(found: Reason) -> str:
    """Return one piece of evidence in words, in the active language."""
    country = formats.country(found.side, (get_language() or "en")[:2]) if found.side else ""
    return str(REASONS[found.code]) % {"country": country, "percent": found.percent}
