"""The history only grows, and what was sent stays sent: the database itself refuses anything else."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEPT = ("id", "subject_kind", "subject_id", "verb", "actor_id", "actor_label", "reason", "at")
POSTGRESQL = (
    """
    CREATE FUNCTION accounts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'what is written in % stays', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE TRIGGER accounts_history_is_not_deleted BEFORE DELETE ON accounts_historyentry
    FOR EACH ROW EXECUTE FUNCTION accounts_refuse_change()
    """,
    f"""
    CREATE TRIGGER accounts_history_is_not_changed BEFORE UPDATE ON accounts_historyentry
    FOR EACH ROW WHEN (
        OLD.verb <> 'edited' OR ({", ".join(f"OLD.{column}" for column in KEPT)})
        IS DISTINCT FROM ({", ".join(f"NEW.{column}" for column in KEPT)})
    ) EXECUTE FUNCTION accounts_refuse_change()
    """,
    """
    CREATE TRIGGER accounts_message_stays_sent BEFORE UPDATE ON accounts_message
    FOR EACH ROW WHEN (OLD.state = 'sent' AND NEW.state <> 'sent') EXECUTE FUNCTION accounts_refuse_change()
    """,
)
POSTGRESQL_BACK = (
    "DROP TRIGGER accounts_message_stays_sent ON accounts_message",
    "DROP TRIGGER accounts_history_is_not_changed ON accounts_historyentry",
    "DROP TRIGGER accounts_history_is_not_deleted ON accounts_historyentry",
    "DROP FUNCTION accounts_refuse_change()",
)
SQLITE = (
    """
    CREATE TRIGGER accounts_history_is_not_deleted BEFORE DELETE ON accounts_historyentry
    BEGIN SELECT RAISE(ABORT, 'what is written in accounts_historyentry stays'); END
    """,
    f"""
    CREATE TRIGGER accounts_history_is_not_changed BEFORE UPDATE ON accounts_historyentry
    WHEN OLD.verb <> 'edited' OR {" OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in KEPT)}
    BEGIN SELECT RAISE(ABORT, 'what is written in accounts_historyentry stays'); END
    """,
    """
    CREATE TRIGGER accounts_message_stays_sent BEFORE UPDATE ON accounts_message
    WHEN OLD.state = 'sent' AND NEW.state <> 'sent'
    BEGIN SELECT RAISE(ABORT, 'what is written in accounts_message stays'); END
    """,
)
SQLITE_BACK = (
    "DROP TRIGGER accounts_message_stays_sent",
    "DROP TRIGGER accounts_history_is_not_changed",
    "DROP TRIGGER accounts_history_is_not_deleted",
)


def refuse(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def allow(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
