"""What a report lacks, and its sections, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reviews.rules import report as rules
from reviews.rules.report import Lack

SECTIONS: Mapping[str, str | Promise] = {
    "facts": _("Dates and venue"),
    "narrative": _("Course, outcomes, follow-up"),
    "attendance": _("Attendance"),
    "publications": pgettext_lazy("of a seminar", "Publications"),
    "spending": _("Own spending"),
    "files": _("Files: PDF, photos, receipts"),
    "summary": _("Public summary"),
}
"""The sections of a report as its writers see them, in their order."""

LACKS: Mapping[str, Any] = {
    "dates": _("The first and the last day, as they took place."),
    "dates_order": _("The last day is before the first."),
    "not_over": _("The last day is not over yet: a report is handed in afterwards."),
    "venue": _("The venue, with city and country."),
    "narrative_missing": _("The course and the outcomes of the seminar."),
    "narrative_short": _("Course and outcomes are too short: at least %(fewest)s characters."),
    "narrative_long": _("Course and outcomes are too long: at most %(most)s characters."),
    "follow_up_missing": _("The follow-up plans."),
    "follow_up_long": _("The follow-up plans are too long: at most %(most)s characters."),
    "attendance": _("%(side)s: how many took part, how many of them young, and statutory."),
    "more_than_all": _("%(side)s: more young or statutory researchers than participants."),
    "spending": _("%(side)s: an amount for every planned line, 0 where nothing was spent."),
    "above_approved": _("%(side)s: more was spent than approved. Say why."),
}
BOUNDS = {"narrative": rules.NARRATIVE, "follow_up": rules.FOLLOW_UP}


def lack_words(lack: Lack) -> str:
    """Return what is missing in the active language."""
    fewest, most = BOUNDS.get(lack.code.rpartition("_")[0], (0, 0))
    return str(LACKS[lack.code] % {"side": lack.side, "fewest": fewest, "most": most})
