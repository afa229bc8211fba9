"""Private calendar addresses: shown once, taken back, and telling what their owner may see at that moment."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from accounts.models import HistoryEntry, Membership
from seminars.actions import feeds
from seminars.choices import ProposalState, SeminarState, ToldOutcome
from seminars.models import Feed
from seminars.permissions import Refused
from tests import cast, keys
from tests.desk_records import pair, proposal
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
NOW = cast.BEFORE + timedelta(days=1)
DATES = {"start_on": date(2027, 6, 14), "end_on": date(2027, 6, 16), "venue_city": "Bordeaux", "venue_country": "FR"}
CALL_EVENTS = {
    "inserm-jsps-2026-opening",
    "inserm-jsps-2026-deadline-inserm",
    "inserm-jsps-2026-deadline-jsps",
    "inserm-jsps-2026-results",
}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def events(feed: Any, **options: Any) -> dict[str, Any]:
    answer = Client().get(feed.address, **options)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(event["uid"]).split("@")[0]: event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_coordinator_reads_deadlines_and_own_seminar() -> None:
    record = proposal(cast.call_2026(), cast.inserm(), title_en="Ageing", coordinator=cast.marie(), **DATES)
    found = events(keys.feed_of(cast.marie()))
    assert found.keys() == CALL_EVENTS | {f"record-{record.pk}"}
    assert found["inserm-jsps-2026-deadline-inserm"].decoded("dtstart") == datetime(2026, 9, 3, 8, tzinfo=UTC)
    seminar = found[f"record-{record.pk}"]
    assert (seminar.decoded("dtstart"), seminar.decoded("dtend")) == (date(2027, 6, 14), date(2027, 6, 17))
    assert (str(seminar["summary"]), str(seminar["location"])) == ("Ageing", "Bordeaux, France")
    assert str(seminar["status"]) == "TENTATIVE"


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (SeminarState.IN_REVIEW, "TENTATIVE"),
        (SeminarState.SELECTED, "TENTATIVE"),
        (SeminarState.CONFIRMED, "CONFIRMED"),
        (SeminarState.CANCELLED, "CANCELLED"),
        (SeminarState.NOT_SELECTED, None),
    ],
)
def test_a_seminar_is_tentative_until_it_is_confirmed(state: str, status: str | None) -> None:
    mine = proposal(cast.call_2026(), cast.inserm(), coordinator=cast.marie(), **DATES)
    seminar = pair(mine, proposal(cast.call_2026(), cast.jsps(), coordinator=cast.kenji(), **DATES), state)
    own, overseen = events(keys.feed_of(cast.marie())), events(keys.feed_of(cast.jsps_officer()))
    for event in (own.get(f"record-{mine.pk}"), overseen.get(f"seminar-{seminar.pk}")):
        assert (str(event["status"]) if event else None) == status


def test_feed_tells_what_was_chosen_only() -> None:
    record = proposal(cast.call_2026(), cast.inserm(), coordinator=cast.marie(), **DATES)
    assert events(keys.feed_of(cast.marie(), seminars=False)).keys() == CALL_EVENTS
    assert events(keys.feed_of(cast.marie(), deadlines=False)).keys() == {f"record-{record.pk}"}


@pytest.mark.parametrize("state", [ProposalState.WITHDRAWN, ProposalState.LAPSED])
def test_ended_record_has_no_date(state: str) -> None:
    proposal(cast.call_2026(), cast.inserm(), state, coordinator=cast.marie(), **DATES)
    assert events(keys.feed_of(cast.marie(), deadlines=False)) == {}


def test_ineligible_seminar_leaves_once_its_coordinator_knows() -> None:
    record = proposal(cast.call_2026(), cast.inserm(), coordinator=cast.marie(), **DATES)
    feed = keys.feed_of(cast.marie(), deadlines=False)
    assert len(events(feed)) == 1
    record.told_outcome, record.told_at = ToldOutcome.INELIGIBLE, NOW
    record.save()
    assert events(feed) == {}


def test_somebody_who_takes_no_part_reads_nothing() -> None:
    proposal(cast.call_2026(), cast.inserm(), coordinator=cast.marie(), **DATES)
    assert events(keys.feed_of(cast.kenji())) == {}


def test_officer_reads_confirmed_pairs_by_number_alone() -> None:
    call = cast.call_2026()
    own = proposal(call, cast.inserm(), title_en="Secret title", **DATES)
    seminar = pair(own, proposal(call, cast.jsps(), title_en="Other title", **DATES))
    proposal(call, cast.inserm(), title_en="Alone", **DATES)
    hidden = proposal(call, cast.jsps(), title_en="Hidden", **DATES)
    pair(proposal(call, cast.inserm(), **DATES), hidden, SeminarState.FORMING)
    feed = keys.feed_of(cast.inserm_officer())
    found = events(feed)
    assert found.keys() == CALL_EVENTS | {f"seminar-{seminar.pk}"}
    assert str(found[f"seminar-{seminar.pk}"]["summary"]) == f"Séminaire {seminar}"
    told = Client().get(feed.address).text
    assert [word for word in ("Secret", "Other", "Hidden", "Durand", "@example.org") if word in told] == []


def test_officer_who_lost_the_role_reads_nothing_more() -> None:
    call = cast.call_2026()
    pair(proposal(call, cast.inserm(), **DATES), proposal(call, cast.jsps(), **DATES))
    officer = cast.inserm_officer()
    feed = keys.feed_of(officer)
    assert events(feed) != {}
    Membership.objects.filter(user=officer).delete()
    assert events(feed) == {}


def test_call_not_published_is_for_its_officers() -> None:
    call = cast.call_2026()
    proposal(call, cast.inserm(), coordinator=cast.marie())
    call.is_published = False
    call.save()
    assert events(keys.feed_of(cast.marie())) == {}
    officers = events(keys.feed_of(cast.inserm_officer()))
    assert officers.keys() == CALL_EVENTS
    assert str(officers["inserm-jsps-2026-opening"]["url"]).endswith("/desk/inserm-jsps-2026/")


def test_feed_speaks_its_owners_language_and_clock() -> None:
    proposal(cast.call_2026(), cast.jsps(), coordinator=cast.kenji())
    answer = Client(headers={"accept-language": "fr"}).get(keys.feed_of(cast.kenji()).address)
    assert answer.headers["Content-Language"] == "ja"
    [event] = [
        event
        for event in Calendar.from_ical(answer.content).walk("VEVENT")
        if str(event["uid"]).startswith("inserm-jsps-2026-deadline-jsps")
    ]
    assert "日本時間" in str(event["description"])


def test_unchanged_calendar_is_not_sent_again() -> None:
    proposal(cast.call_2026(), cast.inserm(), coordinator=cast.marie(), **DATES)
    feed = keys.feed_of(cast.marie())
    first = Client().get(feed.address)
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["Referrer-Policy"] == "no-referrer"
    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        again = Client().get(feed.address, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304


def test_last_use_is_known_to_a_quarter_of_an_hour() -> None:
    feed = keys.feed_of(cast.marie())
    for minutes, noted in ((0, 0), (14, 0), (15, 15)):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            Client().get(feed.address)
        feed.refresh_from_db()
        assert feed.last_used_at == NOW + timedelta(minutes=noted)


def test_address_taken_back_finds_nothing() -> None:
    feed = keys.feed_of(cast.marie())
    feeds.revoke_feed(feed, by=cast.marie(), at=NOW)
    assert Client().get(feed.address).status_code == 404
    with pytest.raises(Refused):
        feeds.revoke_feed(Feed.objects.get(pk=feed.pk), by=cast.marie(), at=NOW)


def test_address_of_somebody_who_may_not_sign_in_finds_nothing() -> None:
    feed = keys.feed_of(cast.marie())
    feed.owner.is_active = False
    feed.owner.save()
    assert Client().get(feed.address).status_code == 404


def test_queries_do_not_grow_with_the_rows() -> None:
    call, officer, counts, made = cast.call_2026(), cast.inserm_officer(), [], 0
    feed = keys.feed_of(officer)
    Client().get(feed.address)
    for wanted in (1, 3, 30):
        while made < wanted:
            pair(proposal(call, cast.inserm(), **DATES), proposal(call, cast.jsps(), **DATES))
            made += 1
        with CaptureQueriesContext(connection) as queries:
            assert len(events(feed)) == len(CALL_EVENTS) + wanted
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


def test_page_shows_the_address_once() -> None:
    proposal(cast.call_2026(), cast.inserm(), coordinator=cast.marie())
    client = sign_in(Client(), cast.in_english(cast.marie()))
    assert "No calendar feed yet" in client.get("/account/feeds/").text
    answer = client.post("/account/feeds/", {"name": "Phone", "has_deadlines": "on"})
    address = answer.context["address"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert Client().get(address.removeprefix("http://testserver")).status_code in (200, 404)
    [feed] = Feed.objects.all()
    assert (feed.name, feed.has_deadlines, feed.has_seminars) == ("Phone", True, False)
    assert "Phone" in client.get("/account/feeds/").text
    assert address not in client.get("/account/feeds/").text
    assert HistoryEntry.objects.about(feed).get().verb == "feed_made"
    secret = address.split("/feeds/")[1].split("/")[0]
    assert secret not in str(Feed.objects.values())
    assert secret not in str(HistoryEntry.objects.values())


@pytest.mark.parametrize("typed", [{"name": ""}, {"name": "Phone"}, {"name": "a\x00b", "has_deadlines": "on"}])
def test_page_gives_back_what_cannot_be_read(typed: dict[str, str]) -> None:
    client = sign_in(Client(), cast.marie())
    assert client.post("/account/feeds/", typed).status_code == 422
    assert not Feed.objects.exists()


def test_eleventh_feed_is_refused() -> None:
    for _ in range(10):
        keys.feed_of(cast.marie())
    client = sign_in(Client(), cast.in_english(cast.marie()))
    answer = client.post("/account/feeds/", {"name": "Phone", "has_deadlines": "on"})
    assert answer.status_code == 409
    assert "You have ten calendar feeds." in answer.text


def test_feed_is_taken_back_after_a_question() -> None:
    feed, client = keys.feed_of(cast.marie()), sign_in(Client(), cast.in_english(cast.marie()))
    page = f"/account/feeds/{feed.pk}/revoke/"
    assert "Its address finds nothing any more" in client.get(page).text
    assert Feed.objects.in_force().count() == 1
    assert client.post(page).status_code == 303
    assert Feed.objects.in_force().count() == 0
    assert client.post(page).status_code == 409
    assert sign_in(Client(), cast.kenji()).post(page).status_code == 404
