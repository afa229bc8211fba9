"""Secrets for the tests of what is read without signing in: tokens of agencies and calendar addresses."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from accounts.models import Agency, User
from seminars.actions.feeds import make_feed
from seminars.actions.tokens import make_token
from seminars.choices import ApiRight
from seminars.models import ApiToken, Feed
from tests import cast

ALL = tuple(ApiRight.values)


def token_of(agency: Agency, *rights: str, at: datetime = cast.BEFORE, days: int = 365) -> tuple[ApiToken, str]:
    """Return a token of ``agency`` with its secret; with all rights unless some are named."""
    officer = cast.inserm_officer() if agency == cast.inserm() else cast.jsps_officer()
    lifetime = timedelta(days=days)
    return make_token(agency, name="Warehouse", rights=rights or ALL, expires_at=at + lifetime, by=officer, at=at)


def reader_of(agency: Agency, *rights: str, **options: Any) -> Client:
    """Return a client that shows a token of ``agency`` with each request."""
    return reader(token_of(agency, *rights, **options)[1])


def reader(secret: str) -> Client:
    """Return a client that shows ``secret`` with each request."""
    return Client(headers={"authorization": f"Bearer {secret}"}, raise_request_exception=False)


def feed_of(owner: User, *, at: datetime = cast.BEFORE, deadlines: bool = True, seminars: bool = True) -> Feed:
    """Return a calendar feed of ``owner``; its address is in ``address``."""
    feed, secret = make_feed(name="Diary", has_deadlines=deadlines, has_seminars=seminars, by=owner, at=at)
    feed.address = f"/feeds/{secret}/seminars.ics"
    return feed
