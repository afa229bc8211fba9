"""The calendar file, read back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from seminars.actions.call_files import load_call
from seminars.actions.calls import save_part
from seminars.imports.calls import read_call, real_calls
from seminars.models import Call

pytestmark = pytest.mark.django_db
LOADED = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def call() -> Call:
    [path] = real_calls()
    return load_call(read_call(path), by=None, at=LOADED).call


def events(client: Client, **options: Any) -> dict[str, Any]:
    answer = client.get(reverse("call_calendar", args=["inserm-jsps-2026"]), **options)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(event["uid"]).split("@")[0]: event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_calendar_holds_every_date_of_the_call(client: Client, call: Call) -> None:
    dates = {uid: (event.decoded("dtstart"), event.decoded("dtend", None)) for uid, event in events(client).items()}
    deadline = (datetime(2026, 9, 3, 8, tzinfo=UTC), None)
    assert dates == {
        "inserm-jsps-2026-opening": (datetime(2026, 6, 1, 8, tzinfo=UTC), None),
        "inserm-jsps-2026-deadline-inserm": deadline,
        "inserm-jsps-2026-deadline-jsps": deadline,
        "inserm-jsps-2026-results": (date(2027, 1, 1), date(2027, 2, 1)),
        "inserm-jsps-2026-seminar": (date(2027, 4, 1), date(2028, 1, 1)),
    }


def test_instants_are_written_in_utc(client: Client, call: Call) -> None:
    text = client.get(reverse("call_calendar", args=[call.code])).text
    assert "DTSTART:20260903T080000Z" in text
    assert "TZID" not in text


def test_deadline_says_both_clocks_and_whether_it_is_confirmed(client: Client, call: Call) -> None:
    found = events(client)
    inserm, jsps = found["inserm-jsps-2026-deadline-inserm"], found["inserm-jsps-2026-deadline-jsps"]
    assert str(inserm["description"]).splitlines()[:2] == ["3 Sept 2026, 10:00 Paris", "17:00 Tokyo"]
    assert str(jsps["description"]).splitlines()[:2] == ["3 Sept 2026, 17:00 Tokyo", "10:00 Paris"]
    assert ("status" in inserm, str(jsps["status"])) == (False, "TENTATIVE")
    assert [alarm.decoded("trigger") for alarm in inserm.walk("VALARM")] == [timedelta(days=-7), timedelta(days=-1)]


@pytest.mark.parametrize(
    ("language", "title"), [("en", "call for seminars"), ("fr", "appel 2026"), ("ja", "2026年公募")]
)
def test_titles_are_in_the_language_asked_for(client: Client, call: Call, language: str, title: str) -> None:
    by_browser = events(client, headers={"accept-language": language})
    by_address = events(client, query_params={"language": language})
    for found in (by_browser, by_address):
        assert title in str(found["inserm-jsps-2026-deadline-inserm"]["summary"])


def test_unknown_language_is_the_readers(client: Client, call: Call) -> None:
    found = events(client, query_params={"language": "tlh"})
    assert "call for seminars" in str(found["inserm-jsps-2026-opening"]["summary"])


def test_file_is_the_same_until_the_call_changes(client: Client, call: Call) -> None:
    address = reverse("call_calendar", args=[call.code])
    first = client.get(address)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    call.window_end_on = date(2027, 11, 30)
    save_part(call, by=None, at=LOADED + timedelta(days=1))
    second = client.get(address, headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert first.content.count(b"UID:") == second.content.count(b"UID:") == 5
    assert b"DTSTAMP:20260602T120000Z" in second.content


def test_calendar_of_an_unpublished_call_does_not_exist(client: Client, call: Call) -> None:
    call.is_published = False
    save_part(call, by=None, at=LOADED)
    assert client.get(reverse("call_calendar", args=[call.code])).status_code == 404
