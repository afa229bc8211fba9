"""allauth's forms in our words: labels from the glossary, no placeholders, one sentence of help."""

from typing import Any

from allauth.account import forms as entrance
from allauth.mfa.base import forms as factors
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.utils.translation import gettext_lazy as _

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


class AddPasskeyForm(Reworded, passkeys.AddWebAuthnForm):
    """A new passkey."""

    labels = {"name": _("Name"), "passwordless": _("Sign in with this passkey alone, without the password")}
    help_texts = {
        "name": _("So that you can tell your passkeys apart: the device it is on, for instance."),
        "passwordless": _("The device then asks for your fingerprint, face or PIN."),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the passkey for signing in unless the person says otherwise."""
        super().__init__(*args, **options)
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(Reworded, passkeys.EditWebAuthnForm):
    """Another name for a passkey."""

    labels = {"name": _("Name")}
