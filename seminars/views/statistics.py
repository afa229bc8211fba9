"""The statistics of a call, on the screen and as files."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.policies import OFFICER, policy
from seminars.breakdowns import Breakdown, Chapter, chapters
from seminars.choices import Population
from seminars.exports.statistics import statistics_sheets
from seminars.models import Call, CallAgency
from seminars.queries.overview import Overview
from seminars.queries.statistics import statistics
from seminars.queries.trend import Trend, trend
from seminars.views.tables import table_answer


@dataclass(frozen=True)
class _Counted:
    """What an address asks to be counted, and the numbers."""

    call: Call
    sides: list[CallAgency]
    population: Population
    breakdowns: tuple[Breakdown, ...]
    chapters: tuple[Chapter, ...]
    trend: Trend


def _counted(request: Request, code: str) -> _Counted:
    run = Call.objects.run_by(request.user).with_sides()
    call = get_object_or_404(run.prefetch_related("areas"), code=code)
    calls, sides = list(run), list(call.sides.all())
    asked = request.GET.get("of")
    population = Population(asked) if asked in Population.values else Population.SUBMITTED
    overview = Overview(request.user, calls, request.arrived_at)
    breakdowns = statistics(call, overview, population)
    added = tuple(chapters(call, request.user, request.arrived_at))
    return _Counted(call, sides, population, breakdowns, added, trend(calls, sides, overview))


@policy(OFFICER)
@require_safe
def desk_statistics(request: Request, code: str) -> HttpResponse:
    """Show a call in numbers, as pictures and tables; the address says which records are counted."""
    counted = _counted(request, code)
    context = {
        "call": counted.call,
        "population": counted.population,
        "populations": Population,
        "breakdowns": counted.breakdowns,
        "chapters": counted.chapters,
        "trend": counted.trend,
        "others": [
            side.agency.acronym for side in counted.sides if side.agency_id not in request.user.officer_agencies
        ],
    }
    return render(request, "seminars/desk/statistics.html", context)


@policy(OFFICER)
@require_safe
def desk_statistics_file(request: Request, code: str, ending: str) -> HttpResponse:
    """Return all tables as a file, or the one that the address names; 404 where there is none of that name."""
    counted = _counted(request, code)
    added = (item for chapter in counted.chapters for item in chapter.breakdowns)
    sheets = statistics_sheets([*counted.breakdowns, *added], counted.trend, counted.sides)
    name = request.GET.get("table", "")
    if name:
        sheets = {key: sheet for key, sheet in sheets.items() if key == name}
    if not sheets:
        raise Http404
    called = f"{counted.call.code}-statistics" + (f"-{name}" if name else "")
    return table_answer(request, called, ending, list(sheets.values()))
