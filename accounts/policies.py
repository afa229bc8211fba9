"""Who may reach an address at all. Every view declares one policy; a test walks the resolver for those without.

What a person sees behind the address is another question, answered by ``visible_to`` querysets; what they may do
there is a third, answered by ``permissions``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User

View = Callable[..., HttpResponse]
STRONG_METHODS = {"mfa", "demo"}


@dataclass(frozen=True)
class Policy:
    """``allows`` is asked of a signed-in person; no ``allows`` means that nobody needs to sign in."""

    name: str
    allows: Callable[[User], bool] | None = None


PUBLIC = Policy("public")
TOKEN = Policy("token")
"""Whoever holds the secret in the address; the view looks it up by its hash and answers 404 without it."""
SIGNED_IN = Policy("signed in", lambda user: True)
"""Any account; the view reaches its records through ``visible_to`` only."""
OFFICER = Policy("officer", lambda user: user.is_officer)
ADMINISTRATOR = Policy("administrator", lambda user: user.is_staff)
DEMONSTRATION = Policy("demonstration")
"""Everybody, and the address exists in the demonstration only."""


def has_second_factor(request: HttpRequest) -> bool:
    """Say whether this session was opened with a second factor or a passkey."""
    methods = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return any(method.get("method") in STRONG_METHODS for method in methods)


def policy(rule: Policy) -> Callable[[View], View]:
    """Return a decorator that holds a view to ``rule``.

    Strangers are sent to sign in, people outside the policy get 404, and people who act for an agency are sent
    to their second factor before anything else.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def held(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if rule.allows is None:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.user.needs_second_factor and not has_second_factor(request):
                return redirect("second_factor")
            if not rule.allows(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        held.policy = rule  # type: ignore[attr-defined]
        return held

    return decorate
