"""What changes a person's record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actions.history import record
from accounts.models import User


@transaction.atomic
def change_person(user: User, values: Mapping[str, Any], *, by: User, at: datetime, verb: str = "changed") -> None:
    """Set ``values`` (cleaned, by field name) on ``user`` and record what differs from before; nothing if nothing."""
    stored = User.objects.select_for_update().get(pk=user.pk)
    changed = {name: value for name, value in values.items() if getattr(stored, name) != value}
    if not changed:
        return
    before = {name: _plain(getattr(stored, name)) for name in changed}
    for name, value in changed.items():
        setattr(user, name, value)
    user.save(update_fields=list(changed))
    record(user, verb, by=by, at=at, before=before, after={name: _plain(value) for name, value in changed.items()})


def change_profile(user: User, values: Mapping[str, Any], *, at: datetime) -> None:
    """Change one's own profile."""
    change_person(user, values, by=user, at=at, verb="profile_changed")


def change_preferences(user: User, values: Mapping[str, Any], *, at: datetime) -> None:
    """Change one's own language or time zone."""
    change_person(user, values, by=user, at=at, verb="preferences_changed")


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool) else str(value)
