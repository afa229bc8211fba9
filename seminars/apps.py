"""Seminars: calls, proposals, pairing, submission, and what follows from a decision."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.relations import name_relations


class SeminarsConfig(AppConfig):
    """The programme itself. It knows accounts, and nothing of reviews."""

    name = "seminars"
    verbose_name = _("Joint seminars")

    def ready(self) -> None:
        """Name the relations of the models, and register what the programme reminds people of."""
        from seminars import reminding
        from seminars.queries import reminding_sources

        name_relations(self)
        reminding.register(reminding_sources.source, reminding_sources.KINDS)
