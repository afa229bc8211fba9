"""Errors reported to Sentry, or a service that speaks its language, where ``SENTRY_DSN`` names one."""

from typing import Any

import sentry_sdk
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.integrations.logging import LoggingIntegration

from config.logs import scrubbed
from config.tracing import current

KEPT = ("event_id", "timestamp", "platform", "level", "logger", "environment", "release", "server_name", "sdk")
FRAME = ("filename", "abs_path", "module", "function", "lineno", "in_app")


def start(dsn: str, *, environment: str) -> None:
    """Report errors from now on; no measuring of requests, nothing on persons."""
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=scrub,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[DjangoIntegration(transaction_style="function_name"), CeleryIntegration(), LoggingIntegration()],
    )


def scrub(event: Any, hint: dict[str, Any]) -> Any:
    """Return what may leave the house of an event: made anew from what is known to be harmless.

    Kinds of exceptions and where they happened, the pattern of the address, the name of the request. No words of
    exceptions, values of variables, bodies, cookies, headers, paths or persons.
    """
    safe = {name: event[name] for name in KEPT if name in event}
    safe["tags"] = {"request_id": current.get()}
    if "transaction" in event:
        safe["transaction"] = scrubbed(event["transaction"])
    if "exception" in event:
        safe["exception"] = {"values": [_exception(value) for value in event["exception"].get("values", [])]}
    if "logentry" in event:
        safe["logentry"] = {"message": scrubbed(str(event["logentry"].get("message", "")))}
    if method := event.get("request", {}).get("method"):
        safe["request"] = {"method": method}
    return safe


def _exception(value: dict[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames", [])
    return {
        "type": value.get("type"),
        "module": value.get("module"),
        "stacktrace": {"frames": [{name: frame[name] for name in FRAME if name in frame} for frame in frames]},
    }
