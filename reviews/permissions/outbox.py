"""What an officer may do with a message of the outbox."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Message, MessageState
from seminars.permissions import Refusal


def send_again_refusal(message: Message) -> Refusal | None:
    """Refuse a message that is on its way, or that has arrived as far as anybody knows."""
    if message.state == MessageState.QUEUED:
        return _("This e-mail is on its way already.")
    return None if message.state in {MessageState.FAILED, MessageState.BOUNCED} else _("This e-mail has been sent.")
