"""What an invited person sees and answers, by a link that is a secret."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request, Visit
from accounts.middleware import TIME_ZONE_COOKIE, remember
from accounts.models import User
from accounts.policies import SIGNED_IN, TOKEN, policy
from accounts.tokens import hashed
from seminars.actions import pairing as actions
from seminars.choices import ProposalState
from seminars.forms.pairing import AcceptForm
from seminars.models import Invitation, Proposal
from seminars.permissions import Refused, accept_refusal, attach_refusal, invitation_refusal, start_refusal
from seminars.views.pairing import see_other

ENDED = (ProposalState.WITHDRAWN, ProposalState.LAPSED)


def _invitation(token: str) -> Invitation:
    sent = Invitation.objects.select_related(
        "proposal__side__call", "proposal__side__agency", "proposal__coordinator", "proposal__seminar"
    ).prefetch_related("proposal__side__call__sides__agency")
    return get_object_or_404(sent, token_hash=hashed(token))


@contextmanager
def _read_by_invitee(request: Visit, sent: Invitation) -> Iterator[None]:
    """Answer in the language and by the clock of the invitation, unless the visitor has chosen others."""
    side = sent.proposal.side.counterpart
    language, zone = translation.get_language(), timezone.get_current_timezone_name()
    if not request.user.is_authenticated:
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            language = sent.language
        if TIME_ZONE_COOKIE not in request.COOKIES and side:
            zone = side.agency.time_zone
    with translation.override(language), timezone.override(zone):
        yield


def _own_record(user: User, sent: Invitation) -> Proposal | None:
    """Return the visitor's own record that this invitation made the pair of, or nothing."""
    if sent.proposal.seminar_id is None:
        return None
    return Proposal.objects.owned_by(user).filter(seminar=sent.proposal.seminar_id).first()


def _answers(user: User, sent: Invitation, at: datetime) -> dict[str, Any]:
    """Return what a signed-in person may answer, and with which record."""
    side = sent.proposal.side.counterpart
    existing = Proposal.objects.owned_by(user).filter(side=side).exclude(state__in=ENDED).first()
    refusal = accept_refusal(sent, user, at)
    if not refusal and existing:
        refusal = attach_refusal(existing, sent, user, at)
    elif not refusal and side:
        refusal = start_refusal(side, user, at)
    return {
        "accept_refusal": refusal,
        "existing": existing,
        "accept_form": AcceptForm(initial={"attach": existing.pk if existing else None}),
        "own_record": _own_record(user, sent),
    }


@policy(TOKEN)
@require_safe
def invitation(request: Visit, token: str) -> HttpResponse:
    """Explain the invitation to whoever holds its link; what it is about shows only while it can be answered."""
    sent = _invitation(token)
    context: dict[str, Any] = {
        "invitation": sent,
        "token": token,
        "proposal": sent.proposal,
        "side": sent.proposal.side.counterpart,
        "refusal": invitation_refusal(sent, request.arrived_at),
    }
    if request.user.is_authenticated:
        context |= _answers(request.user, sent, request.arrived_at)
    with _read_by_invitee(request, sent):
        answer = render(request, "seminars/pairing/invitation.html", context)
        answer["Content-Language"] = translation.get_language()
    if not request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        remember(answer, settings.LANGUAGE_COOKIE_NAME, sent.language)
    return answer


@policy(TOKEN)
@require_POST
def opened(request: Visit, token: str) -> HttpResponse:
    """Note that the page has loaded in a browser; the page asks for it by itself."""
    actions.open_invitation(_invitation(token), at=request.arrived_at)
    return HttpResponse(status=204)


@policy(SIGNED_IN)
@require_POST
def accept(request: Request, token: str) -> HttpResponse:
    """Accept with a new record or with one's own; then show the pair."""
    sent = _invitation(token)
    form = AcceptForm(request.POST)
    attach = None
    if form.is_valid() and form.cleaned_data["attach"]:
        attach = get_object_or_404(Proposal.objects.owned_by(request.user), pk=form.cleaned_data["attach"])
    try:
        record = actions.accept_invitation(sent, by=request.user, at=request.arrived_at, attach=attach)
    except Refused as refused:
        paired = _own_record(request.user, _invitation(token))
        if paired:
            return see_other("pairing", paired.pk)
        messages.error(request, refused.args[0])
        return see_other("invitation", token)
    messages.success(request, _("You have accepted. Look at what you share, then confirm the pair."))
    return see_other("pairing", record.pk)


@policy(TOKEN)
@require_POST
def decline(request: Visit, token: str) -> HttpResponse:
    """Decline, which needs no account."""
    sent = _invitation(token)
    with _read_by_invitee(request, sent):
        try:
            actions.decline_invitation(sent, at=request.arrived_at)
        except Refused as refused:
            messages.error(request, str(refused.args[0]))
    return see_other("invitation", token)
