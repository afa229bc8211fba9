"""What officers count: who sees what, and that the flags in SQL say what the rules say."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from seminars.choices import PairingStep, ProposalState, SeminarState, Situation, Track
from seminars.models import Call, Invitation, Proposal
from seminars.queries.dossiers import differences_of
from seminars.queries.fetching import partner_in_row
from seminars.queries.overview import Overview
from seminars.rules.situation import RecordSituation
from tests.cast import DEADLINE, call_2026, inserm, inserm_officer, jsps, jsps_officer
from tests.desk_records import AFTER, BEFORE, name_coordinator, pair, person, proposal

pytestmark = pytest.mark.django_db
SUBMITTED = ProposalState.SUBMITTED


def looked_at(user: User, at: Any = BEFORE) -> Overview:
    return Overview(user, list(Call.objects.run_by(user).with_sides()), at)


def seen(user: User, at: Any = BEFORE) -> list[RecordSituation]:
    found = looked_at(user, at).situations
    return [found[pk] for pk in sorted(found)]


def records(user: User) -> list[Proposal]:
    return list(looked_at(user).records.order_by("pk"))


def test_each_officer_sees_the_own_agencys_records_and_the_others_as_far_as_paired() -> None:
    on = call_2026()
    alone, forming, paired = (proposal(on, inserm()) for _ in range(3))
    their_alone, their_forming, their_paired = (proposal(on, jsps()) for _ in range(3))
    pair(forming, their_forming, SeminarState.FORMING)
    pair(paired, their_paired)
    assert records(inserm_officer()) == [alone, forming, paired, their_paired]
    assert records(jsps_officer()) == [paired, their_alone, their_forming, their_paired]
    assert records(person()) == []
    for user in (inserm_officer(), jsps_officer(), person()):
        assert sorted(looked_at(user).situations) == [record.pk for record in records(user)]


def test_an_officer_who_coordinates_for_the_other_agency_does_not_oversee_that_record() -> None:
    user = inserm_officer()
    own = proposal(call_2026(), jsps(), coordinator=user)
    assert list(Proposal.objects.visible_to(user)) == [own]
    assert records(user) == []


def test_calls_run_are_those_of_the_own_agency_published_or_not() -> None:
    on = call_2026(is_published=False)
    assert list(Call.objects.run_by(jsps_officer())) == [on]
    assert list(Call.objects.run_by(person())) == []


@pytest.mark.parametrize(
    ("state", "at", "expected"),
    [
        (ProposalState.DRAFT, DEADLINE, ProposalState.DRAFT),
        (ProposalState.DRAFT, DEADLINE + timedelta(microseconds=1), ProposalState.LAPSED),
        (ProposalState.AWAITING_INSTITUTION, AFTER, ProposalState.LAPSED),
        (SUBMITTED, AFTER, SUBMITTED),
        (ProposalState.WITHDRAWN, AFTER, ProposalState.WITHDRAWN),
    ],
)
def test_the_state_counted_is_the_one_by_rule(state: str, at: Any, expected: str) -> None:
    record = proposal(call_2026(), inserm(), state)
    [found] = seen(inserm_officer(), at)
    assert found.state == expected == record.state_at(at)


SAME = {"start_on": date(2027, 5, 3), "end_on": date(2027, 5, 4), "venue_country": "FR"}


@pytest.mark.parametrize(
    ("theirs", "named", "mismatching"),
    [
        ({}, True, False),
        ({"start_on": date(2027, 5, 2)}, True, True),
        ({"end_on": date(2027, 5, 5)}, True, True),
        ({"end_on": None}, True, False),
        ({"venue_country": ""}, True, False),
        ({"venue_country": "JP"}, True, True),
        ({}, False, False),
        ({"venue_city": "Kyoto", "title_en": "Another title"}, True, False),
    ],
)
def test_mismatching_is_what_the_rules_call_a_blocking_difference(
    theirs: dict[str, Any], named: bool, mismatching: bool
) -> None:
    on = call_2026()
    first, second = proposal(on, inserm(), **SAME), proposal(on, jsps(), **(SAME | theirs))
    pair(first, second, named=named)
    for pk, record in looked_at(inserm_officer()).situations.items():
        whole = Proposal.objects.with_dossier().get(pk=pk)
        assert (Situation.MISMATCHING in record.flags) is mismatching
        assert any(difference.blocking for difference in differences_of(whole)) is mismatching


def test_two_records_that_both_leave_the_dates_empty_agree() -> None:
    on = call_2026()
    pair(proposal(on, inserm()), proposal(on, jsps()))
    assert [Situation.MISMATCHING in record.flags for record in seen(inserm_officer())] == [False, False]


def test_coordinators_named_in_other_letters_are_the_same_and_a_third_country_does_not_count() -> None:
    on = call_2026()
    first, second = proposal(on, inserm()), proposal(on, jsps())
    pair(first, second, named=False)
    name_coordinator(first, "JP", second.coordinator.email.upper())
    name_coordinator(second, "FR", first.coordinator.email)
    name_coordinator(second, "", "third@example.org")
    assert [Situation.MISMATCHING in record.flags for record in seen(inserm_officer())] == [False, False]


def test_a_withdrawn_record_is_not_compared() -> None:
    on = call_2026()
    pair(proposal(on, inserm(), ProposalState.WITHDRAWN), proposal(on, jsps()), named=False)
    assert [Situation.MISMATCHING in record.flags for record in seen(inserm_officer())] == [False, False]


def test_what_a_forming_partner_does_never_shows() -> None:
    on = call_2026()
    first = proposal(on, inserm(), SUBMITTED, **SAME)
    pair(first, proposal(on, jsps(), SUBMITTED), SeminarState.FORMING)
    [found] = seen(inserm_officer(), AFTER)
    assert found.flags == {Situation.ONE_SIDED, Situation.ATTENTION}
    assert found.step == PairingStep.ONE_SIDE_SUBMITTED


def test_wrong_track_is_another_than_the_required_one() -> None:
    on = call_2026()
    for track in ("", Track.COUNTERPART, Track.OPEN_PARTNERSHIP, Track.OTHER):
        proposal(on, jsps(), track=track)
    proposal(on, inserm(), track=Track.OTHER)
    assert [Situation.WRONG_TRACK in record.flags for record in seen(jsps_officer())] == [False, False, True, True]
    assert [Situation.WRONG_TRACK in record.flags for record in seen(inserm_officer())] == [False]


@pytest.mark.parametrize(
    ("own", "theirs", "at", "expected"),
    [
        (SUBMITTED, SUBMITTED, AFTER, []),
        (SUBMITTED, ProposalState.DRAFT, DEADLINE - timedelta(days=8), []),
        (SUBMITTED, ProposalState.DRAFT, DEADLINE - timedelta(days=7), [Situation.ONE_SIDED]),
        (SUBMITTED, ProposalState.DRAFT, AFTER, [Situation.ONE_SIDED]),
        (SUBMITTED, ProposalState.WITHDRAWN, AFTER, [Situation.ONE_SIDED]),
        (ProposalState.DRAFT, SUBMITTED, BEFORE, []),
        (ProposalState.DRAFT, SUBMITTED, AFTER, [Situation.PARTNER_ALONE]),
        (ProposalState.LAPSED, SUBMITTED, AFTER, [Situation.PARTNER_ALONE]),
        (ProposalState.WITHDRAWN, SUBMITTED, AFTER, []),
    ],
)
def test_half_a_pair_needs_attention_near_the_deadline(own: str, theirs: str, at: Any, expected: list[str]) -> None:
    on = call_2026()
    first = proposal(on, inserm(), own)
    pair(first, proposal(on, jsps(), theirs))
    found = looked_at(inserm_officer(), at).situations[first.pk]
    assert list(found.reasons) == expected
    assert (Situation.ATTENTION in found.flags) is bool(expected)


def test_the_other_reasons_for_attention() -> None:
    on = call_2026()
    until = AFTER + timedelta(days=3)
    admitted = {"admitted_until": until, "admitted_by": jsps_officer(), "admission_reason": "Power cut"}
    proposal(on, jsps(), ProposalState.AWAITING_INSTITUTION)
    proposal(on, jsps(), ProposalState.DRAFT, track=Track.OTHER)
    proposal(on, jsps(), ProposalState.DRAFT, **admitted)
    user = jsps_officer()
    assert [list(record.reasons) for record in seen(user)] == [[Situation.AWAITING], [Situation.WRONG_TRACK], []]
    assert [list(record.reasons) for record in seen(user, AFTER)] == [[], [], [Situation.ADMITTED]]


def test_steps_follow_the_invitation_the_pair_and_the_submissions() -> None:
    on = call_2026()
    user = inserm_officer()
    record = proposal(on, inserm())

    def step() -> str:
        return looked_at(user).situations[record.pk].step

    assert step() == PairingStep.NOT_INVITED
    invitation = Invitation.objects.create(
        proposal=record,
        email="k@example.jp",
        language="ja",
        token_hash="0" * 64,
        sent_at=BEFORE,
        sent_by=record.coordinator,
        expires_at=BEFORE + timedelta(days=1),
    )
    assert step() == PairingStep.INVITED
    Invitation.objects.update(opened_at=BEFORE)
    assert step() == PairingStep.OPENED
    Invitation.objects.update(expires_at=BEFORE)
    assert step() == PairingStep.NOT_INVITED
    partner = proposal(on, jsps())
    seminar = pair(record, partner, SeminarState.FORMING)
    assert step() == PairingStep.ACCEPTED
    seminar.state, seminar.paired_at = SeminarState.PAIRED, BEFORE
    seminar.save()
    assert step() == PairingStep.CONFIRMED
    Proposal.objects.filter(pk=partner.pk).update(state=SUBMITTED)
    assert step() == PairingStep.ONE_SIDE_SUBMITTED
    Proposal.objects.update(state=SUBMITTED)
    assert step() == PairingStep.COMPLETE
    assert invitation.proposal == record


def test_urgent_records_come_by_their_first_reason() -> None:
    on = call_2026()
    alone = proposal(on, inserm(), SUBMITTED)
    first, second = proposal(on, inserm()), proposal(on, jsps(), SUBMITTED)
    pair(first, second)
    proposal(on, inserm(), ProposalState.WITHDRAWN)
    assert looked_at(inserm_officer(), AFTER).urgent() == [first.pk, alone.pk, second.pk]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_situations_and_rows_cost_the_same_queries_however_many_they_are(number: int) -> None:
    on = call_2026()
    for _ in range(number):
        pair(proposal(on, inserm(), SUBMITTED), proposal(on, jsps()))
    overview = looked_at(inserm_officer(), AFTER)
    with CaptureQueriesContext(connection) as queries:
        rows = overview.fetch(overview.urgent())
        for row in rows:
            partner = partner_in_row(row)
            assert partner.situation == overview.situations[partner.pk]
            assert (row.filed, row.amount, row.institution, str(row.seminar)[:5]) == ([], 0, None, "2026-")
    assert len(rows) == 2 * number
    assert len(queries) == 6
