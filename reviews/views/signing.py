"""Signing outcomes for one's agency: one or all of them, under a second factor that was just shown."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.policies import OFFICER, confirms_factor_at, policy
from reviews.actions.decision import sign
from reviews.choices import Outcome
from reviews.permissions.selection import side_of
from reviews.queries.joint import JointRow, describe, joint_rows
from reviews.views.selection import opened_selection, see
from seminars.models import Call
from seminars.permissions import Refused


def factor_again(request: Request, after: str) -> HttpResponse | None:
    """Lead to the second factor, and back to ``after``, where the session has not just shown one."""
    where = confirms_factor_at(request)
    if where is None:
        return None
    answer = redirect(f"{where}?{urlencode({'next': after})}")
    answer.status_code = 303
    return answer


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_decisions(request: Request, code: str) -> HttpResponse:
    """List what is about to be signed: ``?pair=`` names one pair, without it all that wait. POST signs the list."""
    call, _found = opened_selection(request, code)
    if elsewhere := factor_again(request, request.get_full_path()):
        return elsewhere
    refusal, status = None, 200
    if request.method == "POST":
        try:
            number = sign(call, _versions(request), by=request.user, at=request.arrived_at)
        except Refused as refused:
            refusal, status = refused.args[0], 409
        else:
            words = ngettext("%(number)s outcome is signed.", "%(number)s outcomes are signed.", number)
            messages.success(request, words % {"number": number})
            return see(request, "selection", code)
    context = {"call": call, "rows": _waiting(call, request), "refusal": refusal, "side": side_of(call, request.user)}
    return render(request, "reviews/sign_decisions.html", context, status=status)


def _waiting(call: Call, request: Request) -> list[JointRow]:
    side, only = side_of(call, request.user), request.GET.get("pair", "")
    rows = [
        row
        for row in joint_rows(call, request.user)
        if row.decision
        and not row.is_refused
        and not any(judgement.signature and judgement.side == side for judgement in row.judgements)
        and only in ("", str(row.seminar.pk))
    ]
    describe(rows, call, request.user)

    def place(row: JointRow) -> tuple[int, int]:
        """Outcomes in their order, the reserve list by rank."""
        outcome = row.decision.outcome if row.decision else Outcome.SELECTED
        return Outcome.values.index(outcome), row.reserve_rank or 0

    return sorted(rows, key=place)


def _versions(request: Request) -> dict[int, int]:
    """Read what was on the list, as ``decision:version``; what is not of that form counts as changed since."""
    versions = {}
    for said in request.POST.getlist("decision"):
        pk, _colon, version = said.partition(":")
        versions[int(pk) if pk.isdecimal() else 0] = int(version) if version.isdecimal() else 0
    return versions
