"""Importing the list of one agency's applications, undoing that, and sharing it with the other agency."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from seminars.choices import ListState
from seminars.models import ApplicationList, CallAgency, ListedApplication
from seminars.permissions.base import Refusal, first


def _foreign(agency_id: int, by: User) -> Refusal | None:
    return None if agency_id in by.officer_agencies else _("Only an officer of this agency may do this.")


def upload_refusal(side: CallAgency, held_by: Agency, by: User) -> Refusal | None:
    """Say why ``by`` may not import a list of ``side`` for ``held_by``: not its officer, or not of this call."""
    if not side.call.sides.filter(agency=held_by).exists():
        return _("This agency takes no part in the call.")
    return _foreign(held_by.pk, by)


def prepare_refusal(listed: ApplicationList, by: User) -> Refusal | None:
    """Say why ``by`` may not prepare the import: not an officer of who holds the list, or ordered already."""
    if listed.state != ListState.UPLOADED:
        return _("This list is imported already, or is being imported just now.")
    return _foreign(listed.held_by_id, by)


def undo_refusal(listed: ApplicationList, by: User) -> Refusal | None:
    """Say why ``by`` may not undo the import: something depends on it."""
    return first(
        lambda: _foreign(listed.held_by_id, by),
        lambda: None if listed.state == ListState.IMPORTED else _("There is no import to undo."),
        lambda: _("This list is shared. Take the sharing back first.") if listed.shared_at else None,
        lambda: (
            _("A row of this list is in a confirmed pair. Take that match apart first.")
            if listed.rows.filter(seminar__isnull=False).exists()
            else None
        ),
        lambda: (
            _("A later import has updated rows of this list. Undo that one first.")
            if _is_updated_since(listed)
            else None
        ),
    )


def _is_updated_since(listed: ApplicationList) -> bool:
    """Say whether a later list holds rows that this one held."""
    held = ListedApplication.objects.filter(side=listed.side_id, held_by=listed.held_by_id).exclude(earlier=[])
    earlier = held.exclude(application_list=listed).values_list("earlier", flat=True)
    return any(entry["list"] == listed.pk for entries in earlier for entry in entries)


def share_refusal(listed: ApplicationList, by: User) -> Refusal | None:
    """Say why ``by`` may not share the list: only an agency's own imported list is for its officers to share."""
    return first(
        lambda: _foreign(listed.held_by_id, by),
        lambda: (
            None
            if listed.side.agency_id == listed.held_by_id
            else _("This list came from the other agency: there is nothing to share.")
        ),
        lambda: None if listed.state == ListState.IMPORTED else _("Only an imported list can be shared."),
        lambda: _("This list is shared already.") if listed.shared_at else None,
    )


def unshare_refusal(listed: ApplicationList, by: User) -> Refusal | None:
    """Say why ``by`` may not take the sharing back: not shared, or the other agency's work builds on it."""
    return first(
        lambda: _foreign(listed.held_by_id, by),
        lambda: None if listed.shared_at else _("This list is not shared."),
        lambda: (
            _("A row of this list is in a confirmed pair. Take that match apart first.")
            if listed.rows.filter(seminar__isnull=False).exists()
            else None
        ),
    )
