"""Dossiers as PDF: a coordinator's own record and pair; for officers, every record and pair they oversee."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.policies import OFFICER, SIGNED_IN, policy
from seminars.choices import CONFIRMED
from seminars.exports.pdf.dossier import Manner, dossier_pdf
from seminars.exports.pdf.halves import Half, half_as_filed, half_of, pair_halves, with_filed, with_halves
from seminars.forms.dossier import DossierForm
from seminars.models import Call, Proposal, Seminar, Submission
from seminars.rules.filenames import dossier_name
from seminars.rules.redaction import for_partner
from seminars.views.private import PDF, PRIVATE, SHOWN, disposition


@policy(SIGNED_IN)
@require_safe
def record_pdf(request: Request, pk: int) -> HttpResponse:
    """Return a record that the person may read as PDF: as it was filed, or as it is now."""
    record = get_object_or_404(with_halves(Proposal.objects.visible_to(request.user)), pk=pk)
    return _answer(request, [half_of(record, at=request.arrived_at)], call=record.side.call_id, of=record)


@policy(SIGNED_IN)
@require_safe
def submission_pdf(request: Request, pk: int, submission: int) -> HttpResponse:
    """Return a record as one submission froze it, in force or not."""
    visible = Proposal.objects.visible_to(request.user).filter(pk=pk)
    kept = get_object_or_404(with_filed(Submission.objects.all()), pk=submission, proposal__in=visible)
    half = half_as_filed(kept, at=request.arrived_at)
    return _answer(request, [half], call=kept.proposal.side.call_id, of=kept.proposal)


@policy(SIGNED_IN)
@require_safe
def own_pair_pdf(request: Request, pk: int) -> HttpResponse:
    """Return a coordinator's own record whole, and of the partner's what both records share.

    A partner who has filed directly is known from a list that is for officers: such a pair has no file of its own.
    """
    record = get_object_or_404(with_halves(Proposal.objects.owned_by(request.user)), pk=pk, seminar__isnull=False)
    if record.partner is None:
        raise Http404
    other = get_object_or_404(with_halves(Proposal.objects.filter(seminar=record.seminar_id)), pk=record.partner.pk)
    halves = [half_of(record, at=request.arrived_at), half_of(other, at=request.arrived_at).seen(for_partner)]
    return _answer(request, halves, call=record.side.call_id, of=record, number=str(record.seminar))


@policy(OFFICER)
@require_safe
def desk_seminar_pdf(request: Request, pk: int) -> HttpResponse:
    """Return both records of a confirmed pair that the officer oversees."""
    user = request.user
    seminar = get_object_or_404(Seminar.objects.visible_to(user).filter(state__in=CONFIRMED), pk=pk)
    halves = pair_halves([seminar], by=user, at=request.arrived_at).get(seminar.pk)
    if not halves:
        raise Http404
    return _answer(request, halves, call=seminar.call_id, number=str(seminar))


def _answer(
    request: Request, halves: Sequence[Half], *, call: int, of: Proposal | None = None, number: str = ""
) -> HttpResponse:
    """Return the dossier in the manner that the address asks for; raises Http404 where it asks for what is not there.

    Reviewers' versions are for officers who oversee the record.
    """
    may_redact = of is None or Proposal.objects.overseen_by(request.user).filter(pk=of.pk).exists()
    form = DossierForm(request.GET, for_officer=may_redact)
    if not form.is_valid() or ("version" in request.GET and not may_redact):
        raise Http404
    manner = Manner(form.asked_language, timezone.get_current_timezone_name(), form.asked_version)
    pdf = dossier_pdf(halves, call=Call.objects.with_sides().get(pk=call), number=number, manner=manner)
    shown = form.cleaned_data["show"]
    name = dossier_name(number or halves[0].name, form.asked_version, form.asked_language)
    headers = {**(SHOWN if shown else PRIVATE), "Content-Disposition": disposition(name, shown=shown)}
    return HttpResponse(pdf, content_type=PDF, headers=headers)
