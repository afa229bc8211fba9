"""Internal notes of officers, on the pages of a record and of a pair and on pages of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.models import User
from accounts.policies import OFFICER, policy
from seminars.actions import notes
from seminars.choices import CONFIRMED, Audience
from seminars.forms.note import NoteForm
from seminars.models import Note, Proposal, Seminar
from seminars.permissions import (
    Refused,
    delete_note_refusal,
    edit_note_refusal,
    is_pair,
    readers_of,
    write_note_refusal,
)


@dataclass(frozen=True)
class Shown:
    """A note as one officer sees it."""

    note: Note
    may_edit: bool
    may_delete: bool


def _shown(found: Iterable[Note], user: User, at: datetime) -> list[Shown]:
    return [Shown(note, not edit_note_refusal(note, user, at), not delete_note_refusal(note, user)) for note in found]


def _form(data: Any, proposal: Proposal, user: User, **options: Any) -> NoteForm:
    """Return the form for a note of ``user`` on a record; fetch the record with its partner."""
    sides = [record.side for record in (proposal, proposal.partner) if record is not None]
    others = [side.agency.acronym for side in sides if side.agency_id not in user.officer_agencies]
    other = (others or [sides[-1].agency.acronym])[0] if is_pair(proposal) else ""
    return NoteForm(data, readers=readers_of(proposal, user), other=other, **options)


def notes_of(
    request: Request, records: Sequence[Proposal], seminar: Seminar | None, *, on_pair: bool
) -> dict[str, Any]:
    """Return the notes on records and their pair that the officer may read, and a form for another; three queries."""
    user, at = request.user, request.arrived_at
    found = Note.objects.visible_to(user).about(*records, seminar=seminar).with_people()
    refusal = write_note_refusal(records[0], Audience.OWN, user)
    name, subject = ("desk_seminar_notes", seminar) if on_pair else ("desk_proposal_notes", records[0])
    return {
        "notes": _shown(found, user, at),
        "notes_url": reverse(name, args=[subject.pk]) if subject else "",
        "note_refusal": refusal,
        "note_form": None if refusal else _form(None, records[0], user),
    }


def _see_note(note: Note) -> HttpResponse:
    if note.seminar_id:
        address = reverse("desk_seminar", args=[note.seminar_id])
    else:
        address = reverse("desk_proposal", args=[note.proposal_id])
    answer = HttpResponseRedirect(f"{address}#note-{note.pk}")
    answer.status_code = 303
    return answer


def _write(request: Request, proposal: Proposal, seminar: Seminar | None) -> HttpResponse:
    """Show the form on a page of its own; POST writes the note."""
    user, at, status = request.user, request.arrived_at, 200
    refusal = write_note_refusal(proposal, Audience.BOTH if seminar else Audience.OWN, user)
    form = _form(request.POST or None, proposal, user)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            uuid = form.cleaned_data["form_uuid"]
            try:
                note = notes.write_note(
                    proposal, on_pair=seminar is not None, **form.said, form_uuid=uuid, by=user, at=at
                )
            except Refused as refused:
                refusal, status = refused.args[0], 409
            else:
                messages.success(request, _("The note is written."))
                return _see_note(note)
    context = {"proposal": proposal, "seminar": seminar, "form": form, "refusal": refusal}
    return render(request, "seminars/desk/note.html", context, status=status)


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_proposal_notes(request: Request, pk: int) -> HttpResponse:
    """Write a note on a record."""
    overseen = Proposal.objects.overseen_by(request.user).with_pairing()
    return _write(request, get_object_or_404(overseen, pk=pk), None)


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_seminar_notes(request: Request, pk: int) -> HttpResponse:
    """Write a note on a pair; it stays with the record of one's own agency should the pair be taken apart."""
    seminar = get_object_or_404(Seminar.objects.visible_to(request.user).filter(state__in=CONFIRMED), pk=pk)
    own = Proposal.objects.overseen_by(request.user).filter(side__agency__in=request.user.officer_agencies)
    half = own.filter(seminar=seminar).with_pairing().order_by("side__agency__accent").first()
    return _write(request, half or get_object_or_404(Proposal.objects.none()), seminar)


def _own(request: Request, pk: int) -> Note:
    """Return one's own note that one can still read; 404 for any other."""
    mine = Note.objects.visible_to(request.user).filter(author=request.user, deleted_at__isnull=True)
    note = get_object_or_404(mine.select_related("seminar"), pk=pk)
    note.proposal = Proposal.objects.with_pairing().get(pk=note.proposal_id)
    return note


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_note(request: Request, pk: int) -> HttpResponse:
    """Change one's note while it is fresh; POST does it."""
    note, user, at, status = _own(request, pk), request.user, request.arrived_at, 200
    refusal = edit_note_refusal(note, user, at)
    known = {
        "text": note.text,
        "audience": note.audience,
        "mentioned": [person.pk for person in note.mentioned.all()],
        "form_uuid": note.form_uuid,
    }
    form = _form(request.POST or None, note.proposal, user, initial=known, was=note.audience)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                notes.edit_note(note, **form.said, by=user, at=at)
            except Refused as refused:
                refusal, status = refused.args[0], 409
            else:
                messages.success(request, _("The note is changed."))
                return _see_note(note)
    context = {"note": note, "proposal": note.proposal, "seminar": note.seminar, "form": form, "refusal": refusal}
    return render(request, "seminars/desk/note.html", context, status=status)


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_note(request: Request, pk: int) -> HttpResponse:
    """Say what deleting a note means; POST deletes it."""
    note = _own(request, pk)
    if request.method == "POST":
        notes.delete_note(note, by=request.user, at=request.arrived_at)
        messages.success(request, _("The note is deleted."))
        return _see_note(note)
    context = {"note": note, "proposal": note.proposal, "seminar": note.seminar}
    return render(request, "seminars/desk/delete_note.html", context)
