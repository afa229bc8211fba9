"""Rows that several tabs may edit."""

import uuid

from django.db import models


class Versioned(models.Model):
    """A row with a version: an update that names an old one changes nothing, and the editor gets both texts.

    ``form_uuid`` is drawn when the form for a new row is shown: the same form posted twice adds one row.
    """

    version = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(editable=False)
    form_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
