"""What a browser posts from the forms of rows."""

import uuid
from typing import Any

from seminars.forms.section import raw
from seminars.models import Laboratory, Participant, Proposal
from seminars.views.rowpage import KINDS
from tests.cast import reread

HTMX = {"HX-Request": "true"}
BAD_LINES = {
    "NUL": "a\x00b",
    "control": "a\x1bb",
    "right-to-left override": "a\u202eb",
    "isolate": "a\u2066b",
    "a megabyte": "a" * 1_000_000,
}


def url(proposal: Proposal, path: str) -> str:
    """Return an address below a record's own."""
    return f"/proposals/{proposal.pk}/{path}"


def new(**typed: Any) -> dict[str, Any]:
    """Return a form for a new row, with an id of its own."""
    return {"version": "0", "form_uuid": str(uuid.uuid4()), **typed}


def shown(row: Any, kind: str, **typed: Any) -> dict[str, Any]:
    """Return the form of a row as it is saved now, with ``typed`` typed into it."""
    form = KINDS[kind].form(proposal=reread(row.proposal), instance=row)
    data: dict[str, Any] = {field.html_name: raw(field) for field in form if field.html_name != "form_uuid"}
    return data | typed


def session(**typed: Any) -> dict[str, Any]:
    """Return the form for a new session."""
    when = {"on": "2027-06-15", "starts": "09:00", "ends": "10:30"}
    return new(kind="seminar", title="Neurons in a dish", speaker="Élise d'Aubigné", **when) | typed


def participant(**typed: Any) -> dict[str, Any]:
    """Return the form for a new participant."""
    person = {"side": "FR", "role": "attendee", "family_name": "d'Aubigné", "given_name": "Élise", "career_stage": "cr"}
    return new(**person, country_of_work="FR") | typed


def laboratory(**typed: Any) -> dict[str, Any]:
    """Return the form for a new laboratory."""
    return new(name="Neurocentre Magendie", kind="inserm", country="FR", city="Bordeaux", unit="U1215") | typed


def line(**typed: Any) -> dict[str, Any]:
    """Return the form for a new budget line."""
    return new(kind="accommodation", quantity="3", unit="night", unit_cost="140.00") | typed


def somebody(proposal: Proposal, side: str = "FR", **values: Any) -> Participant:
    """Return a participant of a record, stored without ceremony."""
    return Participant.objects.create(
        proposal=proposal, side=side, saved_at=proposal.changed_at, **{"family_name": "Roux", **values}
    )


def somewhere(proposal: Proposal, **values: Any) -> Laboratory:
    """Return a laboratory of a record, stored without ceremony."""
    named = {"name": "Institut Roux", "country": "FR", **values}
    return Laboratory.objects.create(proposal=proposal, saved_at=proposal.changed_at, **named)
