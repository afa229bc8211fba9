"""The public page of a call's selected seminars, from the announcement on."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.policies import PUBLIC, policy
from reviews.queries.selected import selected_of
from seminars.models import Call


@policy(PUBLIC)
@require_safe
def selected_seminars(request: Request, code: str) -> HttpResponse:
    """Name the selected seminars of a call; 404 until they are announced."""
    call = get_object_or_404(Call.objects.visible_to(request.user), code=code)
    selected = selected_of(call)
    if not selected:
        raise Http404
    return render(request, "reviews/selected.html", {"call": call, "selected": selected})
