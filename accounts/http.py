"""The request as the views get it, after all middleware."""

from datetime import datetime
from http import HTTPStatus
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, JsonResponse
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class Request(HttpRequest):
    """A request whose person is signed in; for annotations only, nothing is ever made of this class."""

    user: User
    arrived_at: datetime
    """The instant at which it reached the server: aware, UTC, to the microsecond."""
    htmx: HtmxDetails


class Visit(HttpRequest):
    """A request of anybody, signed in or not; for annotations only."""

    user: User | AnonymousUser
    arrived_at: datetime
    """As in ``Request``."""
    htmx: HtmxDetails


def person_of(request: HttpRequest) -> User:
    """Return the person of a request that a policy for signed-in people has let through."""
    return cast(User, request.user)


def arrival_of(request: HttpRequest) -> datetime:
    """Return the instant at which a request reached the server."""
    return cast(Request, request).arrived_at


def problem(status: int, **details: Any) -> JsonResponse:
    """Return what went wrong as machines read it (RFC 9457): the status and its name, and no hint at the inside."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, **details}
    return JsonResponse(told, status=status, content_type="application/problem+json")
