"""Inviting reviewers, their answers, what they say of themselves, and removing them."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.choices import Role
from accounts.models import Membership, User
from accounts.tokens import hashed
from reviews import mails
from reviews.actions.assignment import lock_panel
from reviews.actions.conflict import detect_conflicts
from reviews.actions.evaluation import lock_call
from reviews.choices import ACTIVE, AssignmentState, ReviewerState
from reviews.models import Affiliation, Assignment, Collaborator, Reviewer
from reviews.permissions import (
    accept_review_refusal,
    address_of_reviewer_refusal,
    answer_review_refusal,
    describe_refusal,
    invite_reviewer_refusal,
    remove_reviewer_refusal,
    reviews_for_other,
)
from seminars.models import CallAgency, PriorityArea
from seminars.permissions import Refused, require

LIFETIME = timedelta(days=21)
"""How long an invitation to review can be answered."""


@dataclass(frozen=True)
class Invited:
    """Somebody to be invited."""

    email: str
    name: str
    language: str


@transaction.atomic
def invite_reviewers(side: CallAgency, people: Sequence[Invited], *, by: User, at: datetime) -> list[Reviewer]:
    """Invite people to review for a side, all or none; each gets a mail with a secret of which the hash is kept.

    Raises Refused, with the address where it is one of them.
    """
    lock_call(side.call)
    require(invite_reviewer_refusal(side, by))
    invited = []
    for person in people:
        if refusal := address_of_reviewer_refusal(side, person.email):
            raise Refused(f"{person.email}: {refusal}")
        reviewer = Reviewer(
            side=side,
            email=person.email.lower(),
            name=person.name,
            language=person.language,
            invited_at=at,
            invited_by=by,
        )
        _send(reviewer, at=at)
        record(reviewer, "review_invited", by=by, at=at, after={"email": reviewer.email})
        invited.append(reviewer)
    return invited


def _send(reviewer: Reviewer, *, at: datetime) -> None:
    token = secrets.token_urlsafe(32)
    reviewer.token_hash, reviewer.expires_at = hashed(token), at + LIFETIME
    reviewer.save()
    mails.review_invitation(reviewer, token, at=at)


@transaction.atomic
def invite_reviewer(side: CallAgency, *, email: str, name: str, language: str, by: User, at: datetime) -> Reviewer:
    """Invite one person to review for a side. Raises Refused."""
    return invite_reviewers(side, [Invited(email, name, language)], by=by, at=at)[0]


@transaction.atomic
def invite_again(reviewer: Reviewer, *, by: User, at: datetime) -> None:
    """Send an invitation once more with a new secret; the earlier link stops working. Raises Refused."""
    held = _lock(reviewer)
    require(invite_reviewer_refusal(held.side, by))
    if held.state not in (ReviewerState.INVITED, ReviewerState.DECLINED):
        raise Refused(_("This person has answered already."))
    held.state, held.decline_reason, held.answered_at, held.invited_at = ReviewerState.INVITED, "", None, at
    _send(held, at=at)
    record(held, "review_invited", by=by, at=at, after={"email": held.email})


def _lock(reviewer: Reviewer) -> Reviewer:
    list(Reviewer.objects.filter(pk=reviewer.pk).select_for_update().values_list("pk"))
    return Reviewer.objects.select_related("side__call", "side__agency", "user").get(pk=reviewer.pk)


@transaction.atomic
def enrol_officer(side: CallAgency, *, by: User, at: datetime) -> Reviewer:
    """Let an officer take part in the own agency's evaluation as a reviewer, without an invitation. Raises Refused."""
    lock_call(side.call)
    require(invite_reviewer_refusal(side, by))
    if Reviewer.objects.filter(side=side, user=by).exclude(state=ReviewerState.REMOVED).exists():
        raise Refused(_("You review for this agency already."))
    if reviews_for_other(side, by):
        raise Refused(_("You cannot review for both agencies of a call."))
    reviewer = Reviewer.objects.create(
        side=side,
        user=by,
        email=by.email,
        name=by.display_name,
        language=by.language,
        state=ReviewerState.ACCEPTED,
        invited_at=at,
        invited_by=by,
        answered_at=at,
    )
    record(reviewer, "review_enrolled", by=by, at=at)
    detect_conflicts(side, user=by, at=at)
    return reviewer


