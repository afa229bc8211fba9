"""Officers reconcile: two halves become a pair, a candidate is refused, a match is taken apart (R3)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.actions.history import record as note
from accounts.models import User
from seminars import mails
from seminars.actions.eligibility import end_alone
from seminars.actions.listings import relink
from seminars.models import Invitation, ListedApplication, Proposal, RejectedMatch, Seminar
from seminars.permissions import Refused, compare_refusal, match_refusal, require, take_apart_refusal
from seminars.permissions.matching import Half, stands_for
from seminars.rules import states

PENDING = {"accepted_at__isnull": True, "declined_at__isnull": True, "revoked_at__isnull": True}


def _lock_records(ids: Iterable[int]) -> dict[int, Proposal]:
    """Hold records, and those they are forming pairs with, in id order until the end of the transaction."""
    asked = set(ids)
    while True:
        seminars = Proposal.objects.filter(pk__in=asked, seminar__isnull=False).values("seminar")
        both = Proposal.objects.filter(seminar__in=seminars) | Proposal.objects.filter(pk__in=asked)
        wanted = sorted(set(both.values_list("pk", flat=True)))
        list(Proposal.objects.filter(pk__in=wanted).order_by("pk").select_for_update().values_list("pk", flat=True))
        if wanted == sorted(set(both.values_list("pk", flat=True))):
            return {held.pk: held for held in Proposal.objects.filter(pk__in=wanted).with_side()}


def _lock_row(row: ListedApplication) -> ListedApplication:
    """Hold a row until the end of the transaction, after all records."""
    list(ListedApplication.objects.filter(pk=row.pk).select_for_update().values_list("pk", flat=True))
    fresh = ListedApplication.objects.with_side().select_related("record__side", "record__seminar")
    return fresh.get(pk=row.pk)


@transaction.atomic
def confirm_match(record: Proposal, half: Half, *, by: User, at: datetime, by_hand: bool = False) -> Seminar:
    """Make a confirmed pair of ``record`` and ``half``, a row of the other agency's list or the other record.

    A row whose application is filed here too stands for that record. Both coordinators who have an account are told.
    Raises Refused.
    """
    row = half if isinstance(half, ListedApplication) else None
    other_id = ListedApplication.objects.values_list("record", flat=True).get(pk=row.pk) if row else half.pk
    held = _lock_records(pk for pk in (record.pk, other_id) if pk)
    record = held[record.pk]
    half = _lock_row(row) if row else held[half.pk]
    require(match_refusal(record, half, by, at))
    _rejections(record, half).delete()
    half = stands_for(half, at)
    if isinstance(half, Proposal) and half.pk not in held:
        raise Refused(_("This application has just changed. Please look at it again."))
    row = half if isinstance(half, ListedApplication) else None
    halves = [record] if row else [record, held[half.pk]]
    _dissolve(halves, at)
    seminar = Seminar.objects.create(
        call=record.side.call,
        state=states.target(states.SEMINAR, "confirm_match"),
        formed_at=at,
        paired_at=at,
        matched_by=by,
    )
    Proposal.objects.filter(pk__in=[one.pk for one in halves]).update(seminar=seminar, pair_confirmed_at=at)
    Invitation.objects.filter(proposal__in=halves, **PENDING).update(revoked_at=at)
    if row:
        ListedApplication.objects.filter(pk=row.pk).update(seminar=seminar, matched_at=at, matched_by=by)
    _note("linked" if by_hand else "matched", seminar, halves, row, by=by, at=at)
    for one in halves:
        relink(one.side, [one.application_number])
    end_alone(halves, at=at)
    told = list(Proposal.objects.filter(seminar=seminar).with_side().order_by("pk"))
    mails.matched(told, at=at)
    return seminar


def _dissolve(halves: Iterable[Proposal], at: datetime) -> None:
    """Free the halves of the pairs they were forming, with each other or with a record that has ended."""
    for forming in {half.seminar for half in halves if half.seminar is not None}:
        Proposal.objects.filter(seminar=forming).update(seminar=None, pair_confirmed_at=None, changed_at=at)
        forming.delete()


def _note(
    verb: str,
    seminar: Seminar,
    halves: Iterable[Proposal],
    row: ListedApplication | None,
    *,
    by: User,
    at: datetime,
    reason: str = "",
    ends: bool = False,
) -> None:
    """Write a deed on a match into the history of everything it is about; ``ends`` says that it ends the match."""
    said = {"seminar": str(seminar)} | ({"application_number": row.application_number or str(row)} if row else {})
    before, after = (said, None) if ends else (None, said)
    for subject in (*halves, seminar, *([row] if row else [])):
        note(subject, verb, by=by, at=at, reason=reason, before=before, after=after)


def _rejections(record: Proposal, half: Half) -> QuerySet[RejectedMatch]:
    if isinstance(half, ListedApplication):
        return RejectedMatch.objects.filter(record=record, listed=half)
    one, other = sorted((record.pk, half.pk))
    return RejectedMatch.objects.filter(record=one, other=other)


def _reject(record: Proposal, half: Half, *, by: User, at: datetime) -> bool:
    told = {"rejected_at": at, "rejected_by": by}
    if isinstance(half, ListedApplication):
        return RejectedMatch.objects.get_or_create(record=record, listed=half, defaults=told)[1]
    one, other = sorted((record, half), key=lambda proposal: proposal.pk)
    return RejectedMatch.objects.get_or_create(record=one, other=other, defaults=told)[1]


def _name(half: Half) -> str:
    if isinstance(half, ListedApplication):
        return half.application_number or str(half)
    return f"#{half.pk}"


@transaction.atomic
def reject_match(record: Proposal, half: Half, *, by: User, at: datetime) -> None:
    """Note that two halves are not one seminar, so that neither is offered for the other again. Raises Refused."""
    require(compare_refusal(record, half, by))
    if _reject(record, half, by=by, at=at):
        note(record, "match_rejected", by=by, at=at, after={"candidate": _name(half)})


@transaction.atomic
def restore_match(record: Proposal, half: Half, *, by: User, at: datetime) -> None:
    """Take back that two halves are not one seminar: they may be offered again. Raises Refused."""
    require(compare_refusal(record, half, by))
    if _rejections(record, half).delete()[0]:
        note(record, "match_restored", by=by, at=at, before={"candidate": _name(half)})


@transaction.atomic
def take_apart(seminar: Seminar, *, reason: str, by: User, at: datetime) -> None:
    """Take apart a pair that an officer made: both halves stay, each on its own, and are not offered again.

    Its coordinators are told why. Raises Refused: see ``take_apart_refusal``, or no reason.
    """
    ids = Proposal.objects.filter(seminar=seminar).values_list("pk", flat=True)
    halves = sorted(_lock_records(ids).values(), key=lambda record: record.pk)
    seminar = Seminar.objects.select_related("call", "listed").get(pk=seminar.pk)
    require(take_apart_refusal(seminar, by))
    if not reason:
        raise Refused(_("Taking a pair apart needs a reason."))
    row = _lock_row(seminar.listed) if hasattr(seminar, "listed") else None
    mails.match_taken_apart(halves, reason, at=at)
    _note("match_taken_apart", seminar, halves, row, by=by, at=at, reason=reason, ends=True)
    if row:
        ListedApplication.objects.filter(pk=row.pk).update(seminar=None, matched_at=None, matched_by=None)
    Proposal.objects.filter(seminar=seminar).update(seminar=None, pair_confirmed_at=None, changed_at=at)
    for one in halves:
        relink(one.side, [one.application_number])
    _reject(halves[0], row or halves[1], by=by, at=at)
    seminar.delete()
