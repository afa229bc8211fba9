"""A mail server that keeps nothing but who got which Message-ID: ``python -m tests.endurance.sink PORT FILE``.

The line is written before the mail is accepted, and the answer waits a little, so that a worker can be cut off between
the server's acceptance and its own commit.
"""

import asyncio
import email
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

ANSWER_SECONDS = 0.005


class Keeping:
    """What to do with a mail."""

    def __init__(self, file: Path) -> None:
        self.file = file.open("a", buffering=1)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Write down who got which mail, then accept it."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        message_id = email.message_from_bytes(content)["Message-ID"]
        for recipient in envelope.rcpt_tos:
            self.file.write(f"{recipient}\t{message_id}\n")
        await asyncio.sleep(ANSWER_SECONDS)
        return "250 OK"


async def serve(port: int, file: Path) -> None:
    """Serve until the process is ended."""
    handler = Keeping(file)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, hostname="sink.example"), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
