"""The WSGI entry point for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# What start-up made stays for good: it is not searched for garbage again and again. A page of hundreds of records makes
# many objects that die with it by reference counting; looking for cycles seldom takes a tenth off its time.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
