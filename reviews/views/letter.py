"""The letters that tell an outcome: written by the officers of both agencies, and looked at before they go."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.policies import OFFICER, policy
from reviews.actions.announcement import waiting_of
from reviews.actions.letter import DEFAULT, save_letter
from reviews.choices import LetterPart
from reviews.forms.letter import LetterForm
from reviews.models import LetterTemplate, Release
from reviews.models.closed import pairs_run_by
from reviews.permissions import plan_refusal
from reviews.queries.letter import Letters, letters_of
from reviews.queries.letter_previews import of_pair, of_part, sent_of, with_draft
from reviews.queries.outcomes import outcomes_of
from reviews.rules.letter import names_of
from reviews.views.selection import see
from seminars.models import Call
from seminars.views.desk import call_run_by


def _call(request: Request, code: str) -> Call:
    """Return a call whose announcement the officer may plan; 404 before the joint selection is open."""
    call = call_run_by(request, code)
    if plan_refusal(call, request.user):
        raise Http404
    return call


def _part(part: str) -> str:
    """Return a part of the letters as an address writes it, or 404."""
    known = part.replace("-", "_")
    if known not in LetterPart.values:
        raise Http404
    return known


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def announcement_letter(request: Request, code: str, part: str) -> HttpResponse:
    """Show a part of the letters, and what real recipients read; POST looks at other words, or saves them."""
    call, name = _call(request, code), _part(part)
    letters = letters_of(call)
    form = LetterForm(request.POST or None, part=name, initial=_initial(letters, name))
    saved, status = None, 200
    if request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        letters = with_draft(letters, name, form.texts)
        if "save" in request.POST:
            version, by, at = form.cleaned_data["version"], request.user, request.arrived_at
            if save_letter(call, name, form.texts, version=version, by=by, at=at):
                messages.success(request, _("The letters are saved."))
                return see(request, "announcement_letter", code, part)
            saved, status = LetterTemplate.objects.filter(call=call, part=name).first(), 409
            form = LetterForm(part=name, initial={**_initial(letters, name), "version": saved.version if saved else 0})
    context = _shown(request, call, name, letters if status != 422 else letters_of(call))
    context |= {"form": form, "saved": saved, "address": part, "is_draft": request.method == "POST" and status == 200}
    return render(request, "reviews/announcement_letter.html", context, status=status)


def _initial(letters: Letters, part: str) -> dict[str, Any]:
    texts = {f"text_{code}": text for code, text in letters.texts(part).items()}
    return {"version": letters.versions.get(part, 0), **texts}


def _shown(request: Request, call: Call, part: str, letters: Letters) -> dict[str, Any]:
    waiting = waiting_of(call)
    previews = of_part(
        call,
        part,
        letters,
        outcomes_of(call),
        shows_scores=waiting is None or waiting.shows_scores,
        user=request.user,
        at=request.arrived_at,
    )
    return {
        "call": call,
        "part": LetterPart(part),
        "placeholders": names_of(part),
        "template": LetterTemplate.objects.filter(call=call, part=part).select_related("changed_by").first(),
        "is_released": Release.objects.filter(announcement=waiting, voided_at__isnull=True).exists(),
        "previews": previews,
    }


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def default_letter(request: Request, code: str, part: str) -> HttpResponse:
    """Show the default of a part of the letters; POST goes back to it."""
    call, name = _call(request, code), _part(part)
    template = LetterTemplate.objects.filter(call=call, part=name).first()
    version = template.version if template else 0
    status = 200
    if request.method == "POST":
        said = request.POST.get("version", "")
        read = int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else -1
        if save_letter(call, name, DEFAULT, version=read, by=request.user, at=request.arrived_at):
            messages.success(request, _("The letters have their default text again."))
            return see(request, "announcement_letter", code, part)
        status = 409
    texts = Letters({}).texts(name)
    context = {"call": call, "part": LetterPart(name), "address": part, "version": version, "texts": texts}
    return render(request, "reviews/default_letter.html", {**context, "is_stale": status == 409}, status=status)


@policy(OFFICER)
@require_safe
def pair_letters(request: Request, code: str, pk: int) -> HttpResponse:
    """Show the letters to a pair's coordinators: those that went out, or those that will."""
    call, user = _call(request, code), request.user
    seminar = get_object_or_404(pairs_run_by(user).filter(call=call).select_related("call"), pk=pk)
    outcomes, waiting = outcomes_of(call), waiting_of(call)
    announcement, previews = None, []
    if outcome := outcomes.ready.get(pk):
        shows_scores = waiting is None or waiting.shows_scores
        letters = letters_of(call)
        previews = of_pair(seminar, letters, outcome, shows_scores=shows_scores, user=user, at=request.arrived_at)
    else:
        announcement, previews = sent_of(seminar, user)
    context = {"call": call, "seminar": seminar, "announcement": announcement, "previews": previews}
    return render(request, "reviews/pair_letters.html", context)
