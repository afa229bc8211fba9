"""How allauth works here: addresses are exact, links come from the settings, mail goes through the outbox."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmation
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.actions.history import record
from accounts.actions.messages import Addressee, addressee_of, queue_message
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """allauth's hooks."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and password do not go together."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many attempts. Please wait a few minutes, then try again."),
        "rate_limited": _("Too many requests. Please wait a few minutes, then try again."),
        "email_taken": _("This e-mail address cannot be used."),
    }

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: BaseForm, commit: bool = True
    ) -> AbstractBaseUser:
        """Save a new person with their name, and the language and time zone they signed up in."""
        user.family_name = form.cleaned_data["family_name"]
        user.given_name = form.cleaned_data["given_name"]
        user.language = get_language()
        user.time_zone = timezone.get_current_timezone_name()
        return super().save_user(request, user, form, commit)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: EmailConfirmation) -> str:
        """Return the address that confirms an e-mail address."""
        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address that sets a new password; ``key`` is the person's id and the secret."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", quote(key))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue allauth's mail in its reader's language; it is ``templates/mails/account_<name>.txt``."""
        user = context.get("user") or User.objects.filter(email=email).first()
        at = current.request.arrived_at
        to = (
            replace(addressee_of(user), address=email)
            if user
            else Addressee(email, get_language(), time_zone=timezone.get_current_timezone_name())
        )
        queue_message(
            f"account_{template_prefix.rpartition('/')[2]}",
            to=to,
            about=user,
            context={name: value for name, value in context.items() if name not in {"request", "user"}},
            at=at,
            key=at.isoformat(),
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell a person of a change to how they sign in, and keep it in the history."""
        deed = template_prefix.rpartition("/")[2]
        record(user, deed, by=user, at=current.request.arrived_at, after=context)
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)


class FactorAdapter(DefaultMFAAdapter):
    """allauth's hooks for second factors."""

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """Return the name proposed for a passkey."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}
