"""Run everything on servers of its own: ``make endurance``, or one part: ``make endurance PART=broker``.

Prints a table and writes ``var/endurance.json``; the exit status says whether nothing was lost.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.endurance.staff import ROOT, SETTINGS, Staff
from tests.servers import Servers

MUST_BE_NONE = ("lost", "under another Message-ID", "acknowledged and missing", "kept twice")
SLOWEST = 2.0


def prepare() -> Servers:
    """Start PostgreSQL, as durable as in production, and Valkey; start Django on them, with its tables."""
    servers = Servers()
    os.environ |= {"MODE": "test", "DJANGO_SETTINGS_MODULE": SETTINGS, "FILES_ROOT": str(servers.folder / "files")}
    os.environ["DATABASE_URL"] = servers.start_postgres()
    os.environ["REDIS_URL"] = servers.start_valkey()
    import django

    django.setup()
    import signal

    from tests.endurance.restarting import restart

    restart(servers, 0, signal.SIGINT)
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return servers


def killing(workers: int) -> Callable[[Servers, Staff], dict[str, Any]]:
    """Return the part in which one of that many workers is killed, 50 times."""

    def part(servers: Servers, staff: Staff) -> dict[str, Any]:
        from tests.endurance import killing

        return killing.run(staff, staff.sink(), workers=workers, beats=2, messages=3000, kills=50)

    return part


def broker(servers: Servers, staff: Staff) -> dict[str, Any]:
    """Stop, freeze and empty Redis in the middle of 3,000 messages."""
    from tests.endurance import broker, filing

    forms = filing.forms(filing.drafts(212))
    sink = staff.sink()
    for hire in (staff.beat, staff.worker, staff.worker):
        hire()
    return broker.run(sink, servers, staff.web(), forms, messages=3000)


def restarting(servers: Servers, staff: Staff) -> dict[str, Any]:
    """Restart PostgreSQL."""
    from tests.endurance import filing, restarting

    forms = filing.forms(filing.drafts(500))
    sink = staff.sink()
    for hire in (staff.beat, staff.worker, staff.worker):
        hire()
    return restarting.run(servers, sink, staff.web(), forms, restarts=20)


PARTS: dict[str, Callable[[Servers, Staff], dict[str, Any]]] = {
    **{f"killing-{workers}": killing(workers) for workers in (1, 2, 4)},
    "broker": broker,
    "restarting": restarting,
}


def run(name: str) -> dict[str, Any]:
    """Run one part in a process of its own, on servers of its own."""
    servers = prepare()
    with tempfile.TemporaryDirectory() as folder:
        staff = Staff(Path(folder), {})
        try:
            return PARTS[name](servers, staff)
        except BaseException:
            sys.stderr.write((staff.folder / "staff.log").read_text()[-4000:])
            raise
        finally:
            staff.dismiss()
            servers.stop()


def holds(found: dict[str, Any]) -> bool:
    """Say whether nothing was lost, no kill repeated more than one message, and nobody waited over two seconds."""
    slow = [value for name, value in found.items() if name.startswith("slowest") and value > SLOWEST]
    repeats = found["repeated under the same Message-ID"] > found.get("kills", found["messages"])
    return not (slow or repeats or any(found.get(name) for name in MUST_BE_NONE))


def main(names: list[str]) -> int:
    """Run the parts one after the other, print what they found, and keep it in ``var/endurance.json``."""
    place = ROOT / "var" / "endurance.json"
    place.parent.mkdir(exist_ok=True)
    kept = json.loads(place.read_text()) if place.exists() else {}
    for name in names or PARTS:
        kept.pop(name, None)
        place.write_text(json.dumps(kept, indent=1) + "\n")
        found = run(name) if len(names) == 1 else _apart(name)
        kept[name] = found
        place.write_text(json.dumps(kept, indent=1) + "\n")
        sys.stdout.write(f"{name}\n" + "".join(f"  {value!s:>8}  {what}\n" for what, value in found.items()))
        sys.stdout.flush()
    return 0 if all(holds(kept[name]) for name in names or PARTS) else 1


def _apart(name: str) -> dict[str, Any]:
    import subprocess

    subprocess.run([sys.executable, "-m", "tests.endurance", name], cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    found: dict[str, Any] = json.loads((ROOT / "var" / "endurance.json").read_text())[name]
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
