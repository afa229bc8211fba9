"""The rows of records, to look at."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.templatetags.ui import money
from seminars.admin.history import Looked
from seminars.models import Attachment, BudgetLine, Laboratory, Participant, Session


class RowAdmin(Looked):
    """A row of a record."""

    list_filter: Any = ["proposal__side__call", "proposal__side__agency"]
    date_hierarchy = "saved_at"
    named: tuple[str, ...] = ("proposal",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Fetch what each line names."""
        return super().get_queryset(request).select_related(*self.named)


@admin.register(Laboratory)
class LaboratoryAdmin(RowAdmin):
    """Laboratories, as each record names them."""

    list_display = ["name", "kind", "unit", "rnsr", "institution", "city", "country", "proposal"]
    list_filter = [*RowAdmin.list_filter, "kind", "country"]
    search_fields = ["name", "unit", "rnsr", "institution", "city", "=proposal__id"]


@admin.register(Participant)
class ParticipantAdmin(RowAdmin):
    """People, as each record names them."""

    list_display = ["__str__", "role", "side", "laboratory", "career_stage", "young", "statutory", "proposal"]
    list_filter = [*RowAdmin.list_filter, "role", "side", "young", "statutory"]
    search_fields = ["family_name", "given_name", "family_name_kanji", "family_name_kana", "email", "=proposal__id"]
    named = ("proposal", "laboratory")


@admin.register(Session)
class SessionAdmin(RowAdmin):
    """The programmes."""

    list_display = ["title", "on", "starts", "ends", "kind", "speaker", "proposal"]
    list_filter = [*RowAdmin.list_filter, "kind"]
    search_fields = ["title", "speaker", "=proposal__id"]
    date_hierarchy = "on"


@admin.register(BudgetLine)
class BudgetLineAdmin(RowAdmin):
    """The budgets, each line in its side's currency."""

    list_display = ["kind", "participant", "quantity", "unit", "unit_cost", "total", "proposal"]
    list_filter = [*RowAdmin.list_filter, "kind"]
    search_fields = ["note", "participant__family_name", "=proposal__id"]
    named = ("proposal__side", "participant")

    @admin.display(description=_("Amount"))
    def total(self, line: BudgetLine) -> str:
        """Write the amount of the line with its currency."""
        return money(line.amount, line.proposal.side.currency)


@admin.register(Attachment)
class AttachmentAdmin(RowAdmin):
    """The files that go with records; they are opened on the pages of the record, not here."""

    list_display = ["name", "size", "pages", "uploaded_at", "uploaded_by", "proposal"]
    search_fields = ["name", "sha256", "=proposal__id"]
    date_hierarchy = "uploaded_at"
    fields = ["proposal", "name", "size", "pages", "sha256", "uploaded_at", "uploaded_by"]
    named = ("proposal", "uploaded_by")
