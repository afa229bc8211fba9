"""Planning reminders and sending them: each is a row, so that none is lost and none goes twice (SAFETY 9, I19–I21)."""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from accounts.actions.history import record
from accounts.models import MailPreference, User
from seminars import mails
from seminars.actions.approval_links import new_link
from seminars.actions.proposals import EditConflict
from seminars.choices import DropReason, ReminderState
from seminars.models import Call, CallAgency, Reminder, ReminderRule
from seminars.permissions import change_rules_refusal, require
from seminars.queries.calendars import calendar_of
from seminars.reminding import KINDS, Want, records_of, wants_of
from seminars.rules import reminders as rules

BATCH = 50
"""How many people one transaction writes to."""
MOVABLE = ("side_id", "seminar_id", "anchor_at", "due_at")
Base = tuple[str, str, int, int, int]
Key = tuple[str, str, int, int, int, int]
"""Kind, audience, id of the record, id of the recipient, id of the approval that is asked for, hours."""
Named = tuple[str, str]
"""A rule of a side, by kind and audience."""
Asked = tuple[tuple[int, ...], bool]
"""Its steps in hours, and whether it is on."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Planned:
    """What a planning did: how many reminders it added, moved and dropped."""

    added: int
    moved: int
    dropped: int


def ensure_rules(call: Call, *, at: datetime) -> None:
    """Give each side of a call the rules it lacks, with their defaults, in force from ``at`` on."""
    known = set(ReminderRule.objects.filter(side__call=call).values_list("side", "kind", "audience"))
    ReminderRule.objects.bulk_create(
        (
            ReminderRule(side=side, kind=kind.code, audience=audience, hours=list(hours), in_force_at=at)
            for side in call.sides.all()
            for kind in KINDS.values()
            for audience, hours in kind.defaults.items()
            if (side.pk, kind.code, audience) not in known
        ),
        ignore_conflicts=True,
    )


def revision_of(side: CallAgency) -> str:
    """Return what tells one state of a side's rules from the next."""
    rows = ReminderRule.objects.filter(side=side).order_by("kind", "audience")
    stand = list(rows.values_list("kind", "audience", "hours", "is_on"))
    return hashlib.sha256(json.dumps(stand).encode()).hexdigest()


@transaction.atomic
def change_rules(side: CallAgency, rules_asked: Mapping[Named, Asked], *, seen: str, by: User, at: datetime) -> int:
    """Change when the people of ``side`` are reminded, plan anew, and return how many rules changed.

    A changed rule is in force from ``at`` on. Raises Refused for others than the agency's officers and administrators,
    and EditConflict, with nothing written, when somebody else has changed a rule since revision ``seen`` (SAFETY 8).
    """
    require(change_rules_refusal(side, by))
    list(Call.objects.filter(pk=side.call_id).select_for_update(no_key=True).values_list("pk"))
    call = Call.objects.with_sides().get(pk=side.call_id)
    if seen != revision_of(side):
        raise EditConflict
    ensure_rules(call, at=at)
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for rule in ReminderRule.objects.filter(side=side):
        asked = rules_asked.get((rule.kind, rule.audience))
        if asked and asked != (tuple(rule.hours), rule.is_on):
            name = f"{rule.kind}.{rule.audience}"
            before[name] = _told(rule)
            rule.hours, rule.is_on, rule.in_force_at = list(asked[0]), asked[1], at
            rule.save(update_fields=["hours", "is_on", "in_force_at"])
            after[name] = _told(rule)
    if after:
        record(side, "reminders_changed", by=by, at=at, before=before, after=after)
        _plan(call, at)
    return len(after)


def _told(rule: ReminderRule) -> str:
    return rule.steps if rule.is_on else f"({rule.steps})"


@transaction.atomic
def plan_reminders(call: Call, *, at: datetime) -> Planned | None:
    """Bring the planned reminders of ``call`` in line with its dates, its rules and the state of its records at ``at``.

    What is new is added, what a date has moved is moved, what is no longer needed is dropped with the reason; done
    again, nothing changes. Returns nothing where somebody else is planning or sending for this call just now.
    """
    held = _lock([call.pk])
    return _plan(held[0], at) if held else None


