"""Give each request for approval a row for each of its links: the first one moves there, reminders add theirs."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def move(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Copy the hash of each request's first link."""
    link = apps.get_model("seminars", "ApprovalLink")
    asked = apps.get_model("seminars", "Approval").objects.order_by("pk").values_list("pk", "token_hash", "asked_at")
    link.objects.bulk_create(
        (link(approval_id=pk, token_hash=token_hash, made_at=at) for pk, token_hash, at in asked), batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [("seminars", "0005_personal_data")]

    operations = [
        migrations.CreateModel(
            name="ApprovalLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "approval",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="seminars.approval"
                    ),
                ),
            ],
            options={
                "verbose_name": "link to an approval",
                "verbose_name_plural": "links to approvals",
                "ordering": ["pk"],
            },
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
