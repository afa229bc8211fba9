"""The evaluation of a call at a glance: what has begun, and the way to each of its pages."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.policies import OFFICER, policy
from accounts.templatetags.ui import clocks_text
from reviews.actions.evaluation import begin_evaluation, move_reviews_due
from reviews.forms.evaluation import BeginForm, ReviewsDueForm
from reviews.models import Panel
from reviews.permissions import begin_refusal, move_due_refusal
from reviews.queries.evaluation_steps import steps_of
from seminars.choices import SeminarState
from seminars.models import Call, Seminar
from seminars.permissions import Refused
from seminars.views.desk import call_run_by
from seminars.views.desk_eligibility_case import zone_name


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation(request: Request, code: str) -> HttpResponse:
    """Show where the evaluation of a call stands; POST begins it, brings further pairs to it, or moves its due date."""
    call, at = call_run_by(request, code), request.arrived_at
    own = Panel.objects.filter(side__call=call, side__agency__in=request.user.officer_agencies)
    panel = own.select_related("side__call", "side__agency").first()
    asked = request.POST if "begin" in request.POST or "move" in request.POST else None
    form = (ReviewsDueForm if panel else BeginForm)(asked, at=at, zone_name=zone_name(), initial=_due(panel))
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        try:
            if _done(request, call, panel, form):
                answer = redirect("evaluation", code=code)
                answer.status_code = 303
                return answer
        except Refused as refused:
            refusal, status = refused.args[0], 409
    pairs = Seminar.objects.overseen_by(request.user).filter(call=call)
    context = {
        "call": call,
        "panel": panel,
        "steps": steps_of(panel, request.user, at) if panel else None,
        "form": form,
        "refusal": refusal,
        "eligible": pairs.filter(state=SeminarState.ELIGIBLE).count(),
        "in_review": pairs.filter(state=SeminarState.IN_REVIEW).count(),
        "cannot_begin": begin_refusal(call, request.user, at),
        "cannot_move": move_due_refusal(call, request.user, at),
    }
    return render(request, "reviews/evaluation.html", context, status=status)


def _due(panel: Panel | None) -> dict[str, object]:
    """Return when the reviews are due by the reader's clock, for a form that moves it."""
    if panel is None:
        return {}
    due = localtime(panel.reviews_due_at)
    return {"until_on": due.date(), "until_time": due.time()}


def _done(request: Request, call: Call, panel: Panel | None, form: ReviewsDueForm) -> bool:
    """Do what was asked for, and say whether it was done; raises Refused."""
    if "join" in request.POST and panel:
        due_at = panel.reviews_due_at
    elif form.is_bound and form.is_valid():
        due_at = form.cleaned_data["due_at"]
    else:
        return False
    by, at = request.user, request.arrived_at
    if "move" in request.POST:
        move_reviews_due(call, reviews_due_at=due_at, by=by, at=at)
        messages.success(request, _("The reviews are now due %(when)s.") % {"when": clocks_text(due_at)})
        return True
    number = begin_evaluation(call, reviews_due_at=due_at, by=by, at=at)
    words = ngettext("%(number)s pair has come to review.", "%(number)s pairs have come to review.", number)
    messages.success(request, words % {"number": number})
    return True
