"""What a reviewer may take along of an acknowledged assignment: the dossier as PDF, and the attached files."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.policies import ACTOR, policy
from reviews.choices import AssignmentState
from reviews.models import Assignment
from reviews.queries.dossier import halves_of
from reviews.views.review import own_assignment
from seminars.choices import DossierVersion
from seminars.exports.pdf.dossier import Manner, dossier_pdf
from seminars.models import Attachment, Call
from seminars.rules.filenames import dossier_name
from seminars.views.private import PDF, PRIVATE, disposition, kept_file


def taken_on(request: Request, pk: int) -> Assignment:
    """Return one's own assignment as ``own_assignment`` does; 404 too while it is not acknowledged."""
    assignment = own_assignment(request, pk)
    if assignment.state == AssignmentState.GIVEN:
        raise Http404
    return assignment


@policy(ACTOR)
@require_safe
def review_pdf(request: Request, pk: int) -> HttpResponse:
    """Return the reviewers' version of the dossier of one's own assignment as PDF, in one's language."""
    seminar = taken_on(request, pk).seminar
    halves = halves_of(seminar, request.arrived_at)
    if not halves:
        raise Http404
    language = (get_language() or "en")[:2]
    manner = Manner(language, timezone.get_current_timezone_name(), DossierVersion.REVIEWERS)
    call = Call.objects.with_sides().get(pk=seminar.call_id)
    pdf = dossier_pdf(halves, call=call, number=str(seminar), manner=manner)
    name = dossier_name(str(seminar), DossierVersion.REVIEWERS, language)
    return HttpResponse(pdf, content_type=PDF, headers={**PRIVATE, "Content-Disposition": disposition(name)})


@policy(ACTOR)
@require_safe
def review_file(request: Request, pk: int, attachment: int) -> HttpResponse:
    """Return a file attached to one of the records of one's own assignment."""
    seminar = taken_on(request, pk).seminar_id
    file = get_object_or_404(Attachment, pk=attachment, proposal__seminar=seminar)
    return kept_file(str(file.file.name), name=file.name, content_type=PDF)
