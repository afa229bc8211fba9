"""The history of a record, at the foot of its page."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.admin import HistoryEntryAdmin, ReadOnly
from accounts.models import HistoryEntry
from seminars.models import Approval, Proposal
from seminars.words import history

MOST_ENTRIES = 100


def subjects(record: Model) -> Iterable[Model]:
    """Return the records whose deeds belong on the page of ``record``: itself, and the proposal it is part of."""
    if isinstance(record, Approval):
        record = record.submission
    proposal = getattr(record, "proposal", None)
    return (record, proposal) if isinstance(proposal, Proposal) else (record,)


def deeds(record: Model) -> list[history.Line]:
    """Return the latest deeds about ``record``, newest first, in words."""
    entries = HistoryEntry.objects.about(*subjects(record)).select_related("actor")[:MOST_ENTRIES]
    return list(history.lines(entries, {}))


class WithHistory(admin.ModelAdmin):
    """A page that ends with its record's history."""

    change_form_template = "admin/seminars/change_form.html"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the page with the history."""
        shown = self.get_object(request, object_id)
        context = {"deeds": deeds(shown) if shown else [], **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)


class Looked(ReadOnly, WithHistory):
    """A record to look at, with its history."""


class DeedFilter(admin.SimpleListFilter):
    """The deeds that there are, in words."""

    title, parameter_name = _("What"), "verb"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        """Offer each verb that administrators may read of."""
        verbs = model_admin.get_queryset(request).order_by().values_list("verb", flat=True).distinct()
        return sorted(((verb, history.deed(verb)) for verb in verbs), key=lambda found: found[1].casefold())

    def queryset(self, request: HttpRequest, queryset: QuerySet[HistoryEntry]) -> QuerySet[HistoryEntry]:
        """Keep the entries of the chosen verb."""
        return queryset.filter(verb=self.value()) if self.value() else queryset


class DeedAdmin(HistoryEntryAdmin):
    """The history, with its deeds in words."""

    list_display = ["at", "actor", "actor_label", "deed", "subject_kind", "subject_id", "reason"]
    list_filter = [DeedFilter, "subject_kind"]

    @admin.display(description=_("What"), ordering="verb")
    def deed(self, entry: HistoryEntry) -> str:
        """Say what was done."""
        return history.deed(entry.verb)


admin.site.unregister(HistoryEntry)
admin.site.register(HistoryEntry, DeedAdmin)
