"""What works behind the pages, and what is wrong with it: workers, beat, the queue of mail, mail server, scanner."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actions.vitals import BEAT, MAIL, SCANNER, WORKER
from accounts.models import Message, MessageState, Vital

SIGNS_APART = {WORKER: timedelta(), BEAT: timedelta(minutes=1)}
"""How far apart signs of life are by nature, beyond the silence that is allowed: beat gives one with each sweep."""
WORDS = {
    WORKER: _("No worker has given a sign of life"),
    BEAT: _("The sweep of every minute has not run"),
    "queue": _("E-mails have been waiting"),
    MAIL: _("The mail server does not take e-mails"),
    SCANNER: _("Attachments cannot be checked for viruses"),
}
SCANNER_FAILURES = 5
"""How often in a row ClamAV, asked every minute, must be silent to be told: it takes minutes to start."""


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong: ``code`` is a key of ``WORDS``; ``since`` is nothing where it never worked."""

    code: str
    since: datetime | None

    @property
    def words(self) -> str | Promise:
        """What is wrong, in the active language."""
        return WORDS[self.code]


def troubles(at: datetime) -> tuple[Trouble, ...]:
    """Return what is wrong at ``at``, in two queries; thresholds are settings, and 0 looks away."""
    found: list[Trouble] = []
    if settings.WORK_SILENT_SECONDS or settings.MAIL_FAILURES or settings.CLAMAV_ADDRESS:
        vitals = {vital.name: vital for vital in Vital.objects.all()}
        for name in (WORKER, BEAT) if settings.WORK_SILENT_SECONDS else ():
            seen_at = vitals[name].seen_at if name in vitals else None
            allowed = timedelta(seconds=settings.WORK_SILENT_SECONDS) + SIGNS_APART[name]
            if seen_at is None or at - seen_at > allowed:
                found.append(Trouble(name, seen_at))
        mail = vitals.get(MAIL)
        if mail and 0 < settings.MAIL_FAILURES <= mail.failures:
            found.append(Trouble(MAIL, mail.failing_since))
        scanner = vitals.get(SCANNER)
        if scanner and settings.CLAMAV_ADDRESS and scanner.failures >= SCANNER_FAILURES:
            found.append(Trouble(SCANNER, scanner.failing_since))
    if settings.MAIL_WAITING_SECONDS:
        waiting_since = oldest_due(at)
        if waiting_since and at - waiting_since > timedelta(seconds=settings.MAIL_WAITING_SECONDS):
            found.append(Trouble("queue", waiting_since))
    return tuple(found)


def oldest_due(at: datetime) -> datetime | None:
    """Return since when the message waits that has been due longest at ``at``; nothing where none is due."""
    due = Message.objects.filter(state=MessageState.QUEUED, due_at__lte=at)
    oldest: datetime | None = due.aggregate(oldest=Min("due_at"))["oldest"]
    return oldest
