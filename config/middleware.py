"""What happens to every request: its arrival is stamped, its text is clean, its answer is kept private."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from accounts.rules.text import forbidden_characters
from config.errors import bad_request

Handler = Callable[[HttpRequest], HttpResponse]


def unclean(text: str) -> bool:
    """Say whether ``text`` holds a forbidden character; printable text, nearly all there is, takes no time."""
    return not text.isprintable() and bool(forbidden_characters(text))


def arrival(get_response: Handler) -> Handler:
    """Stamp ``request.arrived_at`` (aware, UTC, microseconds) before anything else can wait (SAFETY 6)."""

    def stamped(request: HttpRequest) -> HttpResponse:
        request.arrived_at = datetime.now(UTC)  # type: ignore[attr-defined]
        return get_response(request)

    return stamped


def private_pages(get_response: Handler) -> Handler:
    """Keep every answer out of all caches, unless its view has said otherwise (SAFETY 12)."""

    def kept(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Cookie"])
        return response

    return kept


def clean_cookies(get_response: Handler) -> Handler:
    """Forget cookies with a forbidden character: ``sessionid="\\000…"`` would reach the database (I12)."""

    def cleaned(request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if unclean(name + value)]:
            del request.COOKIES[name]
        return get_response(request)

    return cleaned


def forms_in_utf8(get_response: Handler) -> Handler:
    """Read every form as UTF-8, as our pages send it: a form that claims ``charset=base64`` would be an error."""

    def reading(request: HttpRequest) -> HttpResponse:
        request.encoding = settings.DEFAULT_CHARSET
        return get_response(request)

    return reading


def clean_text(get_response: Handler) -> Handler:
    """Answer 400 when the address holds a character that no text may hold (SAFETY 17, I12)."""

    def checked(request: HttpRequest) -> HttpResponse:
        parameters = (text for name, values in request.GET.lists() for text in (name, *values))
        if any(unclean(text) for text in (request.path, *parameters)):
            return bad_request(request)
        return get_response(request)

    return checked
