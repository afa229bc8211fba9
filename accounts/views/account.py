"""One's own account: what is known of a person, and how they sign in."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import people
from accounts.forms.profile import ProfileForm
from accounts.http import Request
from accounts.middleware import TIME_ZONE_COOKIE, remember
from accounts.models import User
from accounts.policies import SIGNED_IN, policy


@policy(SIGNED_IN)
@require_safe
def account(request: Request) -> HttpResponse:
    """Show everything about one's account on one page, each with the way to change it."""
    factors = Authenticator.objects.filter(user=request.user).order_by("created_at")
    context = {
        "pending": EmailAddress.objects.filter(user=request.user, verified=False).first(),
        "app": next((factor for factor in factors if factor.type == Authenticator.Type.TOTP), None),
        "passkeys": [factor.wrap() for factor in factors if factor.type == Authenticator.Type.WEBAUTHN],
        "recovery": next(
            (factor.wrap() for factor in factors if factor.type == Authenticator.Type.RECOVERY_CODES), None
        ),
        "sessions": UserSession.objects.filter(user=request.user).count(),
        "roles": request.user.memberships.select_related("agency").order_by("agency__code", "role"),
    }
    return render(request, "account/overview.html", context)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: Request) -> HttpResponse:
    """Show and change one's own profile."""
    form = ProfileForm(request.POST or None, instance=User.objects.get(email=request.user.email))
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/profile.html", {"form": form}, status=422 if form.errors else 200)
    people.change_profile(request.user, form.cleaned_data, at=request.arrived_at)
    with translation.override(request.user.language):
        messages.success(request, _("Your profile has been saved."))
    response = redirect("profile")
    response.status_code = 303
    remember(response, settings.LANGUAGE_COOKIE_NAME, request.user.language)
    remember(response, TIME_ZONE_COOKIE, request.user.time_zone)
    return response
