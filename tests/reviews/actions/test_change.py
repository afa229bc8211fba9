"""Other dates or another venue after the selection (R28)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.models import HistoryEntry, Message, User
from reviews.actions import award
from reviews.actions import change as actions
from reviews.actions.report_opening import open_report
from reviews.choices import ChangeDeed, ChangeState, ReportState
from reviews.models import Change, Report
from reviews.queries.change import Wanted
from seminars.choices import SeminarState
from seminars.models import Proposal, Recusal, Seminar, Session
from seminars.permissions import Refused
from tests import cast
from tests.racing import at_once
from tests.reviews.awarded import AT, half
from tests.seminars.filed import bare_pair, filed_pair, officer, side

pytestmark = pytest.mark.django_db
WANTED = Wanted(date(2027, 12, 30), date(2027, 12, 31), "Institut Pasteur", "Paris", "FR")


def selected(state: str = SeminarState.SELECTED, *, whole: bool = False) -> Seminar:
    """Return a selected pair with dates, a venue and a session on each side, or with two whole records."""
    seminar = filed_pair() if whole else bare_pair()
    Seminar.objects.filter(pk=seminar.pk).update(state=state)
    if not whole:
        begun = date(2027, 5, 11)
        records = Proposal.objects.filter(seminar=seminar)
        records.update(start_on=begun, end_on=date(2027, 5, 12), venue_country="FR", venue_city="Lyon")
        hours = {"starts": time(9), "ends": time(10), "title": "Opening", "saved_at": cast.DEADLINE}
        Session.objects.bulk_create(Session(proposal=record, on=begun, **hours) for record in records)
    officer("FR"), officer("JP")
    return Seminar.objects.get(pk=seminar.pk)


def ask(seminar: Seminar, country: str = "FR", wanted: Wanted = WANTED, reason: str = "The hall is closed.") -> Change:
    record = half(seminar, country)
    return actions.ask_change(record, wanted, reason=reason, by=record.coordinator, at=AT)


def decide(change: Change, country: str, *, agrees: bool = True, reason: str = "", by: User | None = None) -> str:
    return actions.decide_change(change, side(country), agrees=agrees, reason=reason, by=by or officer(country), at=AT)


@pytest.mark.parametrize("state", [SeminarState.SELECTED, SeminarState.CONFIRMED])
def test_a_change_is_in_force_in_both_records_when_both_agencies_agree(state: str) -> None:
    seminar = selected(state)
    french = half(seminar)
    started, days = french.start_on, [session.on for session in french.sessions.all()]
    assert started is not None
    change = ask(seminar, "JP")
    assert Message.objects.filter(kind="change_asked").count() == 2
    assert decide(change, "JP") == ChangeState.ASKED
    assert half(seminar).start_on == started
    assert decide(change, "FR") == ChangeState.APPROVED
    for record in Proposal.objects.filter(seminar=seminar):
        assert {name: getattr(record, name) for name in WANTED.__dict__} == WANTED.__dict__
    moved = WANTED.start_on - started
    assert [session.on for session in half(seminar).sessions.all()] == [day + moved for day in days]
    assert HistoryEntry.objects.filter(verb="change_applied", subject_kind="seminars.proposal").count() == 2
    assert Message.objects.filter(kind="change_settled").count() == 4
    assert not Message.objects.filter(text__contains="hall is closed").exists()
    assert Seminar.objects.get(pk=seminar.pk).state == state


def test_one_refusal_ends_it_and_nothing_changes() -> None:
    seminar = selected()
    change, before = ask(seminar), half(seminar).start_on
    with pytest.raises(Refused, match="Say why"):
        decide(change, "JP", agrees=False, reason=" ")
    decide(change, "FR")
    assert decide(change, "JP", agrees=False, reason="Too late in the year.") == ChangeState.REFUSED
    assert half(seminar).start_on == before
    with pytest.raises(Refused, match="settled"):
        decide(change, "FR")
    assert ask(seminar).state == ChangeState.ASKED


@pytest.mark.parametrize(
    "broken",
    [
        {"start_on": date(2027, 3, 31), "end_on": date(2027, 4, 1)},
        {"start_on": date(2027, 12, 31), "end_on": date(2028, 1, 1)},
        {"start_on": date(2027, 12, 31)},
        {"start_on": date(2027, 12, 28)},
        {"venue_country": "DE"},
    ],
    ids=["before April", "past December", "one day", "four days", "host country"],
)
def test_the_rules_run_again(broken: dict) -> None:
    seminar = selected()
    with pytest.raises(Refused):
        ask(seminar, wanted=replace(WANTED, **broken))
    assert not Change.objects.exists()


@pytest.mark.parametrize("first", [date(2027, 4, 1), date(2027, 12, 30)])
def test_the_edges_of_the_window_hold(first: date) -> None:
    assert ask(selected(), wanted=replace(WANTED, start_on=first, end_on=first + timedelta(days=1)))


def test_one_change_at_a_time_with_a_reason_and_something_changed() -> None:
    seminar = selected()
    record = half(seminar)
    same = Wanted(**{name: getattr(record, name) for name in WANTED.__dict__})
    for options in ({"reason": " "}, {"wanted": same}):
        with pytest.raises(Refused):
            ask(seminar, **options)
    ask(seminar)
    with pytest.raises(Refused, match="settled first"):
        ask(seminar, "JP")


NIGHT = datetime(2027, 5, 12, 15, tzinfo=UTC)
"""The end of 12 May 2027 in Tokyo; in Paris it comes seven hours later."""


@pytest.mark.parametrize(
    ("state", "country", "after", "may"),
    [
        (SeminarState.CONFIRMED, "JP", timedelta(microseconds=-1), True),
        (SeminarState.CONFIRMED, "JP", timedelta(0), False),
        (SeminarState.CONFIRMED, "FR", timedelta(hours=7, microseconds=-1), True),
        (SeminarState.CONFIRMED, "FR", timedelta(hours=7), False),
        (SeminarState.SELECTED, "FR", timedelta(days=7), True),
    ],
)
def test_a_change_is_asked_until_the_last_day_is_over_at_the_venue(
    state: str, country: str, after: timedelta, *, may: bool
) -> None:
    seminar = selected(state)
    Proposal.objects.update(venue_country=country)
    record = half(seminar)
    given = {"reason": "A typhoon.", "by": record.coordinator, "at": NIGHT + after}
    if may:
        assert actions.ask_change(record, WANTED, **given).state == ChangeState.ASKED
    else:
        with pytest.raises(Refused, match="say in the final report"):
            actions.ask_change(record, WANTED, **given)
        with pytest.raises(Refused, match="say in the final report"):
            actions.ask_people_change(record, ChangeDeed.ADD, **given)


def test_nobody_moves_a_seminar_to_days_that_are_over() -> None:
    record = half(selected())
    given = {"reason": "A typhoon.", "by": record.coordinator, "at": NIGHT}
    with pytest.raises(Refused, match="new last day is over"):
        actions.ask_change(record, replace(WANTED, start_on=date(2027, 5, 10), end_on=date(2027, 5, 11)), **given)


def test_what_was_asked_in_time_is_decided_afterwards_until_the_report_is_handed_in() -> None:
    seminar = selected(SeminarState.CONFIRMED)
    open_report(seminar)
    change, later = ask(seminar), NIGHT + timedelta(days=30)
    actions.decide_change(change, side("FR"), agrees=True, by=officer("FR"), at=later)
    Report.objects.update(state=ReportState.SUBMITTED)
    with pytest.raises(Refused, match="refuse the change"):
        actions.decide_change(change, side("JP"), agrees=True, by=officer("JP"), at=later)
    given = {"agrees": False, "reason": "It is over.", "by": officer("JP"), "at": later}
    assert actions.decide_change(change, side("JP"), **given) == ChangeState.REFUSED


def test_only_who_may_asks_and_decides() -> None:
    seminar = selected()
    record = half(seminar)
    with pytest.raises(Refused, match="Only the coordinator"):
        actions.ask_change(record, WANTED, reason="Mine.", by=officer("FR"), at=AT)
    change = ask(seminar)
    with pytest.raises(Refused, match="Only an officer"):
        decide(change, "FR", by=officer("JP"))
    Recusal.objects.create(user=officer("FR"), seminar=seminar, since=AT)
    with pytest.raises(Refused, match="conflict"):
        decide(change, "FR")
    decide(change, "JP")
    with pytest.raises(Refused, match="decided already"):
        decide(change, "JP")


def test_a_pair_that_is_not_selected_changes_nothing_and_a_cancelled_one_no_longer() -> None:
    seminar = selected(SeminarState.RESERVE)
    with pytest.raises(Refused, match="not selected"):
        ask(seminar)
    Seminar.objects.filter(pk=seminar.pk).update(state=SeminarState.SELECTED)
    change, record = ask(seminar), half(seminar)
    award.decline_seminar(record, reason="No.", by=record.coordinator, at=AT)
    with pytest.raises(Refused, match="settled"):
        decide(change, "FR")


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_leave_one_outcome() -> None:
    change = ask(selected())
    sides = {country: (side(country), officer(country)) for country in ("FR", "JP")}
    (french, claire), (japanese, yuki) = sides["FR"], sides["JP"]
    found = at_once(
        lambda: actions.decide_change(change, french, agrees=True, reason="", by=claire, at=AT),
        lambda: actions.decide_change(change, japanese, agrees=True, reason="", by=yuki, at=AT),
    )
    assert sorted(map(str, found)) == ["approved", "asked"]
    change.refresh_from_db()
    assert change.state == ChangeState.APPROVED
