"""What officers see of the reminders of their own agency's people: a month, and each message of a day."""

import calendar
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise

from accounts.actions.messages import Addressee
from accounts.choices import Language
from accounts.models import Message, User
from seminars import mails
from seminars.choices import ReminderState
from seminars.models import Call, Reminder
from seminars.models.reminder import ReminderQuerySet
from seminars.reminding import KINDS, Kind, Records, records_of
from seminars.rules.reminders import TOGETHER

SHOWN = (ReminderState.PLANNED, ReminderState.SENT)


def reminders_of(call: Call, user: User) -> ReminderQuerySet:
    """Return the reminders of a call that ``user`` sees as an officer, planned, sent and dropped."""
    return Reminder.objects.visible_to(user).filter(side__call=call)


def _between(rows: ReminderQuerySet, start: datetime, end: datetime, at: datetime) -> ReminderQuerySet:
    """Return what goes out, or went, from ``start`` until before ``end``; what is overdue goes out at ``at``."""
    planned = Q(state=ReminderState.PLANNED, due_at__gte=start, due_at__lt=end)
    if start <= at < end:
        planned |= Q(state=ReminderState.PLANNED, due_at__lt=at)
    ended = ~Q(state=ReminderState.PLANNED) & Q(ended_at__gte=start, ended_at__lt=end)
    return rows.filter(planned | ended)


def _bounds(first: date, last: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the instants at which ``first`` begins and ``last`` is over by the clock of ``zone``."""
    start = datetime.combine(first, time(), zone).astimezone(UTC)
    return start, datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)


@dataclass
class Day:
    """One day of a month: how many reminders to how many people, by kind."""

    on: date
    is_in_month: bool
    is_today: bool
    kinds: Counter[str] = field(default_factory=Counter)
    people: set[tuple[int | None, str | None]] = field(default_factory=set)
    sent: int = 0

    @property
    def number(self) -> int:
        """How many reminders."""
        return sum(self.kinds.values())

    @property
    def planned(self) -> int:
        """How many of them are still to go."""
        return self.number - self.sent

    @property
    def named(self) -> list[tuple[str | Promise, int]]:
        """Its kinds by their names, the most frequent first."""
        return [(KINDS[code].label, number) for code, number in self.kinds.most_common() if code in KINDS]


def month_of(call: Call, user: User, first: date, zone: tzinfo, at: datetime) -> list[list[Day]]:
    """Return the weeks of the month that ``first`` begins, Monday to Sunday, in one query."""
    today = at.astimezone(zone).date()
    weeks = [
        [Day(on, on.month == first.month, on == today) for on in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    days = {day.on: day for week in weeks for day in week}
    rows = reminders_of(call, user).filter(state__in=SHOWN)
    found = _between(rows, *_bounds(min(days), max(days), zone), at)
    for state, due_at, ended_at, kind, recipient, address in found.values_list(
        "state", "due_at", "ended_at", "kind", "recipient", "approval__officer_email"
    ):
        day = days[(ended_at or max(due_at, at)).astimezone(zone).date()]
        day.kinds[kind] += 1
        day.people.add((recipient, address))
        day.sent += state == ReminderState.SENT
    return weeks


@dataclass(frozen=True)
class Envelope:
    """One message of a day: to whom, when, of what; ``message`` once it was sent."""

    recipient: User | Addressee
    at: datetime
    reminders: list[Reminder]
    message: Message | None
    records: Records

    @property
    def name(self) -> str:
        """Whom it goes to."""
        return self.reminders[0].named

    @property
    def language_name(self) -> str:
        """The language it is written in, in the reader's."""
        return str(Language(self.recipient.language).label)

    @property
    def kinds(self) -> list[Kind]:
        """What it is about, each kind once."""
        return [KINDS[code] for code in dict.fromkeys(row.kind for row in self.reminders)]

    @cached_property
    def rendered(self) -> tuple[str, str]:
        """Subject and text: as they were sent, or as they would be if nothing changes until then."""
        if self.message is not None:
            text = self.message.text
            # The link that refuses further mails is its recipient's.
            return self.message.subject, text.replace(self.message.unsubscribe_url or "\0", "…")
        return mails.reminder_preview(self.reminders, self.records, at=self.at) or ("", "")


@dataclass(frozen=True)
class Rehearsal:
    """Who gets what on one day, in the order of the day; and what was dropped on it, with the reason."""

    envelopes: list[Envelope]
    dropped: list[Reminder]


def rehearse(call: Call, user: User, on: date, zone: tzinfo, at: datetime) -> Rehearsal:
    """Return the messages of the day ``on`` as things stand at ``at``, in a fixed number of queries."""
    seen = reminders_of(call, user)
    unseen = Reminder.objects.filter(message=OuterRef("message")).exclude(pk__in=seen.values("pk"))
    rows = _between(seen, *_bounds(on, on, zone), at).with_people().select_related("message")
    found = list(rows.annotate(is_partly_hidden=Exists(unseen)).order_by("due_at", "pk"))
    records = records_of(found)
    envelopes: list[Envelope] = []
    open_ones: dict[tuple[int, str, int], Envelope] = {}
    for row in found:
        if row.state == ReminderState.DROPPED or row.kind not in KINDS:
            continue
        moment = row.ended_at or max(row.due_at, at)
        key = row.recipient_id or 0, row.approval.officer_email if row.approval else "", row.message_id or 0
        envelope = open_ones.get(key)
        if envelope is None or (row.message_id is None and moment - envelope.at > TOGETHER):
            # What was sent to an institution holds a link that answers for it: it is shown as made anew, without.
            message = None if row.is_partly_hidden or row.approval else row.message
            envelope = open_ones[key] = Envelope(mails.recipient_of(row), moment, [], message, records)
            envelopes.append(envelope)
        _put(envelope.reminders, row)
    envelopes.sort(key=lambda envelope: envelope.at)
    return Rehearsal(envelopes, [row for row in found if row.state == ReminderState.DROPPED and row.kind in KINDS])


def _put(held: list[Reminder], row: Reminder) -> None:
    """Add a reminder to its message; of two steps about the same record the later one is told."""
    same = next((one for one in held if _about(one) == _about(row)), None)
    if same is None:
        held.append(row)
    elif same.hours < row.hours:
        held[held.index(same)] = row


def _about(row: Reminder) -> tuple[str, str, int]:
    return row.kind, row.audience, row.subject


def counted(weeks: Iterable[Iterable[Day]]) -> list[Day]:
    """Return the days of the month on which anything goes out, in their order."""
    return [day for week in weeks for day in week if day.is_in_month and day.number]
