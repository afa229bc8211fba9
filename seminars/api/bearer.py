"""Who may call an operation: whoever shows a token in force that has the operation's right (SAFETY 1)."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest
from ninja import Router
from ninja.errors import AuthorizationError, Throttled
from ninja.security import HttpBearer

from accounts.http import arrival_of
from accounts.tokens import hashed
from seminars.actions.tokens import WINDOW, count_request
from seminars.api.guessing import SECONDS, may_guess_again
from seminars.choices import ApiRight
from seminars.models import ApiToken


class Bearer(HttpBearer):
    """The policy of one operation: a token in force, its minute not used up, and ``right`` among its rights."""

    def __init__(self, right: ApiRight) -> None:
        """Keep which right is asked for."""
        super().__init__()
        self.right = right

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the token; nothing for an unknown, expired or revoked one (401).

        Raises Throttled (429), also where too many wrong ones come from one address, and AuthorizationError (403)
        without the right.
        """
        at = arrival_of(request)
        found = ApiToken.objects.in_force(at).select_related("agency").filter(token_hash=hashed(token)).first()
        if found is None:
            if not may_guess_again(request):
                raise Throttled(wait=SECONDS)
            return None
        if not count_request(found, at=at):
            raise Throttled(wait=int(WINDOW.total_seconds()))
        if self.right not in found.rights:
            raise AuthorizationError
        return found


def token_of(request: HttpRequest) -> ApiToken:
    """Return the token that opened this request."""
    return cast(ApiToken, request.auth)  # type: ignore[attr-defined]


PROBLEM = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}
TOLD = {
    "304": {"description": "Nothing has changed since the answer whose ETag If-None-Match names."},
    "400": {"description": "A parameter cannot be read.", **PROBLEM},
    "401": {"description": "No token, or none that is in force.", **PROBLEM},
    "403": {"description": "The token does not have the right that this operation asks for.", **PROBLEM},
    "404": {"description": "There is none, or none that officers of the token's agency see.", **PROBLEM},
    "429": {
        "description": "Too many requests, or wrong tokens, in a minute; Retry-After says how many seconds to wait.",
        **PROBLEM,
    },
}


def reads(router: Router, path: str, right: ApiRight, response: Any) -> Callable[[Any], Any]:
    """Return a decorator that makes a view a GET operation under ``path``, open to tokens with ``right``."""
    return cast(
        Callable[[Any], Any],
        router.get(
            path,
            auth=Bearer(right),
            response=response,
            tags=[str(right.value)],
            openapi_extra={"x-right": str(right.value), "responses": TOLD},
        ),
    )
