"""The mail of an officer to coordinators, in each one's language, or in English where that is not written."""

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from accounts import formats
from accounts.actions.messages import queue_message, render_message
from accounts.choices import Language
from accounts.models import Message
from seminars.models import Mailing, Proposal
from seminars.rules import placeholders


def text_for(mailing: Mailing, language: str) -> tuple[str, str, bool]:
    """Return subject, text, and whether they are the English ones for want of ``language``."""
    texts = mailing.texts
    subject, body = texts.get(language) or texts[Language.ENGLISH]
    return subject, body, language not in texts


def _values(proposal: Any) -> dict[str, str]:
    """Return what the placeholders say, in the active language and by the active clock."""
    language = (get_language() or "en")[:2]
    clocks = formats.clocks(proposal.closes_at, language, timezone.get_current_timezone_name())
    return {
        "name": proposal.coordinator.display_name or proposal.coordinator.email,
        "title": str(proposal),
        "number": proposal.filed[0].number if proposal.filed else f"#{proposal.pk}",
        "agency": proposal.side.agency.name,
        "deadline": formats.separator(language).join(clocks),
        "link": f"{settings.SITE_URL}{reverse('proposal', args=[proposal.pk])}",
    }


def _context(mailing: Mailing, proposal: Any) -> dict[str, Any]:
    """Return what the template needs; placeholders are filled when it is rendered, in the recipient's language."""
    subject, body, is_fallback = text_for(mailing, proposal.coordinator.language)

    def filled(text: str) -> str:
        return placeholders.fill(text, _values(proposal))

    return {
        "subject": partial(filled, subject),
        "body": partial(filled, body),
        "is_fallback": is_fallback,
        "proposal": proposal,
    }


def mailing(sent: Mailing, proposal: Proposal, *, at: datetime) -> Message:
    """Write the mail to the coordinator of a record down, once for each message and record."""
    context = _context(sent, proposal)
    return queue_message("mailing", to=proposal.coordinator, about=sent, context=context, at=at, key=str(proposal.pk))


def mailing_preview(unsent: Mailing, proposal: Proposal, *, at: datetime) -> tuple[str, str]:
    """Return subject and text as the coordinator of a record would receive them; nothing is written down."""
    context = _context(unsent, proposal)
    subject, text, _html = render_message("mailing", to=proposal.coordinator, about=None, context=context, at=at)
    return subject, text
