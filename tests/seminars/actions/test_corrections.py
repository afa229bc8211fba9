"""Corrections after the deadline: bounded, told at once, and the filing in force is never lost."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from accounts.models import HistoryEntry, Message
from seminars.actions import corrections, eligibility, submission
from seminars.actions.proposals import save_section
from seminars.actions.rows import add_row, remove_row
from seminars.choices import CostKind, Eligibility, ProposalState, SeminarState, Unit
from seminars.models import Approval, BudgetLine, Correction, Proposal, Seminar, Submission
from seminars.permissions import Refused, edit_refusal, reopen_refusal, submit_refusal, withdraw_refusal
from seminars.queries.snapshots import canonical, snapshot_of
from seminars.rules.eligibility import SETTLED
from tests import cast
from tests.racing import at_once
from tests.seminars.filed import AFTER, decide, filed_pair, officer, seen, side

pytestmark = pytest.mark.django_db
MICROSECOND = timedelta(microseconds=1)
UNTIL = AFTER + timedelta(days=7)
LATER = AFTER + timedelta(days=2)


def asked(country: str = "FR") -> tuple[Seminar, Proposal]:
    """A pair of which one record is to be corrected."""
    seminar = filed_pair()
    decide(seminar, country, Eligibility.CORRECTION, until=UNTIL)
    return seminar, record_of(seminar, country)


def record_of(seminar: Seminar, country: str) -> Proposal:
    return cast.reread(seminar.proposals.get(side__agency__country=country))


def retitle(record: Proposal, title: str, at: datetime = LATER) -> Proposal:
    by = record.coordinator
    save_section(record, "facts", {"title_fr": title}, version=record.facts_version, by=by, at=at)
    return cast.reread(record)


def in_force(record: Proposal) -> Submission:
    return record.submissions.get(ended_at__isnull=True, counted_at__isnull=False)


def file_again(record: Proposal, at: datetime = LATER) -> Submission:
    return submission.submit(record.pk, form_uuid=uuid4(), by=record.coordinator, at=at)


def test_asking_opens_the_record_and_tells_its_coordinator_alone() -> None:
    seminar, record = asked()
    assert (record.state, record.correct_until, record.closes_at) == (ProposalState.SUBMITTED, UNTIL, UNTIL)
    message = Message.objects.get(kind="correction_asked")
    assert (message.recipient, message.language) == (cast.marie(), "fr")
    assert "Mauvais volet." in message.text
    marie = cast.marie()
    assert edit_refusal(record, marie, UNTIL) is None
    assert edit_refusal(record, marie, UNTIL + MICROSECOND) is not None
    assert submit_refusal(record, marie, UNTIL) is None
    assert submit_refusal(record, marie, UNTIL + MICROSECOND) is not None
    assert edit_refusal(record, cast.kenji(), AFTER) is not None
    # What R21 forbids after the deadline stays forbidden.
    assert withdraw_refusal(record, marie, AFTER) is not None
    assert reopen_refusal(record, marie, AFTER) is not None
    assert seminar.proposals.filter(correct_until__isnull=True).count() == 1


@pytest.mark.parametrize(("days", "microseconds", "possible"), [(30, 0, True), (30, 1, False), (0, 0, False)])
def test_it_ends_in_the_future_and_within_30_days(days: int, microseconds: int, possible: bool) -> None:
    seminar = filed_pair()
    until = AFTER + timedelta(days=days, microseconds=microseconds)
    if possible:
        assert decide(seminar, "FR", Eligibility.CORRECTION, until=until).correct_by == until
    else:
        with pytest.raises(Refused, match="within 30 days"):
            decide(seminar, "FR", Eligibility.CORRECTION, until=until)


def test_the_earlier_filing_stays_in_force_until_the_corrected_one_counts() -> None:
    seminar, record = asked()
    earlier = in_force(record)
    record = retitle(record, "Neurones âgés")
    assert in_force(record) == earlier
    later = file_again(record)
    earlier.refresh_from_db()
    assert (earlier.ended_at, in_force(record)) == (LATER, later)
    correction = Correction.objects.get()
    assert (correction.submission, correction.closed_at, correction.timely_at) == (later, LATER, earlier.counted_at)
    record = cast.reread(record)
    assert (record.correct_until, record.state) == (None, ProposalState.SUBMITTED)
    # The officers decide anew; the filing is still held to be on time, with a warning.
    [case] = [one for one in seen(officer("FR"), LATER) if one.seminar == seminar]
    assert [half.side.agency.country for half in case.to_decide] == ["FR"]
    first = case.results[0]
    assert (first.verdict, first.findings[0].violation.code) == ("warning", "corrected_late")
    told = Message.objects.get(kind="correction_received")
    assert told.recipient == officer("FR")
    decide(seminar, "FR", at=LATER)
    with pytest.raises(Refused):
        retitle(record, "Once more")


def test_nothing_comes_and_the_record_says_again_what_was_filed() -> None:
    _seminar, record = asked()
    earlier = in_force(record)
    record = retitle(record, "Neurones âgés")
    by = {"by": cast.marie(), "at": LATER}
    line = record.lines.get()
    remove_row(line, version=line.version, **by)
    extra = BudgetLine(
        proposal=record, kind=CostKind.MEALS, quantity=1, unit=Unit.MEAL, unit_cost=Decimal(12), note="extra"
    )
    add_row(extra, **by)
    assert corrections.close_due(at=UNTIL + SETTLED) == 0
    due = UNTIL + SETTLED + MICROSECOND
    assert corrections.close_due(at=due) == 1
    assert corrections.close_due(at=due) == 0
    record = cast.reread(record)
    assert (in_force(record), record.correct_until, record.state) == (earlier, None, ProposalState.SUBMITTED)
    assert canonical(snapshot_of(record)) == earlier.snapshot
    assert record.lines.get().pk == line.pk
    assert Message.objects.filter(kind="correction_ended").get().recipient == cast.marie()
    assert HistoryEntry.objects.about(record).first().verb == "correction_ended"


def test_the_institution_approves_the_correction_before_it_counts() -> None:
    _seminar, record = asked("JP")
    earlier = in_force(record)
    sent = file_again(record)
    record = cast.reread(record)
    assert (in_force(record), sent.counted_at, record.state) == (earlier, None, ProposalState.SUBMITTED)
    assert list(Submission.objects.in_force().filter(proposal=record)) == [earlier]
    kenji = cast.kenji()
    assert "with your institution" in str(edit_refusal(record, kenji, LATER))
    approval = Approval.objects.get(submission=sent)
    submission.return_for_correction(approval, reason="名称", at=LATER)
    record = cast.reread(record)
    assert (in_force(record), edit_refusal(record, kenji, LATER)) == (earlier, None)
    again = file_again(record)
    submission.approve(Approval.objects.get(submission=again), at=UNTIL)
    record = cast.reread(record)
    assert (in_force(record), record.correct_until, record.correction_sent_at) == (again, None, None)


def test_an_approval_after_the_end_is_too_late() -> None:
    _seminar, record = asked("JP")
    earlier, sent = in_force(record), file_again(record)
    approval = Approval.objects.get(submission=sent)
    with pytest.raises(Refused, match="deadline has passed"):
        submission.approve(approval, at=UNTIL + MICROSECOND)
    corrections.close_due(at=UNTIL + timedelta(hours=1))
    sent.refresh_from_db()
    assert (in_force(record), sent.ended_at) == (earlier, UNTIL + timedelta(hours=1))
    with pytest.raises(Refused):
        submission.approve(approval, at=UNTIL)


def test_reopening_the_decision_takes_the_request_back() -> None:
    seminar, record = asked()
    retitle(record, "Neurones âgés")
    eligibility.reopen_decision(seminar, side("FR"), reason="Not needed.", by=officer("FR"), at=LATER)
    record = cast.reread(record)
    assert (record.title_fr, record.correct_until) == ("", None)
    assert "no longer asks" in Message.objects.get(kind="correction_ended").text or record.coordinator.language == "fr"
    seminar.refresh_from_db()
    assert seminar.state == SeminarState.PAIRED
    with pytest.raises(Refused):
        file_again(record)


@pytest.mark.django_db(transaction=True)
def test_filing_and_giving_up_at_once_leave_exactly_one_filing_in_force() -> None:
    _seminar, record = asked()
    retitle(record, "Neurones âgés")
    at_once(lambda: file_again(record, at=UNTIL), lambda: corrections.close_due(at=UNTIL + timedelta(hours=1)))
    record = cast.reread(record)
    assert canonical(snapshot_of(record)) == in_force(record).snapshot
    assert (record.correct_until, Correction.objects.filter(closed_at__isnull=True).count()) == (None, 0)
