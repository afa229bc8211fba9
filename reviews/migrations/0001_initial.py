import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("seminars", "0002_evaluation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("given", "To be acknowledged"),
                            ("acknowledged", "Acknowledged"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="given",
                        max_length=12,
                        verbose_name="State",
                    ),
                ),
                ("assigned_at", models.DateTimeField(verbose_name="Assigned")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="Answered")),
                ("reason", accounts.fields.BlockField(blank=True, max_length=1000, verbose_name="Reason")),
                ("chased_at", models.DateTimeField(null=True, verbose_name="Chased")),
                (
                    "assigned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "seminar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="seminars.seminar"
                    ),
                ),
            ],
            options={
                "verbose_name": "assignment",
                "verbose_name_plural": "assignments",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["given", "acknowledged", "declined", "withdrawn"])),
                        name="assignment_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="assignment_declined_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Panel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_at", models.DateTimeField(verbose_name="Opened")),
                ("reviews_due_at", models.DateTimeField(verbose_name="Reviews due")),
                ("minutes", accounts.fields.BlockField(blank=True, max_length=20000, verbose_name="Minutes")),
                ("version", models.PositiveIntegerField(default=0)),
                ("sealed_at", models.DateTimeField(null=True, verbose_name="Sealed")),
                (
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chairing",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sealed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "side",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="panel", to="seminars.callagency"
                    ),
                ),
            ],
            options={
                "verbose_name": "panel",
                "verbose_name_plural": "panels",
                "ordering": ["side__agency__accent"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sealed_at__isnull", True), ("sealed_by__isnull", True)),
                            models.Q(("sealed_at__isnull", False), ("sealed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="panel_sealed_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PanelMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_present", models.BooleanField(default=False, verbose_name="Present")),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="reviews.panel"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "panel member",
                "verbose_name_plural": "panel members",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("panel", "user"), name="panel_member_once")],
            },
        ),
        migrations.CreateModel(
            name="PanelNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", accounts.fields.BlockField(max_length=4000, verbose_name="Note")),
                ("written_at", models.DateTimeField(verbose_name="Written")),
                ("form_uuid", models.UUIDField(unique=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="reviews.panel"
                    ),
                ),
                (
                    "seminar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="panel_notes", to="seminars.seminar"
                    ),
                ),
            ],
            options={
                "verbose_name": "note of the panel",
                "verbose_name_plural": "notes of the panel",
                "ordering": ["written_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Ranking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rank", models.PositiveSmallIntegerField(null=True, verbose_name="Rank")),
                (
                    "proposal",
                    models.CharField(
                        blank=True,
                        choices=[("fund", "Fund"), ("reserve", "Reserve list"), ("reject", "Do not fund")],
                        max_length=8,
                        verbose_name="Proposal",
                    ),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rankings", to="reviews.panel"
                    ),
                ),
                (
                    "seminar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rankings", to="seminars.seminar"
                    ),
                ),
            ],
            options={
                "verbose_name": "rank",
                "verbose_name_plural": "ranking",
                "ordering": ["rank", "seminar"],
                "constraints": [
                    models.UniqueConstraint(fields=("panel", "seminar"), name="ranking_once"),
                    models.CheckConstraint(
                        condition=models.Q(("rank__isnull", True), ("rank__gte", 1), _connector="OR"),
                        name="ranking_counts_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proposal__in", ["", "fund", "reserve", "reject"])),
                        name="ranking_proposal_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "comment_coordinators",
                    accounts.fields.BlockField(
                        blank=True, max_length=6000, verbose_name="Comment for the coordinators"
                    ),
                ),
                (
                    "comment_panel",
                    accounts.fields.BlockField(blank=True, max_length=6000, verbose_name="Comment for the panel only"),
                ),
                (
                    "recommendation",
                    models.CharField(
                        blank=True,
                        choices=[("fund", "Fund"), ("reserve", "Reserve list"), ("reject", "Do not fund")],
                        max_length=8,
                        verbose_name="Overall recommendation",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField(null=True, verbose_name="Saved")),
                ("sealed_at", models.DateTimeField(null=True, verbose_name="Sealed")),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="review", to="reviews.assignment"
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("recommendation__in", ["", "fund", "reserve", "reject"])),
                        name="review_recommendation_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sealed_at__isnull", True),
                            models.Q(("recommendation", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="review_sealed_recommends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reviewer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "email",
                    models.EmailField(
                        max_length=254, validators=[accounts.fields.refuse_beyond_ascii], verbose_name="E-mail address"
                    ),
                ),
                ("name", accounts.fields.LineField(blank=True, max_length=160, verbose_name="Name")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("fr", "Français"), ("ja", "日本語")],
                        default="en",
                        max_length=2,
                        verbose_name="Language",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("removed", "Removed"),
                        ],
                        default="invited",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("token_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("invited_at", models.DateTimeField(verbose_name="Invited")),
                ("expires_at", models.DateTimeField(null=True, verbose_name="Expires")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="Answered")),
                ("decline_reason", accounts.fields.BlockField(blank=True, max_length=1000, verbose_name="Reason")),
                (
                    "maximum_load",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Most pairs to review"),
                ),
                ("keywords", models.JSONField(blank=True, default=list, verbose_name="Keywords")),
                ("described_at", models.DateTimeField(null=True, verbose_name="Topics and ties given")),
                (
                    "areas",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="seminars.priorityarea", verbose_name="Priority areas"
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviewers", to="seminars.callagency"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviewing",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "reviewer",
                "verbose_name_plural": "reviewers",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "removed"), _negated=True),
                        fields=("side", "email"),
                        name="reviewer_address_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False), models.Q(("state", "removed"), _negated=True)),
                        fields=("side", "user"),
                        name="reviewer_person_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("token_hash", ""), _negated=True),
                        fields=("token_hash",),
                        name="reviewer_secret_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["invited", "accepted", "declined", "removed"])),
                        name="reviewer_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True), ("user__isnull", False), _connector="OR"
                        ),
                        name="reviewer_accepted_is_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Collaborator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", accounts.fields.LineField(max_length=160, verbose_name="Name")),
                ("institution", accounts.fields.LineField(blank=True, max_length=200, verbose_name="Institution")),
                (
                    "orcid",
                    accounts.fields.OrcidField(
                        blank=True, max_length=60, validators=[accounts.fields.validate_orcid], verbose_name="ORCID iD"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="collaborators", to="reviews.reviewer"
                    ),
                ),
            ],
            options={
                "verbose_name": "collaborator",
                "verbose_name_plural": "collaborators",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="assignment",
            name="reviewer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="reviews.reviewer"
            ),
        ),
        migrations.CreateModel(
            name="Affiliation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution", accounts.fields.LineField(max_length=200, verbose_name="Institution")),
                ("laboratory", accounts.fields.LineField(blank=True, max_length=200, verbose_name="Laboratory")),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="affiliations", to="reviews.reviewer"
                    ),
                ),
            ],
            options={
                "verbose_name": "affiliation",
                "verbose_name_plural": "affiliations",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.PositiveSmallIntegerField(null=True, verbose_name="Score")),
                ("cannot_judge", models.BooleanField(default=False, verbose_name="Cannot judge")),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="seminars.criterion"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="reviews.review"
                    ),
                ),
            ],
            options={
                "verbose_name": "score",
                "verbose_name_plural": "scores",
                "ordering": ["criterion__position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "criterion"), name="score_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cannot_judge", False), ("value__gte", 1), ("value__isnull", False), ("value__lte", 5)
                            ),
                            models.Q(("cannot_judge", True), ("value__isnull", True)),
                            _connector="OR",
                        ),
                        name="score_or_cannot_judge",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Selection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_at", models.DateTimeField(verbose_name="Opened")),
                ("minutes", accounts.fields.BlockField(blank=True, max_length=20000, verbose_name="Minutes")),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="selection", to="seminars.call"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "joint selection",
                "verbose_name_plural": "joint selections",
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                ("proposed_at", models.DateTimeField(verbose_name="Proposed")),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "seminar",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decision", to="seminars.seminar"
                    ),
                ),
                (
                    "selection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="reviews.selection"
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["selected", "reserve", "not_selected"])),
                        name="decision_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "reserve"), ("reserve_rank__gte", 1)),
                            models.Q(models.Q(("outcome", "reserve"), _negated=True), ("reserve_rank__isnull", True)),
                            _connector="OR",
                        ),
                        name="decision_reserve_has_rank",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signed_at", models.DateTimeField(verbose_name="Signed")),
                ("refuses", models.BooleanField(default=False, verbose_name="Refuses")),
                ("reason", accounts.fields.BlockField(blank=True, max_length=1000, verbose_name="Reason")),
                ("voided_at", models.DateTimeField(null=True, verbose_name="Voided")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="reviews.decision"
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("decision", "side"),
                        name="signature_one_per_side",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("refuses", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="signature_refusal_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("declared", "Declared"),
                            ("detected", "Detected, to be decided on"),
                            ("confirmed", "Confirmed"),
                            ("set_aside", "Set aside"),
                            ("withdrawn", "Declaration withdrawn"),
                        ],
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("reasons", models.JSONField(default=list, verbose_name="Reasons")),
                (
                    "statement",
                    accounts.fields.BlockField(blank=True, max_length=1000, verbose_name="What the conflict is"),
                ),
                ("noted_at", models.DateTimeField(verbose_name="Noted")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="Decided")),
                ("decision_reason", accounts.fields.BlockField(blank=True, max_length=1000, verbose_name="Reason")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seminar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="conflicts", to="seminars.seminar"
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="conflicts", to="seminars.callagency"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "conflict of interest",
                "verbose_name_plural": "conflicts of interest",
                "ordering": ["-noted_at", "-pk"],
                "indexes": [models.Index(fields=["seminar", "state"], name="conflict_of_pair")],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "seminar"), name="conflict_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["declared", "detected", "confirmed", "set_aside", "withdrawn"])
                        ),
                        name="conflict_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["confirmed", "set_aside"]), _negated=True),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("decision_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="conflict_decided_with_reason",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["seminar", "state"], name="assignment_of_pair"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("given", "acknowledged"))),
                fields=("reviewer", "seminar"),
                name="assignment_once",
            ),
        ),
    ]
