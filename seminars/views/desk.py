"""The officers' desk: the calls they run, and one call at a glance."""

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.policies import OFFICER, policy
from seminars.drawings.timeline import announced, draw, next_change
from seminars.models import Call
from seminars.queries.attention import cases
from seminars.queries.eligibility import waiting
from seminars.queries.numbers import numbers
from seminars.queries.overview import Overview
from seminars.queries.progress import progress
from seminars.queries.schedule import schedule

SHOWN = 20
"""How many records that need attention a call's page shows; the list has them all."""


def call_run_by(request: Request, code: str) -> Call:
    """Return a call that the officer runs, with its sides; 404 for any other."""
    return get_object_or_404(Call.objects.run_by(request.user).with_sides(), code=code)


@policy(OFFICER)
@require_safe
def desk(request: Request) -> HttpResponse:
    """Show the calls that the officer runs, newest first, with their key numbers."""
    at, calls = request.arrived_at, list(Call.objects.run_by(request.user).with_sides())
    overview = Overview(request.user, calls, at)
    context = {
        "calls": [
            {
                "call": call,
                "state": call.state_at(at),
                "next": next_change(call, at),
                "deadlines": [announced(side, at) for side in call.sides.all()],
                "numbers": numbers(call, overview),
            }
            for call in calls
        ]
    }
    return render(request, "seminars/desk/desk.html", context)


@policy(OFFICER)
@require_safe
def desk_call(request: Request, code: str) -> HttpResponse:
    """Show one call: its numbers by side, what needs attention first, and how it filled up."""
    at, call = request.arrived_at, call_run_by(request, code)
    overview = Overview(request.user, [call], at)
    counted = numbers(call, overview)
    timeline = draw(call, timezone.localdate(at))
    context = {
        "call": call,
        "timeline": timeline,
        "schedule": schedule(call, timeline, at),
        "shown": SHOWN,
        "deadlines": [announced(side, at) for side in call.sides.all()],
        "own_agencies": request.user.officer_agencies,
        "numbers": counted,
        "counts": (counted.states, counted.situations),
        "cases": cases(overview.fetch(overview.urgent()[:SHOWN])),
        "waiting": waiting(request.user, [call])[call.pk],
        "progress": progress(call, overview.records, zone=ZoneInfo(timezone.get_current_timezone_name()), at=at),
    }
    return render(request, "seminars/desk/call.html", context)
