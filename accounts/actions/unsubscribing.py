"""The address in a mail that need not be, which refuses further ones of its kinds with one click (RFC 8058)."""

from collections.abc import Collection

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User

SIGNER = signing.Signer(salt="accounts.unsubscribe")


def unsubscribe_address(user: User, kinds: Collection[str]) -> str:
    """Return the address by which ``user`` refuses mails of ``kinds``; it shows nobody's name, and never expires."""
    return settings.SITE_URL + reverse("unsubscribe", args=[SIGNER.sign_object([user.pk, sorted(kinds)])])


def read_token(token: str) -> tuple[User, list[str]] | None:
    """Return the person and the kinds of an address made here; nothing for any other."""
    try:
        pk, kinds = SIGNER.unsign_object(token)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk).first()
    return (user, kinds) if user else None
