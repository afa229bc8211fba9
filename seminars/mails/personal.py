"""Mails about personal data: to the person about a copy, to administrators about a period that has ended."""

from datetime import datetime
from typing import Any

from accounts.actions.messages import queue_message
from accounts.models import Message, User
from seminars.models import PersonalCopy


def copy_ready(copy: PersonalCopy, *, at: datetime) -> None:
    """Say that a copy can be downloaded, where, and until when."""
    queue_message("copy_ready", to=copy.person, about=copy, context={"copy": copy}, at=at)


def period_over(period: Any, *, to: User, at: datetime) -> Message:
    """Tell an administrator that a period has ended and how to end its personal data; once for each period."""
    key = "funded" if period.is_funded else "other"
    context = {"period": period, "count": period.records.count(), "records": key}
    return queue_message("period_over", to=to, about=period.call, context=context, at=at, key=key)
