"""Calls are data: changing their terms, with the history of every change.

Everything is told in the history of the call, under the names that its data file uses: ``sides.inserm.cap``,
``countries.FR.may_host``.
"""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from seminars.actions.proposals import plain
from seminars.choices import ProposalState
from seminars.models import (
    AllowedCost,
    Call,
    CallAgency,
    CallCountry,
    Criterion,
    PriorityArea,
    Proposal,
    ScaleStep,
    Theme,
)
from seminars.permissions import Refused, remove_part_refusal, require, terms_refusal

Part = CallAgency | CallCountry | Theme | PriorityArea | Criterion | ScaleStep
Values = dict[str, Any]


def path_of(part: Call | Part) -> str:
    """Return how the data file names a part of a call: ``sides.jsps.``, ``areas.cancer.``; nothing for the call."""
    match part:
        case Call():
            return ""
        case CallAgency():
            return f"sides.{part.agency.code}."
        case CallCountry():
            return f"countries.{part.country}."
        case _:
            return f"{part._meta.get_field('call').remote_field.related_name}.{part.code}."


def values_of(part: Call | Part) -> Values:
    """Return what ``part`` says, as JSON, by the names of the data file."""
    path = path_of(part)
    return {
        f"{path}{column.name}": plain(column.value_from_object(part))
        for column in part._meta.concrete_fields
        if column.editable and not column.primary_key and column.name != "call"
    }


def store(part: Call | Part) -> tuple[Values, Values]:
    """Save ``part`` and return what changed, before and after, for an action to record.

    A side's instant follows from its local deadline; raises ImpossibleLocalTime.
    """
    if isinstance(part, CallAgency):
        part.deadline_at = part.announced_at
    stored = type(part)._default_manager.filter(pk=part.pk).first()
    old, new = values_of(stored) if stored else {}, values_of(part)
    part.save()
    changed = [name for name in new if name not in old or old[name] != new[name]]
    return {name: old[name] for name in changed if name in old}, {name: new[name] for name in changed}


@transaction.atomic
def save_part(part: Call | Part, *, by: User | None, at: datetime) -> None:
    """Save a call or a part of one, new or changed, and record what it said before and says after.

    Raises Refused unless ``by`` is an administrator or nobody (a command), and ImpossibleLocalTime for a deadline
    that the clocks of its zone skip or show twice.
    """
    require(terms_refusal(by))
    verb = "changed" if part.pk else "added"
    before, after = store(part)
    if before or after:
        record(part if isinstance(part, Call) else part.call, verb, by=by, at=at, before=before, after=after)


def store_cost_kinds(side: CallAgency, kinds: Collection[str]) -> tuple[Values, Values]:
    """Make ``kinds`` the costs that ``side`` pays, and return what changed, before and after (R15)."""
    held = list(side.cost_kinds.values_list("kind", flat=True))
    if set(held) == set(kinds):
        return {}, {}
    side.cost_kinds.exclude(kind__in=kinds).delete()
    AllowedCost.objects.bulk_create(AllowedCost(side=side, kind=kind) for kind in kinds if kind not in held)
    name = f"{path_of(side)}cost_kinds"
    return {name: held} if held else {}, {name: list(kinds)}


@transaction.atomic
def set_cost_kinds(side: CallAgency, kinds: Collection[str], *, by: User | None, at: datetime) -> None:
    """Make ``kinds`` the costs that ``side`` pays. Raises Refused for others than administrators."""
    require(terms_refusal(by))
    before, after = store_cost_kinds(side, kinds)
    if before or after:
        record(side.call, "changed", by=by, at=at, before=before, after=after)


@transaction.atomic
def remove_part(part: Part, *, by: User | None, at: datetime) -> None:
    """Remove a part of a call. Raises Refused for others than administrators, and once there are records."""
    require(remove_part_refusal(part.call, by))
    before = values_of(part)
    part.delete()
    record(part.call, "removed", by=by, at=at, before=before)


def set_deadline(side: CallAgency, *, on: date, time: time, zone: str, by: User | None, at: datetime) -> int:
    """Announce a deadline for one side: local date, time and zone; its instant in UTC follows (R1, R2).

    Returns how many living records of that side now have less time than they were told, so that somebody warns
    their coordinators: 0 unless the deadline moved to an earlier instant. Raises Refused, and ImpossibleLocalTime
    when the clocks of ``zone`` skip that local time or show it twice.
    """
    told = side.deadline_at
    side.deadline_on, side.deadline_time, side.deadline_zone = on, time, zone
    save_part(side, by=by, at=at)
    return hurried_records(side) if side.deadline_at < told else 0


def hurried_records(side: CallAgency) -> int:
    """Return how many records of ``side`` have not ended: those whom an earlier deadline would surprise."""
    ended = (ProposalState.WITHDRAWN, ProposalState.LAPSED)
    return Proposal.objects.filter(side=side).exclude(state__in=ended).count()


@transaction.atomic
def set_host_country(call: Call, country: str, *, by: User | None, at: datetime) -> None:
    """Publish the erratum that the seminars of ``call`` take place in ``country`` only (C1, R9).

    Raises Refused for others than administrators, and for a country that is none of the call's.
    """
    countries = list(call.countries.select_for_update())
    if country not in [row.country for row in countries]:
        raise Refused(_("This country is none of the call's."))
    for row in countries:
        row.may_host = row.country == country
        save_part(row, by=by, at=at)
