"""A coordinator's own projects: all of them, starting one, and where one stands."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from accounts.policies import SIGNED_IN, policy
from seminars.actions.proposals import start_proposal
from seminars.choices import PairingStep, ProposalState, SeminarState, ToldOutcome
from seminars.models import Call, CallAgency, EligibilityDecision, Proposal
from seminars.models.proposal_queries import ProposalQuerySet
from seminars.permissions import Refused, reopen_refusal, withdraw_refusal
from seminars.queries.readable import read
from seminars.queries.snapshots import snapshot_of
from seminars.queries.standing import Standing, standing_of
from seminars.queries.steps import pairing_step
from seminars.rules import deadline

ENDED = (ProposalState.WITHDRAWN, ProposalState.LAPSED)
OVER = (SeminarState.NOT_SELECTED, SeminarState.CANCELLED)


@dataclass(frozen=True)
class Card:
    """One of the person's records as the list of projects shows it."""

    proposal: Proposal
    standing: Standing
    step: PairingStep
    partner: Proposal | None
    partner_state: ProposalState | None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more can become of this record."""
        seminar = self.proposal.seminar
        return self.standing.state in ENDED or (seminar is not None and seminar.state in OVER)


def card_of(proposal: Proposal, request: Request) -> Card:
    """Return the card of a record fetched with its dossier and its invitations."""
    at, partner = request.arrived_at, proposal.partner
    return Card(
        proposal=proposal,
        standing=standing_of(proposal, at=at),
        step=pairing_step(proposal, at=at),
        partner=partner,
        partner_state=ProposalState(partner.state_at(at)) if partner else None,
    )


def _urgency(card: Card) -> tuple[bool, datetime]:
    """Put drafts and corrections, where there is something to do, before what is filed; the next deadline first."""
    return not card.standing.is_open, card.proposal.closes_at


def _with_card(records: ProposalQuerySet) -> ProposalQuerySet:
    return records.with_dossier().prefetch_related("invitations")


@policy(SIGNED_IN)
@require_safe
def home(request: Request) -> HttpResponse:
    """Show the person's projects, and the calls in which one may be started."""
    both = _with_card(Proposal.objects.owned_by(request.user).and_partners())
    cards = [card_of(proposal, request) for proposal in both if proposal.coordinator_id == request.user.pk]
    if not cards and request.user.agency_roles:
        return redirect("desk" if request.user.is_officer else "review_list")
    under_way = sorted((card for card in cards if not card.has_ended), key=_urgency)
    context = {
        "under_way": under_way,
        "ended": [card for card in reversed(cards) if card.has_ended],
        "offers": _offers(request, {card.proposal.side.call_id for card in under_way}),
        "at": request.arrived_at,
    }
    return render(request, "seminars/proposals/home.html", context)


def _has_news(record: Proposal) -> bool:
    """Say whether a coordinator has been told, or asked, anything about a record's eligibility."""
    told = record.told_outcome in (ToldOutcome.ELIGIBLE, ToldOutcome.INELIGIBLE)
    return told or record.correct_until is not None


def _offers(request: Request, taken: set[int]) -> list[tuple[Call, list[CallAgency]]]:
    """Return the open calls in which the person has nothing under way, each with the sides that can be filed."""
    at = request.arrived_at
    still_open = CallAgency.objects.filter(deadline_at__gte=at).values("call")
    calls = Call.objects.published().filter(opens_at__lte=at, pk__in=still_open).exclude(pk__in=taken)
    return [
        (call, [side for side in call.sides.all() if deadline.is_on_time(at, side.deadline_at)])
        for call in calls.with_sides()
    ]


@policy(SIGNED_IN)
@require_POST
def start(request: Request, code: str, agency: str) -> HttpResponse:
    """Start a record with one agency of a call and open its first section."""
    calls = Call.objects.visible_to(request.user)
    sides = CallAgency.objects.filter(call__in=calls).select_related("call", "agency")
    side = get_object_or_404(sides, call__code=code, agency__code=agency)
    try:
        proposal = start_proposal(side, by=request.user, at=request.arrived_at)
    except Refused as refused:
        messages.error(request, str(refused.args[0]))
        answer = redirect("home")
    else:
        messages.success(request, _("Your record is open. It saves itself while you type."))
        answer = redirect("section", pk=proposal.pk, section="facts")
    answer.status_code = 303
    return answer


@policy(SIGNED_IN)
@require_safe
def proposal(request: Request, pk: int) -> HttpResponse:
    """Show where a record stands: what is missing, what comes next, the partner, the receipts."""
    record = get_object_or_404(_with_card(Proposal.objects.owned_by(request.user)), pk=pk)
    card = card_of(record, request)
    context = {
        "proposal": record,
        "card": card,
        "standing": card.standing,
        "submissions": record.submissions.select_related("approval"),
        "told": EligibilityDecision.objects.visible_to(request.user).about(record) if _has_news(record) else (),
        "may_reopen": reopen_refusal(record, request.user, request.arrived_at) is None,
        "may_withdraw": withdraw_refusal(record, request.user, request.arrived_at) is None,
        "at": request.arrived_at,
    }
    return render(request, "seminars/proposals/proposal.html", context)


@policy(SIGNED_IN)
@require_safe
def whole(request: Request, pk: int) -> HttpResponse:
    """Show the whole record on one page, to read and to print."""
    record = get_object_or_404(Proposal.objects.owned_by(request.user).with_dossier(), pk=pk)
    context = {
        "proposal": record,
        "standing": standing_of(record, at=request.arrived_at),
        "parts": read(snapshot_of(record)),
        "at": request.arrived_at,
    }
    return render(request, "seminars/proposals/print.html", context)
