"""What is held on a person, told by each app of its own records: ``SOURCES`` says where to look, and what to tell.

``PERSONAL_DATA`` in the settings names one such module for each app, so that one copy holds what all apps know; its
``files`` yields the files that go with a person.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import models

from accounts.models import HistoryEntry, MailPreference, Membership, Message, MessageState, User

SECRET = frozenset({"password", "token_hash", "data", "session_key", "key", "html"})
Row = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """One heading of a person's copy: its name, and what stands below it for a person."""

    name: str
    tell: Callable[[User], list[Row]]


@dataclass(frozen=True)
class KeptFile:
    """A file of a person's copy: where it stands in the copy, and its name in the storage."""

    path: str
    stored: str


def plain(value: Any) -> Any:
    """Return a value as JSON has it: instants and dates in ISO 8601, amounts as exact text."""
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def row_of(record: models.Model, *names: str) -> Row:
    """Return a record's columns by name, those in ``names`` or all; never a secret, not even its hash."""
    columns = [field for field in record._meta.concrete_fields if field.name not in SECRET]
    chosen = [field for field in columns if field.name in names] if names else columns
    return {field.name: plain(field.value_from_object(record)) for field in chosen}


def rows(
    name: str, model: type[models.Model], lookup: str, *names: str, by_address: bool = False, **only: Any
) -> Source:
    """Return a source of the rows of ``model`` that ``lookup`` ties to a person, or to the person's address.

    Of each row the columns in ``names`` are told, or all; ``only`` filters the rows.
    """

    def tell(user: User) -> list[Row]:
        found = model._default_manager.filter(**{lookup: user.email if by_address else user}, **only).order_by("pk")
        return [row_of(record, *names) for record in found]

    return Source(name, tell)


SOURCES = (
    Source("profile", lambda user: [row_of(user)]),
    rows("roles", Membership, "user"),
    rows("addresses", EmailAddress, "user"),
    rows("second_factors", Authenticator, "user", "type", "created_at", "last_used_at"),
    rows("sessions", UserSession, "user", "ip", "user_agent", "created_at", "last_seen_at"),
    rows("choices_of_e_mails", MailPreference, "user"),
    rows("messages", Message, "recipient", "kind", "address", "subject", "text", "sent_at", state=MessageState.SENT),
    rows("deeds", HistoryEntry, "actor", "verb", "subject_kind", "subject_id", "at", "reason"),
)


def files(_user: User) -> Iterable[KeptFile]:
    """Return the files that go with a person's account: there are none."""
    return ()
