"""Keys of an agency's systems: making one, taking it back, counting its requests."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from accounts.actions.history import record
from accounts.models import Agency, User
from accounts.tokens import hashed
from seminars.choices import ApiRight
from seminars.models import ApiToken
from seminars.permissions import Refused, make_token_refusal, require, revoke_token_refusal

PREFIX = "seminars_"
"""What every secret begins with, so that scanners of code and logs recognise one that leaked."""
REQUESTS = 120
WINDOW = timedelta(minutes=1)
"""A token may make ``REQUESTS`` requests a window."""


@transaction.atomic
def make_token(
    agency: Agency, *, name: str, rights: Collection[str], expires_at: datetime, by: User, at: datetime
) -> tuple[ApiToken, str]:
    """Make a token of ``agency``; return it with its secret, which is kept nowhere. Raises Refused."""
    require(make_token_refusal(agency, by))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        agency=agency,
        name=name,
        token_hash=hashed(secret),
        ending=secret[-4:],
        created_at=at,
        created_by=by,
        expires_at=expires_at,
        **{f"reads_{right}": right in rights for right in ApiRight},
    )
    given = {"name": name, "rights": sorted(rights), "expires_at": expires_at.isoformat()}
    record(token, "token_made", by=by, at=at, after={"agency": agency.code, **given})
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User, at: datetime) -> None:
    """Take a token back: from now on it opens nothing. Raises Refused."""
    require(revoke_token_refusal(token, by))
    if not ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at, revoked_by=by):
        token.refresh_from_db()
        raise Refused(revoke_token_refusal(token, by))
    record(token, "token_revoked", by=by, at=at, before={"agency": token.agency.code, "name": token.name})


def count_request(token: ApiToken, *, at: datetime) -> bool:
    """Count a request at ``at``; False when the token has used up its minute.

    One conditional update, so that neither threads nor processes count wrong, and nothing but the database is
    needed.
    """
    row = ApiToken.objects.filter(pk=token.pk)
    over = Q(counted_from_at__isnull=True) | Q(counted_from_at__lte=at - WINDOW)
    if row.filter(counted_from_at__gt=at - WINDOW, counted__lt=REQUESTS).update(
        counted=F("counted") + 1, last_used_at=at
    ):
        return True
    return bool(row.filter(over).update(counted_from_at=at, counted=1, last_used_at=at))
