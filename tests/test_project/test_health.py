"""What a supervisor asks."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.test import Client


@pytest.mark.django_db
def test_live_and_ready(client: Client) -> None:
    assert client.get("/healthz/live").content == b"alive\n"
    assert client.get("/healthz/ready").content == b"ready\n"


def test_ready_without_database_answers_503(client: Client, db: None) -> None:
    def broken(*_arguments: object) -> None:
        raise DatabaseError("gone")

    with connection.execute_wrapper(broken):
        response = client.get("/healthz/ready")
    assert (response.status_code, response.content) == (503, b"the database does not answer\n")


@pytest.mark.django_db
def test_health_is_read_only(client: Client) -> None:
    assert client.post("/healthz/live").status_code == 405


@pytest.mark.django_db
def test_ready_without_a_place_for_files_answers_503(client: Client, files_root: Path) -> None:
    files_root.rmdir()
    files_root.write_text("Not a folder, not even for root.")
    assert client.get("/healthz/ready").status_code == 503
