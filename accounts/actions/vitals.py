"""Writing down signs of life of workers, of beat, and of the mail server."""

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce

from accounts.models import Vital

BEAT, WORKER, MAIL = "beat", "worker", "mail"


def note_alive(name: str, *, at: datetime) -> None:
    """Write down that a part of the application is alive."""
    Vital.objects.update_or_create(name=name, defaults={"seen_at": at})


def note_mail_sent(*, at: datetime) -> None:
    """Write down that the mail server has taken something."""
    taken = {"seen_at": at, "failures": 0, "failing_since": None, "error": ""}
    Vital.objects.update_or_create(name=MAIL, defaults=taken)


def note_mail_failure(error: Exception, *, at: datetime) -> None:
    """Write down that the mail server does not answer, or takes nothing from us."""
    Vital.objects.get_or_create(name=MAIL)
    said = f"{type(error).__name__}: {error}"[:500]
    since = Coalesce(F("failing_since"), at)
    Vital.objects.filter(name=MAIL).update(failures=F("failures") + 1, failing_since=since, error=said)
