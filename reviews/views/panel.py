"""A panel's own pages: its pairs with scores and progress, and one pair with its reviews and notes."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from accounts.policies import OFFICER, PANEL, policy
from reviews.actions import assignment as assignments
from reviews.actions.panel import write_panel_note
from reviews.drawings.panel import chart
from reviews.forms.panel import PanelNoteForm
from reviews.models import Assignment, Panel, PanelNote, Score
from reviews.permissions import panel_refusal, reopen_review_refusal
from reviews.queries.pairs import titles_of
from reviews.queries.panel_board import ORDERS, Board, counted, pairs_of_panel
from reviews.queries.side_by_side import side_by_side
from reviews.rules.lateness import is_late
from reviews.words.score import with_spread
from seminars.models import CallAgency
from seminars.permissions import Refused

PER_PAGE = 50


def seat(request: Request, code: str) -> tuple[CallAgency, Panel | None]:
    """Return one's own side of a call and its panel, if evaluation has begun; 404 outside one's own agency (R24)."""
    own = CallAgency.objects.filter(call__code=code, agency__in=request.user.panel_agencies)
    side = get_object_or_404(own.select_related("call", "agency").order_by("pk")[:1])
    found = Panel.objects.open_to(request.user).filter(side=side).select_related("chair", "sealed_by").first()
    if found:
        found.side = side
    return side, found


def own_panel(request: Request, code: str) -> Panel:
    """Return one's own panel; 404 where there is none."""
    _side, panel = seat(request, code)
    if panel is None:
        raise Http404
    return panel


def see_other(name: str, *args: object) -> HttpResponseRedirect:
    """Send the browser on after a deed."""
    answer = redirect(name, *args)
    answer.status_code = 303
    return answer


@policy(PANEL)
@require_safe
def panel(request: Request, code: str) -> HttpResponse:
    """Show the pairs of one's own panel with their scores, who is late, and how harsh reviewers are."""
    side, found = seat(request, code)
    context: dict[str, Any] = {"call": side.call, "side": side, "panel": found, "heading": _("Panel")}
    if found is None:
        return render(request, "reviews/panel.html", context)
    board = Board(found, request.user)
    order = request.GET.get("order", "")
    order = order if order in ORDERS else next(iter(ORDERS))
    page = Paginator(board.ordered(order), PER_PAGE).get_page(request.GET.get("page"))
    shown = [row.pk for row in page.object_list]
    titles, criteria = titles_of(shown), list(side.call.criteria.order_by("position", "pk"))
    means = board.by_criterion(shown)
    context |= {
        "board": board,
        "order": order,
        "orders": _orders(),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "criteria": criteria,
        "rows": [
            (row, titles.get(row.pk, ""), [with_spread(*means.get((row.pk, of.pk), (None, None))) for of in criteria])
            for row in page.object_list
        ],
        "picture": chart(page.object_list),
        "overdue": request.arrived_at > found.reviews_due_at,
        "cannot": panel_refusal(found, request.user),
    }
    return render(request, "reviews/panel.html", context)


def _orders() -> list[tuple[str, str]]:
    words = [_("Disagreement first"), _("Highest score first"), _("Highest normalised score first"), _("By rank")]
    return list(zip(ORDERS, words, strict=True))


@policy(OFFICER)
@require_POST
def chase_panel(request: Request, code: str) -> HttpResponse:
    """Remind every reviewer who is late."""
    found = own_panel(request, code)
    if request.arrived_at <= found.reviews_due_at:
        messages.warning(request, _("The reviews are not due yet: nobody is late."))
        return see_other("panel", code)
    seen = [pair.pk for pair in pairs_of_panel(found.side.call, request.user)]
    late = Assignment.objects.active().filter(reviewer__side=found.side, seminar__in=seen)
    late = late.exclude(review__sealed_at__isnull=False)
    try:
        ids = list(late.values_list("pk", flat=True))
        number = assignments.chase(found.side, ids, by=request.user, at=request.arrived_at)
        words = ngettext("%(number)s reviewer is reminded.", "%(number)s reviewers are reminded.", number)
        messages.success(request, words % {"number": number})
    except Refused as refused:
        messages.warning(request, refused.args[0])
    return see_other("panel", code)


@policy(PANEL)
@require_http_methods(["GET", "HEAD", "POST"])
def panel_pair(request: Request, code: str, pk: int) -> HttpResponse:
    """Show the sealed reviews of a pair and the notes of the panel; POST writes a note."""
    found = own_panel(request, code)
    pair = next((pair for pair in pairs_of_panel(found.side.call, request.user) if pair.pk == pk), None)
    if pair is None:
        raise Http404
    form = PanelNoteForm(request.POST or None, initial={"form_uuid": uuid4()})
    refusal, status = None, 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        text, form_uuid = form.cleaned_data["text"], form.cleaned_data["form_uuid"]
        try:
            write_panel_note(found, pair, text=text, form_uuid=form_uuid, by=request.user, at=request.arrived_at)
            return see_other("panel_pair", code, pk)
        except Refused as refused:
            refusal, status = refused.args[0], 409
    reviews = counted(found).filter(assignment__seminar=pair)
    related = ("assignment__reviewer__user", "assignment__reviewer__side")
    listed = list(reviews.select_related(*related).order_by("assignment"))
    scores: dict[int, list[Score]] = {}
    for score in Score.objects.filter(review__in=listed).select_related("criterion"):
        scores.setdefault(score.review_id, []).append(score)
    context = {
        "call": found.side.call,
        "side": found.side,
        "panel": found,
        "heading": pair,
        "pair": pair,
        "title": titles_of([pk]).get(pk, ""),
        "reviews": [
            {
                "review": review,
                "scores": scores.get(review.pk, []),
                "late": is_late(found.reviews_due_at, review.sealed_at, request.arrived_at),
                "reopens": reopen_review_refusal(review, found, request.user) is None,
            }
            for review in listed
        ],
        "lines": side_by_side(listed, [one for given in scores.values() for one in given]) if len(listed) > 1 else [],
        "notes": PanelNote.objects.visible_to(request.user).filter(panel=found, seminar=pair).select_related("author"),
        "form": form,
        "refusal": refusal,
        "cannot": panel_refusal(found, request.user),
    }
    return render(request, "reviews/panel_pair.html", context, status=status)
