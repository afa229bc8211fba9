"""Try the seal and the embargo on two hundred random worlds: ``make worlds``; and measure: ``make worlds PART=times``.

Prints a table and writes ``var/worlds.json``; the exit status says whether nobody could tell any world from another.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent.parent
PLACE = ROOT / "var" / "worlds.json"
PARTS = {"pages": ("-n", str(os.cpu_count() or 1), "--dist", "load"), "times": ("-n", "0")}
"""The parts, each a module of tests of its own beside this one, and how many run at once."""


def run(part: str) -> tuple[bool, dict[str, Any]]:
    """Run the tests of a part; return whether all passed, and what each of them measured, by its name."""
    record = PLACE.with_suffix(".xml")
    module = Path(__file__).with_name(f"{part}.py")
    begun = time.monotonic()
    kept = ("-o", "junit_family=xunit1", f"--junitxml={record}")
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", *PARTS[part], *kept, str(module)]
    passed = subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    noted = ElementTree.parse(record).iter("property")
    found = [(item.get("name", ""), json.loads(item.get("value", ""))) for item in noted]
    record.unlink()
    return passed, {"seconds": round(time.monotonic() - begun), **_gathered(found)}


def _gathered(found: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """Add up what the runs of one kind counted; ``pages`` are the same in each of them."""
    kinds: dict[str, Any] = {}
    for name, counted in found:
        known = kinds.setdefault(name, {})
        for what, number in counted.items():
            known[what] = number if what == "pages" else known.get(what, 0) + number
    return kinds


def main(names: list[str]) -> int:
    """Run the parts one after the other."""
    PLACE.parent.mkdir(exist_ok=True)
    kept = json.loads(PLACE.read_text()) if PLACE.exists() else {}
    held = True
    for part in names or PARTS:
        passed, found = run(part)
        held = held and passed
        kept[part] = {"passed": passed, **found}
        PLACE.write_text(json.dumps(kept, indent=1) + "\n")
        sys.stdout.write(f"{part}: {'nobody can tell' if passed else 'FAILED'}, {found.pop('seconds')} s\n")
        for name, counted in found.items():
            sys.stdout.write(
                f"  {name:24}" + "".join(f"{number:>12} {what}" for what, number in counted.items()) + "\n"
            )
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
