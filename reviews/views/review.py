"""One review: the dossier beside the form, saved by itself or by button, then sealed."""

import re
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.policies import ACTOR, policy
from reviews.actions import review as actions
from reviews.choices import AssignmentState
from reviews.forms.review import ReviewForm
from reviews.models import Assignment, Panel, Review
from reviews.permissions import write_refusal
from reviews.queries.dossier import dossier_of
from reviews.queries.pairs import titles_of
from reviews.queries.review import others_of, overall_of, read_rows
from reviews.queries.teams import team_of
from reviews.rules.lateness import is_late
from seminars.actions.proposals import EditConflict
from seminars.forms.section import choices_between, errors_of, settled, typed_texts
from seminars.models import Criterion, ScaleStep
from seminars.permissions import Refused

METHODS = ["GET", "HEAD", "POST"]
RELATED = ("reviewer__side__agency", "reviewer__side__panel", "seminar", "review")


def own_assignment(request: Request, pk: int) -> Assignment:
    """Return one's own assignment with its review and scores; 404 for any other, and for a pair one is shut out of."""
    found = Assignment.objects.of(request.user).select_related(*RELATED).prefetch_related("review__scores")
    return get_object_or_404(found, pk=pk)


def panel_of(assignment: Assignment) -> Panel | None:
    """Return the panel of the reviewer's side, if the evaluation has begun; fetch it with the assignment."""
    return getattr(assignment.reviewer.side, "panel", None)


def review_of(assignment: Assignment) -> Review | None:
    """Return the review of an assignment, if it has been begun."""
    return getattr(assignment, "review", None)


def late(assignment: Assignment, at: datetime) -> bool:
    """Say whether the review of an assignment, fetched with it and its panel, is late or was sealed late."""
    panel, held = panel_of(assignment), review_of(assignment)
    return bool(panel and is_late(panel.reviews_due_at, held.sealed_at if held else None, at))


def _criteria(assignment: Assignment) -> list[Criterion]:
    return list(Criterion.objects.filter(call=assignment.seminar.call_id))


@policy(ACTOR)
@require_http_methods(METHODS)
def review(request: Request, pk: int) -> HttpResponse:
    """Show the dossier beside the review; POST saves the review, whole or not at all."""
    assignment = own_assignment(request, pk)
    if assignment.state == AssignmentState.GIVEN:
        return _given(request, assignment)
    criteria = _criteria(assignment)
    if request.method == "POST":
        return _save(request, assignment, criteria)
    form = ReviewForm(criteria=criteria, review=review_of(assignment))
    return render(request, "reviews/review.html", _context(request, assignment, form))


def _given(request: Request, assignment: Assignment) -> HttpResponse:
    """Ask whether the pair is taken on, by its title and team alone: the dossier opens with the answer."""
    refusal = write_refusal(assignment, panel_of(assignment), request.user)
    if request.method == "POST" and request.htmx:
        return JsonResponse({"message": str(refusal)}, status=403)
    context = {
        "assignment": assignment,
        "panel": panel_of(assignment),
        "title": titles_of([assignment.seminar_id]).get(assignment.seminar_id, ""),
        "late": late(assignment, request.arrived_at),
        "team": team_of(assignment.seminar),
    }
    return render(request, "reviews/given.html", context, status=403 if request.method == "POST" else 200)


def _context(request: Request, assignment: Assignment, form: ReviewForm) -> dict[str, Any]:
    held = review_of(assignment)
    panel = panel_of(assignment)
    refusal = write_refusal(assignment, panel, request.user)
    others = others_of(assignment) if held and held.sealed_at else ()
    return {
        "assignment": assignment,
        "panel": panel,
        "late": late(assignment, request.arrived_at),
        "title": titles_of([assignment.seminar_id]).get(assignment.seminar_id, ""),
        "halves": dossier_of(assignment.seminar),
        "scale": list(ScaleStep.objects.filter(call=assignment.seminar.call_id)),
        "form": form,
        "review": held,
        "refusal": refusal,
        "others": [
            {
                "review": other,
                "overall": overall_of(other, form.criteria),
                "rows": read_rows(other, form.criteria),
            }
            for other in (others if assignment.reviewer.side.shares_reviews else ())
        ],
        **_standing(held, form),
    }


def _standing(held: Review | None, form: ReviewForm) -> dict[str, Any]:
    """Return what is renewed on the page after each saving."""
    return {
        "overall": overall_of(held, form.criteria),
        "version": held.version if held else 0,
        "saved_at": held.saved_at if held else None,
    }


