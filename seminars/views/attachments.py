"""Files of a record: attached and removed by its coordinator, downloaded by whoever may read the record."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.policies import SIGNED_IN, policy
from seminars.actions import attachments as actions
from seminars.actions.proposals import EditConflict
from seminars.choices import Section
from seminars.forms.attachment import AttachmentForm
from seminars.models import Attachment, Proposal
from seminars.permissions import Refused
from seminars.rules import bounds
from seminars.views.private import PDF, kept_file
from seminars.views.rowpage import framed, number, record_of, see_section
from seminars.views.sections import section_context


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: Request, pk: int, section: str) -> HttpResponse:
    """Show the files of one's record; POST attaches one more."""
    proposal = record_of(request, pk)
    if request.method != "POST":
        return _show(request, proposal)
    form = AttachmentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, proposal, form, status=422)
    checked = form.cleaned_data["file"]
    try:
        kept = actions.attach(
            proposal, name=checked.name, data=checked.data, pages=checked.pages, by=request.user, at=request.arrived_at
        )
    except actions.AlreadyAttached as known:
        return see_section(proposal, Section.ATTACHMENTS, done=str(known.args[0].pk), same="yes")
    except (Refused, EditConflict) as refused:
        reason = str(refused.args[0]) if refused.args else ""
        return _show(request, record_of(request, pk), form, status=409, error=reason)
    return see_section(proposal, Section.ATTACHMENTS, done=str(kept.pk))


def _show(
    request: Request,
    proposal: Proposal,
    form: AttachmentForm | None = None,
    *,
    status: int = 200,
    error: str = "",
    opened: dict[str, Any] | None = None,
) -> HttpResponse:
    done = number(request.GET.get("done", ""))
    attachments = list(proposal.attachments.all())
    context = section_context(proposal, Section.ATTACHMENTS, at=request.arrived_at) | {
        "body": "seminars/rows/attachments.html",
        "attachments": attachments,
        "upload": form or AttachmentForm(),
        "most": bounds.ATTACHMENTS,
        "megabytes": bounds.ATTACHMENT_BYTES // 1024**2,
        "open": opened,
        "done": done,
        "error": error,
        "same": next((one for one in attachments if one.pk == done), None) if "same" in request.GET else None,
    }
    return framed(request, context, status)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: Request, pk: int, attachment: int) -> HttpResponse:
    """Ask whether to remove a file; POST removes it."""
    proposal = record_of(request, pk)
    kept = get_object_or_404(proposal.attachments.all(), pk=attachment)
    if request.method != "POST":
        title = _("Remove “%(name)s” from this record?") % {"name": kept}
        return _show(request, proposal, opened={"row": kept.pk, "title": title, "url": request.path})
    try:
        actions.detach(kept, by=request.user, at=request.arrived_at)
    except (Refused, EditConflict) as refused:
        return _show(request, record_of(request, pk), status=409, error=str(refused.args[0]) if refused.args else "")
    return see_section(proposal, Section.ATTACHMENTS)


@policy(SIGNED_IN)
@require_safe
def attachment(request: Request, pk: int, attachment: int) -> HttpResponse:
    """Hand out a file of a record that the person may read, to be saved and never shown inside this site (I2, I3)."""
    visible = Proposal.objects.visible_to(request.user).filter(pk=pk)
    kept = get_object_or_404(Attachment, pk=attachment, proposal__in=visible)
    return kept_file(str(kept.file.name), name=kept.name, content_type=PDF)
