"""The Celery application: tasks take ids, fetch, and call one action."""

import logging
import os
from time import monotonic
from typing import Any

from celery import Celery
from celery.signals import beat_init, heartbeat_sent

from config import tracing  # noqa: F401 - tasks carry the name of the request that woke them

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("joint-seminars")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Threads of a server see this application too, not an empty one of Celery's.
app.set_default()

SIGN_SECONDS = 30
_signs = {"next": 0.0}
logger = logging.getLogger(__name__)


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


@beat_init.connect
def sweep_at_once(**_sent: Any) -> None:
    """Order every sweep when beat starts, in place of waiting a minute: what fell due meanwhile has waited enough."""
    for sweep in app.conf.beat_schedule.values():
        try:
            app.send_task(sweep["task"], retry=False, **sweep.get("options", {}))
        except Exception as error:  # each broker has errors of its own; beat tries again in a minute
            logger.warning("The sweeps could not be ordered at once: %s", error)
            return
