"""Late admission: by an officer of the record's agency, with a reason, for a time, once it has lapsed."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from accounts.models import HistoryEntry, Message, User
from seminars.actions import submission
from seminars.actions.admission import admit_late, end_admission
from seminars.choices import ProposalState
from seminars.models import Proposal, Submission
from seminars.permissions import Refused
from tests import cast
from tests.desk_records import AFTER, pair, proposal

pytestmark = pytest.mark.django_db
MICROSECOND = timedelta(microseconds=1)
UNTIL = AFTER + timedelta(days=3)
REASON = "The network was down."


def admit(record: Proposal, by: User | None = None, until: datetime = UNTIL, at: datetime = AFTER) -> Proposal:
    return admit_late(record, reason=REASON, until=until, by=by or cast.inserm_officer(), at=at)


def verbs(record: Proposal) -> list[str]:
    return [entry.verb for entry in HistoryEntry.objects.about(record)]


@pytest.mark.parametrize("state", [ProposalState.DRAFT, ProposalState.AWAITING_INSTITUTION, ProposalState.LAPSED])
def test_admit_makes_a_lapsed_record_a_draft_again_whether_or_not_the_task_wrote_the_lapse(state: str) -> None:
    record = proposal(cast.call_2026(), cast.inserm(), state)
    admit(record)
    record.refresh_from_db()
    assert (record.state, record.admitted_until, record.admission_reason) == (ProposalState.DRAFT, UNTIL, REASON)
    assert (record.admitted_by, record.changed_at) == (cast.inserm_officer(), AFTER)
    assert record.state_at(UNTIL) == ProposalState.DRAFT
    assert record.state_at(UNTIL + MICROSECOND) == ProposalState.LAPSED


def test_admit_is_in_the_history_and_tells_the_coordinator() -> None:
    record = proposal(cast.call_2026(), cast.inserm())
    admit(record)
    entry = HistoryEntry.objects.about(record).get()
    assert (entry.verb, entry.actor, entry.at, entry.reason) == ("admit_late", cast.inserm_officer(), AFTER, REASON)
    assert entry.before == {"state": "lapsed"}
    assert entry.after == {"state": "draft", "admitted_until": UNTIL.isoformat()}
    message = Message.objects.get()
    assert (message.kind, message.recipient) == ("admitted", record.coordinator)


@pytest.mark.parametrize("state", [ProposalState.SUBMITTED, ProposalState.WITHDRAWN])
def test_admit_refuses_what_did_not_lapse(state: str) -> None:
    record = proposal(cast.call_2026(), cast.inserm(), state)
    with pytest.raises(Refused, match="not submitted in time"):
        admit(record)
    assert Proposal.objects.get().state == state


def test_admit_refuses_until_the_deadline_has_passed() -> None:
    record = proposal(cast.call_2026(), cast.inserm())
    with pytest.raises(Refused, match="has not passed yet"):
        admit(record, at=cast.DEADLINE, until=cast.DEADLINE + timedelta(days=1))
    admit(record, at=cast.DEADLINE + MICROSECOND, until=cast.DEADLINE + timedelta(days=1))


def test_admit_refuses_everybody_but_officers_of_that_agency() -> None:
    on = cast.call_2026()
    french, japanese = proposal(on, cast.inserm()), proposal(on, cast.jsps())
    pair(french, japanese)
    for by in (french.coordinator, cast.jsps_officer()):
        with pytest.raises(Refused, match="Only an officer of this agency"):
            admit(french, by)


@pytest.mark.parametrize(
    ("until", "possible"),
    [
        (AFTER, False),
        (AFTER + MICROSECOND, True),
        (AFTER + timedelta(days=30), True),
        (AFTER + timedelta(days=30) + MICROSECOND, False),
    ],
)
def test_admit_ends_in_the_future_and_within_30_days(until: datetime, possible: bool) -> None:
    record = proposal(cast.call_2026(), cast.inserm())
    if possible:
        assert admit(record, until=until).admitted_until == until
    else:
        with pytest.raises(Refused, match="within 30 days"):
            admit(record, until=until)


def test_admit_needs_a_reason() -> None:
    record = proposal(cast.call_2026(), cast.inserm())
    with pytest.raises(Refused, match="needs a reason"):
        admit_late(record, reason="", until=UNTIL, by=cast.inserm_officer(), at=AFTER)


def test_admit_refuses_a_second_open_record_of_one_coordinator() -> None:
    on = cast.call_2026()
    first = proposal(on, cast.inserm(), ProposalState.LAPSED)
    second = proposal(on, cast.inserm(), ProposalState.LAPSED, coordinator=first.coordinator)
    admit(first)
    with pytest.raises(Refused, match="another open record"):
        admit(second)
    assert (Message.objects.count(), verbs(second)) == (1, [])


def test_admit_again_after_an_admission_ran_out() -> None:
    record = proposal(cast.call_2026(), cast.inserm())
    admit(record)
    later = UNTIL + timedelta(hours=1)
    admit(record, at=later, until=later + timedelta(days=1))
    assert verbs(record) == ["admit_late", "admit_late"]


def test_an_admitted_record_is_filed_until_its_own_last_moment() -> None:
    record = cast.complete_draft(cast.marie())
    submission.lapse_due(at=AFTER)
    admit(record)
    with pytest.raises(Refused, match="deadline has passed"):
        submission.submit(record.pk, form_uuid=uuid4(), by=record.coordinator, at=UNTIL + MICROSECOND)
    filed = submission.submit(record.pk, form_uuid=uuid4(), by=record.coordinator, at=UNTIL)
    assert filed.counted_at == UNTIL


def test_admit_ends_the_filing_that_the_institution_did_not_approve_in_time() -> None:
    record = cast.complete_draft(cast.kenji(), "JP")
    first = submission.submit(record.pk, form_uuid=uuid4(), by=record.coordinator, at=cast.BEFORE)
    admit(record, cast.jsps_officer())
    first.refresh_from_db()
    assert first.ended_at == AFTER
    submission.submit(record.pk, form_uuid=uuid4(), by=record.coordinator, at=AFTER)
    assert Submission.objects.filter(ended_at__isnull=True).count() == 1


def test_end_admission_lets_the_record_lapse_again_and_keeps_what_was_given() -> None:
    record = proposal(cast.call_2026(), cast.inserm())
    admit(record)
    later = AFTER + timedelta(hours=1)
    end_admission(record, by=cast.inserm_officer(), at=later)
    record.refresh_from_db()
    assert (record.state, record.admitted_until, record.admitted_by) == (ProposalState.LAPSED, None, None)
    assert record.admission_reason == ""
    entry = HistoryEntry.objects.about(record).first()
    assert entry is not None
    assert (entry.verb, entry.actor, entry.at) == ("end_admission", cast.inserm_officer(), later)
    assert entry.before == {"state": "draft", "admitted_until": UNTIL.isoformat(), "admission_reason": REASON}
    assert Message.objects.filter(kind="admission_ended", recipient=record.coordinator).count() == 1


def test_end_admission_refuses_what_is_not_in_force() -> None:
    record = proposal(cast.call_2026(), cast.inserm())
    officer = cast.inserm_officer()
    with pytest.raises(Refused, match="No late admission"):
        end_admission(record, by=officer, at=AFTER)
    admit(record)
    with pytest.raises(Refused, match="Only an officer"):
        end_admission(record, by=cast.jsps_officer(), at=AFTER)
    with pytest.raises(Refused, match="No late admission"):
        end_admission(record, by=officer, at=UNTIL + MICROSECOND)
    Proposal.objects.update(state=ProposalState.SUBMITTED)
    with pytest.raises(Refused, match="submitted under this admission"):
        end_admission(record, by=officer, at=AFTER)
