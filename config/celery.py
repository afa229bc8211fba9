"""The Celery application: tasks take ids, fetch, and call one action."""

import os
from time import monotonic
from typing import Any

from celery import Celery
from celery.signals import heartbeat_sent

from config import tracing  # noqa: F401 - tasks carry the name of the request that woke them

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("joint-seminars")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Threads of a server see this application too, not an empty one of Celery's.
app.set_default()

SIGN_SECONDS = 30
_signs = {"next": 0.0}


@heartbeat_sent.connect
def note_worker(**_sent: Any) -> None:
    """Write down every half minute that this worker is alive and hears the broker, as Celery's own heart beats.

    The connection is closed again: children that the worker forks must not inherit one.
    """
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from accounts.actions import vitals

    if not settings.WORK_SILENT_SECONDS or monotonic() < _signs["next"]:
        return
    _signs["next"] = monotonic() + SIGN_SECONDS
    try:
        vitals.note_alive(vitals.WORKER, at=timezone.now())
    finally:
        connection.close()
