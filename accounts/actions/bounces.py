"""Mail that came back."""

from datetime import datetime

from django.db import transaction

from accounts.models import Message, MessageState
from accounts.rules.bounce import read_bounce


@transaction.atomic
def note_bounce(report: bytes, *, at: datetime) -> Message | None:
    """Mark the message that a delivery report returns, and return it; nothing where the report concerns none of ours.

    A message that counts as queued, because its worker was cut off, was sent all the same. The first report stands.
    """
    bounce = read_bounce(report)
    if bounce is None:
        return None
    message = Message.objects.select_for_update().filter(message_id=bounce.message_id).first()
    if message is None or message.state == MessageState.BOUNCED:
        return message
    message.state, message.bounced_at, message.error = MessageState.BOUNCED, at, bounce.diagnostic
    message.sent_at = message.sent_at or at
    message.save(update_fields=["state", "bounced_at", "error", "sent_at"])
    return message
