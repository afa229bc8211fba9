"""The history may lose its values, when personal data must go, and still never be altered."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEPT = ("id", "subject_kind", "subject_id", "verb", "actor_id", "actor_label", "reason", "at")
DROP = {
    "postgresql": "DROP TRIGGER accounts_history_is_not_changed ON accounts_historyentry",
    "sqlite": "DROP TRIGGER accounts_history_is_not_changed",
}
DIFFERS = {
    "postgresql": f"({', '.join(f'OLD.{column}' for column in KEPT)}) IS DISTINCT FROM "
    f"({', '.join(f'NEW.{column}' for column in KEPT)})",
    "sqlite": f"({' OR '.join(f'OLD.{column} IS NOT NEW.{column}' for column in KEPT)})",
}
CREATE = {
    "postgresql": """
    CREATE TRIGGER accounts_history_is_not_changed BEFORE UPDATE ON accounts_historyentry
    FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION accounts_refuse_change()
    """,
    "sqlite": """
    CREATE TRIGGER accounts_history_is_not_changed BEFORE UPDATE ON accounts_historyentry
    WHEN {condition}
    BEGIN SELECT RAISE(ABORT, 'what is written in accounts_historyentry stays'); END
    """,
}
EMPTIED = {
    "postgresql": "(NEW.before = '{}'::jsonb AND NEW.after = '{}'::jsonb)",
    "sqlite": "(NEW.before = '{}' AND NEW.after = '{}')",
}


def _replace(schema_editor: BaseDatabaseSchemaEditor, changes: str) -> None:
    vendor = schema_editor.connection.vendor
    schema_editor.execute(DROP[vendor], params=None)
    condition = f"({changes}) OR {DIFFERS[vendor]}"
    schema_editor.execute(CREATE[vendor].format(condition=condition), params=None)


def allow_emptying(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _replace(schema_editor, f"OLD.verb <> 'edited' AND NOT {EMPTIED[schema_editor.connection.vendor]}")


def refuse_emptying(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _replace(schema_editor, "OLD.verb <> 'edited'")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_bounces_and_vitals")]
    operations = [migrations.RunPython(allow_emptying, refuse_emptying)]
