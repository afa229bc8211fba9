import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.fields


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reviews", "0001_initial"),
        ("seminars", "0002_evaluation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("validating", "Being validated"),
                            ("proposed", "With the coordinator"),
                            ("answered", "Answered by the coordinator"),
                            ("accepted", "Accepted"),
                        ],
                        default="validating",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("validated_at", models.DateTimeField(verbose_name="Validated")),
                ("proposed_at", models.DateTimeField(null=True, verbose_name="Sent to the coordinator")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="Answered")),
                ("answer", accounts.fields.BlockField(blank=True, max_length=1000, verbose_name="Your answer")),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="Accepted")),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="award", to="seminars.proposal"
                    ),
                ),
                (
                    "validated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "award",
                "verbose_name_plural": "awards",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["validating", "proposed", "answered", "accepted"])),
                        name="award_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "validating"), ("proposed_at__isnull", False), _connector="OR"),
                        name="award_proposed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            models.Q(("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="award_answer_has_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", False), ("state", "accepted")),
                            models.Q(models.Q(("state", "accepted"), _negated=True), ("accepted_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="award_accepted_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("requested", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="Requested")),
                ("approved", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="Approved")),
                ("reason", accounts.fields.BlockField(blank=True, max_length=1000, verbose_name="Reason")),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="reviews.award"
                    ),
                ),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="award_line", to="seminars.budgetline"
                    ),
                ),
            ],
            options={
                "verbose_name": "line of an award",
                "verbose_name_plural": "lines of an award",
                "ordering": ["line"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("approved__gte", 0), ("approved__lte", models.F("requested"))),
                        name="award_line_at_most_requested",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved", models.F("requested")),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="award_line_lowered_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cancellation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cancelled_at", models.DateTimeField(verbose_name="Cancelled")),
                ("reason", accounts.fields.BlockField(max_length=1000, verbose_name="Reason")),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "seminar",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cancellation", to="seminars.seminar"
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
                "verbose_name": "cancellation",
                "verbose_name_plural": "cancellations",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="cancellation_has_reason"
                    )
                ],
            },
        ),
    ]
