"""Corrections after the deadline: bounded, and never at the price of the filing that is in force."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core import serializers
from django.db import models, transaction
from django.db.models import F

from accounts.actions.history import record
from accounts.models import User
from seminars import mails
from seminars.actions.locks import lock_pair
from seminars.models import Attachment, Correction, EligibilityDecision, Proposal, Submission
from seminars.queries.snapshots import DECLARED, FACTS, FILING, VENUE, canonical, snapshot_of
from seminars.rules import eligibility
from seminars.rules.case import PARTS

CONTENTS = (*FACTS, *VENUE, *FILING, *PARTS, *DECLARED, "theme_id")
ROWS = ("laboratories", "participants", "sessions", "lines", "attachments")
"""The rows of a record, those that others name first."""
VERSIONS = ("facts_version", "coordinators_version", "case_version", "declarations_version")


def _everything(proposal: Proposal) -> Iterable[models.Model]:
    yield proposal
    for name in ROWS:
        yield from getattr(proposal, name).all().order_by("pk")


def keep(proposal: Proposal) -> str:
    """Return a record with its rows as JSON from which ``put_back`` makes it again."""
    return serializers.serialize("json", _everything(proposal))


def put_back(proposal: Proposal, kept: str) -> None:
    """Make a record say again what it said when it was kept; its state, its pair and its history stay as they are."""
    saved = list(serializers.deserialize("json", kept))
    for name in reversed(ROWS):
        getattr(proposal, name).all().delete()
    for item in saved[1:]:
        item.save()
    was: Any = saved[0].object
    values = {name: getattr(was, name) for name in CONTENTS}
    bumped = {name: F(name) + 1 for name in VERSIONS}
    Proposal.objects.filter(pk=proposal.pk).update(**values, **bumped)
    proposal.areas.set((saved[0].m2m_data or {}).get("areas", []))


def files_kept() -> set[str]:
    """Return the names of the files that corrections under way may need again."""
    names: set[str] = set()
    for kept in Correction.objects.filter(closed_at__isnull=True).values_list("kept", flat=True):
        found = (item.object for item in serializers.deserialize("json", kept))
        names |= {str(row.file.name) for row in found if isinstance(row, Attachment)}
    return names


def begin(decision: EligibilityDecision, earlier: Submission, *, at: datetime) -> Correction:
    """Open a record for the correction that ``decision`` asks for; call it with the pair locked."""
    proposal, until = decision.proposal, decision.correct_by
    assert proposal is not None and until is not None  # noqa: PT018, S101 - a constraint of the decision
    before = getattr(earlier, "correction", None)
    timely_at = before.timely_at if before else earlier.counted_at or earlier.arrived_at
    correction = Correction.objects.create(
        decision=decision,
        proposal=proposal,
        earlier=earlier,
        timely_at=timely_at,
        until=until,
        kept=keep(proposal),
    )
    Proposal.objects.filter(pk=proposal.pk).update(correct_until=until)
    mails.correction_asked(decision, at=at)
    return correction


def open_of(proposal: Proposal) -> Correction:
    """Return the correction under way of a record; DoesNotExist without one."""
    held = Correction.objects.select_related("decision__side__agency", "decision__decided_by", "earlier")
    return held.get(proposal=proposal, closed_at__isnull=True)


def complete(submission: Submission, *, at: datetime) -> None:
    """Let a corrected filing count from ``at`` on: the earlier one ends, and the officers decide anew."""
    proposal = submission.proposal
    correction = open_of(proposal)
    Submission.objects.filter(pk=correction.earlier_id).update(ended_at=at)
    submission.counted_at = at
    submission.save(update_fields=["counted_at"])
    _close(correction, at, submission=submission)
    record(proposal, "corrected", by=None, at=at, after={"number": submission.number})
    mails.correction_received(correction, at=at)


def _close(correction: Correction, at: datetime, *, submission: Submission | None = None) -> None:
    correction.closed_at, correction.submission = at, submission
    correction.save(update_fields=["closed_at", "submission"])
    Proposal.objects.filter(pk=correction.proposal_id).update(correct_until=None, correction_sent_at=None)
    ended = EligibilityDecision.objects.in_force().filter(pk=correction.decision_id)
    ended.update(ended_at=at)


def give_up(correction: Correction, *, by: User | None, at: datetime) -> None:
    """End a correction that did not come in: the earlier filing stands, and the record says again what it said.

    Call it with the pair locked; ``by`` is the officer who takes the request back, or nobody when its time is over.
    """
    proposal = Proposal.objects.with_dossier().get(pk=correction.proposal_id)
    proposal.submissions.filter(ended_at__isnull=True, counted_at__isnull=True).update(ended_at=at)
    if canonical(snapshot_of(proposal)) != correction.earlier.snapshot:
        put_back(proposal, correction.kept)
    _close(correction, at)
    record(proposal, "correction_ended", by=by, at=at, after={"number": correction.earlier.number})
    mails.correction_ended(correction, by_officer=by is not None, at=at)


def close_due(*, at: datetime) -> int:
    """Give up every correction whose time has been over for a while at ``at``; return how many.

    As with lapses, what arrived in time may still wait for its lock, so that some minutes are left to it.
    """
    due = Correction.objects.filter(closed_at__isnull=True, until__lt=at - eligibility.SETTLED)
    return sum(_give_up_due(pk, proposal, at) for pk, proposal in list(due.values_list("pk", "proposal_id")))


@transaction.atomic
def _give_up_due(pk: int, proposal_id: int, at: datetime) -> bool:
    lock_pair(proposal_id)
    correction = Correction.objects.select_related("decision__side__agency", "earlier").get(pk=pk)
    if correction.closed_at is not None:
        return False
    give_up(correction, by=None, at=at)
    return True
