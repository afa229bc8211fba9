"""Who may reach an address at all. Every view declares one policy; a test walks the resolver for those without.

What a person sees behind the address is another question, answered by ``visible_to`` querysets; what they may do
there is a third, answered by ``permissions``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account import app_settings as account_settings
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse

from accounts.http import arrival_of, person_of
from accounts.models import User

View = Callable[..., HttpResponseBase]


class Factor(Enum):
    """Of whom an address asks that this session was opened with a second factor."""

    OF_ACTORS = "those who act for an agency, and administrators"
    OF_OWNERS = "those who have a second factor"
    OF_BOTH = "those who act for an agency, and those who have a second factor"
    OF_NOBODY = "nobody"


@dataclass(frozen=True)
class Policy:
    """``allows`` is asked of a signed-in person; no ``allows`` means that nobody needs to sign in."""

    name: str
    allows: Callable[[User], bool] | None = None
    factor: Factor = Factor.OF_ACTORS


PUBLIC = Policy("public")
TOKEN = Policy("token")
"""Whoever holds the secret in the address; the view looks it up by its hash and answers 404 without it."""
SIGNED_IN = Policy("signed in", lambda user: True)
"""Any account; the view reaches its records through ``visible_to`` only."""
OFFICER = Policy("officer", lambda user: user.is_officer)
ACTOR = Policy("actor", lambda user: bool(user.agency_roles))
"""Whoever acts for an agency: officers may review too, so that a reviewer's pages are open to every role."""
PANEL = Policy("panel", lambda user: bool(user.panel_agencies))
"""Officers and chairs, who run a panel."""
ADMINISTRATOR = Policy("administrator", lambda user: user.is_staff)
OFFICE = Policy("office", lambda user: user.is_officer or user.is_staff)
"""Officers, and administrators, who need not be officers."""
BEARER = Policy("bearer")
"""Whoever shows a token of an agency; each operation of the interface names the right that the token must have."""
DEMONSTRATION = Policy("demonstration")
"""Everybody, and the address exists in the demonstration only."""
SECURITY = Policy("security", lambda user: True, Factor.OF_BOTH)
"""One's own ways of signing in: a password alone must not change them once there is a second factor."""
ENROLMENT = Policy("enrolment", lambda user: True, Factor.OF_OWNERS)
"""Setting up a second factor: the first one with the password, further ones with the first."""
REAUTHENTICATION = Policy("reauthentication", lambda user: True, Factor.OF_NOBODY)
"""Proving again who one is; the only signed-in pages open to a session that still lacks its second factor."""

NAMESPACES = {"admin": ADMINISTRATOR, "api": BEARER}
"""Policies of addresses that a library serves; ``accounts.admin_site`` and ``seminars.api.bearer`` hold to them."""


def policy_of(match: ResolverMatch) -> Policy | None:
    """Return the policy an address is held to, or None where it declares none."""
    return NAMESPACES.get(match.namespace) or getattr(match.func, "policy", None)


def has_second_factor(request: HttpRequest) -> bool:
    """Say whether this session was opened, or since confirmed, with a second factor or a passkey.

    The records count only for the person they were written for, so that nothing is left by whoever used the
    session before. The one-click sign-in of the demonstration counts in the demonstration only.
    """
    strong = {"mfa", "demo"} if settings.DEMO else {"mfa"}
    return any(record.get("method") in strong for record in get_authentication_records(request, request.user))


def confirms_factor_at(request: HttpRequest) -> str | None:
    """Return where to confirm the second factor again, or nothing where this session did so a few minutes ago.

    What binds an agency asks for it; a one-click sign-in of the demonstration has nothing to confirm.
    """
    known = get_authentication_records(request, request.user)
    latest = max((record["at"] for record in known if record.get("method") == "mfa"), default=None)
    at = arrival_of(request).timestamp()
    if latest is not None and at - latest <= account_settings.REAUTHENTICATION_TIMEOUT:
        return None
    if settings.DEMO and any(record.get("method") == "demo" for record in known):
        return None
    has_app = is_mfa_enabled(person_of(request), [Authenticator.Type.TOTP])
    return reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")


def owns_second_factor(user: User) -> bool:
    """Say whether the person has set up an authenticator app or a passkey."""
    return is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])


def lacks_second_factor(request: HttpRequest, factor: Factor) -> bool:
    """Say whether this session must show a second factor before it goes where ``factor`` is asked."""
    if factor is Factor.OF_NOBODY or has_second_factor(request):
        return False
    person = person_of(request)
    acts = factor is not Factor.OF_OWNERS and person.needs_second_factor
    return acts or (factor is not Factor.OF_ACTORS and owns_second_factor(person))


def policy(rule: Policy) -> Callable[[View], View]:
    """Return a decorator that holds a view to ``rule``.

    Strangers are sent to sign in, people outside the policy get 404, and people who act for an agency are sent
    to their second factor before anything else. A partial request by htmx gets 401 instead of a redirection,
    so that the page with what was typed stays where it is.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def held(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if rule.allows is None:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return _elsewhere(request, redirect_to_login(_way_back(request)))
            if lacks_second_factor(request, rule.factor):
                query = urlencode({"next": _way_back(request)})
                return _elsewhere(request, redirect(f"{reverse('second_factor')}?{query}"))
            if not rule.allows(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        held.policy = rule  # type: ignore[attr-defined]
        return held

    return decorate


def _elsewhere(request: HttpRequest, redirection: HttpResponse) -> HttpResponse:
    return HttpResponse(status=401) if "HX-Request" in request.headers else redirection


def _way_back(request: HttpRequest) -> str:
    return request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("account")
