"""Short builders for imported lists, through the real actions."""

from typing import Any

from accounts.models import Agency, User
from seminars.actions import application_list as actions
from seminars.actions.list_import import order_import, run_import
from seminars.forms.application_list import read_upload
from seminars.models import ApplicationList, Proposal, Seminar
from tests import cast
from tests.spreadsheets import jsps_csv


def uploaded(
    data: bytes = b"",
    *,
    by: User | None = None,
    held_by: Agency | None = None,
    country: str = "JP",
    name: str = "list.csv",
) -> ApplicationList:
    """Return an uploaded list of the applications of one side; by itself JSPS's own, uploaded by its officer."""
    officer = by or cast.jsps_officer()
    holder = held_by or Agency.objects.get(pk=officer.officer_agencies[0])
    side = cast.side_of(cast.call_2026(), "JP")
    read = read_upload(name, data or jsps_csv())
    return actions.upload_list(read, side=side, held_by=holder, by=officer, at=cast.BEFORE)


def imported(data: bytes = b"", *, by: User | None = None, **options: Any) -> ApplicationList:
    """Return a list as ``uploaded`` does, imported."""
    officer = by or cast.jsps_officer()
    listed = uploaded(data, by=officer, **options)
    order_import(listed, by=officer, at=cast.BEFORE)
    assert run_import(listed.pk, at=cast.BEFORE)
    return ApplicationList.objects.get(pk=listed.pk)


def matched(listed: ApplicationList, record: Proposal, by: User) -> Seminar:
    """Put the first row of a list into a pair with ``record``, as an officer's confirmation does."""
    call = cast.call_2026()
    seminar = Seminar.objects.create(call=call, state="paired", formed_at=cast.BEFORE, paired_at=cast.BEFORE)
    Proposal.objects.filter(pk=record.pk).update(seminar=seminar)
    row = listed.rows.order_by("row_number")[0]
    row.seminar, row.matched_at, row.matched_by = seminar, cast.BEFORE, by
    row.save()
    return seminar
