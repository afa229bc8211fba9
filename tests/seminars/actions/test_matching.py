"""Officers make pairs of two halves, refuse candidates, and take matches apart."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import HistoryEntry, Message, User
from seminars.actions import pairing
from seminars.actions.matching import confirm_match, reject_match, restore_match, take_apart
from seminars.choices import ProposalState, SeminarState
from seminars.models import EligibilityDecision, Invitation, ListedApplication, Proposal, RejectedMatch, Seminar
from seminars.permissions import Refused, leave_refusal
from tests import cast
from tests.cast import BEFORE
from tests.desk_records import pair, proposal
from tests.listed_rows import application_list, listed
from tests.racing import done_at_once

pytestmark = pytest.mark.django_db
AT = {"at": BEFORE}


@pytest.fixture
def record() -> Proposal:
    """Marie's submitted record, without a partner."""
    return proposal(
        cast.call_2026(), cast.inserm(), ProposalState.SUBMITTED, coordinator=cast.marie(), title_en="Ageing neurons"
    )


@pytest.fixture
def row(record: Proposal) -> ListedApplication:
    return listed(application_list(record.side.call))


def officer_of_both() -> User:
    officer = cast.officer_of(cast.inserm(), "both@agencies.example", language="en")
    return cast.officer_of(cast.jsps(), officer.email)


def deeds(*subjects: Any) -> list[str]:
    return list(HistoryEntry.objects.about(*subjects).order_by("pk").values_list("verb", flat=True))


def test_a_row_becomes_the_other_half(record: Proposal, row: ListedApplication) -> None:
    officer = cast.inserm_officer()
    seminar = confirm_match(record, row, by=officer, **AT)
    record.refresh_from_db()
    row.refresh_from_db()
    assert (seminar.state, seminar.paired_at, seminar.matched_by) == (SeminarState.PAIRED, BEFORE, officer)
    assert (record.seminar, record.pair_confirmed_at) == (seminar, BEFORE)
    assert (row.seminar, row.matched_at, row.matched_by) == (seminar, BEFORE, officer)
    assert [deeds(subject) for subject in (record, seminar, row)] == [["matched"]] * 3
    assert HistoryEntry.objects.about(record).get().after == {
        "seminar": str(seminar),
        "application_number": row.application_number,
    }


def test_the_coordinator_is_told_in_the_own_language(record: Proposal, row: ListedApplication) -> None:
    confirm_match(record, row, by=cast.inserm_officer(), **AT)
    mail = Message.objects.get(kind="matched")
    assert (mail.address, mail.language) == ("marie.lefevre@inserm.example", "fr")
    assert row.application_number in mail.text


def test_two_records_become_a_pair_confirmed_by_the_officer(record: Proposal) -> None:
    other = proposal(cast.call_2026(), cast.jsps(), coordinator=cast.kenji())
    seminar = confirm_match(record, other, by=officer_of_both(), **AT)
    halves = Proposal.objects.filter(seminar=seminar)
    assert set(halves.values_list("pk", "pair_confirmed_at")) == {(record.pk, BEFORE), (other.pk, BEFORE)}
    assert set(Message.objects.filter(kind="matched").values_list("address", flat=True)) == {
        "marie.lefevre@inserm.example",
        "kenji.tanaka@kyoto.example",
    }


def test_a_row_that_is_filed_here_too_stands_for_its_record(record: Proposal, row: ListedApplication) -> None:
    other = proposal(cast.call_2026(), cast.jsps(), coordinator=cast.kenji())
    ListedApplication.objects.update(record=other)
    seminar = confirm_match(record, row, by=cast.inserm_officer(), **AT)
    assert set(seminar.proposals.all()) == {record, other}
    assert not ListedApplication.objects.filter(seminar__isnull=False).exists()


def test_a_row_whose_record_was_withdrawn_is_the_half_itself(record: Proposal, row: ListedApplication) -> None:
    ended = proposal(cast.call_2026(), cast.jsps(), ProposalState.WITHDRAWN)
    ListedApplication.objects.update(record=ended)
    assert confirm_match(record, row, by=cast.inserm_officer(), **AT).listed == row


def test_a_pending_invitation_is_taken_back(record: Proposal, row: ListedApplication) -> None:
    invitation = cast.invited(record, cast.kenji())
    confirm_match(record, row, by=cast.inserm_officer(), **AT)
    assert Invitation.objects.get(pk=invitation.pk).revoked_at == BEFORE


