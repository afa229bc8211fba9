"""The mail that reminds somebody, of one thing or of several at once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model

from accounts.actions.messages import Addressee, queue_message, render_message
from accounts.models import Message, User
from accounts.models.message import SEALED
from seminars.mails.addresses import institution_officer
from seminars.models import Reminder
from seminars.reminding import KINDS, Records, Tokens, sections_of


def recipient_of(reminder: Reminder) -> User | Addressee:
    """Return whom a reminder goes to: somebody with an account, or the officer of an institution."""
    if reminder.approval:
        return institution_officer(reminder.approval)
    assert reminder.recipient is not None  # noqa: S101 - a constraint: one of the two
    return reminder.recipient


def _context(
    reminders: Iterable[Reminder], records: Records, at: datetime, tokens: Tokens | None = None
) -> dict[str, Any] | None:
    """Return what ``mails/reminders.txt`` needs, or nothing where nothing is left to say."""
    told = list(reminders)
    sections = sections_of(told, records, at, tokens)
    if not sections:
        return None
    subjects = {str(section.subject) for section in sections}
    return {"sections": sections, "only": sections[0] if len(subjects) == 1 else None, "optional": _optional(told)}


def _optional(reminders: Iterable[Reminder]) -> list[str]:
    """Return the kinds that the recipient may refuse among ``reminders``."""
    return sorted({row.kind for row in reminders if row.recipient and not KINDS[row.kind].is_mandatory(row.hours)})


def reminded(reminders: list[Reminder], records: Records, tokens: Tokens, *, at: datetime) -> Message | None:
    """Write the one mail of ``reminders``, all to one person, down; nothing where what they are about is gone."""
    to, context = recipient_of(reminders[0]), _context(reminders, records, at, tokens)
    if context is None:
        return None
    key, about = str(min(reminder.pk for reminder in reminders)), _about(reminders, records)
    return queue_message("reminders", to=to, about=about, context=context, at=at, key=key, optional=context["optional"])


def _about(reminders: Iterable[Reminder], records: Records) -> Model | None:
    """Return the record a mail is filed under: a sealed one before any other, so that administrators do not see it."""
    found = [records.get(row.kind, {}).get(row.subject) for row in reminders]
    known = [record for record in found if record is not None]
    return max(known, key=lambda record: f"{record._meta.label_lower}:".startswith(SEALED), default=None)


def reminder_preview(reminders: list[Reminder], records: Records, *, at: datetime) -> tuple[str, str] | None:
    """Return subject and text as their recipient would get them at ``at``, without links; nothing is written down."""
    to, context = recipient_of(reminders[0]), _context(reminders, records, at)
    if context is None:
        return None
    subject, text, _html = render_message("reminders", to=to, about=None, context=context, at=at)
    return subject, text
