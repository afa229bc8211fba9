"""Asking ClamAV about a file, by the INSTREAM command of its socket, and whether it is there, by PING (clamd(8))."""

import socket
import struct

CHUNK = 64 * 1024
SECONDS = 30
USUAL_PORT = 3310
LONGEST_ANSWER = 4096


class Unavailable(Exception):
    """ClamAV did not give an answer."""


def threat_in(data: bytes, address: str) -> str | None:
    """Return the name of what ClamAV finds in ``data``, or None where it finds nothing.

    ``address`` is ``host``, ``host:port`` or ``unix:/path/to/clamd.socket``. Raises Unavailable when nobody answers
    there, or when the answer is neither yes nor no, as when the file is larger than ClamAV takes.
    """
    try:
        with _connect(address) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), CHUNK):
                piece = data[start : start + CHUNK]
                connection.sendall(struct.pack("!L", len(piece)) + piece)
            connection.sendall(struct.pack("!L", 0))
            answer = _read(connection)
    except (OSError, ValueError) as failed:
        raise Unavailable(str(failed)) from failed
    if answer == "stream: OK":
        return None
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise Unavailable(answer)


def greet(address: str) -> None:
    """Raise Unavailable unless ClamAV answers at ``address``."""
    try:
        with _connect(address) as connection:
            connection.sendall(b"zPING\0")
            answer = _read(connection)
    except (OSError, ValueError) as failed:
        raise Unavailable(str(failed)) from failed
    if answer != "PONG":
        raise Unavailable(answer)


def _connect(address: str) -> socket.socket:
    if address.startswith("unix:"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(SECONDS)
        try:
            connection.connect(address.removeprefix("unix:"))
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.partition(":")
    return socket.create_connection((host, int(port or USUAL_PORT)), SECONDS)


def _read(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        piece = connection.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0").decode(errors="replace").strip()
