"""What coordinators read once their outcome has been announced."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.models import Message
from accounts.policies import SIGNED_IN, policy
from reviews.models import Told
from reviews.queries.summaries import Summary, summaries_of
from seminars.models import Proposal


@policy(SIGNED_IN)
@require_safe
def outcome(request: Request, pk: int) -> HttpResponse:
    """Show the coordinator what became of a pair, the letter, and the reviews' summary; 404 until it is announced."""
    found = Told.objects.of(request.user).filter(seminar=pk).select_related("announcement__call", "seminar__call")
    told = found.order_by("-announcement").first()
    if told is None:
        raise Http404
    proposal = Proposal.objects.filter(coordinator=request.user, seminar=pk).select_related("side__agency").first()
    if proposal is None:
        raise Http404
    letter = Message.objects.filter(
        kind="outcome_told", about=f"{told._meta.label_lower}:{told.pk}", recipient=request.user
    ).first()
    summaries = summaries_of([pk], shows_scores=told.announcement.shows_scores)
    context = {
        "told": told,
        "proposal": proposal,
        "letter": letter,
        "summary": summaries.get((pk, proposal.side_id), Summary()),
    }
    return render(request, "reviews/outcome.html", context)
