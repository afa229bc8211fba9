"""What people can be reminded of. Each app registers its kinds and who is to be reminded now; none knows a later one's.

The rules of a call say when (``ReminderRule``); ``actions.reminders`` plans and sends.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from seminars.models import Approval, Call, Reminder

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ALWAYS = -10_000


class Stage(IntEnum):
    """The parts of a call's year, in their order, whatever the order in which apps are made ready."""

    FILING = 1
    AFTERWARDS = 2
    END = 3


@dataclass(frozen=True)
class Kind:
    """One thing to be reminded of.

    ``label`` names it for officers, ``anchor`` its date; ``subject`` is the first line of a mail about it alone, which
    names no seminar and no person; ``subjects`` says it otherwise to some audiences. ``defaults`` are the steps by
    audience, in hours. From ``mandatory_from`` hours on a reminder cannot be refused; nothing means that all can.
    Kinds are listed by ``stage``. ``records`` fetches what ``mails/reminders/<code>.txt`` shows, by id.
    """

    code: str
    label: str | Promise
    anchor: str | Promise
    subject: str | Promise
    defaults: Mapping[str, tuple[int, ...]]
    records: Callable[[Collection[int]], Mapping[int, Any]]
    mandatory_from: int | None = None
    stage: Stage = Stage.FILING
    subjects: Mapping[str, str | Promise] = field(default_factory=dict)

    def is_mandatory(self, hours: int) -> bool:
        """Say whether everybody gets the step ``hours`` from the date, wanted or not."""
        return self.mandatory_from is not None and hours >= self.mandatory_from

    @property
    def is_optional(self) -> bool:
        """Whether there is anything to refuse."""
        return any(not self.is_mandatory(hours) for steps in self.defaults.values() for hours in steps)


@dataclass(frozen=True)
class Want:
    """Somebody is to be reminded of a record (its id is ``subject``) as long as it stays as it is.

    The steps count from ``anchor_at``; those before ``since``, when the reason began, are left out. Somebody is a user,
    or without an account the officer whom an ``approval`` is asked of.
    """

    kind: str
    audience: str
    subject: int
    recipient: User | None
    side_id: int
    anchor_at: datetime
    since: datetime
    seminar_id: int | None = None
    approval: Approval | None = None


Source = Callable[[Call, datetime], Iterable[Want]]
KINDS: dict[str, Kind] = {}
SOURCES: list[Source] = []


def register(source: Source, kinds: Iterable[Kind]) -> None:
    """Let ``source`` say who is to be reminded of ``kinds``; called once when an app is ready.

    A source is asked with a call (fetched with its sides) and an instant, and asks the database a fixed number of
    queries.
    """
    if source not in SOURCES:
        SOURCES.append(source)
        known = sorted([*KINDS.values(), *kinds], key=lambda kind: kind.stage)
        KINDS.clear()
        KINDS.update({kind.code: kind for kind in known})


def wants_of(call: Call, at: datetime) -> Iterator[Want]:
    """Yield who is to be reminded of what in ``call``, as things stand at ``at``; only people who may sign in."""
    for source in SOURCES:
        yield from (want for want in source(call, at) if want.recipient is None or want.recipient.is_active)


@dataclass(frozen=True)
class Item:
    """One record in a message, with its date and how far that is at ``at``, in the active language.

    ``token`` is the secret of its recipient's link where one was made for this very message.
    """

    record: Any
    anchor_at: datetime
    at: datetime
    token: str = ""

    @property
    def distance(self) -> str:
        """How long until the date, or since it."""
        return distance(self.anchor_at, self.at)

    @property
    def is_past(self) -> bool:
        """Whether the date has passed."""
        return self.anchor_at < self.at


@dataclass(frozen=True)
class Section:
    """What a message says of one kind, as one side of a call sees it, to one audience."""

    kind: Kind
    audience: str
    items: list[Item] = field(default_factory=list)

    @property
    def template(self) -> str:
        """The template that tells it."""
        return f"mails/reminders/{self.kind.code}.txt"

    @property
    def subject(self) -> str | Promise:
        """The first line of a mail about it alone."""
        return self.kind.subjects.get(self.audience, self.kind.subject)

    @property
    def first(self) -> Item:
        """The record whose date comes first."""
        return self.items[0]


Records = Mapping[str, Mapping[int, Any]]
Tokens = Mapping[int, str]
"""The secrets of links made for one message, by id of the approval that is asked for."""


def records_of(reminders: Iterable[Reminder]) -> Records:
    """Fetch what ``reminders`` are about, by kind and id: a fixed number of queries for each kind."""
    ids: dict[str, set[int]] = {}
    for reminder in reminders:
        ids.setdefault(reminder.kind, set()).add(reminder.subject)
    return {code: KINDS[code].records(found) for code, found in ids.items() if code in KINDS}


def sections_of(
    reminders: Iterable[Reminder], records: Records, at: datetime, tokens: Tokens | None = None
) -> list[Section]:
    """Return what one message says of ``reminders`` at ``at``, what is nearest first."""
    found: dict[tuple[str, str, int], Section] = {}
    for reminder in sorted(reminders, key=lambda reminder: (reminder.anchor_at, reminder.pk or 0)):
        record = records.get(reminder.kind, {}).get(reminder.subject)
        if record is not None:
            key = reminder.kind, reminder.audience, reminder.side_id
            section = found.setdefault(key, Section(KINDS[reminder.kind], reminder.audience))
            token = (tokens or {}).get(reminder.approval_id or 0, "")
            section.items.append(Item(record, reminder.anchor_at, at, token))
    return list(found.values())


def distance(anchor_at: datetime, at: datetime) -> str:
    """Say in the active language how long it is until ``anchor_at``, or since: in days, under two days in hours."""
    apart = abs(anchor_at - at)
    ahead = anchor_at >= at
    if apart >= 2 * DAY - HOUR / 2:
        days = round(apart / DAY)
        if ahead:
            return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
        return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}
    hours = round(apart / HOUR)
    if hours == 0:
        return _("less than an hour left") if ahead else _("just now")
    if ahead:
        return ngettext("%(hours)d hour left", "%(hours)d hours left", hours) % {"hours": hours}
    return ngettext("%(hours)d hour ago", "%(hours)d hours ago", hours) % {"hours": hours}
