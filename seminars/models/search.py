"""Lists that officers come back to: the filters, order and columns of a call's list, under a name."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.models import Agency, User
from seminars.models.call import Call


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Saved searches by who may use them."""

    def visible_to(self, user: User) -> Self:
        """Return one's own searches, and those that colleagues in one's agency share."""
        mine = models.Q(owner=user) | models.Q(is_shared=True)
        return self.filter(mine, agency__in=user.officer_agencies)


class SavedSearch(models.Model):
    """What stands in the address of a list, canonical as ``ProposalFilter.query`` writes it, and read again by it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, models.CASCADE, related_name="saved_searches")
    name = fields.LineField(_("Name"), max_length=60)
    query = models.CharField(max_length=3000, blank=True)
    is_shared = models.BooleanField(_("Shared with the officers of my agency"), default=False)
    saved_at = models.DateTimeField()

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "call", "name"], name="saved_search_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="saved_search_named"),
        ]

    def __str__(self) -> str:
        return self.name


class DefaultSearch(models.Model):
    """The saved search that a person's list of a call starts with."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    call = models.ForeignKey(Call, models.CASCADE, related_name="+")
    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="defaults")

    class Meta:
        verbose_name = _("search to start with")
        verbose_name_plural = _("searches to start with")
        constraints = [models.UniqueConstraint(fields=["user", "call"], name="default_search_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.search}"
