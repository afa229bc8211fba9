"""Whether attachments can be checked is asked before somebody attaches one."""

from typing import Any

import pytest

from accounts.models import Vital
from seminars.actions.scanner import ask_scanner
from tests.cast import BEFORE
from tests.clamd import Serve, received

pytestmark = pytest.mark.django_db


def signs() -> list[tuple[str, int, bool]]:
    return [(vital.name, vital.failures, vital.seen_at == BEFORE) for vital in Vital.objects.all()]


def test_answer_is_written_down_and_so_is_silence(serve: Serve, settings: Any) -> None:
    def silent(connection: Any) -> None:
        assert received(connection, 6) == b"zPING\0"

    def well(connection: Any) -> None:
        silent(connection)
        connection.sendall(b"PONG\0")

    settings.CLAMAV_ADDRESS = serve(silent)
    ask_scanner(at=BEFORE)
    assert signs() == [("scanner", 1, False)]
    settings.CLAMAV_ADDRESS = serve(well)
    ask_scanner(at=BEFORE)
    assert signs() == [("scanner", 0, True)]


def test_nobody_is_asked_where_there_is_no_scanner(settings: Any) -> None:
    settings.CLAMAV_ADDRESS = ""
    ask_scanner(at=BEFORE)
    assert signs() == []
