"""The statistics of a call."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.policies import OFFICER, policy
from seminars.choices import Population
from seminars.models import Call
from seminars.overview import Overview
from seminars.statistics import statistics
from seminars.trend import trend


@policy(OFFICER)
@require_safe
def desk_statistics(request: Request, code: str) -> HttpResponse:
    """Show a call in numbers, as pictures and tables; the address says which records are counted."""
    run = Call.objects.run_by(request.user).with_sides()
    call = get_object_or_404(run.prefetch_related("areas"), code=code)
    calls = list(run)
    asked = request.GET.get("of")
    population = Population(asked) if asked in Population.values else Population.SUBMITTED
    overview = Overview(request.user, calls, request.arrived_at)
    context = {
        "call": call,
        "population": population,
        "populations": Population,
        "breakdowns": statistics(call, overview, population),
        "trend": trend(calls, list(call.sides.all()), overview),
        "others": [
            side.agency.acronym for side in call.sides.all() if side.agency_id not in request.user.officer_agencies
        ],
    }
    return render(request, "seminars/desk/statistics.html", context)
