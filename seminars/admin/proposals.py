"""Records and pairs, to look at; officers and coordinators act on their own pages."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from seminars.admin.history import Looked
from seminars.models import (
    Attachment,
    BudgetLine,
    Invitation,
    Laboratory,
    Participant,
    Proposal,
    Seminar,
    Session,
    Submission,
)

ROWS = (Participant, Laboratory, Session, BudgetLine, Attachment, Invitation, Submission)


@admin.register(Proposal)
class ProposalAdmin(Looked):
    """The records of both agencies."""

    list_display = ["id", "title", "agency", "coordinator", "state", "changed_at", "seminar"]
    list_display_links = ["id", "title"]
    list_filter = ["side__call", "side__agency", "state", "track", "venue_country"]
    search_fields = [
        "=id",
        "title_en",
        "title_fr",
        "title_ja",
        "application_number",
        "coordinator__email",
        "coordinator__family_name",
        "coordinator__family_name_kanji",
    ]
    date_hierarchy = "created_at"
    readonly_fields = ["rows"]
    exclude = ["facts_version", "coordinators_version", "case_version", "declarations_version"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposal]:
        """Fetch what each line names."""
        named = ("side__agency", "side__call", "coordinator", "seminar__call", "theme", "admitted_by")
        return super().get_queryset(request).select_related(*named)

    @admin.display(description=_("Title"))
    def title(self, proposal: Proposal) -> str:
        """Write the title."""
        return proposal.display_title

    @admin.display(description=_("Agency"), ordering="side__agency__code")
    def agency(self, proposal: Proposal) -> str:
        """Name the agency of the record."""
        return str(proposal.side.agency)

    @admin.display(description=_("Rows of the record"))
    def rows(self, proposal: Proposal) -> SafeString:
        """Link to the lists of what belongs to the record."""
        links = (
            (reverse(f"admin:seminars_{row._meta.model_name}_changelist"), proposal.pk, row._meta.verbose_name_plural)
            for row in ROWS
        )
        return format_html_join(" · ", '<a href="{}?proposal__id__exact={}">{}</a>', links)


@admin.register(Seminar)
class SeminarAdmin(Looked):
    """The pairs."""

    list_display = ["__str__", "call", "state", "records", "formed_at", "paired_at"]
    list_filter = ["call", "state"]
    search_fields = ["=id", "proposals__title_en", "proposals__coordinator__email"]
    date_hierarchy = "formed_at"
    readonly_fields = ["records"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Seminar]:
        """Fetch the calls and the records with the pairs."""
        pairs = super().get_queryset(request)
        return pairs.select_related("call").prefetch_related("proposals__side__agency")

    @admin.display(description=_("Records"))
    def records(self, seminar: Seminar) -> SafeString:
        """Link to the two records."""
        links = (
            (reverse("admin:seminars_proposal_change", args=[record.pk]), record.side.agency, record)
            for record in seminar.proposals.all()
        )
        return format_html_join(" · ", '<a href="{}">{} {}</a>', links)
