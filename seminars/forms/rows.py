"""What the forms of all rows share: one row of a record, its version, and the id of a form for a new one."""

import copy
import uuid
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from seminars.forms.section import shown
from seminars.models import Proposal


@dataclass(frozen=True)
class Apart:
    """A field that was saved meanwhile with another value than the one just typed."""

    label: str
    typed: str
    saved: str


class RowForm(forms.ModelForm):
    """A form for one row of ``proposal``: a new one, or a copy of ``instance``.

    ``values`` are the cleaned values of the row. A changed row comes with the ``version`` that was shown; a new one
    with a ``form_uuid``, so that the same form posted twice adds one row. What is too long is told, never cut by
    the browser.
    """

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    form_uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, proposal: Proposal, instance: Any = None, **options: Any) -> None:
        """Take what was posted, the record with its dossier, and the row that is changed."""
        super().__init__(data, instance=copy.copy(instance), **options)
        self.proposal = self.instance.proposal = proposal
        self.initial["version"] = self.instance.version
        self.initial["form_uuid"] = uuid.uuid4() if instance is None else None
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)

    @cached_property
    def helper(self) -> FormHelper:
        """The helper for crispy-forms, made when the form is shown."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*self.layout(), "version", "form_uuid")
        self.fields[self._first()].widget.attrs["autofocus"] = True
        return helper

    def _first(self) -> str:
        """Return the field to start in: the first wrong one; of a new row the first still empty."""
        names = self.columns
        if self.is_bound:
            return next((name for name in names if name in self.errors), names[0])
        return next((name for name in names if self.instance.pk is None and not self[name].value()), names[0])

    def layout(self) -> tuple[Any, ...]:
        """Return the visible fields, laid out."""
        return self.columns

    def clean(self) -> dict[str, Any]:
        """Say of a form whose hidden fields were tampered with that it is out of date."""
        super().clean()
        if "version" in self.errors or "form_uuid" in self.errors:
            self.add_error(None, _("This form is out of date. Please reload the page."))
        return self.cleaned_data

    def _post_clean(self) -> None:
        if self.instance.pk is None and self.cleaned_data.get("form_uuid"):
            self.instance.form_uuid = self.cleaned_data["form_uuid"]
        super()._post_clean()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the row's own columns, in the order of the form."""
        return tuple(self._meta.fields or ())

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned values of the row's own columns."""
        return {name: self.cleaned_data[name] for name in self.columns}

    def renewed(self, proposal: Proposal) -> "RowForm":
        """Return this form, still holding what was typed, for another try as a new row of ``proposal``."""
        return type(self)(self._with(form_uuid=str(uuid.uuid4()), version="0"), proposal=proposal)

    def rebased(self, proposal: Proposal, saved: Any) -> "RowForm":
        """Return this form, still holding what was typed, on the row as it is ``saved`` now."""
        return type(self)(self._with(version=str(saved.version)), proposal=proposal, instance=saved)

    def _with(self, **hidden: str) -> Any:
        data = self.data.copy()
        for name, value in hidden.items():
            data[self.add_prefix(name)] = value
        return data

    def apart_from(self, saved: Any) -> list[Apart]:
        """Return the fields that ``saved`` holds otherwise than this form: both texts, to choose from."""
        self.full_clean()
        pairs = [(self[name], self.cleaned_data.get(name), getattr(saved, name)) for name in self.columns]
        return [
            Apart(str(field.label), shown(field, typed), shown(field, held))
            for field, typed, held in pairs
            if typed != held
        ]
