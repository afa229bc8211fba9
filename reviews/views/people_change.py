"""A coordinator asks to add, replace or remove participants of a selected seminar (R28)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.policies import SIGNED_IN, policy
from reviews.actions.change import ask_people_change
from reviews.choices import ChangeDeed
from reviews.forms.change import ReasonForm
from reviews.permissions import ask_change_refusal
from reviews.queries.award import own_announced
from seminars.choices import ParticipantRole
from seminars.forms.participant import ParticipantForm
from seminars.models import Participant, Proposal
from seminars.permissions import Refused


def _record(request: Request, pk: int) -> Proposal:
    own = Proposal.objects.filter(pk__in=own_announced(request.user).values("pk"))
    fetched = own.with_dossier().prefetch_related("laboratories", "side__call__sides__agency")
    return get_object_or_404(fetched, pk=pk)


def _participants(proposal: Proposal) -> list[Participant]:
    return [person for person in proposal.participants.all() if person.role != ParticipantRole.COORDINATOR]


@policy(SIGNED_IN)
@require_safe
def change_people(request: Request, pk: int) -> HttpResponse:
    """List the participants of one's own record; for each, and for a new one, a change can be asked."""
    proposal = _record(request, pk)
    refusal = ask_change_refusal(proposal, request.user, request.arrived_at)
    context = {"proposal": proposal, "people": _participants(proposal), "refusal": refusal}
    return render(request, "reviews/change_people.html", context)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: Request, pk: int) -> HttpResponse:
    """Ask for one more participant."""
    return _ask(request, _record(request, pk), ChangeDeed.ADD)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def replace_person(request: Request, pk: int, row: int) -> HttpResponse:
    """Ask for somebody else in a place, which keeps its side, role and laboratory until told otherwise."""
    return _ask(request, _record(request, pk), ChangeDeed.REPLACE, row)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_person(request: Request, pk: int, row: int) -> HttpResponse:
    """Ask to take a participant off the list."""
    return _ask(request, _record(request, pk), ChangeDeed.REMOVE, row)


def _ask(request: Request, proposal: Proposal, deed: ChangeDeed, row: int | None = None) -> HttpResponse:
    known = next((person for person in _participants(proposal) if person.pk == row), None)
    if row is not None and known is None:
        raise Http404
    posted: Any = request.POST if request.method == "POST" else None
    reason = ReasonForm(posted)
    form = None
    if deed != ChangeDeed.REMOVE:
        kept = {"side": known.side, "role": known.role, "laboratory": known.laboratory_id} if known else {}
        form = ParticipantForm(posted, proposal=proposal, initial=kept)
    refusal = ask_change_refusal(proposal, request.user, request.arrived_at)
    may_ask, status = refusal is None, 409 if refusal else 422 if posted is not None else 200
    if may_ask and posted is not None and _all_valid(reason, form):
        try:
            _send(request, proposal, deed, row, reason.cleaned_data["reason"], form)
        except Refused as refused:
            refusal, status = refused.args[0], 409
        else:
            messages.success(request, _("Both agencies have been asked. Nothing changes until both have agreed."))
            answer = redirect("award", pk=proposal.pk)
            answer.status_code = 303
            return answer
    context = {
        "proposal": proposal,
        "deed": deed,
        "person": known,
        "open": {"form": form},
        "reason": reason,
        "refusal": refusal,
        "may_ask": may_ask,
        "lines": [line for line in proposal.lines.all() if known and line.participant_id == known.pk],
    }
    return render(request, "reviews/ask_people_change.html", context, status=status)


def _all_valid(reason: ReasonForm, form: ParticipantForm | None) -> bool:
    is_valid = form is None or form.is_valid()
    return reason.is_valid() and is_valid


def _send(
    request: Request, proposal: Proposal, deed: ChangeDeed, row: int | None, reason: str, form: ParticipantForm | None
) -> None:
    person = form.instance if form else None
    laboratory = (form.new_laboratory or form.cleaned_data["laboratory"]) if form else None
    by, at = request.user, request.arrived_at
    ask_people_change(proposal, deed, person, laboratory, row=row, reason=reason, by=by, at=at)
