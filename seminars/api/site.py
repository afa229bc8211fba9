"""The interface as a whole: its version, its parts, and how it says what went wrong or has not changed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.cache import get_conditional_response, set_response_etag
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

from accounts.http import problem
from seminars.api import calls, decisions, pairs, proposals

api = NinjaAPI(
    title="Joint Seminars",
    version="1",
    description="Read-only access for the agencies' own systems. A token sees what an officer of its agency sees.",
    urls_namespace="api",
    docs_url=None,
)
api.add_router("", calls.router)
api.add_router("", proposals.router)
api.add_router("", pairs.router)
api.add_router("", decisions.router)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, wrong: HttpError) -> HttpResponse:
    """Answer what the interface refuses: 401, 403."""
    answer = problem(wrong.status_code)
    if wrong.status_code == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(Throttled)
def throttled(request: HttpRequest, wrong: Throttled) -> HttpResponse:
    """Answer 429 and say when to come back."""
    answer = problem(429)
    answer["Retry-After"] = str(wrong.wait)
    return answer


@api.exception_handler(Http404)
def missing(request: HttpRequest, wrong: Http404) -> HttpResponse:
    """Answer 404 for what is not there or not to be seen."""
    return problem(404)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """Answer 400 and name the parameters that cannot be read."""
    return problem(400, parameters=sorted({str(error["loc"][-1]) for error in wrong.errors}))


def answered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return a view whose answers carry an ETag, 304 where the reader has them already, and whose 405 is a problem.

    The answer is made all the same, and only its way saved: whether a token may still read it is asked first, always.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        response = view(request, *args, **named)
        if response.status_code == 405:
            told = problem(405)
            told["Allow"] = response["Allow"]
            return told
        if response.status_code != 200:
            return response
        set_response_etag(response)
        return get_conditional_response(request, etag=response["ETag"], response=response) or response

    return answer


def addresses() -> tuple[list[URLPattern], str, str]:
    """Return the addresses of the interface, for ``path``."""
    patterns, app, space = api.urls
    for pattern in patterns:
        pattern.callback = answered(pattern.callback)  # type: ignore[arg-type]
    return patterns, app, space  # type: ignore[return-value]
