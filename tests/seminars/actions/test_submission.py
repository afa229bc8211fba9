"""Filing: to the microsecond, once, whole; and taking it back."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from accounts.models import HistoryEntry, Message
from seminars.actions import pairing, submission
from seminars.actions.proposals import EditConflict, save_section
from seminars.choices import ProposalState
from seminars.models import Approval, Proposal, Submission
from seminars.permissions import Refused
from seminars.queries.snapshots import sha256
from tests import cast
from tests.racing import alone, at_once

MICROSECOND = timedelta(microseconds=1)
AFTER_GRACE = cast.DEADLINE + submission.GRACE + MICROSECOND


def file(proposal: Proposal, at: datetime = cast.BEFORE, form_uuid: UUID | None = None) -> Submission:
    return submission.submit(proposal.pk, form_uuid=form_uuid or uuid4(), by=proposal.coordinator, at=at)


def state_of(proposal: Proposal) -> str:
    return Proposal.objects.get(pk=proposal.pk).state


@pytest.fixture
def french(db: None) -> Proposal:
    return cast.complete_draft(cast.marie())


@pytest.fixture
def japanese(db: None) -> Proposal:
    return cast.complete_draft(cast.kenji(), "JP")


def request_of(filed: Submission) -> Approval:
    return Approval.objects.select_related("submission__proposal__side").get(submission=filed)


@pytest.mark.parametrize("early", [timedelta(0), MICROSECOND, timedelta(days=9)])
def test_submit_on_time_passes(french: Proposal, early: timedelta) -> None:
    """R1: 10:00:00.000000 in Paris is the last permitted moment."""
    filed = file(french, cast.DEADLINE - early)
    assert (filed.arrived_at, filed.counted_at) == (cast.DEADLINE - early, cast.DEADLINE - early)
    assert state_of(french) == ProposalState.SUBMITTED


@pytest.mark.parametrize("late", [MICROSECOND, timedelta(milliseconds=1), timedelta(seconds=59), timedelta(days=80)])
def test_submit_late_is_refused_and_changes_nothing(french: Proposal, late: timedelta) -> None:
    """R1: one microsecond later is too late."""
    with pytest.raises(Refused, match="deadline has passed"):
        file(french, cast.DEADLINE + late)
    assert (state_of(french), Submission.objects.count()) == (ProposalState.DRAFT, 0)


def test_submit_before_the_call_opens_is_refused(french: Proposal) -> None:
    with pytest.raises(Refused, match="not opened"):
        file(french, cast.OPENING - MICROSECOND)


def test_submit_freezes_what_the_record_says(french: Proposal) -> None:
    filed = file(french)
    frozen = json.loads(filed.snapshot)
    assert filed.sha256 == sha256(filed.snapshot)
    assert frozen["facts"]["title_en"] == "Ageing neurons"
    assert frozen["budget"]["total"] == "60.00"
    assert [person["family_name"] for person in frozen["participants"]] == ["Lefèvre", "Tanaka"]


def test_submit_twice_with_one_form_gives_one_receipt(french: Proposal) -> None:
    form_uuid = uuid4()
    assert file(french, form_uuid=form_uuid) == file(french, form_uuid=form_uuid)
    assert Submission.objects.count() == 1
    assert Message.objects.filter(kind="receipt").count() == 1


def test_submit_with_the_form_of_another_record_is_refused(french: Proposal, japanese: Proposal) -> None:
    filed = file(french)
    with pytest.raises(Refused):
        file(japanese, form_uuid=filed.form_uuid)
    assert state_of(japanese) == ProposalState.DRAFT


def test_submit_by_somebody_else_is_refused(french: Proposal) -> None:
    with pytest.raises(Refused):
        submission.submit(french.pk, form_uuid=uuid4(), by=cast.kenji(), at=cast.BEFORE)


def test_submit_checks_every_rule_again(french: Proposal) -> None:
    wrong = {"end_on": french.start_on}
    save_section(french, "facts", wrong, version=french.facts_version, by=french.coordinator, at=cast.BEFORE)
    with pytest.raises(submission.Incomplete) as incomplete:
        file(french)
    assert [(found.code, found.rule) for found in incomplete.value.violations] == [("length", "R7")]
    assert (state_of(french), Message.objects.count()) == (ProposalState.DRAFT, 0)


def test_a_submitted_record_cannot_be_edited(french: Proposal) -> None:
    file(french)
    stale = {"version": french.facts_version, "by": french.coordinator, "at": cast.BEFORE}
    with pytest.raises(EditConflict):
        save_section(french, "facts", {"title_en": "Another title"}, **stale)
    with pytest.raises(Refused):
        save_section(cast.reread(french), "facts", {"title_en": "Another title"}, **stale)


def test_receipt_numbers_follow_each_other(french: Proposal) -> None:
    first = file(french)
    submission.reopen(french.pk, by=french.coordinator, at=cast.BEFORE)
    second = file(french)
    assert [first.number[-4:], second.number[-4:]] == ["0001", "0002"]


def test_japanese_record_counts_when_the_institution_has_approved(japanese: Proposal) -> None:
    """R5: sent by the coordinator is not enough."""
    filed = file(japanese)
    assert (state_of(japanese), filed.counted_at) == (ProposalState.AWAITING_INSTITUTION, None)
    approved_at = cast.DEADLINE
    submission.approve(request_of(filed), at=approved_at)
    filed.refresh_from_db()
    assert (state_of(japanese), filed.counted_at) == (ProposalState.SUBMITTED, approved_at)


def test_approval_after_the_deadline_is_refused(japanese: Proposal) -> None:
    filed = file(japanese, cast.DEADLINE)
    with pytest.raises(Refused, match="deadline has passed"):
        submission.approve(request_of(filed), at=cast.DEADLINE + MICROSECOND)
    assert state_of(japanese) == ProposalState.AWAITING_INSTITUTION


def test_return_for_correction_makes_a_draft_and_gives_the_reason(japanese: Proposal) -> None:
    filed = file(japanese)
    submission.return_for_correction(request_of(filed), reason="所属名を直してください。", at=cast.BEFORE)
    assert state_of(japanese) == ProposalState.DRAFT
    assert "所属名を直してください。" in Message.objects.get(kind="returned").text
    with pytest.raises(Refused, match="answered already"):
        submission.approve(request_of(filed), at=cast.BEFORE)


def test_approval_of_a_reopened_record_is_refused(japanese: Proposal) -> None:
    filed = file(japanese)
    submission.reopen(japanese.pk, by=japanese.coordinator, at=cast.BEFORE)
    with pytest.raises(Refused, match="taken this record back"):
        submission.approve(request_of(filed), at=cast.BEFORE)


def test_the_token_of_an_approval_is_stored_nowhere(japanese: Proposal) -> None:
    filed = file(japanese)
    text = Message.objects.get(kind="approval_request").text
    token = text.split("/approvals/")[1].split("/")[0]
    history = json.dumps([[entry.before, entry.after] for entry in HistoryEntry.objects.all()])
    assert token not in history
    [kept] = request_of(filed).links.values_list("token_hash", flat=True)
    assert kept != token


def test_reopened_record_is_a_draft_and_its_submission_ends(french: Proposal) -> None:
    filed = file(french)
    submission.reopen(french.pk, by=french.coordinator, at=cast.DEADLINE)
    filed.refresh_from_db()
    assert (state_of(french), filed.ended_at) == (ProposalState.DRAFT, cast.DEADLINE)


@pytest.mark.parametrize("deed", [submission.reopen, lambda pk, **who: submission.withdraw(pk, reason="", **who)])
def test_frozen_after_the_deadline(french: Proposal, deed: Callable[..., Proposal]) -> None:
    """R21: afterwards frozen."""
    file(french)
    with pytest.raises(Refused, match="deadline has passed"):
        deed(french.pk, by=french.coordinator, at=cast.DEADLINE + MICROSECOND)
    assert state_of(french) == ProposalState.SUBMITTED


def test_withdrawn_record_frees_the_place_for_a_new_one(french: Proposal) -> None:
    """R20 and R21: one open record per coordinator, agency and call; withdrawing is free."""
    with pytest.raises(Refused, match="already have"):
        cast.draft_of(cast.marie())
    submission.withdraw(french.pk, reason="", by=french.coordinator, at=cast.BEFORE)
    assert cast.draft_of(cast.marie()).state == ProposalState.DRAFT


def test_unfinished_records_lapse_by_rule_and_by_task(french: Proposal, japanese: Proposal) -> None:
    filed = file(japanese)
    late = cast.DEADLINE + MICROSECOND
    assert [proposal.state_at(late) for proposal in (french, cast.reread(japanese))] == [ProposalState.LAPSED] * 2
    assert submission.lapse_due(at=late) == 0
    assert submission.lapse_due(at=AFTER_GRACE) == 2
    assert submission.lapse_due(at=AFTER_GRACE) == 0
    filed.refresh_from_db()
    assert (state_of(french), state_of(japanese), filed.ended_at) == ("lapsed", "lapsed", AFTER_GRACE)


def test_submitted_records_do_not_lapse(french: Proposal) -> None:
    file(french, cast.DEADLINE)
    assert submission.lapse_due(at=AFTER_GRACE) == 0


@pytest.mark.django_db(transaction=True)
def test_forty_submissions_of_twenty_records_around_the_deadline() -> None:
    """One receipt each, none lost, none admitted late, none refused in time, while the lapse runs too."""
    people = [
        cast.user(f"coordinator{number}@inserm.example", family_name="Nom", given_name="Prénom", position="CR")
        for number in range(20)
    ]
    records = [cast.complete_draft(person) for person in people]
    arrivals = [cast.DEADLINE + MICROSECOND * (number - 9) for number in range(20)]
    deeds = [
        lambda record=record, at=at: file(record, at)
        for record, at in zip(records, arrivals, strict=True)
        for _ in range(2)
    ]
    deeds[7::8] = [
        lambda deed=deed: (deed(), submission.lapse_due(at=cast.DEADLINE + timedelta(seconds=1)))[0]
        for deed in deeds[7::8]
    ]
    answers = at_once(*deeds)
    assert {type(answer) for answer in answers} == {Submission, Refused}
    counts = [record.submissions.count() for record in records]
    assert counts == [1 if at <= cast.DEADLINE else 0 for at in arrivals]
    assert len(set(Submission.objects.values_list("number", flat=True))) == 10
    assert Message.objects.filter(kind="receipt").count() == 10


def _waiting() -> int:
    """Return how many sessions of this database wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        found: int = cursor.fetchone()[0]
    return found


