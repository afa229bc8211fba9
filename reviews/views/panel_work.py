"""What a panel does on its pages: ranking, its sitting and minutes, sealing and opening again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.policies import PANEL, policy
from reviews.actions import panel as actions
from reviews.choices import Recommendation
from reviews.forms.panel import RankingForm, ReasonForm, SittingForm
from reviews.models import Panel
from reviews.permissions import panel_refusal, seal_refusal, unseal_refusal
from reviews.queries.pairs import titles_of
from reviews.queries.panel_board import Board, Row, hidden_from
from reviews.queries.panel_gaps import gaps_of
from reviews.views.panel import own_panel, see_other
from seminars.permissions import Refused


@policy(PANEL)
@require_http_methods(["GET", "HEAD", "POST"])
def panel_ranking(request: Request, code: str) -> HttpResponse:
    """Show every pair with rank and proposal; POST saves them all at once."""
    found = own_panel(request, code)
    board = Board(found, request.user)
    form = RankingForm(request.POST, [row.pk for row in board.rows])
    refusal, status, changed = None, 200, None
    if request.method == "POST":
        try:
            places, version = form.places(), form.version
            actions.save_ranking(found, places, version=version, by=request.user, at=request.arrived_at)
            messages.success(request, _("The ranking is saved."))
            return see_other("panel_ranking", code)
        except ValidationError as wrong:
            refusal, status = wrong.messages[0], 422
        except Refused as refused:
            refusal, status = refused.args[0], 409
        except actions.Changed as change:
            changed, status = change.args[0], 409
            board = Board(changed, request.user)
    titles = titles_of([row.pk for row in board.rows])
    bound = set(form.pairs) if request.method == "POST" else set()
    context = _context(found) | {
        "heading": _("Ranking"),
        "version": changed.ranking_version if changed else form.version if bound else found.ranking_version,
        "rows": [
            (
                row,
                titles.get(row.pk, ""),
                form.typed(row.pk) if row.pk in bound else _stands(row),
                _stands(row),
            )
            for row in board.ordered("rank")
        ],
        "proposals": Recommendation.choices,
        "refusal": refusal,
        "changed": changed,
        "cannot": panel_refusal(found, request.user),
    }
    return render(request, "reviews/panel_ranking.html", context, status=status)


def _stands(row: Row) -> tuple[str, str]:
    return str(row.rank or ""), row.ranking.proposal if row.ranking else ""


@policy(PANEL)
@require_http_methods(["GET", "HEAD", "POST"])
def panel_minutes(request: Request, code: str) -> HttpResponse:
    """Show who sits on the panel, who is present, and the minutes; POST saves them."""
    found = own_panel(request, code)
    members = list(found.members.all())
    initial = {
        "chair": found.chair_id,
        "minutes": found.minutes,
        "version": found.version,
        "members": [member.user_id for member in members],
        "present": [member.user_id for member in members if member.is_present],
    }
    posted = request.POST.copy()
    form = SittingForm(posted if request.method == "POST" else None, panel=found, initial=initial)
    refusal, status, changed = None, 422 if form.is_bound else 200, None
    if form.is_bound and form.is_valid():
        values = {**form.cleaned_data}
        for name in ("members", "present"):
            values[name] = [user.pk for user in values[name]]
        try:
            actions.save_sitting(found, **values, by=request.user, at=request.arrived_at)
            messages.success(request, _("The minutes are saved."))
            return see_other("panel_minutes", code)
        except Refused as refused:
            refusal, status = refused.args[0], 409
        except actions.Changed as change:
            changed, status = change.args[0], 409
            posted["version"] = str(changed.version)
    ticked = {name: {str(value) for value in form[name].value() or []} for name in ("members", "present")}
    context = _context(found) | {
        "heading": _("Members and minutes"),
        "form": form,
        "people": [
            (person, str(person.pk) in ticked["members"], str(person.pk) in ticked["present"]) for person in form.people
        ],
        "refusal": refusal,
        "changed": changed,
        "present": list(found.members.filter(is_present=True).select_related("user")),
        "cannot": panel_refusal(found, request.user),
    }
    return render(request, "reviews/panel_minutes.html", context, status=status)


@policy(PANEL)
@require_http_methods(["GET", "HEAD", "POST"])
def panel_seal(request: Request, code: str) -> HttpResponse:
    """Show what is missing before the panel can be sealed; POST seals it, or opens it again with a reason."""
    found = own_panel(request, code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    refusal, status = None, 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            _seal_or_unseal(request, found, form.cleaned_data["reason"])
            return see_other("panel_seal", code)
        except Refused as refused:
            refusal, status = refused.args[0], 409
    board = Board(found, request.user)
    gaps = gaps_of(found).among(board.seen)
    context = _context(found) | {
        "heading": _("Sealing"),
        "form": form,
        "refusal": refusal,
        "gaps": gaps,
        "short": [row for row in board.rows if row.pk in gaps.short],
        "unranked": [row for row in board.rows if row.pk in gaps.unranked],
        "partly": hidden_from(request.user, found.side.call).exists(),
        "cannot_seal": seal_refusal(found, request.user, request.arrived_at),
        "cannot_unseal": unseal_refusal(found, request.user),
    }
    return render(request, "reviews/panel_seal.html", context, status=status)


def _seal_or_unseal(request: Request, found: Panel, reason: str) -> None:
    by, at = request.user, request.arrived_at
    if "unseal" in request.POST:
        actions.unseal_panel(found, reason=reason, by=by, at=at)
        messages.success(request, _("The panel is open again."))
    else:
        actions.seal_panel(found, exception=reason, by=by, at=at)
        messages.success(request, _("The panel is sealed."))


def _context(panel: Panel) -> dict[str, object]:
    return {"call": panel.side.call, "side": panel.side, "panel": panel}
