"""The language and the time zone of whoever reads."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from accounts.choices import TIME_ZONES, Language

TIME_ZONE_COOKIE = "time_zone"


def chosen_language(request: HttpRequest) -> str:
    """Return the person's language, else the cookie's, else the browser's, else English."""
    if request.user.is_authenticated:
        return request.user.language
    language = translation.get_language_from_request(request)
    return language if language in Language.values else Language.ENGLISH


def chosen_time_zone(request: HttpRequest, language: str) -> str:
    """Return the person's time zone, else the cookie's, else Tokyo's for readers of Japanese and Paris's for others."""
    if request.user.is_authenticated:
        return request.user.time_zone
    zone = request.COOKIES.get(TIME_ZONE_COOKIE)
    if zone in TIME_ZONES:
        return zone
    return "Asia/Tokyo" if language == Language.JAPANESE else "Europe/Paris"


def preferences(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the middleware that answers each request in its reader's language and time zone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        language = chosen_language(request)
        with translation.override(language), timezone.override(chosen_time_zone(request, language)):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response

    return middleware


def remember(response: HttpResponse, name: str, value: str) -> None:
    """Keep a preference in a cookie for a year, for the pages before signing in."""
    response.set_cookie(
        name,
        value,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
