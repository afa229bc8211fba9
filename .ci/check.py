"""``make check``: everything that can be said about the code without running the application.

One line a step; a step that fails shows its own words, and the others still run.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHOWN = 60
PROGRAMS = Path(sys.executable).parent

# Settings for a command that only looks: no server of these names exists.
LOOKING = {"MODE": "demo", "DATABASE_URL": "sqlite://:memory:"}
PRODUCTION = {
    "MODE": "production",
    "SECRET_KEY": "only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz",
    "SITE_URL": "https://seminars.example.org",
    "DATABASE_URL": "postgres://user:password@postgres.example.org/seminars",
    "REDIS_URL": "redis://redis.example.org:6379/0",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
}

STEPS: list[tuple[str, list[str], dict[str, str]]] = [
    ("lint", ["ruff", "check", "--quiet", "."], {}),
    ("format", ["ruff", "format", "--check", "--quiet", "--diff", "."], {}),
    ("types", ["mypy", "--no-error-summary"], LOOKING),
    ("imports", ["lint-imports", "--no-logo"], {}),
    ("migrations", ["python", "manage.py", "makemigrations", "--check", "--dry-run"], LOOKING),
    ("settings", ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    ("compose", ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"], {}),
    ("templates", ["djlint", "templates", "--lint", "--quiet"], {}),
    ("translations", ["python", "-m", "config.catalogues", "check"], {}),
]


def main() -> int:
    """Run every step; return 1 when any has failed."""
    failed = []
    inherited = {name: value for name, value in os.environ.items() if name not in PRODUCTION}
    for name, command, environment in STEPS:
        print(f"{name:14}", end="", flush=True)
        start = time.monotonic()
        done = subprocess.run(
            [PROGRAMS / command[0], *command[1:]],
            cwd=ROOT,
            env=inherited | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        print(f"{'FAILED' if done.returncode else 'ok'} ({time.monotonic() - start:.1f} s)")
        if done.returncode:
            failed.append(name)
            lines = done.stdout.splitlines()
            print(*([f"… {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN else []), *lines[-SHOWN:], sep="\n")
    if failed:
        print(f"make check: {', '.join(failed)} failed")
    return len(failed) and 1


if __name__ == "__main__":
    sys.exit(main())
