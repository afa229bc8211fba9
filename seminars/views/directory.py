"""The directory of laboratories: officers curate it, coordinators are offered its entries while they type."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from accounts.models import Agency
from accounts.policies import OFFICER, SIGNED_IN, policy
from seminars.actions import directory as actions
from seminars.exports.directory import directory_sheet
from seminars.forms.directory import DirectoryForm, MergeForm
from seminars.models import CallCountry, DirectoryEntry, Laboratory, Proposal
from seminars.models.laboratory import folded
from seminars.permissions import Refused
from seminars.queries.directory import unlisted
from seminars.views.pairing import see_other
from seminars.views.tables import table_answer

PER_PAGE, SUGGESTED, SHORTEST, LONGEST = 50, 8, 2, 100
SHOWN_UNLISTED = 20


@policy(OFFICER)
@require_safe
def directory(request: Request) -> HttpResponse:
    """List the agency's entries, and the laboratories in records that none of them is."""
    asked, entries = _asked(request)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    lacking = unlisted(request.user)
    context = {
        "asked": asked,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "unlisted": lacking[:SHOWN_UNLISTED],
        "unlisted_number": len(lacking),
    }
    return render(request, "seminars/directory/directory.html", context)


@policy(OFFICER)
@require_safe
def directory_file(request: Request, ending: str) -> HttpResponse:
    """Return the same entries, all their pages, as a file."""
    return table_answer(request, "laboratories", ending, [directory_sheet(_asked(request)[1])])


def _asked(request: Request) -> tuple[str, QuerySet[DirectoryEntry]]:
    """Return the words that an address asks for, and the agency's entries that hold them, with their spellings."""
    asked = request.GET.get("q", "")[:LONGEST].strip()
    entries = DirectoryEntry.objects.curated_by(request.user).prefetch_related("spellings")
    if folded(asked):
        countries = set(entries.order_by().values_list("country", flat=True))
        entries = entries.spelt_like(asked, countries)
    return asked, entries


def _agency(request: Request) -> Agency:
    """Return the agency whose directory the officer writes in: the first, where there are several."""
    return Agency.objects.filter(pk__in=request.user.officer_agencies).order_by("pk")[0]


def _named(request: Request) -> dict[str, Any]:
    """Return what a laboratory of the agency's records says, to begin a new entry with."""
    asked = request.GET.get("from", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        return {}
    own = Proposal.objects.overseen_by(request.user).filter(side__agency__in=request.user.officer_agencies)
    laboratory = Laboratory.objects.filter(proposal__in=own, pk=int(asked)).first()
    return {name: getattr(laboratory, name) for name in actions.FIELDS} if laboratory else {}


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Ask for a new entry, begun with a laboratory of a record where the address names one; POST adds it."""
    entry = DirectoryEntry(agency=_agency(request))
    form = DirectoryForm(
        request.POST or None, instance=entry, initial={"country": entry.agency.country, **_named(request)}
    )
    return _edit(request, form, _("The laboratory is in the directory."))


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: Request, pk: int) -> HttpResponse:
    """Show an entry as a form; POST saves it."""
    stored = get_object_or_404(DirectoryEntry.objects.curated_by(request.user).select_related("agency"), pk=pk)
    return _edit(request, DirectoryForm(request.POST or None, instance=stored), _("The laboratory is saved."))


def _edit(request: Request, form: DirectoryForm, done: str) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            spellings = form.cleaned_data["spellings"]
            try:
                actions.save_entry(form.instance, spellings=spellings, by=request.user, at=request.arrived_at)
            except Refused as refused:
                form.add_error(None, str(refused.args[0]))
                status = 409
            else:
                messages.success(request, done)
                return see_other("directory")
    stored = form.instance if form.instance.pk else None
    context = {"form": form, "entry": stored, "merge": MergeForm(entry=stored) if stored else None}
    return render(request, "seminars/directory/entry.html", context, status=status)


@policy(OFFICER)
@require_POST
def spelling(request: Request, pk: int) -> HttpResponse:
    """Let an entry go by the name of a laboratory in a record."""
    stored = get_object_or_404(DirectoryEntry.objects.curated_by(request.user), pk=pk)
    return _done(
        request,
        lambda: actions.add_spelling(
            stored, request.POST.get("text", "")[:200], by=request.user, at=request.arrived_at
        ),
        _("“%(name)s” goes by this spelling too.") % {"name": stored},
    )


@policy(OFFICER)
@require_POST
def merge(request: Request, pk: int) -> HttpResponse:
    """Make another entry and this one one laboratory."""
    kept = get_object_or_404(DirectoryEntry.objects.curated_by(request.user), pk=pk)
    form = MergeForm(request.POST, entry=kept)
    if not form.is_valid():
        messages.warning(request, _("Choose the entry that is the same laboratory."))
        return see_other("directory_entry", pk)
    other = form.cleaned_data["other"]
    return _done(
        request,
        lambda: actions.merge_entries(kept, other, by=request.user, at=request.arrived_at),
        _("The two are one laboratory now."),
    )


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: Request, pk: int) -> HttpResponse:
    """Ask whether to take an entry out of the directory; POST does it."""
    stored = get_object_or_404(DirectoryEntry.objects.curated_by(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "seminars/directory/remove.html", {"entry": stored})
    return _done(
        request,
        lambda: actions.remove_entry(stored, by=request.user, at=request.arrived_at),
        _("The laboratory is no longer in the directory."),
    )


def _done(request: Request, act: Any, said: str) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.warning(request, str(refused.args[0]))
    else:
        messages.success(request, said)
    return see_other("directory")


@policy(SIGNED_IN)
@require_safe
def suggestions(request: Request) -> HttpResponse:
    """Return the few entries that what is being typed may mean, each with all that the form asks for."""
    typed = request.GET.get("q", "")[:LONGEST]
    found: list[DirectoryEntry] = []
    if len(folded(typed)) >= SHORTEST:
        countries = set(CallCountry.objects.values_list("country", flat=True))
        found = list(DirectoryEntry.objects.spelt_like(typed, countries)[:SUGGESTED])
    return JsonResponse({"found": [{name: getattr(entry, name) for name in actions.FIELDS} for entry in found]})
