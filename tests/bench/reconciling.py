"""A second call to measure reconciliation on: 400 records and 400 rows of the made-up set to match."""

from copy import copy
from datetime import date, datetime
from typing import Any

from django.db import models

from accounts.models import User
from seminars.choices import ListState, ParticipantRole, ProposalState, SheetKind
from seminars.models import ApplicationList, Call, CallAgency, ListedApplication, Participant, Proposal
from seminars.rules.entries import Entry, Person
from tests import cast
from tests.seminars.matching_set import build as matching_set

CODE = "reconciliation"


def build(call: Call, at: datetime) -> None:
    """Copy ``call``, and fill the copy with records to be matched with the rows of a list that Inserm holds."""
    made = matching_set(1)
    # Not published, so that the other pages measured show what they would without it.
    twin = _twin(call, code=CODE, is_published=False)
    twin.save()
    sides = {side.agency.country: _twin(side, call=twin) for side in CallAgency.objects.filter(call=call)}
    for side in sides.values():
        side.save()
    _records(made.left, sides["FR"], at)
    _rows(made.right, sides["JP"], at)


def _twin(row: models.Model, **changes: Any) -> Any:
    twin: Any = copy(row)
    twin.pk, twin._state = None, models.base.ModelState()
    for name, value in changes.items():
        setattr(twin, name, value)
    return twin


def _names(person: Person) -> dict[str, str]:
    kana_family, _, kana_given = person.kana.partition(" ")
    return {
        "family_name": person.family,
        "given_name": person.given,
        "family_name_kanji": person.family_kanji,
        "given_name_kanji": person.given_kanji,
        "family_name_kana": kana_family,
        "given_name_kana": kana_given,
        "email": min(person.emails, default=""),
        "orcid": person.orcid,
    }


def _days(entry: Entry) -> dict[str, date | None]:
    """Return both days; an end before its start, which the database refuses, is left out."""
    start, end = entry.start_on, entry.end_on
    return {"start_on": start, "end_on": None if start and end and end < start else end}


def _records(entries: list[Entry], side: CallAgency, at: datetime) -> None:
    people = User.objects.bulk_create(
        User(email=f"matching{number}@bench.example", password="!") for number, _ in enumerate(entries)
    )
    records = Proposal.objects.bulk_create(
        Proposal(
            side=side,
            coordinator=person,
            state=ProposalState.SUBMITTED,
            created_at=at,
            changed_at=at,
            title_en=entry.titles[0],
            title_fr=entry.titles[1],
            title_ja=entry.titles[2],
            **_days(entry),
        )
        for person, entry in zip(people, entries, strict=True)
    )
    Participant.objects.bulk_create(
        Participant(proposal=record, side=country, role=ParticipantRole.COORDINATOR, saved_at=at, **_names(person))
        for record, entry in zip(records, entries, strict=True)
        for country, person in entry.people.items()
    )


def _rows(entries: list[Entry], side: CallAgency, at: datetime) -> None:
    officer = cast.inserm_officer()
    of = ApplicationList.objects.create(
        side=side,
        held_by=cast.inserm(),
        state=ListState.IMPORTED,
        name="jsps.xlsx",
        size=1,
        sha256="0" * 64,
        kind=SheetKind.XLSX,
        header_key="",
        uploaded_at=at,
        uploaded_by=officer,
        imported_at=at,
        imported_by=officer,
    )
    nobody = Person()
    ListedApplication.objects.bulk_create(
        ListedApplication(
            application_list=of,
            side=side,
            held_by=of.held_by,
            row_number=number,
            application_number=f"B{number:05d}",
            title_en=entry.titles[0],
            title_ja=entry.titles[1],
            **_days(entry),
            institution=entry.people["JP"].institution,
            partner_family_name=entry.people.get("FR", nobody).family,
            partner_given_name=entry.people.get("FR", nobody).given,
            partner_email=min(entry.people.get("FR", nobody).emails, default=""),
            **_names(entry.people["JP"]),
        )
        for number, entry in enumerate(entries, start=2)
    )