def _save(request: Request, assignment: Assignment, criteria: list[Criterion]) -> HttpResponse:
    saved = ReviewForm(criteria=criteria, review=review_of(assignment))
    form = ReviewForm(settled(request.POST, (saved,)), criteria=criteria, review=review_of(assignment))
    if refusal := write_refusal(assignment, panel_of(assignment), request.user):
        return _refused(request, assignment, form, str(refusal))
    if not form.is_valid():
        return _wrong(request, assignment, form)
    version = request.POST.get("version", "")
    number = int(version) if re.fullmatch(r"\d{1,9}", version, re.ASCII) else -1
    try:
        actions.save_review(assignment, form.judgement, version=number, by=request.user, at=request.arrived_at)
    except Refused as refused:
        return _refused(request, assignment, form, str(refused.args[0]))
    except EditConflict:
        return _conflict(request, own_assignment(request, assignment.pk), form)
    if not request.htmx:
        messages.success(request, _("Your entries have been saved."))
        return _see("seal_review" if "onward" in request.POST else "review", assignment)
    again = own_assignment(request, assignment.pk)
    context = {"assignment": again, "form": form, "oob": True, **_standing(review_of(again), form)}
    return render(request, "reviews/_answer.html", context)


def _see(name: str, assignment: Assignment) -> HttpResponse:
    answer = redirect(name, pk=assignment.pk)
    answer.status_code = 303
    return answer


def _wrong(request: Request, assignment: Assignment, form: ReviewForm) -> HttpResponse:
    errors = errors_of(form.forms)
    message = ngettext(
        "Not saved: %(number)d field needs attention.", "Not saved: %(number)d fields need attention.", len(errors)
    ) % {"number": len(errors)}
    if request.htmx:
        return JsonResponse({"message": message, "errors": errors}, status=422)
    context = _context(request, assignment, form) | {"message": message, "version": request.POST.get("version", "")}
    return render(request, "reviews/review.html", context, status=422)


def _refused(request: Request, assignment: Assignment, form: ReviewForm, refusal: str) -> HttpResponse:
    if request.htmx:
        return JsonResponse({"message": refusal}, status=403)
    saved = ReviewForm(criteria=form.criteria, review=review_of(assignment))
    context = _context(request, assignment, saved)
    context |= {"refusal": refusal, "typed": typed_texts(form.forms, saved.forms)}
    return render(request, "reviews/review.html", context, status=403)


def _conflict(request: Request, assignment: Assignment, form: ReviewForm) -> HttpResponse:
    if refusal := write_refusal(assignment, panel_of(assignment), request.user):
        return _refused(request, assignment, form, str(refusal))
    saved = ReviewForm(criteria=form.criteria, review=review_of(assignment))
    touched = frozenset(request.POST.getlist("touched"))
    context = {
        "assignment": assignment,
        "form": form,
        "choices": choices_between(form.forms, saved.forms, touched),
        **_standing(review_of(assignment), saved),
    }
    page = "_conflict" if request.htmx else "conflict"
    return render(request, f"reviews/{page}.html", context, status=409)


@policy(ACTOR)
@require_http_methods(METHODS)
def seal_review(request: Request, pk: int) -> HttpResponse:
    """Show the whole review and what it still needs; POST seals it."""
    assignment = own_assignment(request, pk)
    criteria, held = _criteria(assignment), review_of(assignment)
    refusal, status = write_refusal(assignment, panel_of(assignment), request.user), 200
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            number = int(version) if re.fullmatch(r"\d{1,9}", version, re.ASCII) else -1
            actions.seal_review(assignment, version=number, by=request.user, at=request.arrived_at)
        except Refused as refused:
            refusal, status = refused.args[0], 409
        except EditConflict:
            refusal, status = _("The review was changed elsewhere since you opened this page. Read it again."), 409
            held = review_of(own_assignment(request, pk))
        else:
            messages.success(request, _("The review is sealed. Thank you."))
            return _see("review", assignment)
    context = {
        "assignment": assignment,
        "title": titles_of([assignment.seminar_id]).get(assignment.seminar_id, ""),
        "review": held,
        "overall": overall_of(held, criteria),
        "rows": read_rows(held, criteria),
        "missing": actions.missing(held, len(criteria)),
        "refusal": refusal,
    }
    return render(request, "reviews/seal_review.html", context, status=status)
