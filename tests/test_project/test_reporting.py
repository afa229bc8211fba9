"""What leaves the house when something fails: where, never what somebody typed or is called."""

import json
import os
import subprocess
import sys

from django.conf import settings

from config.reporting import scrub

SECRET = "marie.lefevre@inserm.example"
SCRIPT = """
import django, json, sys
django.setup()
import sentry_sdk
from sentry_sdk.transport import Transport
from django.test import Client

class Kept(Transport):
    def capture_envelope(self, envelope):
        for item in envelope.items:
            print(json.dumps(item.payload.json))

sentry_sdk.get_client().transport = Kept(sentry_sdk.get_client().options)
client = Client(raise_request_exception=False, HTTP_HOST="127.0.0.1", HTTP_X_FORWARDED_PROTO="https")
# No table is there: signing in fails inside, with the address in the form and in the variables.
answer = client.post("/account/login/", {"login": sys.argv[1], "password": "very secret words"})
assert answer.status_code == 500, answer.status_code
"""


def test_an_error_is_reported_without_anything_personal() -> None:
    surroundings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": "sqlite://:memory:",
        "SENTRY_DSN": "https://key@sentry.example.org/1",
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, SECRET], env=surroundings, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    reported = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["exception"]["values"][-1]["type"] for event in reported] == ["OperationalError"]
    [event] = reported
    assert len(event["tags"]["request_id"]) == 32
    assert set(event) <= {
        *("event_id", "timestamp", "platform", "level", "environment", "release", "server_name", "sdk"),
        *("tags", "transaction", "exception", "request", "contexts"),
    }
    assert "marie" not in done.stdout
    assert "very secret" not in done.stdout
    assert "no such table" not in done.stdout


def test_what_is_not_known_to_be_harmless_stays_here() -> None:
    frame = {"function": "f", "vars": {"a": SECRET}}
    event = {
        "event_id": "e",
        "level": "error",
        "user": {"email": SECRET},
        "extra": {"sys.argv": [SECRET]},
        "breadcrumbs": {"values": [{"message": SECRET}]},
        "request": {"method": "GET", "url": f"https://x/invitations/{SECRET}/", "headers": {"Cookie": "sessionid=s"}},
        "logentry": {"message": f"Mail to {SECRET} failed", "params": [SECRET]},
        "exception": {"values": [{"type": "KeyError", "value": SECRET, "stacktrace": {"frames": [frame]}}]},
    }
    safe = scrub(event, {})
    assert SECRET not in json.dumps(safe)
    assert safe["request"] == {"method": "GET"}
    assert safe["logentry"] == {"message": "Mail to …@… failed"}
    assert safe["exception"]["values"][0]["stacktrace"] == {"frames": [{"function": "f"}]}
