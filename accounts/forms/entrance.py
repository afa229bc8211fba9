"""allauth's forms in our words: labels from the glossary, no placeholders, one sentence of help."""

import struct
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import forms as entrance
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factors
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import fields

ADDRESS = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
AGAIN = _("The same password again")
GOOD_PASSWORD = _("At least 12 characters. A few words that nobody else would put together are good.")


class Reworded(forms.Form):
    """Relabels the fields it knows; placeholders go, for they vanish when one types."""

    labels: dict[str, Any] = {}
    help_texts: dict[str, Any] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take what allauth's form takes."""
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.validators.append(fields.refuse_beyond_ascii)
            field.label = self.labels.get(name, field.label)
            if name in self.labels:
                field.help_text = self.help_texts.get(name, "")


class LoginForm(Reworded, entrance.LoginForm):
    """Signing in."""

    labels = {"login": ADDRESS, "password": PASSWORD}


class SignupForm(Reworded, entrance.SignupForm):
    """Signing up."""

    labels = {"email": ADDRESS, "password1": PASSWORD, "password2": AGAIN}
    help_texts = {"password1": GOOD_PASSWORD, "email": _("We send a link to it, to make sure that it is yours.")}


class ResetPasswordForm(Reworded, entrance.ResetPasswordForm):
    """Asking for a link to a new password."""

    labels = {"email": ADDRESS}


class ResetPasswordKeyForm(Reworded, entrance.ResetPasswordKeyForm):
    """Setting a new password from that link."""

    labels = {"password1": NEW_PASSWORD, "password2": AGAIN}
    help_texts = {"password1": GOOD_PASSWORD}


class ChangePasswordForm(Reworded, entrance.ChangePasswordForm):
    """Changing the password."""

    labels = {"oldpassword": _("Present password"), "password1": NEW_PASSWORD, "password2": AGAIN}
    help_texts = {"password1": GOOD_PASSWORD}


class SetPasswordForm(Reworded, entrance.SetPasswordForm):
    """Setting a first password."""

    labels = {"password1": NEW_PASSWORD, "password2": AGAIN}
    help_texts = {"password1": GOOD_PASSWORD}


class ChangeEmailForm(Reworded, entrance.AddEmailForm):
    """Changing the address."""

    labels = {"email": _("New e-mail address")}
    help_texts = {"email": _("It takes effect when you follow the link that we send there.")}


class ReauthenticateForm(Reworded, entrance.ReauthenticateForm):
    """Giving the password once more."""

    labels = {"password": PASSWORD}


CODE = _("Six-digit code")
CODE_OR_RECOVERY = _("From your authenticator app; or one of your recovery codes.")


class AuthenticateForm(Reworded, factors.AuthenticateForm):
    """The second factor while signing in."""

    labels = {"code": CODE}
    help_texts = {"code": CODE_OR_RECOVERY}


class ReauthenticateFactorForm(Reworded, factors.ReauthenticateForm):
    """The second factor once more."""

    labels = {"code": CODE}
    help_texts = {"code": CODE_OR_RECOVERY}


class ActivateAppForm(Reworded, app.ActivateTOTPForm):
    """The first code of an authenticator app."""

    labels = {"code": CODE}
    help_texts = {"code": _("As your app shows it now.")}


# What the decoders of passkeys raise for rubbish, where a ValidationError would be right.
RUBBISH = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError, struct.error)


def refusing_rubbish(clean: Callable[..., Any]) -> Callable[..., Any]:
    """Return the method ``clean`` with a malformed answer of a passkey refused like a wrong one."""

    @wraps(clean)
    def careful(self: Any, *args: Any) -> Any:
        try:
            return clean(self, *args)
        except RUBBISH as error:
            raise get_adapter().validation_error("incorrect_code") from error

    return careful


class CredentialInput(forms.JSONField):
    """The answer of a passkey, written by the browser."""

    widget = forms.HiddenInput
    to_python = refusing_rubbish(forms.JSONField.to_python)

    def bound_data(self, data: Any, initial: Any) -> None:
        """Show nothing again: each answer serves once."""


class AddPasskeyForm(Reworded, passkeys.AddWebAuthnForm):
    """A new passkey, offered for signing in unless the person says otherwise."""

    name = fields.LineInput(label=_("Name"), max_length=80, required=False)
    credential = CredentialInput()
    labels = {"name": _("Name"), "passwordless": _("Sign in with this passkey alone, without the password")}
    help_texts = {
        "name": _("So that you can tell your passkeys apart: the device it is on, for instance."),
        "passwordless": _("The device then asks for your fingerprint, face or PIN."),
    }
    clean = refusing_rubbish(passkeys.AddWebAuthnForm.clean)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take what allauth's form takes."""
        super().__init__(*args, **options)
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(Reworded, passkeys.EditWebAuthnForm):
    """Another name for a passkey."""

    name = fields.LineInput(label=_("Name"), max_length=80)


class LoginPasskeyForm(passkeys.LoginWebAuthnForm):
    """Signing in with a passkey alone."""

    credential = CredentialInput()
    clean_credential = refusing_rubbish(passkeys.LoginWebAuthnForm.clean_credential)


class AuthenticatePasskeyForm(passkeys.AuthenticateWebAuthnForm):
    """A passkey as the second factor while signing in."""

    credential = CredentialInput()
    clean_credential = refusing_rubbish(passkeys.AuthenticateWebAuthnForm.clean_credential)


class ReauthenticatePasskeyForm(passkeys.ReauthenticateWebAuthnForm):
    """A passkey as the second factor once more."""

    credential = CredentialInput()
    clean_credential = refusing_rubbish(passkeys.ReauthenticateWebAuthnForm.clean_credential)
