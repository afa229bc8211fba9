"""Rows that several tabs may edit."""

from django.db import models


class Versioned(models.Model):
    """A row with a version: an update that names an old one changes nothing, and the editor gets both texts."""

    version = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(editable=False)

    class Meta:
        abstract = True
