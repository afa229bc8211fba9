"""The project's settings, with a sweep every two seconds instead of every minute, so that hours pass in minutes."""

from config.settings import *  # noqa: F403

CELERY_BEAT_SCHEDULE = {
    task: {"task": task, "schedule": seconds / 30, "options": {"expires": 10}}
    for task, seconds in SWEEPS.items()  # noqa: F405
}
WORK_SILENT_SECONDS = 20
