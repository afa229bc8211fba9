"""Taking out of the accounts what is known of a person; the row stays, so that what the person has done stays told."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat

from accounts.actions.history import empty_history, record
from accounts.models import HistoryEntry, MailPreference, Message, MessageState, User

DOMAIN = "erased.invalid"
BLANKED = (
    "title",
    *(f"{part}_name{script}" for part in ("family", "given") for script in ("", "_kanji", "_kana")),
    *("position", "institution", "department", "laboratory", "orcid", "phone", "gender"),
)


def address_of(user: User) -> str:
    """Return what stands in place of an erased person's address; no mail can be sent there (RFC 2606)."""
    return f"person-{user.pk}@{DOMAIN}"


def is_erased(user: User) -> bool:
    """Say whether a person has been erased."""
    return user.email == address_of(user)


def erase_account(user: User, *, by: User, at: datetime, reason: str) -> None:
    """Take a person's name, address, ways of signing in, choices and mails away; call it in a transaction.

    Mails that wait are dropped; of those that were sent it stays that they were, when, and of what kind.
    """
    for model in (EmailAddress, Authenticator, UserSession, MailPreference):
        model.objects.filter(user=user).delete()
    user.memberships.all().delete()
    mails = Message.objects.filter(Q(recipient=user) | Q(address=user.email))
    mails.filter(state=MessageState.QUEUED).delete()
    mails.update(**dict.fromkeys(("subject", "text", "html", "error", "name", "unsubscribe_url"), ""))
    # The key that keeps a mail from being written twice has the address in it.
    mails.update(address=address_of(user), key=Concat(Value("erased:"), Cast("pk", CharField())))
    empty_history(HistoryEntry.objects.about(user))
    for name in BLANKED:
        setattr(user, name, "")
    user.email, user.is_active = address_of(user), False
    user.set_unusable_password()
    user.save(update_fields=[*BLANKED, "email", "is_active", "password"])
    record(user, "erased", by=by, at=at, reason=reason)
