"""The addresses of accounts: our pages, and those of allauth that we use, each with its policy."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as entrance
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from accounts.policies import ENROLMENT, PUBLIC, REAUTHENTICATION, SECURITY, Policy, policy
from accounts.views import account, preferences, security, unsubscribing


def library(route: str, rule: Policy, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    """Return the address of an allauth view, held to ``rule``; what it posts is one transaction with its mail."""

    @wraps(view)
    def whole(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return (re_path if route.startswith("^") else path)(route, policy(rule)(whole), name=name)


urlpatterns = [
    path("language/", preferences.set_language, name="set_language"),
    path("time-zone/", preferences.set_time_zone, name="set_time_zone"),
    path("unsubscribe/<str:token>/", unsubscribing.unsubscribe_page, name="unsubscribe"),
    path("account/", account.account, name="account"),
    path("account/profile/", account.profile, name="profile"),
    path("account/second-factor/", security.second_factor, name="second_factor"),
    library("account/login/", PUBLIC, entrance.login, "account_login"),
    library("account/logout/", PUBLIC, entrance.logout, "account_logout"),
    library("account/inactive/", PUBLIC, entrance.account_inactive, "account_inactive"),
    library("account/signup/", PUBLIC, entrance.signup, "account_signup"),
    library("account/confirm-email/", PUBLIC, entrance.email_verification_sent, "account_email_verification_sent"),
    library("account/confirm-email/<str:key>/", PUBLIC, entrance.confirm_email, "account_confirm_email"),
    library("account/password/reset/", PUBLIC, entrance.password_reset, "account_reset_password"),
    library("account/password/reset/sent/", PUBLIC, entrance.password_reset_done, "account_reset_password_done"),
    library(
        "account/password/reset/done/",
        PUBLIC,
        entrance.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    library(
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        PUBLIC,
        entrance.password_reset_from_key,
        "account_reset_password_from_key",
    ),
    library("account/reauthenticate/", REAUTHENTICATION, entrance.reauthenticate, "account_reauthenticate"),
    library("account/email/", SECURITY, entrance.email, "account_email"),
    library("account/password/", SECURITY, entrance.password_change, "account_change_password"),
    library("account/password/set/", SECURITY, entrance.password_set, "account_set_password"),
    library("account/sessions/", SECURITY, sessions.list_usersessions, "usersessions_list"),
    path("account/factors/", security.factors, name="mfa_index"),
    library("account/factors/sign-in/", PUBLIC, factors.authenticate, "mfa_authenticate"),
    library("account/factors/confirm/", REAUTHENTICATION, factors.reauthenticate, "mfa_reauthenticate"),
    library("account/factors/app/add/", ENROLMENT, security.activate_app, "mfa_activate_totp"),
    library("account/factors/app/remove/", SECURITY, app.deactivate_totp, "mfa_deactivate_totp"),
    library("account/factors/codes/", SECURITY, codes.view_recovery_codes, "mfa_view_recovery_codes"),
    library("account/factors/codes/new/", SECURITY, codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    library("account/factors/codes/download/", SECURITY, codes.download_recovery_codes, "mfa_download_recovery_codes"),
    path("account/passkeys/", security.factors, name="mfa_list_webauthn"),
    library("account/passkeys/add/", ENROLMENT, security.add_passkey, "mfa_add_webauthn"),
    library("account/passkeys/sign-in/", PUBLIC, passkeys.login_webauthn, "mfa_login_webauthn"),
    library(
        "account/passkeys/confirm/", REAUTHENTICATION, passkeys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"
    ),
    library("account/passkeys/<int:pk>/remove/", SECURITY, passkeys.remove_webauthn, "mfa_remove_webauthn"),
    library("account/passkeys/<int:pk>/rename/", SECURITY, passkeys.edit_webauthn, "mfa_edit_webauthn"),
]
