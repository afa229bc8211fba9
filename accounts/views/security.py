"""The second factor: why, which, and the proof that it is at hand."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.policies import REAUTHENTICATION, SECURITY, has_second_factor, policy
from accounts.views.preferences import way_back


@policy(REAUTHENTICATION)
@require_safe
def second_factor(request: Request) -> HttpResponse:
    """Say why a second factor is asked for, and lead to setting one up or to showing the one there is."""
    after = way_back(request, reverse("account"))
    if has_second_factor(request):
        return redirect(after)
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "after": after,
        "by_app": Authenticator.Type.TOTP in kinds,
        "by_passkey": Authenticator.Type.WEBAUTHN in kinds,
        "required": request.user.needs_second_factor,
    }
    return render(request, "account/second_factor.html", context)


@policy(SECURITY)
@require_safe
def factors(request: Request) -> HttpResponse:
    """Lead allauth's two lists of factors to the account page, which holds both."""
    return redirect(f"{reverse('account')}#factors")


def _prove(request: HttpRequest, kind: str) -> None:
    """Count the factor that was just set up as shown: it took the password and the factor itself."""
    factor = Authenticator.objects.filter(user=request.user, type=kind).latest("pk")
    record_authentication(request, request.user, "mfa", id=factor.pk, type=kind)


class ActivateApp(ActivateTOTPView):
    """Setting up an authenticator app; the code typed here opens the session for those who must have one."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Activate the app, then count its code."""
        response = super().form_valid(form)
        _prove(self.request, Authenticator.Type.TOTP)
        return response


class AddPasskey(AddWebAuthnView):
    """Adding a passkey; the signature made here opens the session for those who must have one."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Add the passkey, then count its signature."""
        response = super().form_valid(form)
        _prove(self.request, Authenticator.Type.WEBAUTHN)
        return response


activate_app = ActivateApp.as_view()
add_passkey = AddPasskey.as_view()
