import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.fields


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reviews", "0010_letters"),
        ("seminars", "0003_scale"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being written"),
                            ("submitted", "With the agencies"),
                            ("returned", "Returned for correction"),
                            ("accepted", "Accepted by both agencies"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("start_on", models.DateField(blank=True, null=True, verbose_name="First day, as it took place")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="Last day, as it took place")),
                ("venue_name", accounts.fields.LineField(blank=True, max_length=200, verbose_name="Venue")),
                ("venue_city", accounts.fields.LineField(blank=True, max_length=100, verbose_name="City")),
                ("venue_country", models.CharField(blank=True, max_length=2, verbose_name="Country of the venue")),
                ("facts_version", models.PositiveIntegerField(default=0)),
                ("facts_saved_at", models.DateTimeField(null=True)),
                (
                    "narrative",
                    accounts.fields.BlockField(blank=True, max_length=12000, verbose_name="Course and outcomes"),
                ),
                ("follow_up", accounts.fields.BlockField(blank=True, max_length=12000, verbose_name="Follow-up plans")),
                ("narrative_version", models.PositiveIntegerField(default=0)),
                ("narrative_saved_at", models.DateTimeField(null=True)),
                ("attendance_version", models.PositiveIntegerField(default=0)),
                ("attendance_saved_at", models.DateTimeField(null=True)),
                ("publications_version", models.PositiveIntegerField(default=0)),
                ("publications_saved_at", models.DateTimeField(null=True)),
                (
                    "public_text",
                    accounts.fields.BlockField(blank=True, max_length=12000, verbose_name="Public summary"),
                ),
                (
                    "public_language",
                    models.CharField(
                        choices=[("en", "English"), ("fr", "Français"), ("ja", "日本語")],
                        default="en",
                        max_length=2,
                        verbose_name="Language of the public summary",
                    ),
                ),
                ("summary_version", models.PositiveIntegerField(default=0)),
                ("summary_saved_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True, verbose_name="Published")),
                (
                    "seminar",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="report", to="seminars.seminar"
                    ),
                ),
            ],
            options={
                "verbose_name": "final report",
                "verbose_name_plural": "final reports",
                "ordering": ["seminar"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "submitted", "returned", "accepted"])),
                        name="report_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start_on__isnull", True),
                            ("end_on__isnull", True),
                            ("end_on__gte", models.F("start_on")),
                            _connector="OR",
                        ),
                        name="report_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True),
                            models.Q(("state", "accepted"), models.Q(("public_text", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="report_published_is_accepted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "citation",
                    accounts.fields.LineField(blank=True, max_length=600, verbose_name="Publication, as it is cited"),
                ),
                ("doi", models.CharField(blank=True, max_length=200, verbose_name="DOI")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="publications", to="reviews.report"
                    ),
                ),
            ],
            options={
                "verbose_name": "publication",
                "verbose_name_plural": "publications",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "position"), name="publication_place_once"),
                    models.CheckConstraint(
                        condition=models.Q(("citation", ""), ("doi", ""), _negated=True),
                        name="publication_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("pdf", "Report as a PDF"), ("receipt", "Receipt"), ("photo", "Photo")],
                        max_length=8,
                        verbose_name="Kind of file",
                    ),
                ),
                ("file", models.FileField(max_length=200, upload_to="")),
                ("name", models.CharField(max_length=200, verbose_name="File name")),
                ("content_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField(verbose_name="Size in bytes")),
                ("pages", models.PositiveSmallIntegerField(default=0, verbose_name="Pages")),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "alt",
                    accounts.fields.LineField(
                        blank=True, max_length=300, verbose_name="What the photo shows, in words"
                    ),
                ),
                ("credit", accounts.fields.LineField(blank=True, max_length=120, verbose_name="Photo by")),
                (
                    "has_consent",
                    models.BooleanField(
                        default=False,
                        verbose_name="Everybody who can be recognised agrees that the photo may be published",
                    ),
                ),
                ("uploaded_at", models.DateTimeField(verbose_name="Uploaded")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="Removed")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="reviews.report"
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="seminars.callagency"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a report",
                "verbose_name_plural": "files of a report",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("report", "kind", "side", "sha256"),
                        name="report_file_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["pdf", "receipt", "photo"])), name="report_file_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0), ("size__lte", 10485760)), name="report_file_size_in_bounds"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "photo"), _negated=True),
                            models.Q(("has_consent", True), models.Q(("alt", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="report_photo_with_consent_and_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportSide",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("attended", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Participants")),
                ("young", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Young researchers")),
                (
                    "statutory",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Statutory researchers (permanent)"
                    ),
                ),
                (
                    "spending_note",
                    accounts.fields.BlockField(
                        blank=True, max_length=2000, verbose_name="Why spending differs from what was approved"
                    ),
                ),
                ("spending_version", models.PositiveIntegerField(default=0)),
                ("spending_saved_at", models.DateTimeField(null=True)),
                ("signed_at", models.DateTimeField(null=True, verbose_name="Signed")),
                (
                    "coordinator_agreed_at",
                    models.DateTimeField(null=True, verbose_name="The coordinator agrees to publish"),
                ),
                ("officer_agreed_at", models.DateTimeField(null=True, verbose_name="The agency agrees to publish")),
                (
                    "officer_agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sides", to="reviews.report"
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="seminars.callagency"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "side of a report",
                "verbose_name_plural": "sides of a report",
                "ordering": ["side__agency__accent"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "side"), name="report_side_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="report_signed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("officer_agreed_at__isnull", True), ("officer_agreed_by__isnull", True)),
                            models.Q(("officer_agreed_at__isnull", False), ("officer_agreed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="report_agreed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("attended__isnull", True),
                            models.Q(
                                models.Q(
                                    ("young__isnull", True), ("young__lte", models.F("attended")), _connector="OR"
                                ),
                                models.Q(
                                    ("statutory__isnull", True),
                                    ("statutory__lte", models.F("attended")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="report_parts_of_attended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="Version")),
                ("submitted_at", models.DateTimeField(verbose_name="Handed in")),
                ("due_on", models.DateField(verbose_name="Due")),
                ("is_late", models.BooleanField(verbose_name="Late")),
                ("snapshot", models.TextField(editable=False)),
                ("sha256", models.CharField(editable=False, max_length=64)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="reviews.report"
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a report",
                "verbose_name_plural": "versions of a report",
                "ordering": ["-number"],
                "constraints": [models.UniqueConstraint(fields=("report", "number"), name="report_version_once")],
            },
        ),
        migrations.CreateModel(
            name="ReportWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("accepts", models.BooleanField(verbose_name="Accepts")),
                (
                    "comment",
                    accounts.fields.BlockField(
                        blank=True, max_length=2000, verbose_name="Comment for the coordinators"
                    ),
                ),
                ("said_at", models.DateTimeField(verbose_name="Decided")),
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
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="words", to="reviews.reportversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "word on a report",
                "verbose_name_plural": "words on a report",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "side"), name="report_word_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepts", True), models.Q(("comment", ""), _negated=True), _connector="OR"
                        ),
                        name="report_return_has_comment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Spending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("intl_travel", "International travel"),
                            ("local_travel", "Local travel"),
                            ("accommodation", "Accommodation"),
                            ("meals", "Meals"),
                            ("daily_allowance", "Daily allowance (per diem)"),
                            ("organisation", "Organisation costs"),
                        ],
                        max_length=20,
                        verbose_name="Budget category",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="Spent")),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="seminars.budgetline",
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spending", to="reviews.reportside"
                    ),
                ),
            ],
            options={
                "verbose_name": "spending",
                "verbose_name_plural": "spending",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("side", "line"), name="spending_line_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("line__isnull", True)),
                        fields=("side", "kind"),
                        name="spending_unplanned_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="spending_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "intl_travel",
                                    "local_travel",
                                    "accommodation",
                                    "meals",
                                    "daily_allowance",
                                    "organisation",
                                ],
                            )
                        ),
                        name="spending_kind_known",
                    ),
                ],
            },
        ),
    ]
