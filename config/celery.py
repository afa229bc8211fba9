"""The Celery application: tasks take ids, fetch, and call one action."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("joint-seminars")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Threads of a server see this application too, not an empty one of Celery's.
app.set_default()
