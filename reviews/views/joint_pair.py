"""One pair in the joint selection: what both agencies made of it, what was said, and its outcome."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.policies import OFFICER, policy
from reviews.actions.decision import propose, refuse
from reviews.actions.selection import add_note
from reviews.forms.selection import OutcomeForm, RefusalForm, SelectionNoteForm
from reviews.models import Review, SelectionNote, Signature
from reviews.queries.joint import JointRow, joint_row, judged_pairs
from reviews.queries.overalls import counting
from reviews.queries.pairs import numbers_of
from reviews.queries.selection import discussed_by
from reviews.rules.proposals import Place
from reviews.views.selection import opened_selection, see
from reviews.views.signing import factor_again
from seminars.models import Call, Seminar
from seminars.permissions import Refused


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def joint_pair(request: Request, code: str, pk: int) -> HttpResponse:
    """Show a pair; POST proposes its outcome, refuses it, or writes a note, until the outcome is announced."""
    call, _found = opened_selection(request, code)
    pairs = discussed_by if request.method == "POST" else judged_pairs
    seminar = get_object_or_404(pairs(call, request.user), pk=pk)
    row = joint_row(call, request.user, seminar)
    asked = {name: request.POST if name in request.POST else None for name in ("propose", "refuse", "note")}
    decision = row.decision
    standing = {"outcome": decision.outcome, "rank": row.reserve_rank} if decision else {}
    forms = {
        "propose": OutcomeForm(asked["propose"], initial=standing),
        "refuse": RefusalForm(asked["refuse"], initial={"version": decision.version if decision else 0}),
        "note": SelectionNoteForm(asked["note"], initial={"form_uuid": uuid4()}),
    }
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if asked["refuse"] and (elsewhere := factor_again(request, request.get_full_path())):
            return elsewhere
        try:
            if _done(request, call, row, forms):
                return see(request, "joint_pair", code, pk)
        except Refused as refused:
            refusal, status = refused.args[0], 409
    context = {"call": call, "row": row, "forms": forms, "refusal": refusal, **_told(request, seminar, row)}
    return render(request, "reviews/joint_pair.html", context, status=status)


def _done(request: Request, call: Call, row: JointRow, forms: dict) -> bool:
    """Do what was asked for, and say whether it was done; raises Refused."""
    verb = next((name for name, form in forms.items() if form.is_bound), "")
    if not verb or not forms[verb].is_valid():
        return False
    cleaned, by, at = forms[verb].cleaned_data, request.user, request.arrived_at
    if verb == "propose":
        propose(call, {row.seminar.pk: Place(cleaned["outcome"], cleaned["rank"])}, by=by, at=at)
        messages.success(request, _("The outcome is proposed."))
    elif verb == "note":
        add_note(call, row.seminar, text=cleaned["text"], form_uuid=cleaned["form_uuid"], by=by, at=at)
        messages.success(request, _("The note is written."))
    elif row.decision:
        refuse(call, row.decision, version=cleaned["version"], reason=cleaned["reason"], by=by, at=at)
        messages.success(request, _("The outcome is refused: the pair is not selected."))
    return True


def _told(request: Request, seminar: Seminar, row: JointRow) -> dict[str, object]:
    """Return the comments by side, reviewers by number only, the notes, and all signatures with those voided."""
    reviews = counting(Review.objects.visible_to(request.user)).filter(assignment__seminar=seminar)
    found = list(reviews.order_by("assignment").select_related("assignment__reviewer"))
    numbers = numbers_of(seminar)
    comments = [
        (
            judgement,
            [
                (numbers[review.assignment_id], review)
                for review in found
                if review.assignment.reviewer.side_id == judgement.side.pk
            ],
        )
        for judgement in row.judgements
    ]
    signatures = Signature.objects.filter(decision=row.decision).select_related("side__agency", "signed_by")
    notes = SelectionNote.objects.visible_to(request.user).filter(seminar=seminar).select_related("author")
    return {"comments": comments, "signatures": signatures if row.decision else [], "notes": notes}
