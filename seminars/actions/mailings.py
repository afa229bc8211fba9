"""Writing to several coordinators at once: every mail in one transaction, each once."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.choices import Language
from accounts.models import User
from seminars import mails
from seminars.models import Call, Mailing, MailingRecipient
from seminars.permissions import Refused, require, send_refusal, writable


@transaction.atomic
def send_mailing(
    call: Call, *, records: Collection[int], texts: Mapping[str, str], form_uuid: UUID, by: User, at: datetime
) -> Mailing:
    """Write to the coordinators of ``records``, each in their language, and note it in each record's history.

    ``texts`` holds ``subject_en``, ``body_en`` and so on; a language without either falls back to English. The same
    ``form_uuid`` is the same message: sent twice, it goes out once. Raises Refused: to nobody whom ``by`` may write to,
    to too many, or without a text that somebody needs.
    """
    found = list(writable(call, records, by))
    found = [proposal for proposal in found if proposal.side.agency_id == found[0].side.agency_id]
    require(send_refusal(len(found)))
    draft = Mailing(**texts)
    needed = {proposal.coordinator.language for proposal in found}
    if needed - draft.texts.keys() and Language.ENGLISH not in draft.texts:
        raise Refused(_("Write the message in English too, or in every language that is needed."))
    sent, is_new = Mailing.objects.get_or_create(
        form_uuid=form_uuid,
        defaults={**texts, "call": call, "agency_id": found[0].side.agency_id, "by": by, "sent_at": at},
    )
    if not is_new:
        if sent.by_id != by.pk:
            raise Refused(_("This message was sent by somebody else."))
        return sent
    recipients = []
    for proposal in found:
        message = mails.mailing(sent, proposal, at=at)
        recipients.append(MailingRecipient(mailing=sent, proposal=proposal, message=message))
        record(proposal, "written_to", by=by, at=at, after={"subject": message.subject})
    MailingRecipient.objects.bulk_create(recipients)
    return sent
