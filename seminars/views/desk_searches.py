"""Saved searches: keeping the list that is shown, and putting what was kept in order."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from accounts.models import User
from accounts.policies import OFFICER, policy
from seminars.actions import searches
from seminars.forms.desk import ProposalFilter
from seminars.forms.search import SearchForm
from seminars.models import Call, DefaultSearch, SavedSearch
from seminars.models.search import SavedSearchQuerySet
from seminars.permissions import Refused
from seminars.queries.overview import Overview
from seminars.views.desk import call_run_by


def searches_of(user: User, call: Call) -> SavedSearchQuerySet:
    """Return the searches of a call that ``user`` may use, each with ``is_default``."""
    own_start = DefaultSearch.objects.filter(user=user, search=OuterRef("pk"))
    found = SavedSearch.objects.visible_to(user).filter(call=call)
    return found.select_related("owner").annotate(is_default=Exists(own_start))


def list_address(call: Call, query: str) -> str:
    """Return the address of a call's list; without any filter, the one that starts with no saved search."""
    return f"{reverse('desk_proposals', args=[call.code])}?{query or 'all=1'}"


def _see(address: str) -> HttpResponse:
    answer = HttpResponseRedirect(address)
    answer.status_code = 303
    return answer


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_searches(request: Request, code: str) -> HttpResponse:
    """List the saved searches of a call; POST keeps the list whose address is in the form."""
    call, user = call_run_by(request, code), request.user
    asked = request.GET.get("query")
    form = SearchForm(request.POST or None, initial={"query": asked})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            overview = Overview(user, [call], request.arrived_at)
            query = ProposalFilter(QueryDict(said.pop("query")), overview, call=call).query
            try:
                kept = searches.save_search(call, **said, query=query, by=user, at=request.arrived_at)
            except Refused as refused:
                form.add_error("name", str(refused.args[0]))
            else:
                messages.success(request, _("The search is saved: %(name)s.") % {"name": kept})
                return _see(list_address(call, kept.query))
    context = {
        "call": call,
        "form": form if asked is not None or form.is_bound else None,
        "searches": searches_of(user, call),
    }
    return render(request, "seminars/desk/searches.html", context, status=status)


def _own(request: Request, pk: int) -> SavedSearch:
    """Return one's own search; 404 for any other."""
    mine = SavedSearch.objects.visible_to(request.user).filter(owner=request.user)
    return get_object_or_404(mine.select_related("call"), pk=pk)


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_search(request: Request, pk: int) -> HttpResponse:
    """Rename, share or choose a search; POST does it."""
    search, status = _own(request, pk), 200
    known = {
        "name": search.name,
        "is_shared": search.is_shared,
        "is_default": search.defaults.filter(user=request.user).exists(),
    }
    form = SearchForm(request.POST or None, initial=known)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = {name: form.cleaned_data[name] for name in known}
            try:
                searches.change_search(search, **said, by=request.user)
            except Refused as refused:
                form.add_error("name", str(refused.args[0]))
            else:
                messages.success(request, _("The search is changed."))
                return _see(reverse("desk_searches", args=[search.call.code]))
    context = {"search": search, "call": search.call, "form": form, "name": known["name"]}
    return render(request, "seminars/desk/search.html", context, status=status)


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_search(request: Request, pk: int) -> HttpResponse:
    """Say what deleting a search means; POST deletes it."""
    search = _own(request, pk)
    if request.method == "POST":
        searches.delete_search(search, by=request.user)
        messages.success(request, _("The search is deleted."))
        return _see(reverse("desk_searches", args=[search.call.code]))
    colleagues = search.defaults.exclude(user=request.user).count()
    context = {"search": search, "call": search.call, "colleagues": colleagues}
    return render(request, "seminars/desk/delete_search.html", context)


@policy(OFFICER)
@require_POST
def start_search(request: Request, pk: int) -> HttpResponse:
    """Start one's list with a search, or with all records again."""
    search = get_object_or_404(SavedSearch.objects.visible_to(request.user).select_related("call"), pk=pk)
    if request.POST.get("start") == "no":
        searches.start_with_all(search.call, by=request.user)
        messages.success(request, _("Your list of this call starts with all records."))
    else:
        searches.start_with(search, by=request.user)
        messages.success(request, _("Your list of this call starts with: %(name)s.") % {"name": search})
    return _see(reverse("desk_searches", args=[search.call.code]))
