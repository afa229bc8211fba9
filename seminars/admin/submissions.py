"""What was filed, asked of institutions and sent to partners, to look at; without secrets and snapshots."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from seminars.admin.history import Looked
from seminars.models import Approval, Invitation, Submission


@admin.register(Submission)
class SubmissionAdmin(Looked):
    """Filings; the frozen record is read on the officers' pages."""

    list_display = ["number", "proposal", "arrived_at", "counted_at", "by", "ended_at"]
    list_filter = ["proposal__side__call", "proposal__side__agency"]
    search_fields = ["number", "sha256", "proposal__title_en", "by__email"]
    date_hierarchy = "arrived_at"
    fields = ["proposal", "number", "arrived_at", "counted_at", "by", "sha256", "ended_at"]
    readonly_fields = ["sha256"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        """Fetch what each line names, and leave the snapshots where they are."""
        return super().get_queryset(request).select_related("proposal", "by").defer("snapshot")


@admin.register(Approval)
class ApprovalAdmin(Looked):
    """Answers of institutions."""

    list_display = ["submission", "officer_name", "officer_email", "asked_at", "approved_at", "returned_at"]
    list_filter = ["submission__proposal__side__call"]
    search_fields = ["submission__number", "officer_name", "officer_email"]
    date_hierarchy = "asked_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Approval]:
        """Fetch the submissions with the answers."""
        return super().get_queryset(request).select_related("submission__proposal").defer("submission__snapshot")


@admin.register(Invitation)
class InvitationAdmin(Looked):
    """Invitations of partners."""

    list_display = ["proposal", "email", "language", "sent_at", "opened_at", "accepted_at", "declined_at", "revoked_at"]
    list_filter = ["proposal__side__call", "language"]
    search_fields = ["email", "name", "proposal__title_en", "sent_by__email"]
    date_hierarchy = "sent_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        """Fetch what each line names."""
        return super().get_queryset(request).select_related("proposal", "sent_by", "accepted_by")
