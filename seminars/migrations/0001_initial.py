import uuid
from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import phonenumber_field.modelfields
from django.conf import settings
from django.db import migrations, models

import accounts.fields
import seminars.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_keep_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Laboratory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("saved_at", models.DateTimeField(editable=False)),
                ("form_uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", accounts.fields.LineField(max_length=200, verbose_name="Laboratory")),
                (
                    "kind",
                    models.CharField(
                        choices=[("inserm", "Inserm laboratory"), ("other", "Other laboratory")],
                        default="other",
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "unit",
                    seminars.fields.NumberField(
                        blank=True, help_text="Such as U1245 or UMR_S 1142.", max_length=40, verbose_name="Unit number"
                    ),
                ),
                (
                    "rnsr",
                    seminars.fields.RnsrField(
                        blank=True,
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{9}[A-Z]$",
                                "An RNSR number is nine digits and a capital letter, such as 200114767B.",
                            )
                        ],
                        verbose_name="National structure number (RNSR)",
                    ),
                ),
                ("institution", accounts.fields.LineField(blank=True, max_length=200, verbose_name="Institution")),
                ("city", accounts.fields.LineField(blank=True, max_length=100, verbose_name="City")),
                ("country", models.CharField(max_length=2, verbose_name="Country")),
                (
                    "regional_office",
                    accounts.fields.LineField(blank=True, max_length=120, verbose_name="Regional office"),
                ),
            ],
            options={
                "verbose_name": "laboratory",
                "verbose_name_plural": "laboratories",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="Code")),
                ("title_en", accounts.fields.LineField(max_length=200, verbose_name="Title in English")),
                ("title_fr", accounts.fields.LineField(max_length=200, verbose_name="Title in French")),
                ("title_ja", accounts.fields.LineField(max_length=200, verbose_name="Title in Japanese")),
                ("summary_en", accounts.fields.BlockField(max_length=2000, verbose_name="Summary in English")),
                ("summary_fr", accounts.fields.BlockField(max_length=2000, verbose_name="Summary in French")),
                ("summary_ja", accounts.fields.BlockField(max_length=2000, verbose_name="Summary in Japanese")),
                (
                    "format_en",
                    accounts.fields.BlockField(
                        blank=True, max_length=4000, verbose_name="Format and eligibility in English"
                    ),
                ),
                (
                    "format_fr",
                    accounts.fields.BlockField(
                        blank=True, max_length=4000, verbose_name="Format and eligibility in French"
                    ),
                ),
                (
                    "format_ja",
                    accounts.fields.BlockField(
                        blank=True, max_length=4000, verbose_name="Format and eligibility in Japanese"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="Year of the call")),
                ("seminar_year", models.PositiveSmallIntegerField(verbose_name="Year of the seminars")),
                ("opens_at", models.DateTimeField(verbose_name="Opening date")),
                ("window_start_on", models.DateField(verbose_name="First possible day")),
                ("window_end_on", models.DateField(verbose_name="Last possible day")),
                (
                    "min_days",
                    models.PositiveSmallIntegerField(
                        default=2, validators=[django.core.validators.MinValueValidator(1)], verbose_name="Fewest days"
                    ),
                ),
                (
                    "max_days",
                    models.PositiveSmallIntegerField(
                        default=3, validators=[django.core.validators.MinValueValidator(1)], verbose_name="Most days"
                    ),
                ),
                (
                    "minimum_laboratories",
                    models.PositiveSmallIntegerField(default=2, verbose_name="Fewest laboratories in all"),
                ),
                (
                    "expected_participants",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="A warning, never a refusal (R18).",
                        verbose_name="Participants per side above which to warn",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="Number of seminars funded",
                    ),
                ),
                ("announce_from_on", models.DateField(verbose_name="Results from")),
                ("announce_until_on", models.DateField(verbose_name="Results until")),
                ("report_days", models.PositiveSmallIntegerField(default=60, verbose_name="Days for the final report")),
                ("is_published", models.BooleanField(default=False, verbose_name="Published")),
                ("is_demonstration", models.BooleanField(default=False, verbose_name="Demonstration")),
                (
                    "admin_note",
                    accounts.fields.BlockField(
                        blank=True,
                        help_text="Contradictions and how they are settled.",
                        max_length=4000,
                        verbose_name="Note for administrators",
                    ),
                ),
                ("loaded", models.JSONField(default=dict, editable=False)),
            ],
            options={
                "verbose_name": "call",
                "verbose_name_plural": "calls",
                "ordering": ["-year", "-opens_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("window_start_on__lte", models.F("window_end_on"))),
                        name="call_window_in_order",
                        violation_error_message="The last possible day is before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("min_days__gte", 1), ("min_days__lte", models.F("max_days"))),
                        name="call_days_in_order",
                        violation_error_message="The fewest days are more than the most.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("announce_from_on__lte", models.F("announce_until_on"))),
                        name="call_announcement_in_order",
                        violation_error_message="The results would end before they begin.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__isnull", True), ("capacity__gte", 1), _connector="OR"),
                        name="call_capacity_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallAgency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("deadline_on", models.DateField(verbose_name="Deadline: date")),
                ("deadline_time", models.TimeField(verbose_name="Deadline: time")),
                (
                    "deadline_zone",
                    models.CharField(
                        choices=[
                            ("Europe/Paris", "Europe/Paris"),
                            ("Asia/Tokyo", "Asia/Tokyo"),
                            ("UTC", "UTC"),
                            ("America/Cayenne", "America/Cayenne"),
                            ("America/Guadeloupe", "America/Guadeloupe"),
                            ("America/Los_Angeles", "America/Los_Angeles"),
                            ("America/Martinique", "America/Martinique"),
                            ("America/New_York", "America/New_York"),
                            ("America/Sao_Paulo", "America/Sao_Paulo"),
                            ("America/Toronto", "America/Toronto"),
                            ("Asia/Bangkok", "Asia/Bangkok"),
                            ("Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh"),
                            ("Asia/Kolkata", "Asia/Kolkata"),
                            ("Asia/Seoul", "Asia/Seoul"),
                            ("Asia/Shanghai", "Asia/Shanghai"),
                            ("Asia/Singapore", "Asia/Singapore"),
                            ("Asia/Taipei", "Asia/Taipei"),
                            ("Australia/Sydney", "Australia/Sydney"),
                            ("Europe/Berlin", "Europe/Berlin"),
                            ("Europe/London", "Europe/London"),
                            ("Europe/Zurich", "Europe/Zurich"),
                            ("Indian/Reunion", "Indian/Reunion"),
                            ("Pacific/Noumea", "Pacific/Noumea"),
                            ("Pacific/Tahiti", "Pacific/Tahiti"),
                        ],
                        max_length=40,
                        verbose_name="Deadline: time zone",
                    ),
                ),
                ("deadline_at", models.DateTimeField(editable=False, verbose_name="Deadline in UTC")),
                ("deadline_confirmed", models.BooleanField(default=True, verbose_name="Deadline confirmed")),
                (
                    "currency",
                    models.CharField(choices=[("EUR", "euro"), ("JPY", "yen")], max_length=3, verbose_name="Currency"),
                ),
                (
                    "cap",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="Maximum amount"
                    ),
                ),
                (
                    "required_track",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("counterpart", "Joint Research Projects/Seminars with JSPS's Counterpart Agencies"),
                            ("open", "Open Partnership Joint Research Projects/Seminars"),
                            ("other", "Another call"),
                        ],
                        max_length=12,
                        verbose_name="Required track",
                    ),
                ),
                (
                    "required_laboratory_kind",
                    models.CharField(
                        blank=True,
                        choices=[("inserm", "Inserm laboratory"), ("other", "Other laboratory")],
                        max_length=10,
                        verbose_name="Coordinator and speakers work in",
                    ),
                ),
                (
                    "asks_application_number",
                    models.BooleanField(default=False, verbose_name="Asks for the agency's own application number"),
                ),
                (
                    "asks_institution_approval",
                    models.BooleanField(default=False, verbose_name="Asks for the institution's approval"),
                ),
                (
                    "asks_director_agreement",
                    models.BooleanField(default=False, verbose_name="Asks for the unit director's agreement"),
                ),
                (
                    "asks_japanese_names",
                    models.BooleanField(default=False, verbose_name="Asks for names in kanji and katakana"),
                ),
                (
                    "pays_en",
                    accounts.fields.BlockField(blank=True, max_length=2000, verbose_name="What is paid, in English"),
                ),
                (
                    "pays_fr",
                    accounts.fields.BlockField(blank=True, max_length=2000, verbose_name="What is paid, in French"),
                ),
                (
                    "pays_ja",
                    accounts.fields.BlockField(blank=True, max_length=2000, verbose_name="What is paid, in Japanese"),
                ),
                (
                    "filing_en",
                    accounts.fields.BlockField(blank=True, max_length=2000, verbose_name="How to file, in English"),
                ),
                (
                    "filing_fr",
                    accounts.fields.BlockField(blank=True, max_length=2000, verbose_name="How to file, in French"),
                ),
                (
                    "filing_ja",
                    accounts.fields.BlockField(blank=True, max_length=2000, verbose_name="How to file, in Japanese"),
                ),
                ("guidelines_url_en", models.URLField(blank=True, verbose_name="Guidelines in English")),
                ("guidelines_url_fr", models.URLField(blank=True, verbose_name="Guidelines in French")),
                ("guidelines_url_ja", models.URLField(blank=True, verbose_name="Guidelines in Japanese")),
                ("last_number", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="accounts.agency"
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sides", to="seminars.call"
                    ),
                ),
            ],
            options={
                "verbose_name": "side of the call",
                "verbose_name_plural": "sides of the call",
                "ordering": ["agency__accent"],
                "constraints": [
                    models.UniqueConstraint(fields=("call", "agency"), name="call_agency_once"),
                    models.CheckConstraint(
                        condition=models.Q(("cap__isnull", True), ("cap__gte", 0), _connector="OR"),
                        name="call_cap_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Being prepared"),
                            ("importing", "Being imported"),
                            ("imported", "Imported"),
                            ("undone", "Import undone"),
                        ],
                        default="uploaded",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="File name")),
                ("size", models.PositiveIntegerField(verbose_name="Size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="Fingerprint (SHA-256)")),
                (
                    "kind",
                    models.CharField(
                        choices=[("xlsx", "Excel workbook (XLSX)"), ("csv", "Text with separators (CSV)")],
                        max_length=4,
                        verbose_name="Kind of file",
                    ),
                ),
                ("encoding", models.CharField(blank=True, max_length=20, verbose_name="Encoding")),
                ("separator", models.CharField(blank=True, max_length=1, verbose_name="Separator")),
                ("sheet", models.CharField(blank=True, max_length=100, verbose_name="Sheet")),
                ("counts_from_1904", models.BooleanField(default=False, verbose_name="Days counted from 1904")),
                ("headers", models.JSONField(default=list, verbose_name="Column headings")),
                ("header_key", models.CharField(editable=False, max_length=64)),
                ("mapping", models.JSONField(default=dict, verbose_name="Columns")),
                (
                    "known_choice",
                    models.CharField(
                        choices=[("keep", "Keep what is known"), ("update", "Update with what the file says")],
                        default="update",
                        max_length=6,
                        verbose_name="Applications that are listed already",
                    ),
                ),
                ("row_choices", models.JSONField(default=dict, verbose_name="Choices for single rows")),
                ("uploaded_at", models.DateTimeField(verbose_name="Uploaded")),
                ("ordered_at", models.DateTimeField(null=True, verbose_name="Import ordered")),
                ("imported_at", models.DateTimeField(null=True, verbose_name="Imported")),
                ("undone_at", models.DateTimeField(null=True, verbose_name="Import undone")),
                ("shared_at", models.DateTimeField(null=True, verbose_name="Shared with the other agency")),
                ("row_count", models.PositiveIntegerField(default=0, verbose_name="Rows in the file")),
                ("done_count", models.PositiveIntegerField(default=0, verbose_name="Rows read")),
                ("added_count", models.PositiveIntegerField(default=0, verbose_name="Rows added")),
                ("updated_count", models.PositiveIntegerField(default=0, verbose_name="Rows updated")),
                ("kept_count", models.PositiveIntegerField(default=0, verbose_name="Rows kept as they were")),
                ("skipped_count", models.PositiveIntegerField(default=0, verbose_name="Rows left out")),
                ("failure", models.CharField(blank=True, max_length=20, verbose_name="Why the import failed")),
                (
                    "held_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lists",
                        to="accounts.agency",
                        verbose_name="Held by",
                    ),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lists",
                        to="seminars.callagency",
                        verbose_name="Side",
                    ),
                ),
            ],
            options={
                "verbose_name": "application list",
                "verbose_name_plural": "application lists",
                "ordering": ["-uploaded_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["uploaded", "importing", "imported", "undone"])),
                        name="list_state_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("kind__in", ["xlsx", "csv"])), name="list_kind_known"),
                    models.CheckConstraint(
                        condition=models.Q(("known_choice__in", ["keep", "update"])), name="list_choice_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ordered_at__isnull", True), ("ordered_by__isnull", True)),
                            models.Q(("ordered_at__isnull", False), ("ordered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="list_ordered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("imported_at__isnull", True), ("imported_by__isnull", True)),
                            models.Q(("imported_at__isnull", False), ("imported_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="list_imported_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="list_undone_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shared_at__isnull", True), ("shared_by__isnull", True)),
                            models.Q(("shared_at__isnull", False), ("shared_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="list_shared_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("imported_at__isnull", False), ("state__in", ["imported", "undone"])),
                            models.Q(("imported_at__isnull", True), ("state__in", ["uploaded", "importing"])),
                            _connector="OR",
                        ),
                        name="list_imported_has_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "undone"), ("undone_at__isnull", False)),
                            models.Q(models.Q(("state", "undone"), _negated=True), ("undone_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="list_undone_has_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shared_at__isnull", True), ("state", "imported"), _connector="OR"),
                        name="list_shared_once_imported",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ordered_at__isnull", False), ("state", "importing")),
                            models.Q(("state", "importing"), _negated=True),
                            _connector="OR",
                        ),
                        name="list_importing_was_ordered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "row_count__gte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("added_count"), "+", models.F("updated_count")
                                        ),
                                        "+",
                                        models.F("kept_count"),
                                    ),
                                    "+",
                                    models.F("skipped_count"),
                                ),
                            )
                        ),
                        name="list_counts_add_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AllowedCost",
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
                (
                    "side",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cost_kinds", to="seminars.callagency"
                    ),
                ),
            ],
            options={
                "verbose_name": "cost paid",
                "verbose_name_plural": "costs paid",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("side", "kind"), name="allowed_cost_once"),
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
                        name="allowed_cost_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallCountry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "country",
                    models.CharField(help_text="ISO 3166 code, such as FR.", max_length=2, verbose_name="Country"),
                ),
                ("may_host", models.BooleanField(default=False, verbose_name="May host the seminar")),
                (
                    "minimum_laboratories",
                    models.PositiveSmallIntegerField(default=1, verbose_name="Fewest laboratories"),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="countries", to="seminars.call"
                    ),
                ),
            ],
            options={
                "verbose_name": "country of the call",
                "verbose_name_plural": "countries of the call",
                "ordering": ["country"],
                "constraints": [models.UniqueConstraint(fields=("call", "country"), name="call_country_once")],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, verbose_name="Code")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Position")),
                ("title_en", accounts.fields.LineField(max_length=200, verbose_name="In English")),
                ("title_fr", accounts.fields.LineField(max_length=200, verbose_name="In French")),
                ("title_ja", accounts.fields.LineField(max_length=200, verbose_name="In Japanese")),
                (
                    "weight",
                    models.DecimalField(decimal_places=2, default=Decimal("1"), max_digits=5, verbose_name="Weight"),
                ),
                (
                    "guidance_en",
                    accounts.fields.BlockField(blank=True, max_length=2000, verbose_name="Guidance in English"),
                ),
                (
                    "guidance_fr",
                    accounts.fields.BlockField(blank=True, max_length=2000, verbose_name="Guidance in French"),
                ),
                (
                    "guidance_ja",
                    accounts.fields.BlockField(blank=True, max_length=2000, verbose_name="Guidance in Japanese"),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="seminars.call"
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion",
                "verbose_name_plural": "criteria",
                "ordering": ["position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("call", "code"), name="criterion_once"),
                    models.CheckConstraint(condition=models.Q(("weight__gt", 0)), name="criterion_weight_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DirectoryEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", accounts.fields.LineField(max_length=200, verbose_name="Laboratory")),
                (
                    "kind",
                    models.CharField(
                        choices=[("inserm", "Inserm laboratory"), ("other", "Other laboratory")],
                        default="other",
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
                ("unit", seminars.fields.NumberField(blank=True, max_length=40, verbose_name="Unit number")),
                (
                    "rnsr",
                    seminars.fields.RnsrField(
                        blank=True,
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{9}[A-Z]$",
                                "An RNSR number is nine digits and a capital letter, such as 200114767B.",
                            )
                        ],
                        verbose_name="National structure number (RNSR)",
                    ),
                ),
                ("institution", accounts.fields.LineField(blank=True, max_length=200, verbose_name="Institution")),
                ("city", accounts.fields.LineField(blank=True, max_length=100, verbose_name="City")),
                ("country", models.CharField(max_length=2, verbose_name="Country")),
                (
                    "regional_office",
                    accounts.fields.LineField(blank=True, max_length=120, verbose_name="Regional office"),
                ),
                ("changed_at", models.DateTimeField(verbose_name="Last changed")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="directory", to="accounts.agency"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "laboratory of the directory",
                "verbose_name_plural": "directory of laboratories",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("rnsr", ""), _negated=True),
                        fields=("rnsr",),
                        name="directory_rnsr_once",
                        violation_error_message="Another laboratory of the directory has this name, spelling or RNSR number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["inserm", "other"])), name="directory_kind_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EligibilityNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_at", models.DateTimeField(verbose_name="Coordinators are told")),
                ("planned_at", models.DateTimeField(verbose_name="Planned")),
                ("agreed_at", models.DateTimeField(null=True, verbose_name="Agreed to")),
                ("cancelled_at", models.DateTimeField(null=True, verbose_name="Cancelled")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="Gone")),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="eligibility_notices",
                        to="seminars.call",
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
                (
                    "side",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="seminars.callagency"
                    ),
                ),
            ],
            options={
                "verbose_name": "notice of eligibility",
                "verbose_name_plural": "notices of eligibility",
                "ordering": ["-planned_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at__isnull", True), ("sent_at__isnull", True)),
                        fields=("call",),
                        name="notice_one_waiting_per_call",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                            models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_agreed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at__isnull", True), ("cancelled_by__isnull", True)),
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("cancelled_by__isnull", False),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="notice_cancelled_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at__isnull", True),
                            models.Q(("agreed_at__isnull", False), ("sent_at__gte", models.F("due_at"))),
                            _connector="OR",
                        ),
                        name="notice_goes_when_agreed_and_due",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", accounts.fields.LineField(max_length=60, verbose_name="Label")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("has_deadlines", models.BooleanField(default=True, verbose_name="Deadlines of calls")),
                ("has_seminars", models.BooleanField(default=True, verbose_name="Dates of seminars")),
                ("created_at", models.DateTimeField(verbose_name="Created")),
                ("last_used_at", models.DateTimeField(null=True, verbose_name="Last used")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="Revoked")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="feeds", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar feed",
                "verbose_name_plural": "calendar feeds",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("has_deadlines", True), ("has_seminars", True), _connector="OR"),
                        name="feed_tells_something",
                        violation_error_message="Choose at least one of the two.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ListUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(max_length=200, upload_to="")),
                ("sheets", models.JSONField(default=list)),
                ("rows", models.JSONField(default=list)),
                ("notes", models.JSONField(default=list)),
                (
                    "application_list",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="upload",
                        to="seminars.applicationlist",
                    ),
                ),
            ],
            options={
                "verbose_name": "uploaded list",
                "verbose_name_plural": "uploaded lists",
            },
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject_en",
                    accounts.fields.LineField(blank=True, max_length=150, verbose_name="Subject in English"),
                ),
                ("subject_fr", accounts.fields.LineField(blank=True, max_length=150, verbose_name="Subject in French")),
                (
                    "subject_ja",
                    accounts.fields.LineField(blank=True, max_length=150, verbose_name="Subject in Japanese"),
                ),
                ("body_en", accounts.fields.BlockField(blank=True, max_length=4000, verbose_name="Text in English")),
                ("body_fr", accounts.fields.BlockField(blank=True, max_length=4000, verbose_name="Text in French")),
                ("body_ja", accounts.fields.BlockField(blank=True, max_length=4000, verbose_name="Text in Japanese")),
                ("form_uuid", models.UUIDField(unique=True)),
                ("sent_at", models.DateTimeField(verbose_name="Sent")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mailings", to="seminars.call"
                    ),
                ),
            ],
            options={
                "verbose_name": "message to coordinators",
                "verbose_name_plural": "messages to coordinators",
                "ordering": ["-sent_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Pack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("requested_at", models.DateTimeField(verbose_name="Asked for")),
                ("query", models.TextField(blank=True)),
                ("languages", models.JSONField(default=list, verbose_name="Languages")),
                (
                    "version",
                    models.CharField(
                        choices=[("full", "Full version"), ("reviewers", "Reviewers' version")],
                        default="full",
                        max_length=10,
                        verbose_name="Version",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for its turn"),
                            ("making", "Being made"),
                            ("ready", "Ready"),
                            ("failed", "Could not be made"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="State",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("beat_at", models.DateTimeField(null=True)),
                ("done", models.PositiveIntegerField(default=0, verbose_name="Done")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="In all")),
                ("file", models.CharField(blank=True, max_length=200)),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="Size in bytes")),
                ("ready_at", models.DateTimeField(null=True, verbose_name="Ready")),
                ("expires_at", models.DateTimeField(null=True, verbose_name="Kept until")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="packs",
                        to="seminars.call",
                        verbose_name="Call",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "pack of dossiers",
                "verbose_name_plural": "packs of dossiers",
                "ordering": ["-requested_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "making", "ready", "failed"])),
                        name="pack_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__in", ["full", "reviewers"])), name="pack_version_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("total"))), name="pack_done_within_total"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("expires_at__isnull", False),
                                ("ready_at__isnull", False),
                                ("state", "ready"),
                                models.Q(("file", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "ready"), _negated=True),
                                ("expires_at__isnull", True),
                                ("file", ""),
                                ("ready_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="pack_ready_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriorityArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, verbose_name="Code")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Position")),
                ("title_en", accounts.fields.LineField(max_length=200, verbose_name="In English")),
                ("title_fr", accounts.fields.LineField(max_length=200, verbose_name="In French")),
                ("title_ja", accounts.fields.LineField(max_length=200, verbose_name="In Japanese")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="areas", to="seminars.call"
                    ),
                ),
            ],
            options={
                "verbose_name": "priority area",
                "verbose_name_plural": "priority areas",
                "ordering": ["position", "pk"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("call", "code"), name="area_once")],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("awaiting", "Awaiting institution's approval"),
                            ("submitted", "Submitted"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="State",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="Created")),
                ("changed_at", models.DateTimeField(verbose_name="Last changed")),
                ("pair_confirmed_at", models.DateTimeField(null=True, verbose_name="Pair confirmed")),
                (
                    "title_en",
                    accounts.fields.LineField(blank=True, max_length=200, verbose_name="Seminar title in English"),
                ),
                (
                    "title_fr",
                    accounts.fields.LineField(blank=True, max_length=200, verbose_name="Seminar title in French"),
                ),
                (
                    "title_ja",
                    accounts.fields.LineField(blank=True, max_length=200, verbose_name="Seminar title in Japanese"),
                ),
                (
                    "abstract_en",
                    accounts.fields.BlockField(blank=True, max_length=3000, verbose_name="Abstract in English"),
                ),
                ("keywords", models.JSONField(blank=True, default=list, verbose_name="Keywords")),
                ("start_on", models.DateField(blank=True, null=True, verbose_name="Start date")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="End date")),
                ("venue_name", accounts.fields.LineField(blank=True, max_length=200, verbose_name="Venue")),
                ("venue_city", accounts.fields.LineField(blank=True, max_length=100, verbose_name="City")),
                ("venue_country", models.CharField(blank=True, max_length=2, verbose_name="Host country")),
                ("facts_version", models.PositiveIntegerField(default=0)),
                ("facts_saved_at", models.DateTimeField(null=True)),
                (
                    "track",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("counterpart", "Joint Research Projects/Seminars with JSPS's Counterpart Agencies"),
                            ("open", "Open Partnership Joint Research Projects/Seminars"),
                            ("other", "Another call"),
                        ],
                        max_length=12,
                        verbose_name="JSPS track",
                    ),
                ),
                (
                    "application_number",
                    accounts.fields.LineField(blank=True, max_length=40, verbose_name="JSPS application number"),
                ),
                (
                    "institution_officer_name",
                    accounts.fields.LineField(blank=True, max_length=160, verbose_name="Institution officer"),
                ),
                (
                    "institution_officer_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="Institution officer's e-mail address"),
                ),
                ("director_name", accounts.fields.LineField(blank=True, max_length=160, verbose_name="Unit director")),
                ("coordinators_version", models.PositiveIntegerField(default=0)),
                ("coordinators_saved_at", models.DateTimeField(null=True)),
                ("objectives", accounts.fields.BlockField(blank=True, max_length=4000, verbose_name="Objectives")),
                (
                    "cooperation",
                    accounts.fields.BlockField(blank=True, max_length=4000, verbose_name="Prospects for cooperation"),
                ),
                (
                    "novelty",
                    accounts.fields.BlockField(
                        blank=True, max_length=4000, verbose_name="Novelty of the collaborations"
                    ),
                ),
                (
                    "added_value",
                    accounts.fields.BlockField(
                        blank=True, max_length=4000, verbose_name="Added value of the cooperation"
                    ),
                ),
                ("feasibility", accounts.fields.BlockField(blank=True, max_length=4000, verbose_name="Feasibility")),
                ("case_version", models.PositiveIntegerField(default=0)),
                ("case_saved_at", models.DateTimeField(null=True)),
                (
                    "declares_accuracy",
                    models.BooleanField(default=False, verbose_name="What this record says is accurate and complete."),
                ),
                (
                    "declares_partner_files",
                    models.BooleanField(
                        default=False,
                        verbose_name="My partner files the same seminar with the other agency; otherwise neither record is eligible.",
                    ),
                ),
                (
                    "declares_data_use",
                    models.BooleanField(
                        default=False,
                        verbose_name="The people named here know that both agencies will use these data to evaluate the seminar.",
                    ),
                ),
                (
                    "director_agrees",
                    models.BooleanField(default=False, verbose_name="The director of my unit agrees to this seminar."),
                ),
                ("declarations_version", models.PositiveIntegerField(default=0)),
                ("declarations_saved_at", models.DateTimeField(null=True)),
                ("admitted_until", models.DateTimeField(null=True, verbose_name="Admitted late until")),
                (
                    "admission_reason",
                    accounts.fields.BlockField(blank=True, max_length=1000, verbose_name="Reason for late admission"),
                ),
                ("correct_until", models.DateTimeField(null=True, verbose_name="To be corrected until")),
                (
                    "correction_sent_at",
                    models.DateTimeField(null=True, verbose_name="Correction sent to the institution"),
                ),
                (
                    "told_outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("eligible", "Eligible"),
                            ("ineligible", "Ineligible"),
                            ("reopened", "Being examined again"),
                        ],
                        max_length=10,
                        verbose_name="Eligibility as told",
                    ),
                ),
                ("told_at", models.DateTimeField(null=True, verbose_name="Eligibility told")),
                (
                    "admitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "areas",
                    models.ManyToManyField(blank=True, to="seminars.priorityarea", verbose_name="Priority areas"),
                ),
                (
                    "coordinator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="seminars.callagency"
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["withdrawn", "lapsed"]), _negated=True),
                        fields=("side", "coordinator"),
                        name="proposal_one_per_coordinator_side",
                        violation_error_message="You already have a proposal for this agency in this call.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "awaiting", "submitted", "withdrawn", "lapsed"])),
                        name="proposal_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start_on__isnull", True),
                            ("end_on__isnull", True),
                            ("end_on__gte", models.F("start_on")),
                            _connector="OR",
                        ),
                        name="proposal_dates_in_order",
                        violation_error_message="The end date is before the start date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("admission_reason", ""),
                                ("admitted_by__isnull", True),
                                ("admitted_until__isnull", True),
                            ),
                            models.Q(
                                ("admitted_by__isnull", False),
                                ("admitted_until__isnull", False),
                                models.Q(("admission_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_admission_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("correct_until__isnull", True), ("correction_sent_at__isnull", True)),
                            models.Q(("correct_until__isnull", False), ("state", "submitted")),
                            _connector="OR",
                        ),
                        name="proposal_corrected_while_submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("told_at__isnull", True), ("told_outcome", "")),
                            models.Q(
                                ("told_at__isnull", False), ("told_outcome__in", ["eligible", "ineligible", "reopened"])
                            ),
                            _connector="OR",
                        ),
                        name="proposal_told_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "family_name",
                    accounts.fields.LatinField(
                        blank=True,
                        max_length=80,
                        validators=[accounts.fields.validate_latin],
                        verbose_name="Family name",
                    ),
                ),
                (
                    "given_name",
                    accounts.fields.LatinField(
                        blank=True,
                        max_length=80,
                        validators=[accounts.fields.validate_latin],
                        verbose_name="Given name",
                    ),
                ),
                (
                    "family_name_kanji",
                    accounts.fields.LineField(
                        blank=True,
                        max_length=80,
                        validators=[accounts.fields.validate_kanji],
                        verbose_name="Family name in kanji",
                    ),
                ),
                (
                    "given_name_kanji",
                    accounts.fields.LineField(
                        blank=True,
                        max_length=80,
                        validators=[accounts.fields.validate_kanji],
                        verbose_name="Given name in kanji",
                    ),
                ),
                (
                    "family_name_kana",
                    accounts.fields.KanaField(
                        blank=True,
                        max_length=80,
                        validators=[accounts.fields.validate_kana],
                        verbose_name="Family name in katakana",
                    ),
                ),
                (
                    "given_name_kana",
                    accounts.fields.KanaField(
                        blank=True,
                        max_length=80,
                        validators=[accounts.fields.validate_kana],
                        verbose_name="Given name in katakana",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("saved_at", models.DateTimeField(editable=False)),
                ("form_uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("side", models.CharField(blank=True, max_length=2, verbose_name="Side")),
                (
                    "role",
                    models.CharField(
                        choices=[("coordinator", "Coordinator"), ("speaker", "Speaker"), ("attendee", "Participant")],
                        default="attendee",
                        max_length=12,
                        verbose_name="Role",
                    ),
                ),
                ("title", accounts.fields.LineField(blank=True, max_length=20, verbose_name="Title")),
                ("position", accounts.fields.LineField(blank=True, max_length=120, verbose_name="Position")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-mail address")),
                (
                    "orcid",
                    accounts.fields.OrcidField(
                        blank=True, max_length=60, validators=[accounts.fields.validate_orcid], verbose_name="ORCID iD"
                    ),
                ),
                (
                    "phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True, max_length=128, region=None, verbose_name="Telephone"
                    ),
                ),
                ("country_of_work", models.CharField(blank=True, max_length=2, verbose_name="Country of work")),
                (
                    "career_stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cr", "Research scientist (CR)"),
                            ("dr", "Research director (DR)"),
                            ("mcuph", "Associate professor-hospital practitioner (MCU-PH)"),
                            ("puph", "Professor-hospital practitioner (PU-PH)"),
                            ("professor", "Professor"),
                            ("associate", "Associate professor or lecturer"),
                            ("assistant", "Assistant professor"),
                            ("postdoc", "Postdoctoral researcher"),
                            ("phd", "Doctoral student"),
                            ("engineer", "Engineer or technician"),
                            ("clinician", "Clinician"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                        verbose_name="Grade",
                    ),
                ),
                (
                    "phd_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1950),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="Year of the doctorate",
                    ),
                ),
                ("statutory", models.BooleanField(default=False, verbose_name="Statutory researcher (permanent)")),
                ("young", models.BooleanField(default=False, verbose_name="Young researcher")),
                ("talk_title", accounts.fields.LineField(blank=True, max_length=200, verbose_name="Title of the talk")),
                (
                    "laboratory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="seminars.laboratory",
                        verbose_name="Laboratory",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="participants", to="seminars.proposal"
                    ),
                ),
            ],
            options={
                "verbose_name": "participant",
                "verbose_name_plural": "participants",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("role", "coordinator")),
                        fields=("proposal", "side"),
                        name="participant_one_coordinator_per_side",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["coordinator", "speaker", "attendee"])),
                        name="participant_role_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailingRecipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mailing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recipients", to="seminars.mailing"
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.message"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="seminars.proposal"
                    ),
                ),
            ],
            options={
                "verbose_name": "recipient",
                "verbose_name_plural": "recipients",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("mailing", "proposal"), name="mailing_recipient_once")],
            },
        ),
        migrations.CreateModel(
            name="ListedApplication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "family_name",
                    accounts.fields.LatinField(
                        blank=True,
                        max_length=80,
                        validators=[accounts.fields.validate_latin],
                        verbose_name="Family name",
                    ),
                ),
                (
                    "given_name",
                    accounts.fields.LatinField(
                        blank=True,
                        max_length=80,
                        validators=[accounts.fields.validate_latin],
                        verbose_name="Given name",
                    ),
                ),
                (
                    "family_name_kanji",
                    accounts.fields.LineField(
                        blank=True,
                        max_length=80,
                        validators=[accounts.fields.validate_kanji],
                        verbose_name="Family name in kanji",
                    ),
                ),
                (
                    "given_name_kanji",
                    accounts.fields.LineField(
                        blank=True,
                        max_length=80,
                        validators=[accounts.fields.validate_kanji],
                        verbose_name="Given name in kanji",
                    ),
                ),
                (
                    "family_name_kana",
                    accounts.fields.KanaField(
                        blank=True,
                        max_length=80,
                        validators=[accounts.fields.validate_kana],
                        verbose_name="Family name in katakana",
                    ),
                ),
                (
                    "given_name_kana",
                    accounts.fields.KanaField(
                        blank=True,
                        max_length=80,
                        validators=[accounts.fields.validate_kana],
                        verbose_name="Given name in katakana",
                    ),
                ),
                ("row_number", models.PositiveIntegerField(verbose_name="Row")),
                ("received", models.JSONField(default=dict, verbose_name="As received")),
                ("earlier", models.JSONField(default=list, editable=False)),
                (
                    "application_number",
                    accounts.fields.LineField(blank=True, max_length=40, verbose_name="Application number"),
                ),
                (
                    "title_en",
                    accounts.fields.LineField(blank=True, max_length=300, verbose_name="Seminar title in English"),
                ),
                (
                    "title_ja",
                    accounts.fields.LineField(blank=True, max_length=300, verbose_name="Seminar title in Japanese"),
                ),
                ("title_original", accounts.fields.LineField(blank=True, max_length=300, verbose_name="Seminar title")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-mail address")),
                ("orcid", accounts.fields.OrcidField(blank=True, max_length=60, verbose_name="ORCID iD")),
                ("institution", accounts.fields.LineField(blank=True, max_length=200, verbose_name="Institution")),
                (
                    "department",
                    accounts.fields.LineField(blank=True, max_length=200, verbose_name="Department or laboratory"),
                ),
                (
                    "partner_family_name",
                    accounts.fields.LineField(blank=True, max_length=80, verbose_name="Partner's family name"),
                ),
                (
                    "partner_given_name",
                    accounts.fields.LineField(blank=True, max_length=80, verbose_name="Partner's given name"),
                ),
                (
                    "partner_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="Partner's e-mail address"),
                ),
                (
                    "partner_institution",
                    accounts.fields.LineField(blank=True, max_length=200, verbose_name="Partner's institution"),
                ),
                ("start_on", models.DateField(blank=True, null=True, verbose_name="Start date")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="End date")),
                ("venue_city", accounts.fields.LineField(blank=True, max_length=100, verbose_name="City")),
                ("venue_country", models.CharField(blank=True, max_length=2, verbose_name="Host country")),
                (
                    "track",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("counterpart", "Joint Research Projects/Seminars with JSPS's Counterpart Agencies"),
                            ("open", "Open Partnership Joint Research Projects/Seminars"),
                            ("other", "Another call"),
                        ],
                        max_length=12,
                        verbose_name="JSPS track",
                    ),
                ),
                (
                    "track_received",
                    accounts.fields.LineField(blank=True, max_length=200, verbose_name="Track as received"),
                ),
                (
                    "status_received",
                    accounts.fields.LineField(blank=True, max_length=200, verbose_name="Status as received"),
                ),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="Approved by the institution")),
                ("matched_at", models.DateTimeField(null=True, verbose_name="Matched")),
                (
                    "application_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="seminars.applicationlist"
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                        verbose_name="Held by",
                    ),
                ),
                (
                    "matched_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listed",
                        to="seminars.callagency",
                        verbose_name="Side",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="listings",
                        to="seminars.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "listed application",
                "verbose_name_plural": "listed applications",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("application_number", ""), _negated=True),
                        fields=("side", "held_by", "application_number"),
                        name="listed_once_by_number",
                    ),
                    models.UniqueConstraint(fields=("application_list", "row_number"), name="listed_row_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start_on__isnull", True),
                            ("end_on__isnull", True),
                            ("end_on__gte", models.F("start_on")),
                            _connector="OR",
                        ),
                        name="listed_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("track__in", ["", "counterpart", "open", "other"])),
                        name="listed_track_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="laboratory",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="laboratories", to="seminars.proposal"
            ),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="E-mail address")),
                ("name", accounts.fields.LineField(blank=True, max_length=160, verbose_name="Name")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("fr", "Français"), ("ja", "日本語")],
                        max_length=2,
                        verbose_name="Language",
                    ),
                ),
                ("message", accounts.fields.BlockField(blank=True, max_length=2000, verbose_name="Message")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("sent_at", models.DateTimeField(verbose_name="Sent")),
                ("expires_at", models.DateTimeField(verbose_name="Expires")),
                ("opened_at", models.DateTimeField(null=True, verbose_name="Opened")),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="Accepted")),
                ("declined_at", models.DateTimeField(null=True, verbose_name="Declined")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="Revoked")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="seminars.proposal"
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["-sent_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True), ("declined_at__isnull", True), ("revoked_at__isnull", True)
                        ),
                        fields=("proposal",),
                        name="invitation_one_pending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            models.Q(
                                ("accepted_at__isnull", False),
                                ("accepted_by__isnull", False),
                                ("revoked_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_accepted_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("saved_at", models.DateTimeField(editable=False)),
                ("form_uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
                (
                    "quantity",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9999),
                        ],
                        verbose_name="Quantity",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("trip", "return trip"),
                            ("leg", "single trip"),
                            ("night", "night"),
                            ("day", "day"),
                            ("meal", "meal"),
                            ("item", "item"),
                        ],
                        max_length=8,
                        verbose_name="Unit",
                    ),
                ),
                (
                    "unit_cost",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="Unit cost",
                    ),
                ),
                ("note", accounts.fields.LineField(blank=True, max_length=300, verbose_name="Note")),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="seminars.participant",
                        verbose_name="Participant",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="seminars.proposal"
                    ),
                ),
            ],
            options={
                "verbose_name": "budget line",
                "verbose_name_plural": "budget lines",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 1), ("quantity__lte", 9999)),
                        name="line_quantity_in_bounds",
                    ),
                    models.CheckConstraint(condition=models.Q(("unit_cost__gte", 0)), name="line_cost_not_negative"),
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
                        name="line_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(max_length=200, upload_to="")),
                ("name", models.CharField(max_length=200, verbose_name="File name")),
                ("size", models.PositiveIntegerField(verbose_name="Size in bytes")),
                ("pages", models.PositiveSmallIntegerField(verbose_name="Pages")),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField(verbose_name="Uploaded")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="seminars.proposal"
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0), ("size__lte", 10485760)), name="attachment_size_in_bounds"
                    ),
                    models.UniqueConstraint(fields=("proposal", "sha256"), name="attachment_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RejectedMatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rejected_at", models.DateTimeField(verbose_name="Rejected")),
                (
                    "listed",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rejected_matches",
                        to="seminars.listedapplication",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="seminars.proposal"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rejected_matches",
                        to="seminars.proposal",
                    ),
                ),
                (
                    "rejected_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "rejected candidate",
                "verbose_name_plural": "rejected candidates",
                "ordering": ["-rejected_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("record", "listed"), name="rejected_row_once"),
                    models.UniqueConstraint(fields=("record", "other"), name="rejected_record_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("listed__isnull", False), ("other__isnull", True)),
                            models.Q(("listed__isnull", True), ("other__isnull", False)),
                            _connector="OR",
                        ),
                        name="rejected_row_or_record",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("other__isnull", True), ("record__lt", models.F("other")), _connector="OR"),
                        name="rejected_records_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", accounts.fields.LineField(max_length=60, verbose_name="Name")),
                ("query", models.CharField(blank=True, max_length=3000)),
                ("is_shared", models.BooleanField(default=False, verbose_name="Shared with the officers of my agency")),
                ("saved_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="saved_searches", to="seminars.call"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved search",
                "verbose_name_plural": "saved searches",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "call", "name"), name="saved_search_name_once"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="saved_search_named"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DefaultSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="seminars.call"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="defaults", to="seminars.savedsearch"
                    ),
                ),
            ],
            options={
                "verbose_name": "search to start with",
                "verbose_name_plural": "searches to start with",
                "constraints": [models.UniqueConstraint(fields=("user", "call"), name="default_search_once")],
            },
        ),
        migrations.CreateModel(
            name="Seminar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("forming", "To be confirmed by both coordinators"),
                            ("paired", "Paired"),
                            ("eligible", "Eligible"),
                            ("ineligible", "Ineligible"),
                        ],
                        default="forming",
                        max_length=12,
                        verbose_name="State",
                    ),
                ),
                ("formed_at", models.DateTimeField(verbose_name="Formed")),
                ("paired_at", models.DateTimeField(null=True, verbose_name="Paired")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seminars", to="seminars.call"
                    ),
                ),
                (
                    "matched_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "seminar",
                "verbose_name_plural": "seminars",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["forming", "paired", "eligible", "ineligible"])),
                        name="seminar_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paired_at__isnull", True), ("state", "forming")),
                            models.Q(models.Q(("state", "forming"), _negated=True), ("paired_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="seminar_paired_has_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("matched_by__isnull", True), models.Q(("state", "forming"), _negated=True), _connector="OR"
                        ),
                        name="seminar_matched_is_paired",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="proposal",
            name="seminar",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="proposals",
                to="seminars.seminar",
            ),
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.CharField(
                        choices=[("own", "Officers of my agency only"), ("both", "Officers of both agencies")],
                        default="own",
                        max_length=6,
                        verbose_name="Who can read it",
                    ),
                ),
                ("text", accounts.fields.BlockField(max_length=4000, verbose_name="Note")),
                ("form_uuid", models.UUIDField(unique=True)),
                ("written_at", models.DateTimeField(verbose_name="Written")),
                ("edited_at", models.DateTimeField(null=True, verbose_name="Changed")),
                ("deleted_at", models.DateTimeField(null=True, verbose_name="Deleted")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "mentioned",
                    models.ManyToManyField(
                        blank=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="Mentioned"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="seminars.proposal"
                    ),
                ),
                (
                    "seminar",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notes",
                        to="seminars.seminar",
                    ),
                ),
            ],
            options={
                "verbose_name": "note",
                "verbose_name_plural": "notes",
                "ordering": ["written_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["own", "both"])), name="note_audience_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("deleted_at__isnull", False), ("text", "")),
                            models.Q(("deleted_at__isnull", True), models.Q(("text", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="note_deleted_is_empty",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="listedapplication",
            name="seminar",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="listed",
                to="seminars.seminar",
            ),
        ),
        migrations.CreateModel(
            name="EligibilityDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("eligible", "Eligible"),
                            ("ineligible", "Ineligible"),
                            ("correction", "Needs correction"),
                        ],
                        max_length=10,
                        verbose_name="Decision",
                    ),
                ),
                ("rules", models.JSONField(default=list, verbose_name="Rules")),
                (
                    "reason_en",
                    accounts.fields.BlockField(blank=True, max_length=4000, verbose_name="Reasons in English"),
                ),
                (
                    "reason_fr",
                    accounts.fields.BlockField(blank=True, max_length=4000, verbose_name="Reasons in French"),
                ),
                (
                    "reason_ja",
                    accounts.fields.BlockField(blank=True, max_length=4000, verbose_name="Reasons in Japanese"),
                ),
                ("correct_by", models.DateTimeField(null=True, verbose_name="Correct by")),
                ("decided_at", models.DateTimeField(verbose_name="Decided")),
                ("told_at", models.DateTimeField(null=True, verbose_name="Told to the coordinators")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="Ended")),
                (
                    "end_reason",
                    accounts.fields.BlockField(blank=True, max_length=1000, verbose_name="Reason for reopening"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="eligibility_decisions",
                        to="seminars.callagency",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="seminars.eligibilitynotice",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="eligibility_decisions",
                        to="seminars.proposal",
                    ),
                ),
                (
                    "seminar",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="eligibility_decisions",
                        to="seminars.seminar",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision on eligibility",
                "verbose_name_plural": "decisions on eligibility",
                "ordering": ["-decided_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("seminar__isnull", False)),
                        fields=("seminar", "side"),
                        name="eligibility_one_per_side_of_seminar",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("proposal__isnull", False)),
                        fields=("proposal",),
                        name="eligibility_one_per_record",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["eligible", "ineligible", "correction"])),
                        name="eligibility_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seminar__isnull", False), ("proposal__isnull", False), _connector="OR"),
                        name="eligibility_is_about_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "ineligible"), _negated=True),
                            models.Q(
                                models.Q(("reason_en", ""), _negated=True),
                                models.Q(("reason_fr", ""), _negated=True),
                                models.Q(("reason_ja", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="eligibility_ineligible_has_reasons",
                        violation_error_message="A refusal needs its reasons in all three languages.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("correct_by__gt", models.F("decided_at")),
                                ("outcome", "correction"),
                                ("proposal__isnull", False),
                            ),
                            models.Q(models.Q(("outcome", "correction"), _negated=True), ("correct_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="eligibility_correction_has_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("notice__isnull", True), ("told_at__isnull", True)),
                            models.Q(
                                ("notice__isnull", True),
                                ("outcome", "correction"),
                                ("told_at__gte", models.F("decided_at")),
                            ),
                            models.Q(
                                ("notice__isnull", False),
                                ("told_at__gte", models.F("decided_at")),
                                models.Q(("outcome", "correction"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="eligibility_told_by_notice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", True)),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="eligibility_reopened_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("saved_at", models.DateTimeField(editable=False)),
                ("form_uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("on", models.DateField(verbose_name="Day")),
                ("starts", models.TimeField(verbose_name="Start")),
                ("ends", models.TimeField(verbose_name="End")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("seminar", "Seminar session"),
                            ("travel", "Travel"),
                            ("preparatory", "Preparatory meeting"),
                            ("debriefing", "Debriefing"),
                        ],
                        default="seminar",
                        max_length=12,
                        verbose_name="Kind",
                    ),
                ),
                ("title", accounts.fields.LineField(max_length=200, verbose_name="Title")),
                ("speaker", accounts.fields.LineField(blank=True, max_length=160, verbose_name="Speaker")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="seminars.proposal"
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "ordering": ["on", "starts", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))),
                        name="session_ends_after_start",
                        violation_error_message="The session ends before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["seminar", "travel", "preparatory", "debriefing"])),
                        name="session_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Spelling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", accounts.fields.LineField(max_length=200, verbose_name="Spelling")),
                ("country", models.CharField(max_length=2)),
                ("key", models.CharField(max_length=400)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spellings",
                        to="seminars.directoryentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "spelling",
                "verbose_name_plural": "spellings",
                "ordering": ["text"],
                "constraints": [
                    models.UniqueConstraint(fields=("country", "key"), name="spelling_means_one_laboratory")
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form_uuid", models.UUIDField(unique=True)),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="Receipt number")),
                ("arrived_at", models.DateTimeField(verbose_name="Arrived")),
                ("counted_at", models.DateTimeField(null=True, verbose_name="Counted as submitted")),
                ("snapshot", models.TextField(editable=False)),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("ended_at", models.DateTimeField(null=True, verbose_name="Reopened or withdrawn")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="submissions", to="seminars.proposal"
                    ),
                ),
            ],
            options={
                "verbose_name": "submission",
                "verbose_name_plural": "submissions",
                "ordering": ["-arrived_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("counted_at__isnull", False), ("ended_at__isnull", True)),
                        fields=("proposal",),
                        name="submission_one_in_force",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("counted_at__isnull", True), ("ended_at__isnull", True)),
                        fields=("proposal",),
                        name="submission_one_to_approve",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("counted_at__isnull", True), ("counted_at__gte", models.F("arrived_at")), _connector="OR"
                        ),
                        name="submission_counts_after_arrival",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("timely_at", models.DateTimeField()),
                ("until", models.DateTimeField(verbose_name="Correct by")),
                ("kept", models.TextField(editable=False)),
                ("closed_at", models.DateTimeField(null=True, verbose_name="Ended")),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="correction",
                        to="seminars.eligibilitydecision",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="seminars.proposal"
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="seminars.submission"
                    ),
                ),
                (
                    "submission",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="seminars.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction",
                "verbose_name_plural": "corrections",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("proposal",),
                        name="correction_one_open_per_record",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("submission__isnull", True), ("closed_at__isnull", False), _connector="OR"),
                        name="correction_closed_by_filing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("officer_name", accounts.fields.LineField(max_length=160, verbose_name="Institution officer")),
                ("officer_email", models.EmailField(max_length=254, verbose_name="E-mail address")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("asked_at", models.DateTimeField(verbose_name="Asked")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="Approved")),
                ("returned_at", models.DateTimeField(null=True, verbose_name="Returned")),
                ("reason", accounts.fields.BlockField(blank=True, max_length=2000, verbose_name="Reason")),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="approval", to="seminars.submission"
                    ),
                ),
            ],
            options={
                "verbose_name": "institution's approval",
                "verbose_name_plural": "institutions' approvals",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_at__isnull", True), ("returned_at__isnull", True), _connector="OR"
                        ),
                        name="approval_one_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_at__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="approval_return_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, verbose_name="Code")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Position")),
                ("title_en", accounts.fields.LineField(max_length=200, verbose_name="In English")),
                ("title_fr", accounts.fields.LineField(max_length=200, verbose_name="In French")),
                ("title_ja", accounts.fields.LineField(max_length=200, verbose_name="In Japanese")),
                ("is_admitted", models.BooleanField(default=True, verbose_name="Admitted in this call")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="themes", to="seminars.call"
                    ),
                ),
            ],
            options={
                "verbose_name": "theme",
                "verbose_name_plural": "themes",
                "ordering": ["position", "pk"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("call", "code"), name="theme_once")],
            },
        ),
        migrations.AddField(
            model_name="proposal",
            name="theme",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="seminars.theme",
                verbose_name="Theme",
            ),
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", accounts.fields.LineField(max_length=60, verbose_name="Label")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("ending", models.CharField(editable=False, max_length=4, verbose_name="Ends in")),
                ("reads_calls", models.BooleanField(default=False, verbose_name="Calls")),
                ("reads_proposals", models.BooleanField(default=False, verbose_name="Records")),
                ("reads_pairs", models.BooleanField(default=False, verbose_name="Pairs")),
                ("reads_decisions", models.BooleanField(default=False, verbose_name="Decisions, once told")),
                ("reads_contacts", models.BooleanField(default=False, verbose_name="Contact details of people")),
                ("created_at", models.DateTimeField(verbose_name="Created")),
                ("expires_at", models.DateTimeField(verbose_name="Expires")),
                ("last_used_at", models.DateTimeField(null=True, verbose_name="Last used")),
                ("counted_from_at", models.DateTimeField(editable=False, null=True)),
                ("counted", models.PositiveIntegerField(default=0, editable=False)),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="Revoked")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_tokens",
                        to="accounts.agency",
                        verbose_name="Agency",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "API token",
                "verbose_name_plural": "API tokens",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))), name="api_token_expires_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="api_token_revoked_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reads_calls", True),
                            ("reads_proposals", True),
                            ("reads_pairs", True),
                            ("reads_decisions", True),
                            _connector="OR",
                        ),
                        name="api_token_reads_something",
                        violation_error_message="Choose at least one thing that may be read.",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="applicationlist",
            index=models.Index(fields=["side", "held_by", "-uploaded_at"], name="list_of_side"),
        ),
        migrations.AddIndex(
            model_name="applicationlist",
            index=models.Index(fields=["held_by", "header_key", "-imported_at"], name="list_headings"),
        ),
        migrations.AddIndex(
            model_name="eligibilitynotice",
            index=models.Index(
                condition=models.Q(("cancelled_at__isnull", True), ("sent_at__isnull", True)),
                fields=["due_at"],
                name="notice_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="mailing",
            index=models.Index(fields=["call", "agency", "-sent_at"], name="mailing_of_call"),
        ),
        migrations.AddIndex(
            model_name="pack",
            index=models.Index(fields=["state", "beat_at"], name="pack_to_make"),
        ),
        migrations.AddIndex(
            model_name="listedapplication",
            index=models.Index(fields=["side", "held_by", "application_number"], name="listed_of_side"),
        ),
        migrations.AddConstraint(
            model_name="listedapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("matched_at__isnull", True), ("matched_by__isnull", True), ("seminar__isnull", True)),
                    models.Q(("matched_at__isnull", False), ("matched_by__isnull", False), ("seminar__isnull", False)),
                    _connector="OR",
                ),
                name="listed_match_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["side", "state", "-changed_at"], name="proposal_of_side"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["coordinator", "-changed_at"], name="proposal_of_coordinator"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(fields=("seminar", "side"), name="proposal_one_per_side_of_seminar"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("pair_confirmed_at__isnull", True), ("seminar__isnull", False), _connector="OR"),
                name="proposal_confirms_a_seminar",
            ),
        ),
    ]
