"""Measure: real PostgreSQL, gunicorn with two workers, 500 records, one reader at a time.

Each page's median time is given as a multiple of the floor: a view behind the same middleware that loads the
session and its person and does one indexed SELECT. The floor itself is held against the same view behind Django's
default middleware. Prints a table and writes ``var/bench.json``; the exit status says whether all ratios hold.
``make bench PART=panel`` measures the pages alone that have the word in their name.
"""

import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.bench import WARM_UP
from tests.servers import Servers, free_port

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = 30
CEILINGS = {
    "public call page": 3.0,
    "coordinator's home": 6.0,
    "section page": 8.0,
    "autosave": 8.0,
    "submit": 15.0,
    "officers' list": 12.0,
    "page of a pair": 25.0,
    "dossier of a record (PDF)": 35.0,
    "dossier of a pair (PDF)": 50.0,
    "export of 500 records (XLSX)": 110.0,
    "reject a candidate": 12.0,
    "eligibility, 200 pairs": 45.0,
    "reconciliation, 400 × 400": 120.0,
    "reviewer's list": 8.0,
    "review form": 8.0,
    "save a review": 10.0,
    "panel": 25.0,
    "joint selection": 25.0,
    "pair in the joint selection": 12.0,
}
FLOOR_CEILING = 1.6
TOKEN = "c" * 32


class Fields(HTMLParser):
    """The names and values that a form would post."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.area = ""
        self.menu = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        name, kind = attributes.get("name", ""), attributes.get("type", "text")
        if tag == "textarea":
            self.area = name
            self.values[name] = ""
        elif tag == "select":
            self.menu = name
        elif tag == "option" and "selected" in attributes:
            self.values[self.menu] = attributes.get("value", "")
        elif tag == "input" and name and (kind not in ("checkbox", "radio") or "checked" in attributes):
            self.values[name] = attributes.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area] += data


@contextmanager
def gunicorn(environment: dict[str, str]) -> Iterator[str]:
    """Serve with two workers until the end of the block; yields the address."""
    port = free_port()
    host = f"http://127.0.0.1:{port}"
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi:application",
        "--workers",
        "2",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    with subprocess.Popen([*command, "--log-level", "error"], cwd=ROOT, env={**os.environ, **environment}) as server:
        for _ in range(100):
            with suppress(OSError):
                urllib.request.urlopen(f"{host}/floor/", timeout=5).close()
                break
            time.sleep(0.1)
        try:
            yield host
        finally:
            server.terminate()
            server.wait()


def session_of(user: Any) -> str:
    """Return the cookies of a session of ``user``, opened with a second factor; any middleware can load it."""
    from django.test import Client

    from tests.sessions import sign_in

    cookies = sign_in(Client(), user, backend="django.contrib.auth.backends.ModelBackend").cookies
    return f"sessionid={cookies['sessionid'].value}; csrftoken={TOKEN}"


def items(host: str, bare: str) -> list[dict[str, Any]]:
    """Return what is measured: name, address, method, and the data of each round."""
    from accounts.models import User
    from seminars.models import Proposal
    from tests import cast
    from tests.bench import judging, selecting

    marie, officer = session_of(cast.marie()), session_of(cast.inserm_officer())
    judge, review = judging.reviewer(), judging.review_page()
    judges = session_of(judge)
    mine = Proposal.objects.get(coordinator=cast.marie())
    call, section = "/calls/inserm-jsps-2026/", f"/proposals/{mine.pk}/case/"
    waiting = Proposal.objects.filter(state="draft", side__agency__code="inserm").exclude(pk=mine.pk).order_by("-pk")
    filing = [
        {
            "path": f"/proposals/{proposal.pk}/submit/",
            "headers": {"Cookie": session_of(User.objects.get(pk=proposal.coordinator_id))},
            "data": {"form_uuid": str(uuid4()), "csrfmiddlewaretoken": TOKEN},
        }
        for proposal in waiting[: ROUNDS + WARM_UP]
    ]

    def item(name: str, path: str, cookie: str, **changes: Any) -> dict[str, Any]:
        plain = {"name": name, "host": host, "method": "GET", "status": 200, "variants": [{"path": path}]}
        return {**plain, "headers": {"Cookie": cookie, "X-CSRFToken": TOKEN, "Accept-Language": "fr"}, **changes}

    posted = {"status": 302, "method": "POST"}
    return [
        item("floor, Django's default middleware", "/floor/", marie, host=bare),
        item("floor", "/floor/", marie),
        item("public call page", call, ""),
        item("coordinator's home", "/projects/", marie),
        item("section page", section, marie),
        item("autosave", section, marie, **autosave(section, cast.marie(), "novelty")),
        item("officers' list", "/desk/inserm-jsps-2026/proposals/", officer),
        item("page of a pair", f"/desk/seminars/{mine.seminar_id}/", officer),
        item("dossier of a record (PDF)", f"/proposals/{mine.pk}/record.pdf", marie),
        item("dossier of a pair (PDF)", f"/desk/seminars/{mine.seminar_id}/pair.pdf", officer),
        item("export of 500 records (XLSX)", "/desk/inserm-jsps-2026/proposals.xlsx", officer),
        item("submit", "", marie, **posted, variants=filing),
        item("reject a candidate", "", officer, **{**posted, "status": 303}, variants=refusals()),
        item("eligibility, 200 pairs", "/desk/eligibility/eligibility/", officer),
        item("reconciliation, 400 × 400", "/desk/reconciliation/reconciliation/", officer),
        item("reviewer's list", "/reviews/", judges),
        item("review form", review, judges),
        item("save a review", review, judges, **autosave(review, judge, "comment_panel")),
        item("panel", f"/desk/{judging.CODE}/panel/", officer),
        item("joint selection", f"/desk/{selecting.CODE}/selection/", officer),
        item("pair in the joint selection", selecting.joint_page(), officer),
    ]


def refusals() -> list[dict[str, Any]]:
    """Return posts that refuse one candidate each, so that the page after each of them has to match anew."""
    from seminars.models import ListedApplication, Proposal

    record = Proposal.objects.filter(side__call__code="reconciliation").first()
    rows = ListedApplication.objects.values_list("pk", flat=True)[: ROUNDS + WARM_UP]
    path = "/desk/reconciliation/reconciliation/reject/"
    return [
        {"path": path, "data": {"pair": f"record-{record.pk}:row-{row}", "csrfmiddlewaretoken": TOKEN}} for row in rows
    ]


def autosave(path: str, user: Any, field: str) -> dict[str, Any]:
    """Return the posts that save a form after each other, every one a changed text of ``field`` on the next version."""
    from django.test import Client

    from tests.sessions import sign_in

    fields = Fields()
    fields.feed(sign_in(Client(), user).get(path).content.decode())
    values = {name: value for name, value in fields.values.items() if name != "csrfmiddlewaretoken"}
    first = int(values["version"])
    variants = [
        {
            "path": path,
            "headers": {"HX-Request": "true"},
            "data": {**values, "version": first + number, field: f"{values[field]} {number}"},
        }
        for number in range(ROUNDS + WARM_UP)
    ]
    return {"method": "POST", "variants": variants}


def weigh(plan: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Return for each item the number of queries and the size of the answer in bytes, plain and gzipped."""
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    weights = {}
    for item in plan:
        variant = item["variants"][0]
        client = Client(headers={**item["headers"], **variant.get("headers", {})})
        for cookie in filter(None, (item["headers"] | variant.get("headers", {}))["Cookie"].split("; ")):
            client.cookies[cookie.split("=")[0]] = cookie.split("=")[1]
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            answer = client.generic(
                item["method"],
                variant["path"],
                _encoded(variant.get("data", {})),
                content_type="application/x-www-form-urlencoded",
            )
            transaction.set_rollback(True)
        asked = [
            query["sql"]
            for query in queries
            if not query["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK"))
        ]
        weights[item["name"]] = {
            "queries": len(asked),
            "bytes": len(answer.content),
            "bytes_gzip": len(gzip.compress(answer.content)),
        }
    return weights