def plan_all(*, at: datetime) -> int:
    """Plan every call, each in a transaction of its own; return how many reminders were added, moved or dropped."""
    done = [plan_reminders(call, at=at) for call in Call.objects.order_by("pk")]
    return sum(planned.added + planned.moved + planned.dropped for planned in done if planned)


def _lock(ids: Iterable[int]) -> list[Call]:
    """Lock calls, in the order of their ids, without those that another planner holds; rows may still refer to them."""
    locked = Call.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True, skip_locked=True)
    return list(Call.objects.with_sides().filter(pk__in=list(locked.values_list("pk", flat=True))).order_by("pk"))


def _base(row: Want | Reminder) -> Base:
    if isinstance(row, Want):
        ids = row.recipient.pk if row.recipient else 0, row.approval.pk if row.approval else 0
    else:
        ids = row.recipient_id or 0, row.approval_id or 0
    return row.kind, str(row.audience), row.subject, *ids


@dataclass(frozen=True)
class _Wanted:
    """What is wanted, by key; and why not, of what is not."""

    rows: Mapping[Key, Reminder]
    declined: frozenset[Key]
    bases: Mapping[Base, tuple[int, ...]]

    def why_not(self, row: Reminder) -> DropReason:
        """Say why a planned reminder is not wanted any more."""
        if (*_base(row), row.hours) in self.declined:
            return DropReason.DECLINED
        steps = self.bases.get(_base(row))
        return DropReason.SETTLED if steps is None or row.hours in steps else DropReason.SWITCHED_OFF


def _wanted(call: Call, at: datetime) -> _Wanted:
    zones = {side.pk: side.agency.time_zone for side in call.sides.all()}
    ruled = {(rule.side_id, rule.kind, rule.audience): rule for rule in ReminderRule.objects.filter(side__call=call)}
    wants = list(wants_of(call, at))
    choices = MailPreference.objects.filter(user__in={want.recipient.pk for want in wants if want.recipient})
    chosen = {choice.user_id: choice for choice in choices}
    rows: dict[Key, Reminder] = {}
    declined: set[Key] = set()
    bases: dict[Base, tuple[int, ...]] = {}
    for want in wants:
        rule = ruled.get((want.side_id, want.kind, want.audience))
        base, kind, to = _base(want), KINDS[want.kind], want.recipient
        choice = chosen.get(to.pk) if to else None
        bases[base] = tuple(rule.hours) if rule and rule.is_on else ()
        calendar = calendar_of(to.time_zone if to else zones[want.side_id])
        for hours in bases[base]:
            begun = max(want.since, rule.in_force_at) if rule else want.since
            if rules.step_at(want.anchor_at, hours, calendar.zone) < begun:
                continue
            optional = not kind.is_mandatory(hours)
            if optional and choice and want.kind in choice.refused:
                declined.add((*base, hours))
                continue
            due = rules.due_at(want.anchor_at, hours, calendar, since=begun)
            if optional and choice and choice.daily_digest:
                due = max(rules.digest_at(due, calendar), begun)
            rows[*base, hours] = Reminder(
                side_id=want.side_id,
                kind=want.kind,
                audience=want.audience,
                subject=want.subject,
                seminar_id=want.seminar_id,
                recipient=to,
                approval=want.approval,
                hours=hours,
                anchor_at=want.anchor_at,
                due_at=due,
                planned_at=at,
            )
    return _Wanted(rows, frozenset(declined), bases)


def _plan(call: Call, at: datetime) -> Planned:
    ensure_rules(call, at=at)
    wanted = _wanted(call, at)
    planned: dict[Key, Reminder] = {}
    ended: dict[Key, list[tuple[str, datetime]]] = {}
    for row in Reminder.objects.filter(side__call=call):
        key = (*_base(row), row.hours)
        if row.state == ReminderState.PLANNED:
            planned[key] = row
        else:
            ended.setdefault(key, []).append((row.state, row.anchor_at))
    added = [
        new for key, new in wanted.rows.items() if key not in planned and not _is_over(ended.get(key, []), new, at)
    ]
    Reminder.objects.bulk_create(added)
    moved = [row for key, row in planned.items() if key in wanted.rows and _move(row, wanted.rows[key])]
    Reminder.objects.bulk_update(moved, MOVABLE, batch_size=500)
    gone = [row for key, row in planned.items() if key not in wanted.rows]
    for why in DropReason:
        _drop([row for row in gone if wanted.why_not(row) == why], why, at)
    return Planned(len(added), len(moved), len(gone))


