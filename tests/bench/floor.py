"""The floor: a session, its person, one indexed SELECT, two words."""

from django.http import HttpRequest, HttpResponse

from seminars.models import Call


def floor(request: HttpRequest) -> HttpResponse:
    """Answer as little as a page with a signed-in reader can."""
    code = Call.objects.values_list("code", flat=True).get(code="inserm-jsps-2026")
    return HttpResponse(f"{request.user.pk} {code}")
