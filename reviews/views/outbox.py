"""The outbox: the mail that concerns the officer's agency, where each message stands, and sending it again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from accounts.models import Message, MessageState
from accounts.policies import OFFICER, policy
from reviews.actions.outbox import send_again
from reviews.exports.outbox import outbox_sheet
from reviews.forms.outbox import OutboxFilter
from reviews.permissions.outbox import send_again_refusal
from reviews.queries.outbox import group_of, visible_messages
from seminars.permissions import Refused
from seminars.views.tables import table_answer

PER_PAGE = 50
MOST_ROWS = 20_000


@policy(OFFICER)
@require_safe
def outbox(request: Request) -> HttpResponse:
    """List the messages that the address asks for, newest first."""
    asked, seen = OutboxFilter(request.GET), visible_messages(request.user)
    page = Paginator(asked.among(seen), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "lines": [(message, group_of(message.kind)) for message in page],
    }
    return render(request, "reviews/outbox.html", context)


@policy(OFFICER)
@require_safe
def outbox_file(request: Request, ending: str) -> HttpResponse:
    """Return the same messages, all their pages, as a file."""
    found = OutboxFilter(request.GET).among(visible_messages(request.user))
    return table_answer(request, "outbox", ending, [outbox_sheet(found[:MOST_ROWS])])


@policy(OFFICER)
@require_safe
def outbox_message(request: Request, pk: int) -> HttpResponse:
    """Show where one message stands; its text stays unread, for it may hold somebody's personal link."""
    message = get_object_or_404(visible_messages(request.user), pk=pk)
    context = {
        "mail": message,
        "group": group_of(message.kind),
        "refusal": send_again_refusal(message),
        "is_bounced": message.state == MessageState.BOUNCED,
    }
    return render(request, "reviews/outbox_message.html", context)


@policy(OFFICER)
@require_POST
def outbox_send_again(request: Request, pk: int) -> HttpResponse:
    """Queue a message again that failed or came back."""
    try:
        send_again(pk, by=request.user, at=request.arrived_at)
    except Message.DoesNotExist as unknown:
        raise Http404 from unknown
    except Refused as refused:
        messages.warning(request, str(refused.args[0]))
    else:
        messages.success(request, _("The e-mail is on its way again."))
    answer = redirect("outbox_message", pk)
    answer.status_code = 303
    return answer
