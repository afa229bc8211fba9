import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.fields


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reviews", "0004_panel"),
        ("seminars", "0002_evaluation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "With both agencies"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("before", models.JSONField(default=dict, verbose_name="Before")),
                ("start_on", models.DateField(verbose_name="Start date")),
                ("end_on", models.DateField(verbose_name="End date")),
                ("venue_name", accounts.fields.LineField(max_length=200, verbose_name="Venue")),
                ("venue_city", accounts.fields.LineField(max_length=100, verbose_name="City")),
                ("venue_country", models.CharField(max_length=2, verbose_name="Host country")),
                ("reason", accounts.fields.BlockField(max_length=1000, verbose_name="Reason")),
                ("asked_at", models.DateTimeField(verbose_name="Asked")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="Settled")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "seminar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="seminars.seminar"
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="seminars.callagency"
                    ),
                ),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "changes",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")), fields=("seminar",), name="change_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "approved", "refused", "withdrawn"])),
                        name="change_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end_on__gte", models.F("start_on"))), name="change_dates_in_order"
                    ),
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="change_has_reason"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "asked")),
                            models.Q(models.Q(("state", "asked"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="change_ended_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agrees", models.BooleanField(verbose_name="Agrees")),
                ("reason", accounts.fields.BlockField(blank=True, max_length=1000, verbose_name="Reason")),
                ("said_at", models.DateTimeField(verbose_name="Decided")),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="words", to="reviews.change"
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="seminars.callagency"
                    ),
                ),
            ],
            options={
                "verbose_name": "word on a change",
                "verbose_name_plural": "words on a change",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("change", "side"), name="change_word_once"),
                    models.CheckConstraint(
                        condition=models.Q(("agrees", True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="change_refusal_has_reason",
                    ),
                ],
            },
        ),
    ]