@transaction.atomic
def accept_review_invitation(reviewer: Reviewer, *, by: User, at: datetime) -> Reviewer:
    """Agree to review: ``by`` becomes a reviewer of the agency, as its inviting officer wished. Raises Refused."""
    lock_call(reviewer.side.call)
    held = _lock(reviewer)
    require(accept_review_refusal(held, by, at))
    held.user, held.state, held.answered_at = by, ReviewerState.ACCEPTED, at
    held.save(update_fields=["user", "state", "answered_at"])
    given = {"given_at": at, "given_by": held.invited_by}
    agency = held.side.agency
    _membership, created = Membership.objects.get_or_create(user=by, agency=agency, role=Role.REVIEWER, defaults=given)
    if created:
        after = {"agency": agency.code, "role": Role.REVIEWER.value}
        record(by, "role_given", by=held.invited_by, at=at, after=after)
    record(held, "review_accepted", by=by, at=at)
    mails.review_answered(held, at=at)
    detect_conflicts(held.side, user=by, at=at)
    return held


@transaction.atomic
def decline_review_invitation(reviewer: Reviewer, *, reason: str, at: datetime) -> None:
    """Decline an invitation, by its link, which needs no account; the officers are told. Raises Refused."""
    held = _lock(reviewer)
    require(answer_review_refusal(held, at))
    if not reason.strip():
        raise Refused(_("Say why."))
    held.state, held.answered_at, held.decline_reason = ReviewerState.DECLINED, at, reason
    held.save(update_fields=["state", "answered_at", "decline_reason"])
    record(held, "review_declined", by=None, at=at, reason=reason, label=held.email)
    mails.review_answered(held, at=at)


@transaction.atomic
def remove_reviewer(reviewer: Reviewer, *, by: User, at: datetime) -> None:
    """Remove a reviewer, or take an invitation back; what is assigned and not sealed is withdrawn. Raises Refused.

    Sealed reviews stay and count. The role in the agency stays too: an administrator takes it.
    """
    lock_panel(reviewer.side)
    held = _lock(reviewer)
    require(remove_reviewer_refusal(held, by))
    before = {"state": held.state}
    held.state = ReviewerState.REMOVED
    held.save(update_fields=["state"])
    record(held, "review_removed", by=by, at=at, before=before, after={"state": held.state})
    given = Assignment.objects.filter(reviewer=held, state__in=ACTIVE, review__sealed_at__isnull=True)
    for assignment in given.select_for_update(of=("self",)):
        was = {"state": assignment.state}
        assignment.state, assignment.answered_at = AssignmentState.WITHDRAWN, at
        assignment.save(update_fields=["state", "answered_at"])
        record(assignment, "withdrawn", by=by, at=at, before=was, after={"state": assignment.state})


@transaction.atomic
def describe_reviewer(
    reviewer: Reviewer,
    *,
    areas: Iterable[PriorityArea],
    keywords: Collection[str],
    maximum_load: int | None,
    affiliations: Sequence[tuple[str, str]],
    collaborators: Sequence[tuple[str, str, str]],
    by: User,
    at: datetime,
) -> None:
    """Write down what a reviewer knows and whom, and look for conflicts anew.

    ``affiliations`` are (institution, laboratory), ``collaborators`` (name, institution, ORCID iD), both of the last
    five years. Raises Refused.
    """
    held = _lock(reviewer)
    require(describe_refusal(held, by))
    held.keywords, held.maximum_load, held.described_at = list(keywords), maximum_load, at
    held.save(update_fields=["keywords", "maximum_load", "described_at"])
    held.areas.set(areas)
    held.affiliations.all().delete()
    Affiliation.objects.bulk_create(
        Affiliation(reviewer=held, institution=institution, laboratory=laboratory)
        for institution, laboratory in affiliations
    )
    held.collaborators.all().delete()
    Collaborator.objects.bulk_create(
        Collaborator(reviewer=held, name=name, institution=institution, orcid=orcid)
        for name, institution, orcid in collaborators
    )
    record(held, "review_described", by=by, at=at)
    detect_conflicts(held.side, user=by, at=at)
