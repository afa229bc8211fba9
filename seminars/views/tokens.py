"""The page on which officers and administrators keep the keys of their agency's systems."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.models import Agency
from accounts.policies import OFFICE, policy
from seminars.actions import tokens as actions
from seminars.forms.token import TokenForm
from seminars.models import ApiToken
from seminars.permissions import Refused, revoke_token_refusal
from seminars.views.pairing import see_other


@policy(OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: Request) -> HttpResponse:
    """Show the tokens of one's agencies; POST makes one, and its answer is the only page that shows the secret."""
    at, by = request.arrived_at, request.user
    agencies = Agency.objects.all() if by.is_staff else Agency.objects.filter(pk__in=by.officer_agencies)
    form, status, secret = TokenForm(request.POST or None, agencies=agencies), 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            expires_at = at + said["lifetime"]
            _token, secret = actions.make_token(
                said["agency"], name=said["name"], rights=said["rights"], expires_at=expires_at, by=by, at=at
            )
            form, status = TokenForm(agencies=agencies), 200
    listed = ApiToken.objects.visible_to(by).select_related("agency", "created_by", "revoked_by")
    context = {
        "form": form,
        "secret": secret,
        "tokens": [{"token": token, "is_in_force": token.is_in_force(at)} for token in listed],
    }
    return render(request, "seminars/tokens/tokens.html", context, status=status)


@policy(OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def token_revoke(request: Request, pk: int) -> HttpResponse:
    """Say what taking a token back means; POST does it."""
    token = get_object_or_404(ApiToken.objects.visible_to(request.user).select_related("agency"), pk=pk)
    refusal, status = revoke_token_refusal(token, request.user), 200
    if request.method == "POST":
        try:
            actions.revoke_token(token, by=request.user, at=request.arrived_at)
        except Refused as refused:
            refusal, status = refused.args[0], 409
        else:
            messages.success(request, _("The token has been revoked. It opens nothing any more."))
            return see_other("tokens")
    return render(request, "seminars/tokens/revoke.html", {"token": token, "refusal": refusal}, status=status)