def test_linking_by_hand_says_so_and_forgets_the_refusal(record: Proposal, row: ListedApplication) -> None:
    officer = cast.inserm_officer()
    reject_match(record, row, by=officer, **AT)
    confirm_match(record, row, by=officer, by_hand=True, **AT)
    assert deeds(record) == ["match_rejected", "linked"]
    assert not RejectedMatch.objects.exists()


def test_a_pair_forming_with_an_ended_record_is_dissolved(record: Proposal, row: ListedApplication) -> None:
    forming = pair(record, proposal(cast.call_2026(), cast.jsps(), ProposalState.WITHDRAWN), SeminarState.FORMING)
    seminar = confirm_match(record, row, by=cast.inserm_officer(), **AT)
    assert list(Seminar.objects.all()) == [seminar] != [forming]


def test_a_pair_forming_between_the_two_is_confirmed(record: Proposal) -> None:
    other = proposal(cast.call_2026(), cast.jsps(), coordinator=cast.kenji())
    pair(record, other, SeminarState.FORMING)
    seminar = confirm_match(record, other, by=officer_of_both(), **AT)
    assert set(Seminar.objects.get().proposals.all()) == set(seminar.proposals.all()) == {record, other}


def refused(record: Proposal, half: Any, by: User) -> str:
    with pytest.raises(Refused) as refusal:
        confirm_match(record, half, by=by, **AT)
    return str(refusal.value.args[0])


def test_a_pair_forming_with_a_live_record_is_left_to_its_coordinators(
    record: Proposal, row: ListedApplication
) -> None:
    pair(record, proposal(cast.call_2026(), cast.jsps()), SeminarState.FORMING)
    assert "The two confirm it" in refused(record, row, cast.in_english(cast.inserm_officer()))


def test_nobody_is_both_coordinators(record: Proposal, row: ListedApplication) -> None:
    ListedApplication.objects.update(email=record.coordinator.email)
    assert "two different people" in refused(record, row, cast.inserm_officer())
    other = proposal(cast.call_2026(), cast.jsps(), coordinator=record.coordinator)
    assert "two different people" in refused(record, other, officer_of_both())


@pytest.mark.parametrize("state", [ProposalState.WITHDRAWN, ProposalState.LAPSED])
def test_an_ended_record_gets_no_partner(record: Proposal, row: ListedApplication, state: str) -> None:
    Proposal.objects.update(state=state)
    assert "has ended" in refused(record, row, cast.inserm_officer())


def test_what_is_paired_is_not_paired_again(record: Proposal, row: ListedApplication) -> None:
    officer = cast.inserm_officer()
    confirm_match(record, row, by=officer, **AT)
    again, other_row = proposal(record.side.call, cast.inserm()), listed(row.application_list)
    assert "application is in a pair already" in refused(again, row, officer)
    assert "record is in a pair already" in refused(record, other_row, officer)


@pytest.mark.parametrize("who", ["jsps", "reviewer", "marie"])
def test_others_may_do_nothing(record: Proposal, row: ListedApplication, who: str) -> None:
    people = {"jsps": cast.jsps_officer, "reviewer": lambda: cast.user("r@inserm.example"), "marie": cast.marie}
    person = people[who]()
    for deed in (confirm_match, reject_match, restore_match):
        with pytest.raises(Refused):
            deed(record, row, by=person, **AT)
    seminar = confirm_match(record, row, by=cast.inserm_officer(), **AT)
    with pytest.raises(Refused):
        take_apart(seminar, reason="Wrong.", by=person, **AT)


def test_a_row_one_may_not_read_is_refused(record: Proposal) -> None:
    hidden = listed(application_list(record.side.call, cast.jsps()))
    assert "cannot see" in refused(record, hidden, cast.inserm_officer())
    unseen = proposal(cast.call_2026(), cast.jsps())
    assert "cannot see" in refused(record, unseen, cast.inserm_officer())


def test_both_halves_are_of_one_call_and_two_sides(record: Proposal) -> None:
    own = listed(application_list(record.side.call, country="FR"))
    assert "two agencies of one call" in refused(record, own, cast.inserm_officer())


def test_a_refused_candidate_is_kept_once_and_comes_back_on_demand(record: Proposal, row: ListedApplication) -> None:
    officer = cast.inserm_officer()
    for _ in range(2):
        reject_match(record, row, by=officer, **AT)
    assert RejectedMatch.objects.get().rejected_by == officer
    for _ in range(2):
        restore_match(record, row, by=officer, **AT)
    assert not RejectedMatch.objects.exists()
    assert deeds(record) == ["match_rejected", "match_restored"]


