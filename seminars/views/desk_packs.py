"""Packs of dossiers: asked for, watched, and downloaded by the officer who asked and by nobody else."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.choices import Language
from accounts.http import Request
from accounts.policies import OFFICER, policy
from seminars.actions import packs
from seminars.choices import PackState
from seminars.forms.desk import ProposalFilter
from seminars.forms.pack import LISTED, PackForm
from seminars.models import Pack
from seminars.models.pack import KEPT
from seminars.packing import EVERYTHING, items_of
from seminars.permissions import Refused, pack_refusal
from seminars.queries.overview import Overview
from seminars.views.desk import call_run_by
from seminars.views.private import ZIP, streamed_file


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_packs(request: Request, code: str) -> HttpResponse:
    """Offer a pack of all pairs, or of the list that the address asks for; POST asks for it."""
    call, user, at = call_run_by(request, code), request.user, request.arrived_at
    overview = Overview(user, [call], at)
    query = ""
    if request.GET:
        query = ProposalFilter(QueryDict(request.GET.urlencode()), overview, call=call).query or EVERYTHING
    listed = len(items_of(overview, call, query)) if query else None
    form = PackForm(request.POST or None, pairs=len(items_of(overview, call, "")), listed=listed)
    refusal, status = pack_refusal(call, user), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            asked = form.cleaned_data
            try:
                pack = packs.ask_for_pack(
                    call,
                    query=query if asked["which"] == LISTED else "",
                    languages=asked["languages"],
                    version=asked["version"],
                    by=user,
                    at=at,
                )
                return redirect("desk_pack", pack.pk)
            except Refused as refused:
                refusal, status = refused.args[0], 409
    context = {
        "call": call,
        "form": form,
        "refusal": refusal,
        "hours": KEPT // timedelta(hours=1),
        "packs": Pack.objects.asked_by(user).filter(call=call).exclude(expires_at__lte=at),
    }
    return render(request, "seminars/packs/packs.html", context, status=status)


def _own_pack(request: Request, pk: int) -> Pack:
    """Return a pack that the officer asked for and that is still kept; 404 for any other."""
    asked = Pack.objects.asked_by(request.user).exclude(expires_at__lte=request.arrived_at)
    return get_object_or_404(asked.select_related("call"), pk=pk)


@policy(OFFICER)
@require_safe
def desk_pack(request: Request, pk: int) -> HttpResponse:
    """Show how far a pack has come; once it is ready, offer it."""
    pack = _own_pack(request, pk)
    languages = ", ".join(str(Language(code).label) for code in pack.languages)
    return render(request, "seminars/packs/pack.html", {"pack": pack, "call": pack.call, "languages": languages})


@policy(OFFICER)
@require_safe
def desk_pack_file(request: Request, pk: int) -> HttpResponseBase:
    """Hand out a pack to who asked for it, as long as it is kept and the person still runs the call."""
    ready = Pack.objects.asked_by(request.user).filter(state=PackState.READY, expires_at__gt=request.arrived_at)
    pack = get_object_or_404(ready.select_related("call"), pk=pk)
    day = pack.requested_at.astimezone(timezone.get_current_timezone()).date().isoformat()
    answer = streamed_file(pack.file, name=f"{pack.call.code}-{day}-{pack.pk}.zip", content_type=ZIP)
    if request.method == "GET":
        packs.note_download(pack, by=request.user, at=request.arrived_at)
    return answer


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_pack(request: Request, pk: int) -> HttpResponse:
    """Ask before a pack is deleted; POST deletes it."""
    pack = _own_pack(request, pk)
    if request.method == "POST":
        packs.delete_pack(pack, by=request.user, at=request.arrived_at)
        messages.success(request, _("The pack is deleted."))
        answer = redirect("desk_packs", code=pack.call.code)
        answer.status_code = 303
        return answer
    return render(request, "seminars/packs/delete_pack.html", {"pack": pack, "call": pack.call})
