"""The directory of laboratories as a file."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from seminars.exports.workbook import Sheet
from seminars.models import DirectoryEntry
from seminars.queries.listing import country


def directory_sheet(entries: Iterable[DirectoryEntry]) -> Sheet:
    """Return entries, fetched with their spellings, as a table."""
    headings = [
        *(_("Laboratory"), _("Unit number"), _("Kind"), _("Institution"), _("City"), _("Country")),
        *(_("RNSR number"), _("Regional office"), _("Other spellings")),
    ]
    rows = (
        [
            *(entry.name, entry.unit, str(entry.get_kind_display()), entry.institution, entry.city),
            *(country(entry.country), entry.rnsr, entry.regional_office),
            " · ".join(spelling.text for spelling in entry.spellings.all() if spelling.text != entry.name),
        ]
        for entry in entries
    )
    return Sheet(_("Directory of laboratories"), headings, rows)
