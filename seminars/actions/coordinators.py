"""Saving who coordinates on both sides, where they work, and how this side is filed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.actions.history import record_edit
from accounts.models import User
from seminars.actions.listings import relink
from seminars.actions.proposals import EditConflict, changes
from seminars.choices import ParticipantRole
from seminars.models import CallAgency, Laboratory, Participant, Proposal
from seminars.permissions import edit_refusal, require
from seminars.queries.dossiers import partner_country


@dataclass(frozen=True)
class Place:
    """Where a coordinator works: the laboratory ``chosen`` among the record's own, or a new one of ``values``.

    With both, the chosen laboratory is changed to ``values``; with neither, none is named.
    """

    chosen: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """What the form says of one coordinator: cleaned values of the person, and the place."""

    values: Mapping[str, Any]
    place: Place = Place()


def coordinator(proposal: Proposal, side: str) -> Participant | None:
    """Return whom a record names as coordinator of ``side`` (a country code), from its participants as fetched."""
    people = (person for person in proposal.participants.all() if person.role == ParticipantRole.COORDINATOR)
    return next((person for person in people if person.side == side), None)


def version_of(proposal: Proposal) -> str:
    """Return the version of the whole section: its own, and those of the two people and their laboratories.

    These rows can also be changed among the participants, which must not be overwritten from here in silence.
    """
    parts = [str(proposal.coordinators_version)]
    for side in (proposal.side.agency.country, partner_country(proposal)):
        if person := coordinator(proposal, side):
            parts.append(f"{person.pk}.{person.version}")
            if person.laboratory:
                parts.append(f"{person.laboratory_id}.{person.laboratory.version}")
    return "-".join(parts)


@transaction.atomic
def save_coordinators(
    proposal: Proposal,
    filing: Mapping[str, Any],
    own: Entry,
    partner: Entry,
    *,
    version: str,
    by: User,
    at: datetime,
) -> None:
    """Write the section of the coordinators whole: the record's filing data, both people, their laboratories.

    Raises Refused when the person may not edit, and EditConflict when any part is no longer at ``version``:
    then nothing is written (SAFETY 8).
    """
    if filing.get("application_number", proposal.application_number) != proposal.application_number:
        # Imports hold the side too, before any record: whichever comes second finds the number of the other.
        CallAgency.objects.select_for_update().get(pk=proposal.side_id)
    held = Proposal.objects.with_side().select_for_update(of=("self",))
    stored = held.prefetch_related("side__call__countries", "participants__laboratory").get(pk=proposal.pk)
    require(edit_refusal(stored, by, at))
    if version_of(stored) != version:
        raise EditConflict
    change = changes(stored, filing)
    before, after = dict(change.before), dict(change.after)
    countries = {"own": stored.side.agency.country, "partner": partner_country(stored)}
    for name, entry in (("own", own), ("partner", partner)):
        was, becomes = _save_person(stored, countries[name], entry, at)
        before |= {f"{name}-{key}": value for key, value in was.items()}
        after |= {f"{name}-{key}": value for key, value in becomes.items()}
    if after:
        Proposal.objects.filter(pk=stored.pk).update(
            **filing, coordinators_version=F("coordinators_version") + 1, coordinators_saved_at=at, changed_at=at
        )
        record_edit(stored, by=by, at=at, before=before, after=after)
    if "application_number" in change.after:
        relink(stored.side, [change.before["application_number"], change.after["application_number"]])


def _save_person(proposal: Proposal, country: str, entry: Entry, at: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write one coordinator and the laboratory; return what changed, before and after."""
    person = coordinator(proposal, country)
    laboratory, was, becomes = _save_place(proposal, entry.place, at)
    if person is None:
        if laboratory is None and not any(entry.values.values()):
            return was, becomes
        person = Participant(
            proposal=proposal, side=country, role=ParticipantRole.COORDINATOR, country_of_work=country, saved_at=at
        )
    values = {**entry.values, "laboratory": laboratory}
    if laboratory and laboratory.pk != person.laboratory_id:
        values["country_of_work"] = laboratory.country
    change = changes(person, values)
    if not person.pk:
        for name, value in values.items():
            setattr(person, name, value)
        person.save(force_insert=True)
    elif change.after:
        Participant.objects.filter(pk=person.pk).update(**values, version=F("version") + 1, saved_at=at)
    return {**was, **change.before}, {**becomes, **change.after}


def _save_place(
    proposal: Proposal, place: Place, at: datetime
) -> tuple[Laboratory | None, dict[str, Any], dict[str, Any]]:
    """Return the laboratory of ``place``, new or changed where it says so, and what changed in a known one."""
    if place.chosen is None:
        if not place.values:
            return None, {}, {}
        return Laboratory.objects.create(proposal=proposal, saved_at=at, **place.values), {}, {}
    laboratory = Laboratory.objects.get(pk=place.chosen, proposal=proposal)
    change = changes(laboratory, place.values)
    if change.after:
        Laboratory.objects.filter(pk=laboratory.pk).update(**place.values, version=F("version") + 1, saved_at=at)
        laboratory.refresh_from_db()
    before, after = (
        {f"laboratory-{name}": value for name, value in values.items()} for values in (change.before, change.after)
    )
    return laboratory, before, after
