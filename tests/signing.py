"""Signing somebody in without the pages, with or without a second factor shown."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext

from accounts.models import User


def sign_in(client: Client, user: User, *, method: str = "mfa") -> Client:
    """Sign ``user`` in on ``client`` and return it; ``method="password"`` leaves the second factor out."""
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": time.time(), "reauthenticated": True}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return client


def browse_as(context: BrowserContext, user: User, address: str, *, method: str = "mfa") -> None:
    """Sign ``user`` in in a browser that visits ``address``."""
    client = sign_in(Client(), user, method=method)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}])