def _encoded(data: dict[str, Any]) -> str:
    from urllib.parse import urlencode

    return urlencode(data)


def measure(plan: list[dict[str, Any]]) -> dict[str, float]:
    """Run the load in a process of its own; return the median time of each item in ms."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"rounds": ROUNDS, "items": plan}, file)
        file.flush()
        command = [sys.executable, "-W", "ignore", "-m", "tests.bench.load", file.name]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(run.stderr[-3000:])
    times = json.loads(run.stdout.strip().splitlines()[-1])
    return {name: statistics.median(values) for name, values in times.items()}


def report(medians: dict[str, float], weights: dict[str, dict[str, int]]) -> bool:
    """Print the table, write ``var/bench.json``, and say whether every ratio holds."""
    floor = medians["floor"]
    bare = medians["floor, Django's default middleware"]
    result: dict[str, Any] = {"floor_ms": round(floor, 3), "floor_ratio": round(floor / bare, 2), "items": {}}
    held = floor / bare <= FLOOR_CEILING
    out = [f"{'':38}{'p50 ms':>8}{'ratio':>8}{'at most':>9}{'queries':>9}{'bytes':>9}{'gzip':>8}"]
    for name, weight in weights.items():
        ratio, ceiling = medians[name] / floor, CEILINGS.get(name)
        held = held and (ceiling is None or ratio <= ceiling)
        result["items"][name] = {"p50_ms": round(medians[name], 3), "ratio": round(ratio, 2), **weight}
        out.append(
            f"{name:38}{medians[name]:8.2f}{ratio:8.2f}{ceiling or '':>9}{weight['queries']:9}{weight['bytes']:9}"
            f"{weight['bytes_gzip']:8}"
        )
    out.append(
        f"The floor is {floor / bare:.2f} × the same view behind Django's default middleware (at most {FLOOR_CEILING})."
    )
    sys.stdout.write("\n".join(out) + "\n")
    (ROOT / "var").mkdir(exist_ok=True)
    (ROOT / "var" / "bench.json").write_text(json.dumps(result, indent=2) + "\n")
    return held


def main(part: str = "") -> int:
    """Set everything up, measure the pages with ``part`` in their name, report; 1 when a ratio is above its ceiling."""
    if not any(part in name for name in CEILINGS):
        raise SystemExit(f"No page is called so. There are: {', '.join(CEILINGS)}.")
    servers = Servers()
    try:
        os.environ |= {
            "MODE": "test",
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "DATABASE_URL": servers.start_postgres(),
            "REDIS_URL": servers.start_valkey(),
            "FILES_ROOT": str(servers.folder / "files"),
        }
        import django

        django.setup()
        from django.core.management import call_command

        from tests.bench import deciding, judging, selecting, world

        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        now = datetime.now(UTC)
        world.build(now)
        deciding.build(now)
        judging.build(now)
        selecting.build(now)
        with gunicorn({}) as host, gunicorn({"BENCH_BARE": "1"}) as bare:
            plan = [item for item in items(host, bare) if item["name"] not in CEILINGS or part in item["name"]]
            weights = weigh(plan)
            medians = measure(plan)
        return 0 if report(medians, weights) else 1
    finally:
        servers.stop()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
