"""The mail that reminds somebody, of one thing or of several at once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model

from accounts.actions.messages import queue_message, render_message
from accounts.models import Message, User
from accounts.models.message import SEALED
from seminars.models import Reminder
from seminars.reminding import KINDS, Records, sections_of


def _context(reminders: Iterable[Reminder], records: Records, at: datetime) -> dict[str, Any] | None:
    """Return what ``mails/reminders.txt`` needs, or nothing where nothing is left to say."""
    told = list(reminders)
    sections = sections_of(told, records, at)
    if not sections:
        return None
    kinds = {section.kind.code for section in sections}
    return {"sections": sections, "only": sections[0].kind if len(kinds) == 1 else None, "optional": _optional(told)}


def _optional(reminders: Iterable[Reminder]) -> list[str]:
    """Return the kinds that the recipient may refuse among ``reminders``."""
    return sorted({row.kind for row in reminders if not KINDS[row.kind].is_mandatory(row.hours)})


def reminded(to: User, reminders: list[Reminder], records: Records, *, at: datetime) -> Message | None:
    """Write the one mail of ``reminders`` to ``to`` down; nothing where what they are about is gone."""
    context = _context(reminders, records, at)
    if context is None:
        return None
    key, about = str(min(reminder.pk for reminder in reminders)), _about(reminders, records)
    return queue_message("reminders", to=to, about=about, context=context, at=at, key=key, optional=context["optional"])


def _about(reminders: Iterable[Reminder], records: Records) -> Model | None:
    """Return the record a mail is filed under: a sealed one before any other, so that administrators do not see it."""
    found = [records.get(row.kind, {}).get(row.subject) for row in reminders]
    known = [record for record in found if record is not None]
    return max(known, key=lambda record: f"{record._meta.label_lower}:".startswith(SEALED), default=None)


def reminder_preview(to: User, reminders: list[Reminder], records: Records, *, at: datetime) -> tuple[str, str] | None:
    """Return subject and text as ``to`` would get them at ``at``; nothing is written down."""
    context = _context(reminders, records, at)
    if context is None:
        return None
    subject, text, _html = render_message("reminders", to=to, about=None, context=context, at=at)
    return subject, text
