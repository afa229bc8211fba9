"""The announcement as both agencies' officers see it: what would be told, when, and who has released it."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.policies import OFFICER, confirms_factor_at, policy
from reviews.actions import announcement as actions
from reviews.choices import LetterPart, Outcome
from reviews.forms.announcement import AnnouncementForm
from reviews.models import Announcement, LetterTemplate, Release, Told
from reviews.models.closed import pairs_run_by
from reviews.permissions import plan_refusal, release_refusal, take_back_refusal
from reviews.queries.outcomes import Outcomes, outcomes_of
from reviews.queries.pairs import titles_of
from reviews.queries.reserve import decisions_of, reserve_ranks
from reviews.rules.outcome import is_outside
from seminars.models import Call, CallAgency, ListedApplication, Seminar
from seminars.permissions import Refused
from seminars.views.desk import call_run_by
from seminars.views.desk_eligibility_case import zone_name


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def announcement(request: Request, code: str) -> HttpResponse:
    """Show the announcement of a call; POST plans, moves, cancels or releases it, or takes a release back."""
    call, at = call_run_by(request, code), request.arrived_at
    waiting = actions.waiting_of(call)
    form = AnnouncementForm(
        request.POST if "plan" in request.POST else None, at=at, zone_name=zone_name(), initial=_planned(waiting)
    )
    refusal, status = None, 200
    if request.method == "POST":
        if "release" in request.POST and (where := confirms_factor_at(request)):
            return redirect(f"{where}?{urlencode({'next': request.path})}")
        status = 422
        try:
            if _done(request, call, form):
                answer = redirect("announcement", code=code)
                answer.status_code = 303
                return answer
        except Refused as refused:
            refusal, status, waiting = refused.args[0], 409, actions.waiting_of(call)
    context = {"call": call, "form": form, "refusal": refusal, "cannot_plan": plan_refusal(call, request.user)}
    if not context["cannot_plan"]:
        context |= _shown(request, call, waiting)
    return render(request, "reviews/announcement.html", context, status=status)


def _planned(waiting: Announcement | None) -> dict[str, object]:
    """Return what is planned, by the reader's clock, for the form that moves it."""
    if waiting is None:
        return {}
    due = localtime(waiting.due_at)
    return {"until_on": due.date(), "until_time": due.time(), "shows_scores": waiting.shows_scores}


def _done(request: Request, call: Call, form: AnnouncementForm) -> bool:
    """Do what was asked for, and say whether it was done; raises Refused."""
    by, at, asked = request.user, request.arrived_at, request.POST
    if "plan" in asked:
        if not form.is_valid():
            return False
        cleaned = form.cleaned_data
        actions.plan(call, due_at=cleaned["due_at"], shows_scores=cleaned["shows_scores"], by=by, at=at)
    elif "cancel" in asked:
        actions.cancel(call, by=by, at=at)
    elif "release" in asked:
        actions.release(_side(request, call, asked["release"]), by=by, at=at)
    elif "take_back" in asked:
        actions.take_back(_side(request, call, asked["take_back"]), by=by, at=at)
    return bool(asked.keys() & {"plan", "cancel", "release", "take_back"})


def _side(request: Request, call: Call, pk: str) -> CallAgency:
    """Return one of the officer's own sides of the call; 404 for any other."""
    for side in call.sides.all():
        if str(side.pk) == pk and side.agency_id in request.user.officer_agencies:
            side.call = call
            return side
    raise Http404


def _shown(request: Request, call: Call, waiting: Announcement | None) -> dict[str, Any]:
    user, at = request.user, request.arrived_at
    outcomes, sides = outcomes_of(call), list(call.sides.all())
    releases = {
        release.side_id: release
        for release in Release.objects.filter(announcement=waiting, voided_at__isnull=True).select_related(
            "released_by"
        )
    }
    zones = [side.deadline_zone for side in sides]
    window = (call.announce_from_on, call.announce_until_on)
    return {
        "waiting": waiting,
        "is_outside": waiting is not None and is_outside(waiting.due_at, zones, *window),
        "is_held_up": waiting is not None and waiting.due_at <= at,
        "failed_pair": _failed_pair(request, waiting),
        "can_go": outcomes.can_go,
        "sides": [
            {
                "side": side,
                "release": releases.get(side.pk),
                "is_stale": side.pk in releases and releases[side.pk].digest != outcomes.digest,
                "is_own": side.agency_id in user.officer_agencies,
                "cannot_release": release_refusal(waiting, side, outcomes, user, at),
                "cannot_take_back": take_back_refusal(waiting, side, user),
            }
            for side in sides
        ],
        "rows": _rows(request, call, outcomes),
        "parts": _parts(call),
        "handed": _handed(request, call),
        "past": Announcement.objects.filter(call=call, announced_at__isnull=False),
    }


def _failed_pair(request: Request, waiting: Announcement | None) -> Seminar | None:
    """Return the pair that held an announcement up, unless the officer is shut out of it."""
    if waiting is None or waiting.failed_pair_id is None:
        return None
    return pairs_run_by(request.user).select_related("call").filter(pk=waiting.failed_pair_id).first()


def _parts(call: Call) -> list[dict[str, Any]]:
    """Return the parts of the letters with who has written them."""
    written = LetterTemplate.objects.filter(call=call).select_related("changed_by")
    templates = {template.part: template for template in written}
    return [
        {"label": part.label, "address": part.value.replace("_", "-"), "template": templates.get(part)}
        for part in LetterPart
    ]


def _handed(request: Request, call: Call) -> QuerySet[Told]:
    """Return what was announced to coordinators of one's agency whom only a list names: letters to hand on."""
    rows = ListedApplication.objects.filter(side__agency__in=request.user.officer_agencies)
    told = Told.objects.visible_to(request.user).filter(seminar__in=rows.values("seminar"))
    told = told.filter(announcement__call=call).exclude(handed_text="")
    return told.select_related("seminar__call", "seminar__listed").order_by("pk")


def _rows(request: Request, call: Call, outcomes: Outcomes) -> list[dict[str, Any]]:
    """Return what would be told of each pair, without those the officer is shut out of."""
    concerned = outcomes.missing | outcomes.ready.keys()
    seen = pairs_run_by(request.user).filter(pk__in=concerned)
    titles = titles_of(concerned)
    has_ranks = any(rank for _outcome, rank in outcomes.ready.values())
    ranks, rows = reserve_ranks(decisions_of(call, request.user)) if has_ranks else {}, []
    for seminar in seen.select_related("call").order_by("pk"):
        outcome, _rank = outcomes.ready.get(seminar.pk, ("", None))
        label, rank = Outcome(outcome).label if outcome else "", ranks.get(seminar.pk)
        rows.append(
            (outcome, {"seminar": seminar, "title": titles.get(seminar.pk, ""), "outcome": label, "rank": rank})
        )
    # What is missing comes first, then the outcomes in their order, the reserve list by rank.
    order = ["", *Outcome.values]
    return [row for _outcome, row in sorted(rows, key=lambda found: (order.index(found[0]), found[1]["rank"] or 0))]
