"""The demonstration: one process on SQLite, production-like, that keeps what was entered until it is reset."""

import gzip
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.conf import settings

from accounts.models import Message, MessageState
from config import demo
from config.celery import app
from seminars.choices import ProposalState
from tests.servers import free_port

NOW = datetime(2026, 9, 3, 8, tzinfo=UTC)
MESSAGE = {
    "kind": "test",
    "key": "test:1",
    "address": "marie@example.org",
    "language": "fr",
    "subject": "Votre séminaire",
    "text": "Bonjour",
    "message_id": "<1@example.org>",
    "queued_at": NOW,
    "due_at": NOW,
}


def becomes_true(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_beat_and_worker_threads_find_what_is_due(transactional_db: None) -> None:
    usual = app.conf.beat_schedule
    app.conf.beat_schedule = {"soon": {"task": "accounts.tasks.send_messages", "schedule": 0.2}}
    try:
        with demo.background():
            message = Message.objects.create(**MESSAGE)

            def sent() -> bool:
                message.refresh_from_db()
                return message.state == MessageState.SENT

            assert becomes_true(sent, 30)
    finally:
        app.conf.beat_schedule = usual


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Path]:
    """The environment of a demonstration of this module's own, and its database."""
    folder = tmp_path_factory.mktemp("demo")
    database = folder / "demo.sqlite3"
    environment = {name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "SITE_URL", "MODE"}}
    environment |= {"DATABASE_URL": f"sqlite:///{database}", "FILES_ROOT": str(folder / "files")}
    return {**environment, "PORT": str(free_port())}, database


def ask(environment: dict[str, str], path: str) -> tuple[int, dict[str, str], bytes]:
    address = f"http://127.0.0.1:{environment['PORT']}{path}"
    with urlopen(Request(address, headers={"Accept-Encoding": "br, gzip"})) as answer:
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()


@pytest.fixture(scope="module")
def process(place: tuple[dict[str, str], Path]) -> Iterator[subprocess.Popen[str]]:
    with demonstration(place[0]) as started:
        yield started


