"""A message to coordinators: written, looked at in each language, then sent; and what was sent before."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.choices import Language
from accounts.http import Request
from accounts.models import MessageState
from accounts.policies import OFFICER, policy
from seminars import mails
from seminars.actions.mailings import send_mailing
from seminars.forms.desk import ProposalFilter
from seminars.forms.mailing import MailingForm
from seminars.models import Call, Mailing
from seminars.permissions import Refused, send_refusal, writable
from seminars.queries.overview import Overview
from seminars.rules import placeholders
from seminars.views.desk import call_run_by
from seminars.views.pairing import see_other

MOST_ASKED = 3000
"""How many numbers of records an address or a form is read for."""


@dataclass(frozen=True)
class Preview:
    """The mail that one real recipient of a language would receive."""

    language: str
    number: int
    recipient: Any
    subject: str
    text: str
    is_fallback: bool


def _asked(request: Request, call: Call) -> list[int]:
    """Return the records that are asked for: those of a list (``list``), or by their numbers."""
    if "list" in request.GET and request.method != "POST":
        overview = Overview(request.user, [call], request.arrived_at)
        return ProposalFilter(QueryDict(request.GET["list"]), overview, call=call).ids
    source = request.POST if request.method == "POST" else request.GET
    said = [*source.getlist("record"), *source.get("records", "").split(",")]
    return [int(number) for number in said if number.isascii() and number.isdigit() and len(number) < 10][:MOST_ASKED]


def _previews(unsent: Mailing, found: list[Any], request: Request) -> list[Preview]:
    """Return the mail of the first recipient of each language."""
    counted = Counter(proposal.coordinator.language for proposal in found)
    previews = []
    for language in sorted(counted, key=Language.values.index):
        first = next(proposal for proposal in found if proposal.coordinator.language == language)
        subject, text = mails.mailing_preview(unsent, first, at=request.arrived_at)
        is_fallback = language not in unsent.texts
        label = Language(language).label
        previews.append(Preview(label, counted[language], first.coordinator, subject, text, is_fallback))
    return previews


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def new_mailing(request: Request, code: str) -> HttpResponse:
    """Write a message to the coordinators of the records asked for; POST shows it to the officer, then sends it."""
    call, user, status = call_run_by(request, code), request.user, 200
    asked = _asked(request, call)
    found: list[Any] = list(writable(call, asked, user))
    found = [proposal for proposal in found if proposal.side.agency_id == found[0].side.agency_id]
    counted = Counter(proposal.coordinator.language for proposal in found)
    records = ",".join(str(proposal.pk) for proposal in found)
    form = MailingForm(request.POST or None, needed=counted, initial={"records": records})
    step = request.POST.get("step")
    context = {
        "call": call,
        "form": form,
        "recipients": found,
        "left_out": len(set(asked)) - len(found),
        "languages": [
            (Language(language).label, counted[language]) for language in Language.values if counted[language]
        ],
        "placeholders": placeholders.NAMES,
        "refusal": send_refusal(len(found)),
    }
    if request.method != "POST" or context["refusal"] or step == "write":
        return render(request, "seminars/desk/new_mailing.html", context, status=status)
    if not form.is_valid():
        return render(request, "seminars/desk/new_mailing.html", context, status=422)
    if step == "send":
        try:
            sent = send_mailing(
                call,
                records=asked,
                texts=form.texts,
                form_uuid=form.cleaned_data["form_uuid"],
                by=user,
                at=request.arrived_at,
            )
        except Refused as refused:
            context["refusal"] = refused.args[0]
            return render(request, "seminars/desk/new_mailing.html", context, status=409)
        messages.success(request, _("The message is on its way."))
        return see_other("desk_mailing", sent.pk)
    context["previews"] = _previews(Mailing(**form.texts), found, request)
    return render(request, "seminars/desk/preview_mailing.html", context)


def _counted() -> dict[str, Count]:
    """Return how many mails of a message stand where, as annotations."""
    states = {f"number_{state}": Q(recipients__message__state=state) for state in MessageState.values}
    return {"number": Count("recipients"), **{name: Count("recipients", filter=held) for name, held in states.items()}}


@policy(OFFICER)
@require_safe
def desk_mailings(request: Request, code: str) -> HttpResponse:
    """List the messages that one's agency sent to coordinators of a call, newest first."""
    call = call_run_by(request, code)
    sent = Mailing.objects.visible_to(request.user).filter(call=call).select_related("by", "agency")
    return render(request, "seminars/desk/mailings.html", {"call": call, "mailings": sent.annotate(**_counted())})


@policy(OFFICER)
@require_safe
def desk_mailing(request: Request, pk: int) -> HttpResponse:
    """Show a message that was sent, in its languages, and where each mail stands."""
    sent = Mailing.objects.visible_to(request.user).select_related("by", "agency", "call").annotate(**_counted())
    mailing = get_object_or_404(sent, pk=pk)
    people = mailing.recipients.select_related("proposal", "message__recipient").defer("message__html", "message__text")
    texts = [(Language(language).label, language, *text) for language, text in mailing.texts.items()]
    context = {"mailing": mailing, "call": mailing.call, "texts": texts, "recipients": people}
    return render(request, "seminars/desk/mailing.html", context)
