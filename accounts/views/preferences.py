"""Language and time zone, for everybody and on every page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.actions import people
from accounts.choices import TIME_ZONES, Language
from accounts.http import Visit
from accounts.middleware import TIME_ZONE_COOKIE, remember
from accounts.policies import PUBLIC, policy


def way_back(request: HttpRequest, fallback: str) -> str:
    """Return where the form or address says to go next, if that is on this site; else ``fallback``.

    Only whole addresses count: ``redirect`` would take a bare word for the name of a view, and fail.
    """
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = "/" in target and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else fallback


@policy(PUBLIC)
@require_POST
def set_language(request: Visit) -> HttpResponse:
    """Change the language of the pages, and of the mails to whoever is signed in."""
    return _keep(request, settings.LANGUAGE_COOKIE_NAME, "language", Language.values)


@policy(PUBLIC)
@require_POST
def set_time_zone(request: Visit) -> HttpResponse:
    """Change the clock that pages and mails show first."""
    return _keep(request, TIME_ZONE_COOKIE, "time_zone", TIME_ZONES)


def _keep(request: Visit, cookie: str, name: str, allowed: tuple[str, ...] | list[str]) -> HttpResponse:
    response = redirect(way_back(request, reverse("home")))
    response.status_code = 303
    value = request.POST.get(name, "")
    if value in allowed:
        if request.user.is_authenticated:
            people.change_preferences(request.user, {name: value}, at=request.arrived_at)
        remember(response, cookie, value)
    return response
