"""What the base template needs on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Return ``DEMO``, whether this is the demonstration, and ``SITE_URL``, the address without a final slash."""
    return {"DEMO": settings.DEMO, "SITE_URL": settings.SITE_URL}
