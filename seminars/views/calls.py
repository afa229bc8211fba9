"""What the public reads: the first page, the calls, each call, and its calendar."""

from datetime import date, datetime
from functools import lru_cache

from babel.lists import format_list
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, Max, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.views.decorators.http import conditional_page, require_safe

from accounts.choices import Language
from accounts.http import Request
from accounts.models import Agency, HistoryEntry, User
from accounts.policies import PUBLIC, policy
from accounts.templatetags.ui import country
from seminars.choices import FUNDED, CallState
from seminars.drawings.timeline import announced, draw, next_change
from seminars.exports.calendar import calendar_of
from seminars.models import Call, Proposal, Seminar
from seminars.permissions import start_refusal


def _summaries(request: Request) -> dict[CallState, list[dict[str, object]]]:
    """Return the visible calls with their deadlines, under the state they are in now."""
    at = request.arrived_at
    by_state: dict[CallState, list[dict[str, object]]] = {state: [] for state in CallState}
    for call in Call.objects.visible_to(request.user).with_sides().prefetch_related("countries"):
        deadlines = [announced(side, at) for side in call.sides.all()]
        state = call.state_at(at)
        hosts = format_list([country(code) for code in call.host_countries], locale=get_language())
        row = {"call": call, "state": state, "hosts": hosts, "deadlines": deadlines, "next": next_change(call, at)}
        by_state[state].append(row)
    return by_state


@policy(PUBLIC)
@require_safe
def front(request: Request) -> HttpResponse:
    """Say what this is, and which calls can be filed to."""
    calls = _summaries(request)
    return render(request, "seminars/calls/front.html", {"calls": calls[CallState.OPEN] + calls[CallState.UPCOMING]})


@policy(PUBLIC)
@require_safe
def call_list(request: Request) -> HttpResponse:
    """List the calls: open, to come, closed."""
    calls = _summaries(request)
    groups = [(state, calls[state]) for state in (CallState.OPEN, CallState.UPCOMING, CallState.CLOSED) if calls[state]]
    return render(request, "seminars/calls/call_list.html", {"groups": groups})


Revision = tuple[int, datetime | None]
"""How often a call and its agencies were changed, and when last: another pair after every action."""


def _revision(user: User | AnonymousUser, code: str) -> tuple[int, Revision, bool]:
    """Return the id and the revision of a call that ``user`` may read, and whether it names selected seminars.

    Raises Http404 where there is no such call.
    """
    funded = Exists(Seminar.objects.filter(call=OuterRef("pk"), state__in=FUNDED))
    found = Call.objects.visible_to(user).filter(code=code).order_by()
    rows = list(found.values_list("pk", "sides__agency", funded))
    if not rows:
        raise Http404
    subjects = [Call(pk=rows[0][0]), *(Agency(pk=agency) for _, agency, _ in rows if agency)]
    deeds = HistoryEntry.objects.about(*subjects).aggregate(count=Count("pk"), last=Max("at"))
    return rows[0][0], (deeds["count"], deeds["last"]), rows[0][2]


@lru_cache(maxsize=64)
def _whole(call_id: int, revision: Revision) -> Call:
    """Read a call with everything it says, once for each of its revisions; nobody may change what this returns."""
    shown = Call.objects.with_terms().get(pk=call_id)
    for side in shown.sides.all():
        side.call = shown
    return shown


@lru_cache(maxsize=64)
def _terms(call_id: int, revision: Revision, language: str, on: date) -> SafeString:
    """Render what all readers of a call see alike on one day, once for each of its revisions and languages."""
    shown = _whole(call_id, revision)
    return render_to_string("seminars/calls/_call.html", {"call": shown, "timeline": draw(shown, on)})


@policy(PUBLIC)
@require_safe
def call(request: Request, code: str) -> HttpResponse:
    """Show everything that a call says, and the next step for whoever reads."""
    at, user = request.arrived_at, request.user
    call_id, revision, is_announced = _revision(user, code)
    shown = _whole(call_id, revision)
    own = {}
    if user.is_authenticated:
        own = {record.side_id: record for record in Proposal.objects.owned_by(user).filter(side__call=call_id)}
    sides = []
    for side in shown.sides.all():
        refusal = start_refusal(side, user, at) if user.is_authenticated and side.pk not in own else None
        sides.append({"announced": announced(side, at), "own": own.get(side.pk), "refusal": refusal})
    context = {
        "call": shown,
        "state": shown.state_at(at),
        "next": next_change(shown, at),
        "sides": sides,
        "is_announced": is_announced,
        "terms": _terms(call_id, revision, get_language(), at.date()),
    }
    return render(request, "seminars/calls/call.html", context)


@policy(PUBLIC)
@require_safe
@conditional_page
def call_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """Give a call's dates as a calendar file, in the language of the reader or of ``?language=``.

    Calendars that subscribe to the address send neither cookies nor a language of their own.
    """
    call_id, revision, _is_announced = _revision(request.user, code)
    shown = _whole(call_id, revision)
    language = request.GET.get("language")
    with override(language if language in Language.values else get_language()):
        address = settings.SITE_URL + reverse("call", args=[shown.code])
        calendar = calendar_of(shown, address=address, changed_at=revision[1] or shown.opens_at)
    headers = {
        "Content-Disposition": f'attachment; filename="{shown.code}.ics"',
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(calendar, content_type="text/calendar; charset=utf-8", headers=headers)
