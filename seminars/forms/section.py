"""What the forms of a record's sections share: drafts may be incomplete, and what is typed is never cut."""

import copy
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import BoundField
from django.forms.models import construct_instance
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import formats
from accounts.rules.text import normalise
from seminars.forms.widgets import CountryField, quick
from seminars.models import Proposal

KEEP = "keep-"
MINE, SAVED = "mine", "saved"


@dataclass(frozen=True)
class Choice:
    """A field of which two texts exist: the one just typed and the one saved meanwhile."""

    name: str
    label: str
    mine: str
    saved: str
    is_typed: bool | None
    """Whether the person touched the field; None where the browser did not say."""


class Counted(Field):
    """A text with its number of characters below, counted by the server and, while typing, by the page."""

    template = "seminars/proposals/_counted.html"

    def __init__(self, name: str, bounds: tuple[int, int], **options: Any) -> None:
        """Take the field's name and the fewest and most characters."""
        super().__init__(name, **options)
        self.name = name
        self.bounds = bounds

    def render(self, form: forms.Form, context: Any, *args: Any, **options: Any) -> str:
        """Render the field and its counter."""
        text = form[self.name].value() or ""
        counted = {"count": len(normalise(str(text)).strip()), "fewest": self.bounds[0], "most": self.bounds[1]}
        return super().render(form, context, *args, extra_context=counted, **options)


class Details(Div):
    """Fields that can be folded away; they are open where something in them must be seen."""

    template = "seminars/proposals/_details.html"

    def __init__(self, summary: str | Promise, *fields: Any, css_id: str, is_open: bool) -> None:
        """Take the line that stays in sight, the fields, the id on the page, and whether to show them."""
        super().__init__(*fields, css_id=css_id, css_class="laboratory")
        self.summary = summary
        self.is_open = is_open


def row(*names: str | Field) -> Div:
    """Lay fields out side by side where there is room."""
    return Div(*(Div(name, css_class="col-sm") for name in names), css_class="row")


def open_to_drafts(fields: Mapping[str, forms.Field]) -> None:
    """Require nothing, and let any length be typed: what is too long is told, never cut by the browser."""
    for field in fields.values():
        field.required = False
        field.widget.is_required = False
        field.widget = quick(field.widget)
        field.widget.attrs.pop("maxlength", None)
        field.widget.attrs.pop("required", None)
        if isinstance(field.widget, forms.TextInput | forms.Textarea | forms.Select):
            field.widget.attrs["class"] = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            field.is_plain = True


class DraftForm(forms.ModelForm):
    """A form on a copy of a record: binding it changes nothing in the record itself."""

    def __init__(self, data: Any = None, *, instance: Model, **options: Any) -> None:
        """Take what was posted and the record as it is saved."""
        super().__init__(data, instance=copy.copy(instance), **options)
        open_to_drafts(self.fields)

    @cached_property
    def helper(self) -> FormHelper:
        """The helper for crispy-forms, made when the form is shown: saving needs no layout."""
        helper = FormHelper()
        helper.form_tag = False
        helper.field_template = "seminars/proposals/_field.html"
        helper.disable_csrf = True
        helper.layout = self.layout()
        return helper

    def layout(self) -> Layout:
        """Return how the fields stand on the page."""
        return Layout(*self.fields)

    def _post_clean(self) -> None:
        """Check the fields as the model does, and leave its constraints to the database.

        Asking for them here takes as long as the rest of the saving. The only one that a form can break, the order
        of the dates, is told by its ``clean``.
        """
        self.instance = construct_instance(self, self.instance, self._meta.fields)
        try:
            self.instance.clean_fields(exclude=self._get_validation_exclusions())
        except ValidationError as error:
            self._update_errors(error)

    def values(self) -> dict[str, Any]:
        """Return the cleaned values of the record's own fields."""
        return {name: self.cleaned_data[name] for name in self._meta.fields if name in self.fields}


class SectionForm(DraftForm):
    """A section of a record that is one form."""

    section: ClassVar[str]

    def __init__(self, data: Any = None, *, proposal: Proposal) -> None:
        """Take what was posted and the record as it is saved."""
        self.proposal = proposal
        super().__init__(data, instance=proposal)

    @property
    def forms(self) -> tuple[DraftForm, ...]:
        """The forms that make up the section."""
        return (self,)

    @property
    def version(self) -> str:
        """The version of the section that the page shows."""
        return str(getattr(self.proposal, f"{self.section}_version"))


def bound_fields(section_forms: Iterable[forms.BaseForm]) -> Iterator[BoundField]:
    """Return all fields of a section."""
    for form in section_forms:
        yield from form


def errors_of(section_forms: Iterable[forms.BaseForm]) -> dict[str, list[str]]:
    """Return what is wrong by the id of the field on the page; "" is the section as a whole."""
    found: dict[str, list[str]] = {}
    for form in section_forms:
        for name, errors in form.errors.items():
            place = "" if name == "__all__" else form[name].auto_id
            found.setdefault(place, []).extend(map(str, errors))
    return found


def shown(field: BoundField, value: Any) -> str:
    """Return a field's value as people read it, whether cleaned or as the form was first filled in."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field.field, forms.ModelChoiceField | forms.ChoiceField):
        items = value if isinstance(value, QuerySet | list | tuple) else [value]
        keys = {str(getattr(item, "pk", item) or "") for item in items} - {""}
        return " · ".join(str(label) for key, label in _flat(field.field.choices) if str(key) in keys)
    if isinstance(field.field, CountryField):
        return formats.country(value, (get_language() or "en")[:2]) if value else ""
    if isinstance(value, date):
        return formats.weekday(value, (get_language() or "en")[:2])
    if isinstance(value, list):
        return ", ".join(value)
    return str(value or "")


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def raw(field: BoundField) -> list[str]:
    """Return a field's saved value as a browser would post it."""
    value = field.value()
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, list | tuple):
        return [str(item) for item in value]
    return ["" if value is None else str(value)]


def settled(data: QueryDict, saved: Iterable[forms.BaseForm]) -> QueryDict:
    """Return what was posted with the saved value wherever the person chose it (``keep-<field>=saved``)."""
    data = data.copy()
    for field in bound_fields(saved):
        if data.get(f"{KEEP}{field.html_name}") == SAVED:
            data.setlist(field.html_name, raw(field))
    return data


def choices_between(
    typed: Iterable[forms.BaseForm], saved: Iterable[forms.BaseForm], touched: Collection[str]
) -> list[Choice]:
    """Return the fields that say something else in a valid form and in the same form as saved meanwhile.

    ``touched`` names the fields that the person changed, where the browser said so.
    """
    found = []
    for form, other in zip(typed, saved, strict=True):
        for field in form.visible_fields():
            mine = shown(field, form.cleaned_data[field.name])
            theirs = shown(other[field.name], other.get_initial_for_field(other.fields[field.name], field.name))
            if mine != theirs:
                is_typed = field.html_name in touched if touched else None
                found.append(Choice(field.html_name, str(field.label), mine, theirs, is_typed))
    return found


def typed_texts(typed: Iterable[forms.BaseForm], saved: Iterable[forms.BaseForm]) -> list[tuple[str, str]]:
    """Return label and text of what was typed, valid or not, where it is not what is saved."""
    return [
        (str(field.label), text)
        for form, other in zip(typed, saved, strict=True)
        for field in form.visible_fields()
        if raw(field) != raw(other[field.name]) and (text := shown(field, field.value()))
    ]
