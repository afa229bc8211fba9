"""Everything about the partner: invite, confirm, compare, take over, tell, leave."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from accounts.policies import SIGNED_IN, policy
from seminars.actions import pairing as actions
from seminars.actions import sharing
from seminars.actions.proposals import EditConflict
from seminars.choices import ProposalState
from seminars.forms.pairing import InviteForm, LeaveForm, TakeForm, TellForm
from seminars.mails.addresses import language_of
from seminars.models import Proposal
from seminars.permissions import Refused, confirm_refusal, invite_refusal, leave_refusal
from seminars.queries.comparison import comparison_context, fact_label, taken_from_partner
from seminars.queries.listed import facts_apart
from seminars.queries.shared import coordinator_row, differing
from seminars.queries.steps import pairing_line, pairing_step, pending_invitation


def see_other(name: str, *args: Any) -> HttpResponse:
    """Return the answer to a form that was acted on: 303, so that reloading the next page sends nothing again."""
    answer = redirect(name, *args)
    answer.status_code = 303
    return answer


def _record(request: Request, pk: int) -> Proposal:
    return get_object_or_404(Proposal.objects.owned_by(request.user).with_dossier().with_pairing(), pk=pk)


def _invite_form(request: Request, proposal: Proposal) -> InviteForm:
    """Return the form with what is known: the last invitation, else the partner whom the record names."""
    counterpart = proposal.side.counterpart
    last = next(iter(proposal.invitations.all()), None)
    named = coordinator_row(proposal, counterpart.agency.country) if counterpart else None
    initial = {"language": language_of(counterpart.agency)} if counterpart else {}
    if last:
        initial |= {name: getattr(last, name) for name in ("email", "name", "language", "message")}
    elif named:
        initial |= {"email": named.email, "name": named.display_name}
    return InviteForm(by=request.user, initial=initial)


def _page(request: Request, proposal: Proposal, *, status: int = 200, **changed: Any) -> HttpResponse:
    at, by, partner = request.arrived_at, request.user, proposal.partner
    compared = comparison_context(proposal, by=by, at=at)
    recent = sharing.told_lately(proposal, at=at)
    choices = [(fact.name, fact.label) for fact in compared["facts"] if fact.name not in recent]
    context = {
        **compared,
        "listed_facts": facts_apart(proposal),
        "counterpart": proposal.side.counterpart,
        "steps": pairing_line(proposal, at=at),
        "step": pairing_step(proposal, at=at),
        "invitation": pending_invitation(proposal, at=at),
        "last_invitation": next(iter(proposal.invitations.all()), None),
        "state": ProposalState(proposal.state_at(at)),
        "partner_state": ProposalState(partner.state_at(at)) if partner else None,
        "invite_refusal": invite_refusal(proposal, by, at),
        "confirm_refusal": confirm_refusal(proposal, by, at),
        "leave_refusal": leave_refusal(proposal, by, at),
        "invite_form": _invite_form(request, proposal),
        "leave_form": LeaveForm(),
        "tell_form": TellForm(choices=choices, initial={"facts": [name for name, _label in choices]}),
        "tell_choices": choices,
        "taken": taken_from_partner(proposal),
        **changed,
    }
    return render(request, "seminars/pairing/pairing.html", context, status=status)


def _act(request: Request, pk: int, deed: Callable[[], object], done: str, typed: Form | None = None) -> HttpResponse:
    """Do ``deed`` and go back to the page; where it is refused, what was ``typed`` comes back with the reason."""
    try:
        deed()
    except Refused as refused:
        if typed:
            return _page(request, _record(request, pk), status=409, refused=refused.args[0], typed=typed)
        messages.error(request, refused.args[0])
    else:
        messages.success(request, done)
    return see_other("pairing", pk)


@policy(SIGNED_IN)
@require_safe
def pairing(request: Request, pk: int) -> HttpResponse:
    """Show where the pair stands and what can be done."""
    return _page(request, _record(request, pk))


@policy(SIGNED_IN)
@require_POST
def invite(request: Request, pk: int) -> HttpResponse:
    """Send an invitation; an earlier one that is pending is taken back."""
    proposal = _record(request, pk)
    form = InviteForm(request.POST, by=request.user)
    if not form.is_valid():
        return _page(request, proposal, status=422, invite_form=form)
    return _act(
        request,
        pk,
        lambda: actions.invite(proposal, **form.cleaned_data, by=request.user, at=request.arrived_at),
        _("The invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]},
        typed=form,
    )


@policy(SIGNED_IN)
@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    """Take the pending invitation back."""
    proposal = _record(request, pk)
    return _act(
        request,
        pk,
        lambda: actions.revoke_invitation(proposal, by=request.user, at=request.arrived_at),
        _("The invitation has been taken back: its link opens nothing any more."),
    )


@policy(SIGNED_IN)
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Confirm that the partner's record is the other half."""
    proposal = _record(request, pk)
    return _act(
        request,
        pk,
        lambda: actions.confirm_pair(proposal, by=request.user, at=request.arrived_at),
        _("You have confirmed the pair."),
    )


@policy(SIGNED_IN)
@require_POST
def leave(request: Request, pk: int) -> HttpResponse:
    """Take the pair apart, with a reason."""
    proposal = _record(request, pk)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return _page(request, proposal, status=422, leave_form=form)
    return _act(
        request,
        pk,
        lambda: actions.leave_pair(
            proposal, reason=form.cleaned_data["reason"], by=request.user, at=request.arrived_at
        ),
        _("The pair has been taken apart. Both records stay, and your partner has been told."),
        typed=form,
    )


@policy(SIGNED_IN)
@require_POST
def take(request: Request, pk: int) -> HttpResponse:
    """Write the partner's value of one fact into the draft; 409 when it is no longer what the page showed."""
    proposal = _record(request, pk)
    form = TakeForm(request.POST)
    if not form.is_valid():
        return _page(request, proposal, status=422)
    fact, seen = form.cleaned_data["fact"], form.cleaned_data["seen"]
    try:
        return _act(
            request,
            pk,
            lambda: sharing.take_partner_value(proposal, fact, seen=seen, by=request.user, at=request.arrived_at),
            _("Your record now says what your partner's says. The value you had is kept below."),
        )
    except EditConflict:
        return _page(request, _record(request, pk), status=409, conflict=fact_label(fact))


@policy(SIGNED_IN)
@require_POST
def tell(request: Request, pk: int) -> HttpResponse:
    """Point differences out to the partner by e-mail."""
    proposal = _record(request, pk)
    choices = [(fact, fact_label(fact)) for fact in differing(proposal)]
    form = TellForm(request.POST, choices=choices)
    if not form.is_valid():
        return _page(request, proposal, status=422, tell_form=form)
    facts, note = form.cleaned_data["facts"], form.cleaned_data["note"]
    return _act(
        request,
        pk,
        lambda: sharing.tell_partner(proposal, facts, note=note, by=request.user, at=request.arrived_at),
        _("Your partner has been told by e-mail."),
        typed=form,
    )
