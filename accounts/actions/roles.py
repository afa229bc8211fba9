"""Giving and taking roles: administrators alone do it, and the history keeps it."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from accounts.actions.history import record
from accounts.models import Agency, Membership, User

FOLLOWING: list[Callable[..., object]] = []
"""What else happens, in the same transaction, when a role is given: called with the membership, and ``at``."""


class OwnRole(Exception):
    """Somebody would give or take a role of their own, which is another administrator's to do (SAFETY 13)."""


@transaction.atomic
def give_role(user: User, agency: Agency, role: str, *, by: User | None, at: datetime) -> Membership:
    """Give ``user`` a role in ``agency`` and return the membership; given before, it is left as it was.

    ``by`` is nobody only where a command sets an installation up. Raises OwnRole.
    """
    if by == user:
        raise OwnRole
    membership, created = Membership.objects.get_or_create(
        user=user, agency=agency, role=role, defaults={"given_at": at, "given_by": by}
    )
    if created:
        record(user, "role_given", by=by, at=at, after={"agency": agency.code, "role": role})
        for follow in FOLLOWING:
            follow(membership, at=at)
    return membership


@transaction.atomic
def take_role(membership: Membership, *, by: User, at: datetime) -> None:
    """Take a role away. Raises OwnRole."""
    if by == membership.user:
        raise OwnRole
    membership.delete()
    before = {"agency": membership.agency.code, "role": membership.role}
    record(membership.user, "role_taken", by=by, at=at, before=before)
