import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.fields


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reviews", "0008_minutes_saved"),
        ("seminars", "0003_scale"),
    ]

    operations = [
        migrations.CreateModel(
            name="CancelRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "With the other agency"),
                            ("agreed", "Agreed to"),
                            ("kept", "Not agreed to: the seminar stays"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("reason", accounts.fields.BlockField(max_length=1000, verbose_name="Reason")),
                ("asked_at", models.DateTimeField(verbose_name="Asked")),
                ("answer", accounts.fields.BlockField(blank=True, max_length=1000, verbose_name="Answer")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="Settled")),
            ],
            options={
                "verbose_name": "request to cancel",
                "verbose_name_plural": "requests to cancel",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "agreed", "kept", "withdrawn"])),
                        name="cancel_request_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="cancel_request_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "kept"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="cancel_request_kept_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListedAward",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("settled_at", models.DateTimeField(verbose_name="Budget settled")),
            ],
            options={
                "verbose_name": "budget of a listed half",
                "verbose_name_plural": "budgets of listed halves",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="cancellation",
            name="agreed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="change",
            name="deed",
            field=models.CharField(
                blank=True,
                choices=[
                    ("add", "Add a participant"),
                    ("replace", "Replace a participant"),
                    ("remove", "Remove a participant"),
                ],
                max_length=8,
                verbose_name="Change",
            ),
        ),
        migrations.AddField(
            model_name="change",
            name="participant",
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="change",
            name="person",
            field=models.JSONField(blank=True, default=dict, verbose_name="After"),
        ),
        migrations.AddField(
            model_name="change",
            name="person_before",
            field=models.JSONField(blank=True, default=dict, verbose_name="Before"),
        ),
        migrations.AddConstraint(
            model_name="cancellation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreed_by__isnull", True),
                    models.Q(("agreed_by", models.F("cancelled_by")), _negated=True),
                    _connector="OR",
                ),
                name="cancellation_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deed__in", ("", "add")), ("participant__isnull", True)),
                    models.Q(("deed__in", ("replace", "remove")), ("participant__isnull", False)),
                    _connector="OR",
                ),
                name="change_names_participant",
            ),
        ),
        migrations.AddField(
            model_name="cancelrequest",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="cancelrequest",
            name="ended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="cancelrequest",
            name="seminar",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="cancel_requests", to="seminars.seminar"
            ),
        ),
        migrations.AddField(
            model_name="cancelrequest",
            name="side",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="seminars.callagency"
            ),
        ),
        migrations.AddField(
            model_name="listedaward",
            name="seminar",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="listed_awards", to="seminars.seminar"
            ),
        ),
        migrations.AddField(
            model_name="listedaward",
            name="settled_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="listedaward",
            name="side",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="seminars.callagency"
            ),
        ),
        migrations.AddConstraint(
            model_name="cancelrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")), fields=("seminar",), name="cancel_request_one_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="cancelrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True), ("state", "asked")),
                    models.Q(
                        models.Q(("state", "asked"), _negated=True),
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="cancel_request_ended_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="cancelrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "agreed"), _negated=True),
                    models.Q(("ended_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="cancel_request_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="listedaward",
            constraint=models.UniqueConstraint(fields=("seminar", "side"), name="listed_award_once"),
        ),
    ]
