"""Names of relations, where a model gives them none: they are called what they point at, in the reader's language."""

from django.apps import AppConfig
from django.db.models import ForeignKey
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

BY = pgettext_lazy("who did it", "By")
NAMES = {"coordinator": _("Coordinator"), "by": BY, "given_by": BY, "sent_by": BY, "uploaded_by": BY}
"""Relations that say more than the kind of record they point at."""


def name_relations(app: AppConfig) -> None:
    """Name the relations of an app's models for the administration; migrations know nothing of it."""
    for model in app.get_models():
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignKey) or getattr(field, "_verbose_name", None):
                continue
            pointed = field.related_model._meta
            own = pointed.verbose_name if field.name == pointed.model_name else None
            if name := NAMES.get(field.name, own):
                field.verbose_name = name