def test_two_records_are_refused_in_either_order(record: Proposal) -> None:
    other, officer = proposal(cast.call_2026(), cast.jsps()), officer_of_both()
    reject_match(other, record, by=officer, **AT)
    assert (RejectedMatch.objects.get().record, RejectedMatch.objects.get().other) == (record, other)
    restore_match(record, other, by=officer, **AT)
    assert not RejectedMatch.objects.exists()


def test_a_match_is_taken_apart_with_a_reason(record: Proposal, row: ListedApplication) -> None:
    officer = cast.inserm_officer()
    seminar = confirm_match(record, row, by=officer, **AT)
    with pytest.raises(Refused):
        take_apart(seminar, reason="", by=officer, **AT)
    take_apart(seminar, reason="The numbers were mixed up.", by=officer, **AT)
    record.refresh_from_db()
    row.refresh_from_db()
    assert (record.seminar, record.pair_confirmed_at) == (None, None)
    assert (row.seminar, row.matched_at, row.matched_by) == (None, None, None)
    assert not Seminar.objects.exists()
    assert RejectedMatch.objects.get().listed == row
    told = HistoryEntry.objects.about(record).first()
    assert (told.verb, told.reason) == ("match_taken_apart", "The numbers were mixed up.")
    mail = Message.objects.get(kind="match_taken_apart")
    assert "> The numbers were mixed up." in mail.text


def test_two_matched_records_are_taken_apart(record: Proposal) -> None:
    other, officer = proposal(cast.call_2026(), cast.jsps(), coordinator=cast.kenji()), officer_of_both()
    take_apart(confirm_match(record, other, by=officer, **AT), reason="Two projects.", by=officer, **AT)
    assert not Proposal.objects.filter(seminar__isnull=False).exists()
    assert Message.objects.filter(kind="match_taken_apart").count() == 2


def test_a_pair_made_by_its_coordinators_is_theirs() -> None:
    cast.confirmed_pair()
    with pytest.raises(Refused) as refusal:
        take_apart(Seminar.objects.get(), reason="No.", by=cast.inserm_officer(), **AT)
    assert "Only they can leave it" in str(refusal.value.args[0])


def test_coordinators_do_not_leave_a_pair_that_an_officer_made(record: Proposal) -> None:
    other = proposal(cast.call_2026(), cast.jsps(), coordinator=cast.kenji())
    confirm_match(record, other, by=officer_of_both(), **AT)
    own = cast.reread(record)
    assert "An officer of the agencies" in str(leave_refusal(own, own.coordinator, BEFORE))
    with pytest.raises(Refused):
        pairing.leave_pair(own, reason="No.", by=own.coordinator, **AT)


def test_a_decided_pair_is_not_taken_apart(record: Proposal, row: ListedApplication) -> None:
    officer = cast.inserm_officer()
    seminar = confirm_match(record, row, by=officer, **AT)
    EligibilityDecision.objects.create(
        side=record.side,
        seminar=seminar,
        proposal=record,
        outcome="eligible",
        decided_at=BEFORE,
        decided_by=officer,
    )
    with pytest.raises(Refused) as refusal:
        take_apart(seminar, reason="No.", by=officer, **AT)
    assert "must be reopened first" in str(refusal.value.args[0])


@pytest.mark.parametrize("changes", [{"other": True}, {"listed": None}])
def test_a_refusal_is_about_one_row_or_one_record(
    record: Proposal, row: ListedApplication, changes: dict[str, Any]
) -> None:
    other = proposal(cast.call_2026(), cast.jsps()) if changes.get("other") else None
    values = {"record": record, "listed": row, "rejected_at": BEFORE, "rejected_by": cast.inserm_officer()}
    with pytest.raises(IntegrityError), transaction.atomic():
        RejectedMatch.objects.create(**{**values, **changes, "other": other})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("shared", ["row", "record"])
def test_of_two_officers_at_once_one_is_refused(shared: str) -> None:
    call = cast.call_2026()
    records = [proposal(call, cast.inserm()) for _ in range(2)]
    of = application_list(call)
    rows = [listed(of) for _ in range(2)]
    pairs = [(one, rows[0]) for one in records] if shared == "row" else [(records[0], one) for one in rows]
    officers = [cast.officer_of(cast.inserm(), f"officer{number}@inserm.example") for number in range(2)]
    done = done_at_once(
        *(lambda one=one, by=by: confirm_match(*one, by=by, **AT) for one, by in zip(pairs, officers, strict=True))
    )
    assert sorted(done) == [False, True]
    assert Seminar.objects.count() == 1
