"""A list of one agency's applications, imported from a spreadsheet by an officer of either agency of the call."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from seminars.choices import KnownChoice, ListState, SheetKind
from seminars.models.call import CallAgency


def _paired(name: str) -> Q:
    """Return the promise that an instant is never without its person, nor a person without the instant."""
    return Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True}) | Q(
        **{f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    )


class ApplicationListQuerySet(models.QuerySet["ApplicationList"]):
    """Lists by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Return the lists that ``user`` may read: those an agency of theirs holds, and those shared with it."""
        own = user.officer_agencies
        shared = Q(shared_at__isnull=False, state=ListState.IMPORTED, side__call__sides__agency__in=own)
        seen = self.model.objects.filter(Q(held_by__in=own) | shared)
        return self.filter(pk__in=seen.values("pk"))

    def held_for(self, user: User) -> Self:
        """Return the lists that ``user`` may work on: those held by an agency they are an officer of."""
        return self.filter(held_by__in=user.officer_agencies)

    def with_names(self) -> Self:
        """Fetch what a page says of each list: its side, agencies and people."""
        return self.select_related(
            "side__agency", "side__call", "held_by", "uploaded_by", "imported_by", "undone_by", "shared_by"
        )


class ApplicationList(models.Model):
    """One imported list: whose applications it lists (``side``), and whose copy it is (``held_by``).

    An agency's officer imports the agency's own list, or the one received from the other agency: both have the same
    side and differ in who holds them. What one agency holds, the other does not see before the list is shared.
    The row is also the job: whatever stops a worker, it says what is to be done and how far that has come.
    """

    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="lists", verbose_name=_("Side"))
    held_by = models.ForeignKey(Agency, models.PROTECT, related_name="lists", verbose_name=_("Held by"))
    state = models.CharField(_("State"), max_length=10, choices=ListState, default=ListState.UPLOADED)
    name = models.CharField(_("File name"), max_length=200)
    size = models.PositiveIntegerField(_("Size in bytes"))
    sha256 = models.CharField(_("Fingerprint (SHA-256)"), max_length=64)
    kind = models.CharField(_("Kind of file"), max_length=4, choices=SheetKind)
    encoding = models.CharField(_("Encoding"), max_length=20, blank=True)
    separator = models.CharField(_("Separator"), max_length=1, blank=True)
    sheet = models.CharField(_("Sheet"), max_length=100, blank=True)
    counts_from_1904 = models.BooleanField(_("Days counted from 1904"), default=False)
    headers: Any = models.JSONField(_("Column headings"), default=list)
    header_key = models.CharField(max_length=64, editable=False)
    mapping: Any = models.JSONField(_("Columns"), default=dict)
    known_choice = models.CharField(
        _("Applications that are listed already"), max_length=6, choices=KnownChoice, default=KnownChoice.UPDATE
    )
    row_choices: Any = models.JSONField(_("Choices for single rows"), default=dict)

    uploaded_at = models.DateTimeField(_("Uploaded"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(_("Import ordered"), null=True)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField(_("Imported"), null=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(_("Import undone"), null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    shared_at = models.DateTimeField(_("Shared with the other agency"), null=True)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    row_count = models.PositiveIntegerField(_("Rows in the file"), default=0)
    done_count = models.PositiveIntegerField(_("Rows read"), default=0)
    added_count = models.PositiveIntegerField(_("Rows added"), default=0)
    updated_count = models.PositiveIntegerField(_("Rows updated"), default=0)
    kept_count = models.PositiveIntegerField(_("Rows kept as they were"), default=0)
    skipped_count = models.PositiveIntegerField(_("Rows left out"), default=0)
    failure = models.CharField(_("Why the import failed"), max_length=20, blank=True)

    objects = ApplicationListQuerySet.as_manager()

    class Meta:
        verbose_name = _("application list")
        verbose_name_plural = _("application lists")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [
            models.Index(fields=["side", "held_by", "-uploaded_at"], name="list_of_side"),
            models.Index(fields=["held_by", "header_key", "-imported_at"], name="list_headings"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ListState.values), name="list_state_known"),
            models.CheckConstraint(condition=Q(kind__in=SheetKind.values), name="list_kind_known"),
            models.CheckConstraint(condition=Q(known_choice__in=KnownChoice.values), name="list_choice_known"),
            models.CheckConstraint(condition=_paired("ordered"), name="list_ordered_by_somebody"),
            models.CheckConstraint(condition=_paired("imported"), name="list_imported_by_somebody"),
            models.CheckConstraint(condition=_paired("undone"), name="list_undone_by_somebody"),
            models.CheckConstraint(condition=_paired("shared"), name="list_shared_by_somebody"),
            models.CheckConstraint(
                condition=Q(state__in=[ListState.IMPORTED, ListState.UNDONE], imported_at__isnull=False)
                | Q(state__in=[ListState.UPLOADED, ListState.IMPORTING], imported_at__isnull=True),
                name="list_imported_has_instant",
            ),
            models.CheckConstraint(
                condition=Q(state=ListState.UNDONE, undone_at__isnull=False)
                | (~Q(state=ListState.UNDONE) & Q(undone_at__isnull=True)),
                name="list_undone_has_instant",
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True) | Q(state=ListState.IMPORTED), name="list_shared_once_imported"
            ),
            models.CheckConstraint(
                condition=Q(state=ListState.IMPORTING, ordered_at__isnull=False) | ~Q(state=ListState.IMPORTING),
                name="list_importing_was_ordered",
            ),
            models.CheckConstraint(
                condition=Q(
                    row_count__gte=F("added_count") + F("updated_count") + F("kept_count") + F("skipped_count")
                ),
                name="list_counts_add_up",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ListUpload(models.Model):
    """The file of a list and what was read in it, kept until its import is done, undone or given up.

    ``rows`` holds the cells below the headings: ``[row number in the file, [text, …]]`` each.
    """

    application_list = models.OneToOneField(ApplicationList, models.CASCADE, related_name="upload")
    file = models.FileField(max_length=200)
    sheets: Any = models.JSONField(default=list)
    rows: Any = models.JSONField(default=list)
    notes: Any = models.JSONField(default=list)

    class Meta:
        verbose_name = _("uploaded list")
        verbose_name_plural = _("uploaded lists")

    def __str__(self) -> str:
        return str(self.application_list)
