"""The pages that say what went wrong: translated, friendly, and without a word on the inside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from accounts.http import problem

SECRET_FIELDS = ("csrf", "password", "code", "token")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400: the address or the form cannot be read."""
    if request.path.startswith("/api/"):
        return problem(400)
    return render(request, "400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form from an outdated page, and give back what was typed (``typed``: names and values)."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and not any(secret in name for secret in SECRET_FIELDS)
    ]
    return render(request, "403_csrf.html", {"typed": typed}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 from a template that is given nothing, since anything may be broken: database and session too."""
    return HttpResponse(render_to_string("500.html"), status=500)
