"""A little server that keeps to the INSTREAM protocol of ClamAV."""

import socket
import struct
import threading
from collections.abc import Callable

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def received(connection: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        piece = connection.recv(length - len(data))
        assert piece
        data += piece
    return data


def clamd(connection: socket.socket, longest: int = 25 * 1024 * 1024) -> None:
    """Answer one INSTREAM command as clamd does: NUL-ended, chunks with their length first, ended by an empty one."""
    assert received(connection, 10) == b"zINSTREAM\0"
    scanned = b""
    while length := struct.unpack("!L", received(connection, 4))[0]:
        scanned += received(connection, length)
        if len(scanned) > longest:
            connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            return
    found = b"Eicar-Test-Signature FOUND" if EICAR in scanned else b"OK"
    connection.sendall(b"stream: " + found + b"\0")


Answer = Callable[[socket.socket], None]
Serve = Callable[[Answer], str]


class Listening:
    """Servers for one connection each, in threads of their own."""

    def __init__(self) -> None:
        self.listeners: list[socket.socket] = []
        self.threads: list[threading.Thread] = []

    def serve(self, answer: Answer) -> str:
        """Start a server that speaks ``answer`` to its first visitor, and return its address."""
        listener = socket.create_server(("127.0.0.1", 0))

        def once() -> None:
            connection, _peer = listener.accept()
            with connection:
                answer(connection)

        thread = threading.Thread(target=once)
        thread.start()
        self.listeners.append(listener)
        self.threads.append(thread)
        return f"127.0.0.1:{listener.getsockname()[1]}"

    def close(self) -> None:
        """Wait for the servers to end."""
        for thread in self.threads:
            thread.join(5)
        for listener in self.listeners:
            listener.close()
