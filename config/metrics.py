"""What Prometheus reads: requests, latencies, queues. Totals only, so that nobody's work shows in them.

Nothing is counted by page, agency or call: how often a panel is opened would tell how far an agency has come.
``PROMETHEUS_MULTIPROC_DIR`` names the folder in which the processes of one container add up their counts.
"""

import os
import time
from collections.abc import Callable, Iterator
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from accounts.actions.vitals import BEAT, MAIL, SCANNER, WORKER
from accounts.http import Visit
from accounts.models import Message, MessageState, Vital
from accounts.policies import PUBLIC, policy
from seminars.models import Pack

METHODS = frozenset({"GET", "HEAD", "POST"})
KINDS = {"static": "static", "api": "api", "feeds": "feed"}
UNCOUNTED = frozenset({"healthz", "metrics"})
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)
REQUESTS = Counter("seminars_requests_total", "Requests answered.", ["kind", "method", "status"])
SECONDS = Histogram("seminars_request_seconds", "Time to answer a request.", ["kind"], buckets=BUCKETS)


def measured(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Count every request, and how long its answer took."""

    def counted(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = get_response(request)
        first = request.path.split("/", 2)[1]
        if first not in UNCOUNTED:
            kind = KINDS.get(first, "page")
            method = request.method if request.method in METHODS else "other"
            REQUESTS.labels(kind, method, f"{response.status_code // 100}xx").inc()
            SECONDS.labels(kind).observe(time.perf_counter() - started)
        return response

    return counted


class Queues(Collector):
    """What waits in the database at one instant; asked at each reading, in three queries."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[Metric]:
        """Yield the gauges; only that it is down where the database does not answer."""
        try:
            found = self._read()
        except DatabaseError:
            found = None
        yield GaugeMetricFamily("seminars_database_up", "Whether the database answers.", int(found is not None))
        for name, (words, value) in (found or {}).items():
            yield GaugeMetricFamily(f"seminars_{name}", words, value)

    def _read(self) -> dict[str, tuple[str, float]]:
        due = Q(state=MessageState.QUEUED, due_at__lte=self.at)
        failed = Q(state=MessageState.FAILED)
        mail = Message.objects.aggregate(
            due=Count("pk", due), oldest=Min("due_at", filter=due), failed=Count("pk", failed)
        )
        vitals = {vital.name: vital for vital in Vital.objects.all()}
        packs = Pack.objects.to_make(self.at).aggregate(waiting=Count("pk"), oldest=Min("requested_at"))
        failures, silences = (vitals[name].failures if name in vitals else 0 for name in (MAIL, SCANNER))
        silent: dict[str, tuple[str, float]] = {
            f"{name}_silent_seconds": (f"Since {name}'s last sign of life.", self._age(vitals[name].seen_at))
            for name in (WORKER, BEAT)
            if name in vitals
        }
        return {
            "mail_due": ("Messages that are due and not sent.", mail["due"]),
            "mail_oldest_seconds": ("How long the oldest of them has been due.", self._age(mail["oldest"])),
            "mail_failed": ("Messages given up after all attempts.", mail["failed"]),
            "mail_server_failures": ("Failures of the mail server in a row.", failures),
            "scanner_failures": ("Silences of the scanner of attachments in a row, one a minute.", silences),
            **silent,
            "jobs_waiting": ("Files that a worker is to make.", packs["waiting"]),
            "jobs_oldest_seconds": ("How long the oldest of them has waited.", self._age(packs["oldest"])),
        }

    def _age(self, since: datetime | None) -> float:
        return max(0.0, (self.at - since).total_seconds()) if since else 0.0


def text(at: datetime) -> bytes:
    """Return all metrics at ``at`` (aware) in Prometheus's text format."""
    counts = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        counts = CollectorRegistry()
        MultiProcessCollector(counts)
    queues = CollectorRegistry()
    queues.register(Queues(at))
    return bytes(generate_latest(counts)) + bytes(generate_latest(queues))


@require_safe
@policy(PUBLIC)
def metrics(request: Visit) -> HttpResponse:
    """Answer who brings the token ``METRICS_TOKEN``; to anybody else, and without one set, there is nothing here."""
    told = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(told, f"Bearer {settings.METRICS_TOKEN}"):
        raise Http404
    return HttpResponse(text(request.arrived_at), content_type=CONTENT_TYPE_LATEST)
