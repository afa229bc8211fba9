"""The steps of an import: the file, its columns, what happens with known applications and with single rows."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.actions.application_list import UploadedList
from seminars.choices import KnownChoice
from seminars.files import spreadsheets
from seminars.files.separated import ENCODINGS
from seminars.forms.attachment import refuse_threat
from seminars.models import ApplicationList, Call
from seminars.queries.list_preview import SKIP, STOPPED, Line
from seminars.rules import filenames
from seminars.rules.headings import FIELDS
from seminars.rules.listed_cells import NAMES
from seminars.rules.sheet import NotATable, table_of
from seminars.words import lists

SUFFIXES = (".xlsx", ".csv", ".tsv", ".txt")
OLD = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers")
ENOUGH = ("application_number", "title_en", "title_ja", "title_original", "email", "family_name", *NAMES)
"""One of these must be in the file: without them nothing says what a row is about."""


def _refused(code: str, params: Mapping[str, Any]) -> ValidationError:
    words: Any = lists.REFUSALS[code]
    return ValidationError(words, code=code, params=dict(params))


def read_upload(name: str, data: bytes, *, sheet: str = "", encoding: str = "") -> UploadedList:
    """Return a list read from the bytes of a file; raise a ValidationError that says in one sentence what is wrong."""
    try:
        reading = spreadsheets.read(data, sheet=sheet, encoding=encoding)
        table = table_of(reading.rows, reading.merged)
    except spreadsheets.NotReadable as refused:
        raise _refused(refused.code, refused.params) from refused
    except NotATable as refused:
        raise _refused(*refused.args) from refused
    return UploadedList(name, data, reading, table)


class ListFileField(forms.FileField):
    """An XLSX or CSV file of at most 10 MB, cleaned to an UploadedList (SAFETY 11, 16)."""

    widget = forms.FileInput(attrs={"accept": ",".join(SUFFIXES), "data-most": spreadsheets.BYTES})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the list as it was read; raise a ValidationError that says what to do."""
        upload: UploadedFile = super().clean(data, initial)
        name, size = upload.name or "", upload.size or 0
        suffix = next((suffix for suffix in (*SUFFIXES, *OLD) if filenames.has_suffix(name, suffix)), None)
        if suffix is None:
            raise _refused("suffix", {})
        if size > spreadsheets.BYTES:
            megabytes = -(-size * 10 // spreadsheets.MEGABYTE) / 10
            raise _refused("too_large", {"size": megabytes, "most": spreadsheets.BYTES // spreadsheets.MEGABYTE})
        uploaded = read_upload(filenames.tidy(name, suffix), upload.read())
        refuse_threat(uploaded.data)
        return uploaded


class _StepForm(forms.Form):
    @cached_property
    def helper(self) -> FormHelper:
        """The helper for crispy-forms, made when the form is shown."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*self.fields)
        return helper


class ListUploadForm(_StepForm):
    """Whose applications the list names, for which agency it is kept, and the file."""

    side = forms.ChoiceField(label=_("Whose applications does the list name?"), widget=forms.RadioSelect)
    held_by = forms.ChoiceField(label=_("For which agency do you import it?"), widget=forms.RadioSelect)
    file = ListFileField(label=_("List"), max_length=255)

    def __init__(self, *args: Any, call: Call, user: User, **options: Any) -> None:
        """Offer the sides of ``call``, fetched with them, and the agencies of it that ``user`` is an officer of."""
        super().__init__(*args, **options)
        self.sides = {side.agency.code: side for side in call.sides.all()}
        own = {code: side.agency for code, side in self.sides.items() if side.agency_id in user.officer_agencies}
        self.holders = own
        self.fields["side"].choices = [(code, side.agency.acronym) for code, side in self.sides.items()]
        self.fields["held_by"].choices = [(code, agency.acronym) for code, agency in own.items()]
        self.fields["file"].help_text = _("XLSX or CSV, at most 10 MB, 5,000 rows and 60 columns.")
        asked = [code for code, side in self.sides.items() if side.asks_application_number]
        self.fields["side"].initial = asked[0] if asked else None
        if len(own) == 1:
            del self.fields["held_by"]

    def clean(self) -> dict[str, Any]:
        """Turn the codes into the side and the agency."""
        cleaned = super().clean() or {}
        only = next(iter(self.holders), "")
        found = {
            "side": self.sides.get(cleaned.get("side", "")),
            "held_by": self.holders.get(cleaned.get("held_by", only)),
        }
        return cleaned | found


class ReadAgainForm(_StepForm):
    """Another sheet of the same workbook, or another encoding of the same text."""

    sheet = forms.ChoiceField(label=_("Sheet"))
    encoding = forms.ChoiceField(label=_("Encoding"))

    def __init__(self, *args: Any, listed: ApplicationList, **options: Any) -> None:
        """Offer what the file of ``listed``, fetched with its upload, has to choose from."""
        super().__init__(*args, **options)
        sheets = listed.upload.sheets
        self.fields["sheet"].choices = [(name, name) for name in sheets]
        self.fields["encoding"].choices = [(name, name) for name in ENCODINGS]
        self.initial = {"sheet": listed.sheet, "encoding": listed.encoding}
        if len(sheets) < 2:
            del self.fields["sheet"]
        if sheets:
            del self.fields["encoding"]


class ColumnsForm(forms.Form):
    """A field for each column; the same field for one column only."""

    def __init__(self, *args: Any, headings: Iterable[str], mapping: Mapping[str, str], **options: Any) -> None:
        """Ask for each of ``headings``; offer first what ``mapping`` says."""
        super().__init__(*args, **options)
        self.headings = tuple(headings)
        choices = [("", _("Leave out")), *((field, lists.field_label(field)) for field in FIELDS)]
        for place, heading in enumerate(self.headings):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=heading,
                choices=choices,
                required=False,
                initial=mapping.get(heading, ""),
                widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
            )

    def kept(self, field: forms.BoundField) -> Any:
        """Return the words of what is kept for a column, where something else was chosen; otherwise nothing."""
        kept = field.initial or ""
        return dict(field.field.choices)[kept] if field.value() != kept else None

    @property
    def mapping(self) -> dict[str, str]:
        """The field of each heading that has one; of a bound form once it is valid."""
        asked = ((heading, self.cleaned_data.get(f"column-{at}", "")) for at, heading in enumerate(self.headings))
        return {heading: field for heading, field in asked if field}

    def clean(self) -> dict[str, Any]:
        """Refuse a field that two columns hold, and a list that says of nobody what it is about."""
        cleaned = super().clean() or {}
        seen: dict[str, str] = {}
        for place, heading in enumerate(self.headings):
            field = cleaned.get(f"column-{place}")
            if field and field in seen:
                twice = _("“%(other)s” holds this already: choose one of the two columns.")
                self.add_error(f"column-{place}", ValidationError(twice, params={"other": seen[field]}))
            elif field:
                seen[field] = heading
        if not seen.keys() & set(ENOUGH):
            raise ValidationError(
                _("Choose a column at least for the number, the title, a name or the e-mail address.")
            )
        return cleaned


class RowsForm(forms.Form):
    """What happens with known applications, with rows that cannot be imported, and with single rows."""

    known = forms.ChoiceField(
        label=_("Applications that are listed already"), choices=KnownChoice.choices, widget=forms.RadioSelect
    )
    leave_out = forms.BooleanField(label=_("Leave out the rows that cannot be imported"), required=False)

    def __init__(self, *args: Any, listed: ApplicationList, lines: Iterable[Line] = (), **options: Any) -> None:
        """Ask for each of ``lines``, those on the page, too; what is chosen for other rows stays."""
        super().__init__(*args, **options)
        self.chosen, self.lines = dict(listed.row_choices), list(lines)
        self.initial = {"known": listed.known_choice, "leave_out": self.chosen.get(STOPPED) == SKIP}

    @property
    def rows(self) -> dict[str, str]:
        """The choices by row number, with those of the page; what nobody could choose is ignored."""
        chosen = {number: choice for number, choice in self.chosen.items() if number != STOPPED}
        for line in self.lines:
            choice = self.data.get(f"row-{line.row.number}", "")
            if choice in (*line.options, SKIP):
                chosen[str(line.row.number)] = choice
        return chosen | ({STOPPED: SKIP} if self.cleaned_data["leave_out"] else {})

    def unkept(self) -> list[Line]:
        """Return the lines of the page with what was chosen for them here, where that is something else."""
        typed = {line.row.number: self.data.get(f"row-{line.row.number}", "") for line in self.lines}
        return [
            replace(line, unkept=typed[line.row.number])
            if typed[line.row.number] in line.options and typed[line.row.number] != line.choice
            else line
            for line in self.lines
        ]
