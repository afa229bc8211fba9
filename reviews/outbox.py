"""The mail that concerns an officer's own agency: its records, its people, its part of what both agencies do."""

from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Message, User
from reviews.models import (
    Announcement,
    Assignment,
    Award,
    CancelRequest,
    Change,
    Report,
    ReportVersion,
    ReportWord,
    Review,
    Reviewer,
    Selection,
    Told,
)
from seminars.models import (
    ApplicationList,
    Approval,
    Call,
    CallAgency,
    Correction,
    Invitation,
    Mailing,
    MailingRecipient,
    Note,
    Pack,
    Proposal,
    Reminder,
    Seminar,
    Submission,
)
from seminars.models.recusal import recused

GROUPS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "account": (_("Accounts"), ("account_",)),
    "pairing": (_("Pairing"), ("invitation", "match", "pair_", "partner_asks")),
    "submission": (
        _("Submission"),
        (
            *("admi", "appro", "both_filed", "filed_alone", "lapsed", "partner_", "receipt", "reopened", "returned"),
            *("sent_to_institution", "withdrawn"),
        ),
    ),
    "eligibility": (_("Eligibility"), ("correction_", "eligibility_")),
    "review": (_("Review"), ("assignment", "conflicts_", "review_")),
    "selection": (_("Joint selection"), ("outcome_", "selection_", "signatures_")),
    "seminar": (_("Budgets and seminars"), ("award_", "cancellation_", "change_", "seminar_")),
    "report": (_("Final reports"), ("report_", "summary_")),
    "reminder": (_("Reminders"), ("reminder",)),
    "mailing": (_("Messages to coordinators"), ("mailing",)),
    "desk": (_("Internal notes, lists and packs"), ("mentioned", "list_", "pack_")),
}
"""What mails are about, each with how their kinds begin; the first that fits counts."""


def group_of(kind: str) -> str | Promise:
    """Return what a kind of mail is about, in the active language."""
    return next((name for name, beginnings in GROUPS.values() if kind.startswith(beginnings)), _("Other"))


def kinds_of(group: str) -> Q:
    """Return the condition that a mail is of ``group``, a key of ``GROUPS``."""
    wanted = Q()
    for beginning in GROUPS[group][1]:
        wanted |= Q(kind__startswith=beginning)
    for earlier in list(GROUPS)[: list(GROUPS).index(group)]:
        for beginning in GROUPS[earlier][1]:
            wanted &= ~Q(kind__startswith=beginning)
    return wanted


def visible_messages(user: User) -> QuerySet[Message]:
    """Return the messages that ``user`` may know of as an officer, without their texts, which may hold secrets.

    A message is seen through the record that it is about, and only where that is named here: through the record of an
    own side, or for what concerns both agencies where it went to the own agency's people. Nothing of the other agency's
    evaluation, and nothing of a pair that the officer is shut out of (SAFETY 2, 3, R24).
    """
    shut_out = recused(user)
    own = Proposal.objects.filter(side__agency__in=user.officer_agencies).exclude(seminar__in=shut_out)
    colleagues = Membership.objects.filter(agency__in=user.officer_agencies).values("user")
    to_own = Q(recipient__in=own.values("coordinator")) | Q(recipient__in=colleagues)
    seen = Q()
    for about in _of_one_agency(user, own):
        seen |= Q(about__in=_named(about))
    for about in _of_both_agencies(user):
        seen |= Q(about__in=_named(about)) & to_own
    seen |= Q(kind__startswith="account_") & to_own
    seen |= Q(pk__in=Reminder.objects.visible_to(user).values("message"))
    hidden = Q(pk__in=MailingRecipient.objects.filter(proposal__seminar__in=shut_out).values("message"))
    hidden |= Q(pk__in=Reminder.objects.filter(seminar__in=shut_out, message__isnull=False).values("message"))
    return Message.objects.filter(seen).exclude(hidden).defer("text", "html", "key", "unsubscribe_url")


def _of_one_agency(user: User, own: QuerySet[Proposal]) -> Iterator[QuerySet[Any]]:
    """Yield what belongs to one agency, as far as it is the user's: its mails are the agency's, whoever gets them."""
    agencies, shut_out = user.officer_agencies, recused(user)
    yield own
    yield Submission.objects.filter(proposal__in=own)
    yield Approval.objects.filter(submission__proposal__in=own)
    yield Invitation.objects.filter(proposal__in=own)
    yield Correction.objects.filter(proposal__in=own)
    yield Award.objects.filter(proposal__in=own)
    yield Mailing.objects.visible_to(user)
    yield Pack.objects.filter(requested_by=user)
    yield Reviewer.objects.filter(side__agency__in=agencies)
    yield Assignment.objects.filter(reviewer__side__agency__in=agencies).exclude(seminar__in=shut_out)
    of_own_reviewers = Review.objects.filter(assignment__reviewer__side__agency__in=agencies)
    yield of_own_reviewers.exclude(assignment__seminar__in=shut_out)
    yield CallAgency.objects.filter(agency__in=agencies)


def _of_both_agencies(user: User) -> Iterator[QuerySet[Any]]:
    """Yield what concerns both agencies: of its mails, each sees those to its own people."""
    pairs, calls = Seminar.objects.overseen_by(user).values("pk"), Call.objects.run_by(user).values("pk")
    yield Seminar.objects.overseen_by(user)
    yield Note.objects.visible_to(user)
    yield Change.objects.filter(seminar__in=pairs)
    yield CancelRequest.objects.filter(seminar__in=pairs)
    yield Told.objects.filter(seminar__in=pairs)
    yield Report.objects.filter(seminar__in=pairs)
    yield ReportVersion.objects.filter(report__seminar__in=pairs)
    yield ReportWord.objects.filter(version__report__seminar__in=pairs)
    yield ApplicationList.objects.visible_to(user)
    yield Selection.objects.filter(call__in=calls)
    yield Announcement.objects.filter(call__in=calls)


def _named(records: QuerySet[Any]) -> QuerySet[Any]:
    """Return records as ``Message.about`` names them, for a subquery."""
    model: type[Model] = records.model
    name = Concat(Value(f"{model._meta.label_lower}:"), Cast("pk", CharField()), output_field=CharField())
    return records.order_by().values_list(name, flat=True)
