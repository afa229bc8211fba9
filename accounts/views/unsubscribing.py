"""Unsubscribing by the address in a mail, with one click of the mail program or two of a person (RFC 8058)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.actions.preferences import refuse_mails
from accounts.actions.unsubscribing import read_token
from accounts.http import Visit
from accounts.policies import TOKEN, policy


@csrf_exempt
@policy(TOKEN)
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_page(request: Visit, token: str) -> HttpResponse:
    """Say what the address does; POST does it, without a session: the address is signed."""
    known = read_token(token)
    if known is None:
        raise Http404
    user, kinds = known
    if request.method == "POST":
        refuse_mails(user, kinds, at=request.arrived_at)
    with translation.override(user.language):
        return render(request, "account/unsubscribe.html", {"is_done": request.method == "POST"})
