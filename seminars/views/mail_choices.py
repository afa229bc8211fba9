"""Which reminders one gets, on a page of one's account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions.preferences import choose_mails
from accounts.http import Request
from accounts.models import MailPreference
from accounts.policies import SIGNED_IN, policy
from seminars.forms.mail_choices import MailChoicesForm, kinds_for


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def mail_choices(request: Request) -> HttpResponse:
    """Show and change which optional reminders one gets, and whether once a day."""
    held = MailPreference.objects.filter(user=request.user).first()
    # A form with nothing ticked is sent with its token alone, and is a choice all the same.
    form = MailChoicesForm(request.POST if request.method == "POST" else None, user=request.user, held=held)
    if form.is_bound and form.is_valid():
        digest = form.cleaned_data["daily_digest"]
        choose_mails(request.user, refused=form.refused, daily_digest=digest, at=request.arrived_at)
        messages.success(request, _("Your choice of reminders has been saved."))
        response = redirect("mail_choices")
        response.status_code = 303
        return response
    context = {
        "form": form,
        "mandatory": [kind for kind in kinds_for(request.user) if kind.mandatory_from is not None],
    }
    return render(request, "seminars/reminders/choices.html", context, status=422 if form.errors else 200)
