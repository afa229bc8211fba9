"""Accounts: people, agencies, who acts for whom, messages to them, and the history of what they did."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.relations import name_relations


class AccountsConfig(AppConfig):
    """The lowest app: it knows nothing of calls, proposals or reviews."""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Name the relations of the models."""
        name_relations(self)
