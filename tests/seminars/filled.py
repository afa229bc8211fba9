"""What a browser posts from the page of a section."""

from typing import Any

from seminars.forms.section import bound_fields, raw
from seminars.models import Proposal
from seminars.views.sections import FORMS
from tests.cast import reread


def filled(proposal: Proposal, section: str, **changes: Any) -> dict[str, Any]:
    """Return the form of a section as it is saved now, with ``changes`` typed into it.

    Hyphens of field names are written as two underscores: ``own__email``.
    """
    form = FORMS[section](proposal=reread(proposal))
    data: dict[str, Any] = {field.html_name: raw(field) for field in bound_fields(form.forms)}
    return {**data, "version": form.version, **{name.replace("__", "-"): value for name, value in changes.items()}}