@contextmanager
def demonstration(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Run the demonstration until it says that it serves."""
    command = [sys.executable, "-m", "config.demo"]
    with subprocess.Popen(
        command, env=environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as started:
        try:
            said: list[str] = []
            while not said or (said[-1] and "Ctrl-C" not in said[-1]):
                said.append(started.stdout.readline() if started.stdout else "")
            assert f"http://127.0.0.1:{environment['PORT']}" in said[-1], "".join(said)
            yield started
        finally:
            started.kill()


def test_nothing_alarms_officers_from_the_first_page_on(
    process: subprocess.Popen[str], place: tuple[dict[str, str], Path]
) -> None:
    assert ask(place[0], "/healthz/work")[0] == 200


def test_pages_are_private_and_strict(process: subprocess.Popen[str], place: tuple[dict[str, str], Path]) -> None:
    status, headers, page = ask(place[0], "/")
    assert status == 200
    assert headers["cache-control"] == "private, no-store"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe-inline" not in headers["content-security-policy"]
    assert headers["content-encoding"] == "gzip"
    assert b"<html" in gzip.decompress(page)


def test_static_files_are_compressed_and_lasting(
    process: subprocess.Popen[str], place: tuple[dict[str, str], Path]
) -> None:
    page = gzip.decompress(ask(place[0], "/")[2]).decode()
    files = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', page)
    assert files
    for file in files:
        status, headers, _content = ask(place[0], file)
        assert (status, headers["content-encoding"]) == (200, "br")
        assert "immutable" in headers["cache-control"]


def read(place: tuple[dict[str, str], Path], query: str) -> list[Any]:
    with closing(sqlite3.connect(place[1])) as database:
        return list(database.execute(query))


def test_cast_has_reached_every_state(process: subprocess.Popen[str], place: tuple[dict[str, str], Path]) -> None:
    [(records,)] = read(place, "SELECT count(*) FROM seminars_proposal")
    assert records >= 24
    states = {state for (state,) in read(place, "SELECT DISTINCT state FROM seminars_proposal")}
    assert states == set(ProposalState.values)
    started = "SELECT count(DISTINCT subject_id) FROM accounts_historyentry WHERE verb = 'started'"
    assert read(place, started) == [(records,)], "the cast is built through the actions of the screens"
    [(open_calls,)] = read(
        place,
        "SELECT count(*) FROM seminars_call JOIN seminars_callagency ON call_id = seminars_call.id"
        " WHERE is_demonstration AND deadline_at > datetime('now')",
    )
    assert open_calls == 2, "both sides of the open call"


def test_evaluation_has_life_in_it(process: subprocess.Popen[str], place: tuple[dict[str, str], Path]) -> None:
    of_call = (
        " JOIN seminars_callagency AS side ON side.id = side_id JOIN seminars_call AS call ON call.id = call_id"
        " WHERE code = '{}'"
    )
    under_way, past = of_call.format("inserm-jsps-2026"), of_call.format("demonstration-2024")
    reviewers = read(place, f"SELECT DISTINCT state FROM reviews_reviewer {under_way}")
    assert {state for (state,) in reviewers} == {"accepted", "declined", "invited"}
    conflicts = read(place, f"SELECT DISTINCT state FROM reviews_conflict {under_way}")
    assert {state for (state,) in conflicts} == {"declared", "detected"}
    assigned = (
        "SELECT DISTINCT reviews_assignment.state, review.id IS NOT NULL, review.sealed_at IS NOT NULL"
        " FROM reviews_assignment JOIN reviews_reviewer ON reviews_reviewer.id = reviewer_id"
        " LEFT JOIN reviews_review AS review ON review.assignment_id = reviews_assignment.id"
    )
    points = {("given", 0, 0), ("acknowledged", 0, 0), ("acknowledged", 1, 0), ("acknowledged", 1, 1)}
    assert set(read(place, assigned + under_way)) == points
    assert read(place, f"SELECT count(*) FROM reviews_panel {under_way} AND sealed_at IS NULL") == [(2,)]
    assert read(place, f"SELECT count(*) FROM reviews_panel {past} AND sealed_at IS NOT NULL") == [(2,)]
    [(ranked,)] = read(
        place,
        f"SELECT count(DISTINCT panel_id) FROM reviews_ranking JOIN reviews_panel AS p ON p.id = panel_id{under_way}",
    )
    assert ranked == 1, "one panel has begun to rank"
    ends = "SELECT state, count(*) FROM seminars_seminar AS pair JOIN seminars_call AS call ON call.id = call_id"
    assert dict(read(place, f"{ends} WHERE code = 'demonstration-2024' GROUP BY state")) == {
        "confirmed": 3,
        "reserve": 1,
        "not_selected": 3,
        "cancelled": 1,
    }
    later = "SELECT count(*) FROM accounts_historyentry WHERE at > datetime('now')"
    assert read(place, later) == [(0,)], "no deed is dated later than now"


def test_mail_is_sent_by_the_same_process(process: subprocess.Popen[str], place: tuple[dict[str, str], Path]) -> None:
    def states() -> set[str]:
        with closing(sqlite3.connect(place[1])) as database:
            return {state for (state,) in database.execute("SELECT state FROM accounts_message")}

    assert becomes_true(lambda: states() == {"sent"}, 60)


def test_second_demonstration_on_the_same_port_says_so(
    process: subprocess.Popen[str], place: tuple[dict[str, str], Path]
) -> None:
    for arguments, said in (([], "is taken"), (["reset"], "stop the demonstration first")):
        second = subprocess.run(
            [sys.executable, "-m", "config.demo", *arguments],
            env=place[0],
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
        )
        assert second.returncode == 1
        assert said in second.stdout


def test_ctrl_c_stops_it_quickly_and_cleanly(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Stopping" in said
    assert "Traceback" not in said


def test_what_was_entered_is_kept_by_the_next_run(
    process: subprocess.Popen[str], place: tuple[dict[str, str], Path]
) -> None:
    counted = "SELECT (SELECT count(*) FROM seminars_proposal), (SELECT count(*) FROM accounts_user)"
    before = read(place, counted)
    with closing(sqlite3.connect(place[1])) as database, database:
        database.execute("UPDATE seminars_proposal SET title_en = 'What a visitor typed' WHERE id = 1")
        database.execute("DELETE FROM accounts_membership WHERE role = 'reviewer'")
        database.execute("DELETE FROM accounts_membership WHERE id = (SELECT max(id) FROM accounts_membership)")
    roles = read(place, "SELECT user_id, agency_id, role FROM accounts_membership ORDER BY id")
    with demonstration(place[0]):
        assert read(place, counted) == before
        assert read(place, "SELECT title_en FROM seminars_proposal WHERE id = 1") == [("What a visitor typed",)]
        assert read(place, "SELECT user_id, agency_id, role FROM accounts_membership ORDER BY id") == roles


def test_reset_removes_what_was_entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "VAR", tmp_path)
    (tmp_path / "demo.sqlite3").write_text("rows")
    (tmp_path / "demo-files").mkdir()
    (tmp_path / "demo-files" / "a.pdf").write_text("file")
    (tmp_path / "static").mkdir()
    assert demo.reset(free_port()) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["static"]
