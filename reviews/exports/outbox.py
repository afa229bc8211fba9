"""The outbox as a file."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Message
from reviews.queries.outbox import group_of
from seminars.exports.tables import by_clock
from seminars.exports.workbook import Sheet
from seminars.queries.listing import local


def outbox_sheet(messages: Iterable[Message]) -> Sheet:
    """Return messages, one a row: to whom, about what, where it stands and why; times by the reader's clock."""
    headings = [
        *(_("Recipient"), _("E-mail address"), _("Subject"), _("About"), _("State"), _("Attempts"), _("Reason")),
        *(
            by_clock(pgettext("mail", "Written")),
            by_clock(_("Sent")),
            by_clock(pgettext("mail", "Returned")),
            "Message-ID",
        ),
    ]
    rows = (
        [
            *(message.name, message.address, message.subject, str(group_of(message.kind))),
            *(str(message.get_state_display()), message.attempts, message.error),
            *(local(message.queued_at), local(message.sent_at), local(message.bounced_at), message.message_id),
        ]
        for message in messages
    )
    return Sheet(_("Outbox"), headings, rows)
