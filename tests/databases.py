"""A database for each worker, migrated once for all, and emptied quickly after each test that commits."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from accounts.models import HistoryEntry

MIGRATED = "joint_seminars_migrated"
"""The database that the first worker leaves for the others to copy."""
FIXED = ("auth_permission", "django_content_type")
"""Tables that migrating fills, and no test changes."""


@contextmanager
def prepared_once() -> Iterator[None]:
    """Let the first worker of this run migrate its database in the block, and the others copy it; one at a time."""
    ready = Path(os.environ["FILES_ROOT"]).with_name("migrated")
    with ready.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if ready.exists():
            connection.settings_dict["TEST"]["TEMPLATE"] = MIGRATED
        yield
        if not ready.exists() and "PYTEST_XDIST_WORKER" in os.environ:
            made = connection.settings_dict["NAME"]
            connection.close()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{MIGRATED}" TEMPLATE "{made}"')
            ready.touch()


def empty() -> None:
    """Delete what tests have committed, as ``flush`` does, but only where there is something, and nothing that stays.

    All tables are locked first, so that nothing is written by what still runs.
    """
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - {*FIXED}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(sorted(tables))} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in sorted(tables))
        )
        for (table,) in cursor.fetchall():
            # Rows of the history cannot be deleted; the database sees to that.
            keeps = table == HistoryEntry._meta.db_table
            cursor.execute(f"TRUNCATE {table}" if keeps else f"DELETE FROM {table}")
