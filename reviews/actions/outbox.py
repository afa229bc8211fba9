"""Sending again, by hand, what did not arrive."""

from datetime import datetime

from django.db import transaction

from accounts.actions.history import record
from accounts.actions.messages import wake_sender
from accounts.models import Message, MessageState, User
from reviews.permissions.outbox import send_again_refusal
from reviews.queries.outbox import visible_messages
from seminars.permissions import require


@transaction.atomic
def send_again(pk: int, *, by: User, at: datetime) -> Message:
    """Queue a message anew that failed or came back, under its own Message-ID, to the same address.

    Raises Message.DoesNotExist for a message that ``by`` may not know of, and Refused for one that is on its way.
    """
    message = visible_messages(by).select_for_update(of=("self",)).get(pk=pk)
    require(send_again_refusal(message))
    before = {"state": message.state, "error": message.error}
    message.state, message.due_at, message.attempts, message.refusals = MessageState.QUEUED, at, 0, 0
    message.sent_at = message.bounced_at = None
    message.save(update_fields=["state", "due_at", "attempts", "refusals", "sent_at", "bounced_at"])
    record(message, "sent_again", by=by, at=at, before=before)
    transaction.on_commit(wake_sender)
    return message
