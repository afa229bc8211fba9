"""Lists in words: why a file cannot be read, what is wrong with a row or a cell, how its fields are called."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import formats
from seminars.models import ListedApplication
from seminars.rules.listed import Problem

Words = str | Promise

REFUSALS: Mapping[str, Words] = {
    "suffix": _("Choose an Excel workbook (.xlsx) or a text with separators (.csv, .tsv, .txt)."),
    "too_large": _("This file is too large: %(size)s MB. At most %(most)s MB are allowed."),
    "damaged": _(
        "This file is damaged or not a real workbook. Open it in your office program and save it as XLSX anew."
    ),
    "empty": _("This file is empty: no sheet that is shown has anything in it."),
    "encoding": _("The letters of this file cannot be read. Save it as XLSX, or as CSV in UTF-8."),
    "encrypted": _("This workbook is protected with a password. Save it without one."),
    "old_excel": _("This is a workbook of an old Excel (XLS). Save it as XLSX."),
    "formula": _("Cell %(cell)s holds a formula. Copy the sheet, paste the values only, and save it again."),
    "heavy": _("This file is too heavy to be opened. Copy the list alone into a new workbook, and take that one."),
    "looks_like": _("This is a %(kind)s file, whatever its name says. Save the list as XLSX or CSV."),
    "macros": _("This workbook holds macros. Save it as XLSX, without them."),
    "many_cells": _("This workbook has more than %(most)s cells. Remove what is not part of the list."),
    "many_columns": _("This list has more than %(most)s columns. Remove those that are not needed."),
    "many_rows": _("This list has more than %(most)s rows. Split it into several files."),
    "much_text": _("This list holds more text than can be read. Remove the columns with long texts."),
    "not_sheet": _("This file is no spreadsheet. Save the list as XLSX or CSV."),
    "one_column": _("No columns were found: they are parted by a comma, a semicolon or a tab."),
    "quotes": _("Row %(row)s cannot be read: its quotation marks do not match."),
    "unchecked": _("This file could not be read just now. Please try again in a few minutes."),
    "merged": _("Cells %(cells)s are merged. Unmerge them, so that each row has its own values, and save it again."),
    "no_rows": _("There is no row below the column headings."),
    "characters": _("The column headings hold characters that cannot be kept: %(characters)s. Please remove them."),
}
NOTES: Mapping[str, Words] = {
    "hidden_rows": _("Rows that are hidden in the file: %(count)s. They are read as all others."),
    "hidden_columns": _("Groups of columns that are hidden in the file: %(count)s. They are read as all others."),
    "hidden_sheets": _("Sheets that are hidden in the file: %(count)s. They are not read."),
}
PROBLEMS: Mapping[str, Words] = {
    "characters": _("holds characters that cannot be kept: %(characters)s"),
    "number_twice": _("row %(place)s has the number %(number)s already"),
    "nothing": _("no number, name, title or address says which application this is"),
    "no_number": _("has no number: importing the list again adds it again"),
    "cell_error": _("the spreadsheet shows an error, %(value)s; left empty"),
    "too_long": _("%(length)s characters, at most %(most)s are kept; left empty"),
    "name": _("“%(value)s” is not a name in this script; left empty"),
    "name_order": _("which part is the family name is not certain"),
    "name_unparted": _("no space parts family and given name"),
    "day": _("“%(value)s” is not a day; left empty"),
    "day_vague": _("“%(value)s” names no exact day; left empty"),
    "day_order": _("“%(value)s” is read as %(day)s"),
    "end_before_start": _("the end date is before the start date; the end date is left empty"),
    "email": _("“%(value)s” is not an e-mail address; left empty"),
    "orcid": _("“%(value)s” is not an ORCID iD; left empty"),
    "country": _("“%(value)s” is not a country; left empty"),
}
FIELDS: Mapping[str, Words] = {
    "name": _("Coordinator's name in Latin letters"),
    "name_kanji": _("Coordinator's name in kanji"),
    "name_kana": _("Coordinator's name in katakana"),
    "partner_name": _("Partner's name"),
    "dates": _("Start and end date together"),
    "track": _("Track"),
    "status": _("Status as received"),
    "title_original": _("Seminar title in another language"),
}
FAILURES: Mapping[str, Words] = {
    "failed": _(
        "The import failed, and nothing was imported. Please try again; if it fails again, tell an administrator."
    ),
    "stopped": _(
        "Rows that cannot be imported came up in between, and nothing was imported. Please look at the preview."
    ),
}


def field_label(field: str) -> str:
    """Return how a field of a list is called."""
    if field in FIELDS:
        return str(FIELDS[field])
    column: Any = ListedApplication._meta.get_field(field)
    return str(column.verbose_name)


def problem(found: Problem) -> str:
    """Return what is wrong as the end of a sentence that begins with its row and column."""
    language = (get_language() or "en")[:2]
    params = {
        name: formats.day(value, language) if isinstance(value, date) else _short(value)
        for name, value in found.params.items()
    }
    return str(PROBLEMS[found.code]) % params


def note(code: str, params: Mapping[str, Any]) -> str:
    """Return what was noticed about a file."""
    return str(NOTES[code]) % params


def _short(value: Any) -> Any:
    return f"{value[:59]}…" if isinstance(value, str) and len(value) > 60 else value
