"""Accounts: people, agencies, who acts for whom, messages to them, and the history of what they did."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """The lowest app: it knows nothing of calls, proposals or reviews."""

    name = "accounts"
    verbose_name = _("Accounts")
