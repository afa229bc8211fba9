"""Writing down signs of life of workers, of beat, of the mail server, and of the scanner of attachments."""

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce

from accounts.models import Vital

BEAT, WORKER, MAIL, SCANNER = "beat", "worker", "mail", "scanner"


def note_alive(name: str, *, at: datetime) -> None:
    """Write down that a part of the application is alive."""
    Vital.objects.update_or_create(name=name, defaults={"seen_at": at})


def note_success(name: str, *, at: datetime) -> None:
    """Write down that a server has done what it was asked for."""
    done = {"seen_at": at, "failures": 0, "failing_since": None, "error": ""}
    Vital.objects.update_or_create(name=name, defaults=done)


def note_failure(name: str, error: Exception, *, at: datetime) -> None:
    """Write down that a server does not answer, or does not do what it was asked for."""
    Vital.objects.get_or_create(name=name)
    said = f"{type(error).__name__}: {error}"[:500]
    since = Coalesce(F("failing_since"), at)
    Vital.objects.filter(name=name).update(failures=F("failures") + 1, failing_since=since, error=said)
