import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reviews", "0002_award"),
        ("seminars", "0002_evaluation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_at", models.DateTimeField(db_index=True, verbose_name="Planned for")),
                (
                    "shows_scores",
                    models.BooleanField(default=True, verbose_name="Letters show the mean score of each criterion"),
                ),
                ("planned_at", models.DateTimeField(verbose_name="Planned")),
                ("cancelled_at", models.DateTimeField(null=True, verbose_name="Cancelled")),
                ("announced_at", models.DateTimeField(null=True, verbose_name="Announced")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="announcements", to="seminars.call"
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "announcement",
                "verbose_name_plural": "announcements",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("announced_at__isnull", True), ("cancelled_at__isnull", True)),
                        fields=("call",),
                        name="announcement_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at__isnull", True), ("cancelled_by__isnull", True)),
                            models.Q(
                                ("announced_at__isnull", True),
                                ("cancelled_at__isnull", False),
                                ("cancelled_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="announcement_cancelled_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("announced_at__isnull", True), ("announced_at__gte", models.F("due_at")), _connector="OR"
                        ),
                        name="announcement_never_early",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("released_at", models.DateTimeField(verbose_name="Released")),
                ("digest", models.CharField(max_length=64)),
                ("voided_at", models.DateTimeField(null=True, verbose_name="Voided")),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="reviews.announcement"
                    ),
                ),
                (
                    "released_by",
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
                "verbose_name": "release",
                "verbose_name_plural": "releases",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("announcement", "side"),
                        name="release_one_per_side",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("announcement", "released_by"),
                        name="release_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("selected", "Selected"),
                            ("reserve", "Reserve list"),
                            ("not_selected", "Not selected"),
                        ],
                        max_length=12,
                        verbose_name="Outcome",
                    ),
                ),
                ("reserve_rank", models.PositiveSmallIntegerField(null=True, verbose_name="Rank on the reserve list")),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="told", to="reviews.announcement"
                    ),
                ),
                (
                    "seminar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="told", to="seminars.seminar"
                    ),
                ),
            ],
            options={
                "verbose_name": "announced outcome",
                "verbose_name_plural": "announced outcomes",
                "ordering": ["-announcement", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("announcement", "seminar"), name="told_once"),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["selected", "reserve", "not_selected"])),
                        name="told_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "reserve"), ("reserve_rank__gte", 1)),
                            models.Q(models.Q(("outcome", "reserve"), _negated=True), ("reserve_rank__isnull", True)),
                            _connector="OR",
                        ),
                        name="told_reserve_has_rank",
                    ),
                ],
            },
        ),
    ]
