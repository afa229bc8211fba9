"""An empty list with the columns that the import knows, to be filled in by whoever sends one."""

from django.utils.translation import gettext as _

from seminars.exports.workbook import Sheet, workbook_file
from seminars.words.lists import field_label

COLUMNS = (
    "application_number",
    "title_en",
    "title_ja",
    "name",
    "name_kanji",
    "name_kana",
    "email",
    "orcid",
    "institution",
    "department",
    "partner_name",
    "partner_email",
    "partner_institution",
    "start_on",
    "end_on",
    "venue_city",
    "venue_country",
    "track",
    "status",
    "approved_on",
)


def list_template() -> bytes:
    """Return an XLSX file with a heading for each column, in the active language, and no rows."""
    return workbook_file(Sheet(_("Applications"), [field_label(field) for field in COLUMNS], []))
