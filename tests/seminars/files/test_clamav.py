"""The INSTREAM protocol of ClamAV, spoken with a little server that keeps to it."""

import socket
import threading
from pathlib import Path

import pytest

from seminars.files import clamav
from tests.clamd import EICAR, Serve, clamd


@pytest.mark.parametrize("size", [0, 1, clamav.CHUNK, clamav.CHUNK + 1, 1_000_000])
def test_clean_file_is_streamed_whole_and_passes(serve: Serve, size: int) -> None:
    assert clamav.threat_in(b"x" * size, serve(clamd)) is None


def test_threat_is_named(serve: Serve) -> None:
    assert clamav.threat_in(b"x" * 70_000 + EICAR, serve(clamd)) == "Eicar-Test-Signature"


def test_file_larger_than_the_server_takes_is_unchecked(serve: Serve) -> None:
    with pytest.raises(clamav.Unavailable):
        clamav.threat_in(b"x" * 200_000, serve(lambda connection: clamd(connection, longest=100)))


def test_server_that_hangs_up_is_unavailable(serve: Serve) -> None:
    with pytest.raises(clamav.Unavailable):
        clamav.threat_in(b"x", serve(lambda connection: None))


def test_server_that_says_nothing_is_unavailable(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clamav, "SECONDS", 0.1)
    ended = threading.Event()
    with pytest.raises(clamav.Unavailable):
        clamav.threat_in(b"x", serve(lambda connection: ended.wait(2) or None))
    ended.set()


def test_nobody_there_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(clamav.Unavailable):
        clamav.threat_in(b"x", f"127.0.0.1:{port}")


@pytest.mark.parametrize("address", ["127.0.0.1:clamav", "unix:/nowhere/clamd", "host.invalid", "127.0.0.1:99999"])
def test_address_of_nothing_is_unavailable(address: str) -> None:
    with pytest.raises(clamav.Unavailable):
        clamav.threat_in(b"x", address)


def test_unix_socket_is_an_address_too(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "clamd"))
        listener.listen()

        def once() -> None:
            connection, _peer = listener.accept()
            with connection:
                clamd(connection)

        thread = threading.Thread(target=once)
        thread.start()
        assert clamav.threat_in(EICAR, f"unix:{tmp_path / 'clamd'}") == "Eicar-Test-Signature"
        thread.join(5)