@pytest.mark.django_db(transaction=True)
def test_two_who_submit_while_they_become_a_pair_do_not_wait_for_each_other() -> None:
    """SAFETY 7: whoever finds a partner on getting the lock gives it back, and locks both in id order."""
    french, japanese = cast.complete_draft(cast.marie()), cast.complete_draft(cast.kenji(), "JP")
    sent = cast.invited(french, cast.verified(cast.kenji()))
    with ThreadPoolExecutor(max_workers=2) as pool:
        with transaction.atomic():
            pairing.accept_invitation(sent, by=cast.kenji(), at=cast.BEFORE, attach=japanese)
            filing = [pool.submit(alone, lambda record=record: file(record)) for record in (french, japanese)]
            end = time.monotonic() + 30
            while _waiting() < 2 and time.monotonic() < end:
                time.sleep(0.02)
        answers = [future.result() for future in filing]
    assert [type(answer) for answer in answers] == [Submission, Submission]


@pytest.mark.django_db(transaction=True)
def test_an_edit_and_a_submission_at_once_leave_one_truth() -> None:
    record = cast.complete_draft(cast.marie())
    changed = {"title_en": "Changed in another tab"}

    def edit() -> Proposal:
        return save_section(
            record, "facts", changed, version=record.facts_version, by=record.coordinator, at=cast.BEFORE
        )

    edited, filed = at_once(edit, lambda: file(record))
    frozen = json.loads(filed.snapshot)["facts"]["title_en"]
    assert frozen == Proposal.objects.get(pk=record.pk).title_en
    assert isinstance(edited, EditConflict) or frozen == changed["title_en"]
    assert connection.vendor == "postgresql"


def test_late_admission_moves_the_last_moment_for_one_record(french: Proposal) -> None:
    until = datetime(2026, 9, 10, 8, 0, tzinfo=UTC)
    Proposal.objects.filter(pk=french.pk).update(
        admitted_until=until, admitted_by=cast.inserm_officer(), admission_reason="Outage"
    )
    with pytest.raises(Refused):
        file(french, until + MICROSECOND)
    assert file(french, until).counted_at == until
