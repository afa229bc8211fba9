"""Taking a second factor away from somebody who has lost it."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.actions.history import record
from accounts.actions.messages import queue_message
from accounts.models import User


@transaction.atomic
def take_factor(factor: Authenticator, *, by: User, at: datetime) -> None:
    """Take a factor away, and the recovery codes with the last one; the person is told by mail."""
    person = factor.user
    record(person, "factor_taken", by=by, at=at, before={"type": factor.type})
    queue_message("account_factor_taken", to=person, about=person, context={}, at=at, key=f"{factor.pk}")
    factor.delete()
    rest = Authenticator.objects.filter(user=person)
    if not rest.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        rest.delete()
