"""Next year's call as a copy of the last one, and changing it until it is published."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import HistoryEntry, User
from seminars.actions.calls import store, store_cost_kinds
from seminars.actions.proposals import EditConflict
from seminars.models import Call, CallAgency, ReminderRule
from seminars.permissions import Refused, change_unpublished_refusal, copy_refusal, require


def copy_call(source: Call, copy: Call, sides: Sequence[CallAgency], *, by: User, at: datetime) -> Call:
    """Store ``copy`` with ``sides``, both unsaved, as a copy of ``source``; return it, not published.

    Themes, areas, criteria, countries, cost kinds and rules of reminders are those of ``source``. Raises Refused for
    others than its officers and for a code that is taken, and ImpossibleLocalTime as ``set_deadline`` does.
    """
    require(copy_refusal(source, by))
    try:
        return _store_copy(source, copy, sides, by=by, at=at)
    except IntegrityError as clash:
        raise Refused(_("There is a call with this code already.")) from clash


@transaction.atomic
def _store_copy(source: Call, copy: Call, sides: Sequence[CallAgency], *, by: User, at: datetime) -> Call:
    copy.is_published = copy.is_demonstration = False
    copy.loaded = {}
    changes = [store(copy)]
    originals = {side.agency_id: side for side in source.sides.prefetch_related("cost_kinds")}
    for side in sides:
        side.call = copy
        changes.append(store(side))
        changes.append(store_cost_kinds(side, [cost.kind for cost in originals[side.agency_id].cost_kinds.all()]))
        _copy_rules(originals[side.agency_id], side, at)
    parts: list[Any] = [source.countries, source.themes, source.areas, source.criteria, source.scale]
    for part in parts:
        changes += [store(clone) for clone in _clones(part.all(), copy)]
    after = {name: value for _old, new in changes for name, value in new.items()}
    record(copy, "copied", by=by, at=at, before={"code": source.code}, after=after)
    return copy


def _copy_rules(original: CallAgency, copy: CallAgency, at: datetime) -> None:
    """Remind the people of the copy of what, and when, those of the original are."""
    rules = ReminderRule.objects.filter(side=original)
    ReminderRule.objects.bulk_create(
        ReminderRule(
            side=copy, kind=rule.kind, audience=rule.audience, hours=rule.hours, is_on=rule.is_on, in_force_at=at
        )
        for rule in rules
    )


def _clones(parts: Iterable[Any], copy: Call) -> Iterable[Any]:
    for part in parts:
        part.pk, part.call, part._state.adding = None, copy, True
        yield part


def revision_of(call: Call) -> str:
    """Return what tells one state of a call from the next: the number of its last deed."""
    return str(HistoryEntry.objects.about(call).order_by("-pk").values_list("pk", flat=True).first())


@transaction.atomic
def change_unpublished(call: Call, sides: Sequence[CallAgency], *, seen: str, by: User, at: datetime) -> None:
    """Store what was changed in ``call`` and its ``sides`` since the revision ``seen``, and record it.

    Raises Refused once the call is published, and EditConflict, with nothing written, when somebody else has
    changed it since (SAFETY 8).
    """
    stored = Call.objects.select_for_update().get(pk=call.pk)
    require(change_unpublished_refusal(stored, by))
    if seen != revision_of(stored):
        raise EditConflict
    call.is_published = stored.is_published
    parts: list[Call | CallAgency] = [call, *sides]
    changes = [store(part) for part in parts]
    before = {name: value for old, _new in changes for name, value in old.items()}
    after = {name: value for _old, new in changes for name, value in new.items()}
    if after:
        record(call, "changed", by=by, at=at, before=before, after=after)
