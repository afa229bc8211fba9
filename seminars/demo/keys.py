"""What the demonstration's officers have handed out: a calendar feed, and a token for a system of their agency."""

from datetime import datetime, timedelta

from accounts.models import User
from seminars.actions.feeds import make_feed
from seminars.actions.tokens import make_token
from seminars.choices import ApiRight
from seminars.models import ApiToken, Feed

LIFETIME = timedelta(days=180)


def hand_out(officer: User, *, at: datetime) -> None:
    """Give ``officer`` a calendar feed and the agency a token, once; their secrets are kept by nobody."""
    agency = officer.memberships.select_related("agency").get().agency
    if not Feed.objects.owned_by(officer).exists():
        make_feed(name="Agenda", has_deadlines=True, has_seminars=True, by=officer, at=at)
    if not ApiToken.objects.filter(agency=agency).exists():
        rights = (ApiRight.CALLS, ApiRight.PROPOSALS, ApiRight.PAIRS)
        make_token(agency, name="Data warehouse", rights=rights, expires_at=at + LIFETIME, by=officer, at=at)
