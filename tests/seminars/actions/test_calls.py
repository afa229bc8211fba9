"""Changing the terms of a call."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from accounts.models import HistoryEntry, User
from seminars.actions.calls import remove_part, save_part, set_cost_kinds, set_deadline, set_host_country
from seminars.models import Call, CallAgency, PriorityArea
from seminars.permissions import Refused
from seminars.rules.deadline import ImpossibleLocalTime
from tests.cast import BEFORE, DEADLINE, call_2026, draft_of, inserm_officer, marie, side_of, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return call_2026()


@pytest.fixture
def side(call: Call) -> CallAgency:
    return side_of(call, "FR")


@pytest.fixture
def administrator() -> User:
    return user("admin@example.org", is_staff=True)


def deeds(call: Call) -> list[tuple[str, dict[str, object], dict[str, object]]]:
    return [(entry.verb, entry.before, entry.after) for entry in HistoryEntry.objects.about(call).order_by("pk")]


@pytest.mark.parametrize(
    ("on", "at", "zone", "instant"),
    [
        (date(2026, 9, 3), time(10), "Europe/Paris", datetime(2026, 9, 3, 8, tzinfo=UTC)),
        (date(2026, 9, 3), time(17), "Asia/Tokyo", datetime(2026, 9, 3, 8, tzinfo=UTC)),
        (date(2026, 12, 3), time(10), "Europe/Paris", datetime(2026, 12, 3, 9, tzinfo=UTC)),
        (date(2026, 10, 25), time(3), "Europe/Paris", datetime(2026, 10, 25, 2, tzinfo=UTC)),
    ],
)
def test_deadline_is_stored_as_announced_and_as_an_instant(
    side: CallAgency, administrator: User, on: date, at: time, zone: str, instant: datetime
) -> None:
    set_deadline(side, on=on, time=at, zone=zone, by=administrator, at=BEFORE)
    stored = CallAgency.objects.get(pk=side.pk)
    assert (stored.deadline_on, stored.deadline_time, stored.deadline_zone) == (on, at, zone)
    assert stored.deadline_at == instant


def test_deadline_is_in_the_history(side: CallAgency, administrator: User) -> None:
    set_deadline(side, on=date(2026, 9, 10), time=time(12), zone="Europe/Paris", by=administrator, at=BEFORE)
    before = {"sides.inserm.deadline_on": "2026-09-03", "sides.inserm.deadline_time": "10:00:00"}
    after = {"sides.inserm.deadline_on": "2026-09-10", "sides.inserm.deadline_time": "12:00:00"}
    assert deeds(side.call) == [("changed", before, after)]


@pytest.mark.parametrize(
    ("on", "at"),
    [(date(2026, 10, 25), time(2, 30)), (date(2026, 10, 25), time(2)), (date(2027, 3, 28), time(2, 30))],
)
def test_deadline_that_the_clocks_skip_or_repeat_is_refused(
    side: CallAgency, administrator: User, on: date, at: time
) -> None:
    with pytest.raises(ImpossibleLocalTime):
        set_deadline(side, on=on, time=at, zone="Europe/Paris", by=administrator, at=BEFORE)
    assert CallAgency.objects.get(pk=side.pk).deadline_at == DEADLINE
    assert deeds(side.call) == []


def test_earlier_deadline_counts_the_records_it_surprises(side: CallAgency, administrator: User) -> None:
    draft_of(marie())
    earlier = {"on": date(2026, 9, 1), "time": time(10), "zone": "Europe/Paris", "by": administrator, "at": BEFORE}
    assert set_deadline(side, **earlier) == 1
    assert set_deadline(side, **{**earlier, "on": date(2026, 9, 2)}) == 0


def test_same_deadline_leaves_no_trace(side: CallAgency, administrator: User) -> None:
    set_deadline(side, on=date(2026, 9, 3), time=time(10), zone="Europe/Paris", by=administrator, at=BEFORE)
    assert deeds(side.call) == []


def test_only_administrators_change_terms(call: Call, side: CallAgency) -> None:
    call.report_days = 90
    for person in (marie(), inserm_officer()):
        with pytest.raises(Refused):
            save_part(call, by=person, at=BEFORE)
        with pytest.raises(Refused):
            set_deadline(side, on=date(2027, 1, 1), time=time(10), zone="UTC", by=person, at=BEFORE)
        with pytest.raises(Refused):
            set_cost_kinds(side, [], by=person, at=BEFORE)
        with pytest.raises(Refused):
            set_host_country(call, "JP", by=person, at=BEFORE)
        with pytest.raises(Refused):
            remove_part(call.areas.first(), by=person, at=BEFORE)
    assert Call.objects.get().report_days == 60
    assert Call.objects.get().host_countries == ("FR",)


def test_change_of_a_call_and_of_a_side_is_told_under_the_names_of_the_file(
    call: Call, side: CallAgency, administrator: User
) -> None:
    call.report_days = 90
    save_part(call, by=administrator, at=BEFORE)
    side.cap = Decimal("15000.00")
    save_part(side, by=administrator, at=BEFORE)
    assert deeds(call) == [
        ("changed", {"report_days": 60}, {"report_days": 90}),
        ("changed", {"sides.inserm.cap": "12000.00"}, {"sides.inserm.cap": "15000.00"}),
    ]


def test_costs_are_set_as_a_whole(side: CallAgency, administrator: User) -> None:
    set_cost_kinds(side, ["meals", "organisation"], by=administrator, at=BEFORE)
    set_cost_kinds(side, ["organisation", "meals"], by=administrator, at=BEFORE)
    assert sorted(cost.kind for cost in side.cost_kinds.all()) == ["meals", "organisation"]
    [(verb, before, after)] = deeds(side.call)
    assert (verb, list(before), after) == (
        "changed",
        ["sides.inserm.cost_kinds"],
        {"sides.inserm.cost_kinds": ["meals", "organisation"]},
    )


def test_part_is_added_and_removed(call: Call, administrator: User) -> None:
    area = PriorityArea(call=call, code="sleep", title_en="Sleep", title_fr="Sommeil", title_ja="睡眠")
    save_part(area, by=administrator, at=BEFORE)
    remove_part(area, by=administrator, at=BEFORE)
    assert not call.areas.filter(code="sleep").exists()
    assert [
        (verb, before.get("areas.sleep.title_fr"), after.get("areas.sleep.title_fr"))
        for verb, before, after in deeds(call)
    ] == [
        ("added", None, "Sommeil"),
        ("removed", "Sommeil", None),
    ]


def test_part_is_not_removed_once_there_are_records(call: Call, administrator: User) -> None:
    draft_of(marie())
    with pytest.raises(Refused):
        remove_part(call.areas.get(code="cancer"), by=administrator, at=BEFORE)
    assert call.areas.filter(code="cancer").exists()


def test_erratum_makes_one_country_the_host(call: Call, administrator: User) -> None:
    set_host_country(call, "JP", by=administrator, at=BEFORE)
    assert Call.objects.get().host_countries == ("JP",)
    assert deeds(call) == [
        ("changed", {"countries.FR.may_host": True}, {"countries.FR.may_host": False}),
        ("changed", {"countries.JP.may_host": False}, {"countries.JP.may_host": True}),
    ]


def test_erratum_to_a_country_outside_the_call_is_refused(call: Call, administrator: User) -> None:
    with pytest.raises(Refused):
        set_host_country(call, "DE", by=administrator, at=BEFORE)
    assert Call.objects.get().host_countries == ("FR",)