def _is_over(ended: Iterable[tuple[str, datetime]], new: Reminder, at: datetime) -> bool:
    """Say whether a step is done with: sent for this date or one close to it; or it lies behind and was dealt with.

    A date that moves on by weeks has its steps anew, except those that are behind it already.
    """
    close = min(timedelta(days=1), timedelta(hours=abs(new.hours)) / 2) if new.hours else timedelta(days=1)
    return any(
        new.due_at <= at or (state == ReminderState.SENT and abs(anchor_at - new.anchor_at) <= close)
        for state, anchor_at in ended
    )


def _move(row: Reminder, new: Reminder) -> bool:
    if all(getattr(row, name) == getattr(new, name) for name in MOVABLE):
        return False
    for name in MOVABLE:
        setattr(row, name, getattr(new, name))
    return True


def _drop(rows: Iterable[Reminder], why: DropReason, at: datetime) -> None:
    ids = [row.pk for row in rows]
    if ids:
        dropped = {"state": ReminderState.DROPPED, "why": why, "ended_at": at}
        Reminder.objects.planned().filter(pk__in=ids).update(**dropped)


def _may_go(row: Reminder, at: datetime) -> bool:
    calendar = calendar_of(row.time_zone)
    return row.due_at <= at and rules.may_go(row.due_at, row.anchor_at, row.hours, calendar, at)


def send_due_reminders(*, at: datetime, limit: int = BATCH) -> int:
    """Write the mails of the reminders that are due or overdue at ``at`` to at most ``limit`` people; return how many.

    Under the lock of their calls everything is planned anew, so that what has been settled since is dropped; then each
    person gets one mail of what is due within the hour. Of the steps that an outage has let pass only the last is sent,
    and says what is true now.
    """
    ripe = [row for row in Reminder.objects.planned().filter(due_at__lte=at).with_people() if _may_go(row, at)]
    if not ripe:
        return 0
    with transaction.atomic():
        calls = _lock({row.side.call_id for row in ripe})
        for call in calls:
            _plan(call, at)
        return _send(calls, at, limit)


def _send(calls: Iterable[Call], at: datetime, limit: int) -> int:
    soon = Reminder.objects.planned().filter(side__call__in=calls, due_at__lte=at + rules.TOGETHER)
    by_person: dict[tuple[int, str], list[Reminder]] = {}
    for row in soon.with_people():
        address = row.approval.officer_email if row.approval else ""
        by_person.setdefault((row.recipient_id or 0, address), []).append(row)
    ready = [rows for rows in by_person.values() if any(_may_go(row, at) for row in _latest(rows))][:limit]
    records = records_of(row for rows in ready for row in rows)
    sent = 0
    for rows in ready:
        try:
            with transaction.atomic():
                sent += _send_together(rows, records, at)
        except Exception:
            # One mail that cannot be made must not hold up the others; it is tried again at the next sweep.
            logger.exception("Reminder %s, and what goes with it, could not be written.", rows[0].pk)
    return sent


def _latest(rows: Iterable[Reminder]) -> list[Reminder]:
    """Return the last step about each record: what an outage has let pass before it is not told any more."""
    latest: dict[Base, Reminder] = {}
    for row in sorted(rows, key=lambda row: row.hours):
        latest[_base(row)] = row
    return list(latest.values())


def _send_together(rows: list[Reminder], records: Mapping[str, Mapping[int, object]], at: datetime) -> int:
    told = [row for row in _latest(rows) if row.due_at > at or _may_go(row, at)]
    bases = {_base(row) for row in told}
    _drop((row for row in rows if row not in told and _base(row) in bases), DropReason.REPLACED, at)
    tokens = {row.approval.pk: new_link(row.approval, at=at) for row in told if row.approval}
    message = mails.reminded(told, records, tokens, at=at)
    if message is None:
        _drop(told, DropReason.SETTLED, at)
        return 0
    sent = {"state": ReminderState.SENT, "ended_at": at, "message": message}
    Reminder.objects.planned().filter(pk__in=[row.pk for row in told]).update(**sent)
    return 1
