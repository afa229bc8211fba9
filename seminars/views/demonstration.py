"""The demonstration's own pages: sign in as anybody of the cast, and read the mail that would have gone out."""

from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.contrib.auth import login, logout
from django.core.paginator import Paginator
from django.db.models import Count, Max, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Membership, Message, User
from accounts.policies import DEMONSTRATION, policy
from seminars.models import Proposal

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MESSAGES_PER_PAGE = 50


@policy(DEMONSTRATION)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the cast, each with what there is to see as that person."""
    records = Proposal.objects.select_related("side__agency", "side__call")
    cast = User.objects.prefetch_related(
        Prefetch("memberships", Membership.objects.select_related("agency")),
        Prefetch("proposals", records.order_by("-side__call__year")),
    )
    actors = [user for user in cast.order_by("pk") if user.is_staff or user.memberships.all()]
    coordinators = cast.annotate(records=Count("proposals")).filter(records__gt=0).order_by("-records", "pk")
    context = {"actors": actors, "coordinators": coordinators}
    return render(request, "seminars/demonstration/people.html", context)


@policy(DEMONSTRATION)
@require_POST
def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in as one of the cast; in the demonstration this counts as a second factor too."""
    user = get_object_or_404(User, pk=pk, is_active=True)
    logout(request)
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="demo")
    UserSession.objects.create_from_request(request)
    return redirect("desk" if user.is_officer else "admin:index" if user.is_staff else "home")


@policy(DEMONSTRATION)
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """List the messages written so far, newest first; ``to`` is the address of the one person whose mail is read."""
    to = request.GET.get("to", "")
    counted = Message.objects.order_by("address").values("address").annotate(number=Count("pk"), name=Max("name"))
    messages = Message.objects.filter(address=to) if to else Message.objects.all()
    page = Paginator(messages, MESSAGES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "to": to, "people": counted, "pages": page.paginator.get_elided_page_range(page.number)}
    return render(request, "seminars/demonstration/mailbox.html", context)


@policy(DEMONSTRATION)
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
@require_safe
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one message as it was sent; links in it work."""
    return render(request, "seminars/demonstration/mail.html", {"mail": get_object_or_404(Message, pk=pk)})


@policy(DEMONSTRATION)
@csp(  # type: ignore[arg-type]
    {
        "default-src": [NONE],
        "style-src": ["'unsafe-inline'"],
        "frame-ancestors": [SELF],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"],
    }
)
@xframe_options_sameorigin
@require_safe
def mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the HTML of a message for the frame of its page: nothing in it runs, and links lead out of the frame."""
    written = get_object_or_404(Message, pk=pk).html
    return HttpResponse(written.replace("<head>", '<head><base target="_top">', 1))
