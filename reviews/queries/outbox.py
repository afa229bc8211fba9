"""The mail that concerns an officer's own agency: its records, its people, its part of what both agencies do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
    Conflict,
    Report,
    ReportReopening,
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


@dataclass(frozen=True)
class _Eyes:
    """Whose outbox it is: the officer's agencies, the records of their side, and the pairs that are closed to them."""

    user: User
    agencies: Any
    own: QuerySet[Proposal]
    shut_out: QuerySet[Any]


def visible_messages(user: User) -> QuerySet[Message]:
    """Return the messages that ``user`` may know of as an officer, without their texts, which may hold secrets.

    A message is seen through the record that it is about, and only where that is named here: through the record of an
    own side, or for what concerns both agencies where it went to the own agency's people. Nothing of the other agency's
    evaluation, and nothing of a pair that the officer is shut out of (SAFETY 2, 3, R24).
    """
    agencies, shut_out = user.officer_agencies, recused(user)
    own = Proposal.objects.filter(side__agency__in=agencies).exclude(seminar__in=shut_out)
    eyes = _Eyes(user, agencies, own, shut_out)
    colleagues = Membership.objects.filter(agency__in=agencies).values("user")
    to_own = Q(recipient__in=own.values("coordinator")) | Q(recipient__in=colleagues)
    seen = Q()
    for records in OF_ONE_AGENCY.values():
        seen |= Q(about__in=_named(records(eyes)))
    for records in OF_BOTH_AGENCIES.values():
        seen |= Q(about__in=_named(records(eyes))) & to_own
    seen |= Q(kind__startswith=ACCOUNT) & to_own
    seen |= Q(pk__in=Reminder.objects.visible_to(user).values("message"))
    hidden = Q(pk__in=MailingRecipient.objects.filter(proposal__seminar__in=shut_out).values("message"))
    hidden |= Q(pk__in=Reminder.objects.filter(seminar__in=shut_out, message__isnull=False).values("message"))
    return Message.objects.filter(seen).exclude(hidden).defer("text", "html", "key", "unsubscribe_url")


def has_a_place(kind: str, about: str) -> bool:
    """Say whether some officer finds mail of ``kind`` about such a record in the outbox, or nobody is meant to.

    ``about`` is as ``Message.about`` has it. The tests ask this of every message that any of them writes.
    """
    known = {model._meta.label_lower for model in (*OF_ONE_AGENCY, *OF_BOTH_AGENCIES)}
    return about.partition(":")[0] in known or kind.startswith((ACCOUNT, REMINDERS)) or kind in OF_NO_AGENCY


def _assignments(eyes: _Eyes) -> QuerySet[Any]:
    return Assignment.objects.filter(reviewer__side__agency__in=eyes.agencies).exclude(seminar__in=eyes.shut_out)


def _reviews(eyes: _Eyes) -> QuerySet[Any]:
    of_own_reviewers = Review.objects.filter(assignment__reviewer__side__agency__in=eyes.agencies)
    return of_own_reviewers.exclude(assignment__seminar__in=eyes.shut_out)


def _conflicts(eyes: _Eyes) -> QuerySet[Any]:
    return Conflict.objects.filter(side__agency__in=eyes.agencies).exclude(seminar__in=eyes.shut_out)


def _pairs(eyes: _Eyes) -> QuerySet[Any]:
    return Seminar.objects.overseen_by(eyes.user).values("pk")


def _calls(eyes: _Eyes) -> QuerySet[Any]:
    return Call.objects.run_by(eyes.user).values("pk")


ACCOUNT, REMINDERS = "account_", "reminders"
"""How kinds begin that are seen through their recipient, and through the rows of reminders they tell."""
OF_NO_AGENCY = ("copy_ready", "period_over")
"""What a person's own copy and administrators are told: officers have no part in it."""
OF_ONE_AGENCY: Mapping[type[Model], Callable[[_Eyes], QuerySet[Any]]] = {
    Proposal: lambda eyes: eyes.own,
    Submission: lambda eyes: Submission.objects.filter(proposal__in=eyes.own),
    Approval: lambda eyes: Approval.objects.filter(submission__proposal__in=eyes.own),
    Invitation: lambda eyes: Invitation.objects.filter(proposal__in=eyes.own),
    Correction: lambda eyes: Correction.objects.filter(proposal__in=eyes.own),
    Award: lambda eyes: Award.objects.filter(proposal__in=eyes.own),
    Mailing: lambda eyes: Mailing.objects.visible_to(eyes.user),
    Pack: lambda eyes: Pack.objects.filter(requested_by=eyes.user),
    Reviewer: lambda eyes: Reviewer.objects.filter(side__agency__in=eyes.agencies),
    Assignment: _assignments,
    Review: _reviews,
    Conflict: _conflicts,
    CallAgency: lambda eyes: CallAgency.objects.filter(agency__in=eyes.agencies),
}
"""What belongs to one agency, as far as it is the user's: its mails are the agency's, whoever gets them."""
OF_BOTH_AGENCIES: Mapping[type[Model], Callable[[_Eyes], QuerySet[Any]]] = {
    Seminar: lambda eyes: Seminar.objects.overseen_by(eyes.user),
    Note: lambda eyes: Note.objects.visible_to(eyes.user),
    Change: lambda eyes: Change.objects.filter(seminar__in=_pairs(eyes)),
    CancelRequest: lambda eyes: CancelRequest.objects.filter(seminar__in=_pairs(eyes)),
    Told: lambda eyes: Told.objects.filter(seminar__in=_pairs(eyes)),
    Report: lambda eyes: Report.objects.filter(seminar__in=_pairs(eyes)),
    ReportVersion: lambda eyes: ReportVersion.objects.filter(report__seminar__in=_pairs(eyes)),
    ReportWord: lambda eyes: ReportWord.objects.filter(version__report__seminar__in=_pairs(eyes)),
    ReportReopening: lambda eyes: ReportReopening.objects.filter(version__report__seminar__in=_pairs(eyes)),
    ApplicationList: lambda eyes: ApplicationList.objects.visible_to(eyes.user),
    Selection: lambda eyes: Selection.objects.filter(call__in=_calls(eyes)),
    Announcement: lambda eyes: Announcement.objects.filter(call__in=_calls(eyes)),
}
"""What concerns both agencies: of its mails, each sees those to its own people."""


def _named(records: QuerySet[Any]) -> QuerySet[Any]:
    """Return records as ``Message.about`` names them, for a subquery."""
    model: type[Model] = records.model
    name = Concat(Value(f"{model._meta.label_lower}:"), Cast("pk", CharField()), output_field=CharField())
    return records.order_by().values_list(name, flat=True)
