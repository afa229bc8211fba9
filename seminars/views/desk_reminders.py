"""The reminders of a call as its officers see them: a month, a day with its messages, and the rules."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.models import HistoryEntry, User
from accounts.policies import OFFICE, OFFICER, policy
from seminars.actions.proposals import EditConflict
from seminars.actions.reminders import change_rules, revision_of
from seminars.choices import ReminderAudience
from seminars.forms.reminders import DayForm, RulesForm
from seminars.models import Call, CallAgency
from seminars.permissions import change_rules_refusal
from seminars.queries.reminder_calendar import counted, month_of, rehearse
from seminars.reminding import KINDS
from seminars.views.desk import call_run_by

PAGE = 20
CHANGES = 20


@policy(OFFICER)
@require_safe
def desk_reminders(request: Request, code: str) -> HttpResponse:
    """Show a month of what is sent to the people of one's own agency, as a calendar and as a list."""
    call, at, zone = call_run_by(request, code), request.arrived_at, timezone.get_current_timezone()
    today = timezone.localdate(at)
    first = _month(request.GET.get("month", ""), today)
    weeks = month_of(call, request.user, first, zone, at)
    days = counted(weeks)
    context = {
        "call": call,
        "first": first,
        "own_sides": _own_sides(call, request.user),
        "weeks": weeks,
        "days": days,
        "number": sum(day.number for day in days),
        "previous": (first - timedelta(days=1)).replace(day=1),
        "next": (first + timedelta(days=31)).replace(day=1),
    }
    return render(request, "seminars/reminders/month.html", context)


def _month(said: str, today: date) -> date:
    try:
        first = date.fromisoformat(f"{said}-01")
    except ValueError:
        return today.replace(day=1)
    return first if abs(first.year - today.year) <= 20 else today.replace(day=1)


@policy(OFFICER)
@require_safe
def desk_reminders_day(request: Request, code: str) -> HttpResponse:
    """Show who gets what on one day, in which language, with each message as it reads."""
    call, at, zone = call_run_by(request, code), request.arrived_at, timezone.get_current_timezone()
    today = timezone.localdate(at)
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": today})
    on = form.day_or(today)
    rehearsal = rehearse(call, request.user, on, zone, at)
    context = {
        "call": call,
        "own_sides": _own_sides(call, request.user),
        "form": form,
        "on": on,
        "is_past": on < today,
        "page": Paginator(rehearsal.envelopes, PAGE).get_page(request.GET.get("page")),
        "dropped": [(row, KINDS[row.kind]) for row in rehearsal.dropped[:PAGE]],
        "dropped_number": len(rehearsal.dropped),
    }
    return render(request, "seminars/reminders/day.html", context)


def _own_sides(call: Call, user: User) -> list[CallAgency]:
    """Return the sides of a call whose reminders ``user`` may change: an administrator those of both."""
    return [side for side in call.sides.all() if change_rules_refusal(side, user) is None]


@policy(OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_reminder_rules(request: Request, code: str, agency: str) -> HttpResponse:
    """Show and change when the people of one agency are reminded of what, and who has changed it before."""
    calls = Call.objects.all() if request.user.is_staff else Call.objects.run_by(request.user)
    call = get_object_or_404(calls.with_sides(), code=code)
    sides = _own_sides(call, request.user)
    side = next((side for side in sides if side.agency.code == agency), None)
    if side is None:
        raise Http404
    form = RulesForm(request.POST if request.method == "POST" else None, side=side)
    status, seen = 422 if form.errors else 200, request.POST.get("seen", "")
    if form.is_bound and not form.errors:
        try:
            number = change_rules(side, form.asked, seen=seen, by=request.user, at=request.arrived_at)
        except EditConflict:
            status = 409
        else:
            messages.success(request, _("The reminders have been saved.") if number else _("Nothing was changed."))
            response = redirect("desk_reminder_rules", code=code, agency=agency)
            response.status_code = 303
            return response
    context = {
        "call": call,
        "side": side,
        "own_sides": sides,
        "form": form,
        "conflict": status == 409,
        "seen": seen if status == 422 else revision_of(side),
        "changes": _changes(side),
    }
    return render(request, "seminars/reminders/rules.html", context, status=status)


def _changes(side: CallAgency) -> list[dict[str, object]]:
    """Return the last changes of a side's rules: when, by whom, and each rule with what it said and says."""
    entries = HistoryEntry.objects.about(side).filter(verb="reminders_changed").select_related("actor").order_by("-pk")
    return [
        {
            "entry": entry,
            "rules": [(_named(name), entry.before.get(name, ""), said) for name, said in entry.after.items()],
        }
        for entry in entries[:CHANGES]
    ]


def _named(name: str) -> str:
    code, _dot, audience = name.partition(".")
    label = KINDS[code].label if code in KINDS else code
    return f"{label} · {ReminderAudience(audience).label if audience in ReminderAudience.values else audience}"
