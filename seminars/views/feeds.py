"""Private calendar addresses: the page on which their owner keeps them, and the calendars themselves."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from accounts.http import Request, arrival_of
from accounts.policies import SIGNED_IN, TOKEN, policy
from accounts.tokens import hashed
from seminars.actions import feeds as actions
from seminars.exports.feed import feed_of
from seminars.forms.feed import FeedForm
from seminars.models import Feed
from seminars.permissions import Refused, make_feed_refusal, revoke_feed_refusal
from seminars.views.pairing import see_other


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: Request) -> HttpResponse:
    """Show one's calendar feeds; POST makes one, and its answer is the only page that ever shows the address."""
    form, status, address = FeedForm(request.POST or None), 200, ""
    refusal = make_feed_refusal(request.user)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _feed, secret = actions.make_feed(**form.cleaned_data, by=request.user, at=request.arrived_at)
            except Refused as refused:
                refusal, status = refused.args[0], 409
            else:
                address, form, status = settings.SITE_URL + reverse("feed", args=[secret]), FeedForm(), 200
                refusal = make_feed_refusal(request.user)
    context = {
        "form": form,
        "refusal": refusal,
        "address": address,
        "feeds": Feed.objects.owned_by(request.user).filter(revoked_at__isnull=True),
    }
    return render(request, "seminars/feeds/feeds.html", context, status=status)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def feed_revoke(request: Request, pk: int) -> HttpResponse:
    """Say what taking a feed back means; POST does it."""
    feed = get_object_or_404(Feed.objects.owned_by(request.user), pk=pk)
    refusal, status = revoke_feed_refusal(feed, request.user), 200
    if request.method == "POST":
        try:
            actions.revoke_feed(feed, by=request.user, at=request.arrived_at)
        except Refused as refused:
            refusal, status = refused.args[0], 409
        else:
            messages.success(request, _("The calendar feed has been revoked. Its address finds nothing any more."))
            return see_other("feeds")
    return render(request, "seminars/feeds/revoke.html", {"feed": feed, "refusal": refusal}, status=status)


@policy(TOKEN)
@require_safe
@conditional_page
def feed(request: Request, token: str) -> HttpResponse:
    """Give the calendar behind a secret address; 404 for one that nobody has, or that was taken back."""
    read = get_object_or_404(Feed.objects.in_force().select_related("owner"), token_hash=hashed(token))
    at = arrival_of(request)
    actions.note_use(read, at=at)
    headers = {
        "Content-Disposition": 'inline; filename="seminars.ics"',
        "Content-Language": read.owner.language,
        "Cache-Control": "private, no-cache",
        "Referrer-Policy": "no-referrer",
    }
    return HttpResponse(feed_of(read, at=at), content_type="text/calendar; charset=utf-8", headers=headers)
