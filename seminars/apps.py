"""Seminars: calls, proposals, pairing, submission, and what follows from a decision."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SeminarsConfig(AppConfig):
    """The programme itself. It knows accounts, and nothing of reviews."""

    name = "seminars"
    verbose_name = _("Joint seminars")

    def ready(self) -> None:
        """Register what the programme reminds people of."""
        from seminars import reminding, reminding_sources

        reminding.register(reminding_sources.source, reminding_sources.KINDS)
