"""Loading a call from plain data."""

import copy
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import Agency, HistoryEntry
from seminars.actions.call_files import InvalidCall, load_call
from seminars.actions.calls import save_part, set_host_country
from seminars.imports.calls import read_call, real_calls
from seminars.models import Call
from seminars.permissions import Refused
from tests.cast import draft_of, marie, user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)
[FILE] = real_calls()
REAL = read_call(FILE)


@pytest.fixture
def data() -> dict[str, Any]:
    """The real call's data, for a test to change."""
    return copy.deepcopy(REAL)


def everything() -> list[Any]:
    call = Call.objects.get()
    rows = [*Agency.objects.values(), *Call.objects.values(), *call.countries.values(), *call.themes.values()]
    rows += [*call.areas.values(), *call.criteria.values(), *call.sides.values()]
    return [*rows, *call.sides.values_list("agency__code", "cost_kinds__kind")]


def test_loading_creates_the_call_and_its_agencies(data: dict[str, Any]) -> None:
    loaded = load_call(data, by=None, at=AT)
    assert loaded.created
    assert sorted(Agency.objects.values_list("code", flat=True)) == ["inserm", "jsps"]
    [entry] = HistoryEntry.objects.about(loaded.call)
    assert (entry.verb, entry.actor, entry.at, entry.before) == ("loaded", None, AT, {})
    assert entry.after["sides.inserm.deadline_on"] == "2026-09-03"
    assert entry.after["agencies.jsps.country"] == "JP"


def test_loading_twice_changes_nothing(data: dict[str, Any]) -> None:
    load_call(data, by=None, at=AT)
    before = everything()
    loaded = load_call(data, by=None, at=LATER)
    assert (loaded.created, loaded.changed) == (False, ())
    assert everything() == before
    assert HistoryEntry.objects.count() == 1


def test_changed_value_of_the_file_is_written_and_recorded(data: dict[str, Any]) -> None:
    load_call(data, by=None, at=AT)
    data["sides"][1]["deadline_confirmed"] = True
    data["sides"][1]["deadline_on"] = date(2026, 9, 10)
    data["sides"][1]["cost_kinds"] = ["local_travel", "organisation"]
    data["title"]["en"] = "Another title"
    loaded = load_call(data, by=None, at=LATER)
    entry = HistoryEntry.objects.about(loaded.call).first()
    assert entry.before == {
        "title_en": REAL["title"]["en"],
        "sides.jsps.deadline_on": "2026-09-03",
        "sides.jsps.deadline_confirmed": False,
        "sides.jsps.cost_kinds": ["local_travel", "daily_allowance", "accommodation", "organisation"],
    }
    assert set(entry.after) == set(entry.before) == set(loaded.changed)
    jsps = loaded.call.sides.get(agency__code="jsps")
    assert jsps.deadline_at == datetime(2026, 9, 10, 8, tzinfo=UTC)
    assert sorted(cost.kind for cost in jsps.cost_kinds.all()) == ["local_travel", "organisation"]


def test_key_taken_out_of_the_file_goes_back_to_its_default(data: dict[str, Any]) -> None:
    load_call(data, by=None, at=AT)
    del data["sides"][0]["cap"]
    assert load_call(data, by=None, at=LATER).changed == ("sides.inserm.cap",)
    assert Call.objects.get().sides.get(agency__code="inserm").cap is None


def test_what_an_administrator_changed_is_kept(data: dict[str, Any]) -> None:
    call = load_call(data, by=None, at=AT).call
    administrator = user("admin@example.org", is_staff=True)
    set_host_country(call, "JP", by=administrator, at=AT)
    data["report_days"] = 90
    assert load_call(data, by=None, at=LATER).changed == ("report_days",)
    assert Call.objects.get().host_countries == ("JP",)


def test_entry_added_and_taken_out_of_the_file(data: dict[str, Any]) -> None:
    load_call(data, by=None, at=AT)
    cancer = data["areas"].pop(0)
    data["areas"].append({"code": "sleep", "title": {"en": "Sleep", "fr": "Sommeil", "ja": "睡眠"}})
    load_call(data, by=None, at=LATER)
    codes = ["ageing", "regenerative", "imaging", "health-technologies", "personalized", "sleep"]
    assert [area.code for area in Call.objects.get().areas.all()] == codes
    assert cancer["code"] not in codes


def test_entry_cannot_be_left_out_once_there_are_records(data: dict[str, Any]) -> None:
    call = load_call(data, by=None, at=AT).call
    draft_of(marie(), call=call, at=AT)
    data["areas"].pop()
    with pytest.raises(InvalidCall, match=r"^areas\.personalized: Records have been started"):
        load_call(data, by=None, at=LATER)
    assert Call.objects.get().areas.count() == 6


def test_agency_that_exists_is_left_alone(data: dict[str, Any]) -> None:
    load_call(data, by=None, at=AT)
    Agency.objects.filter(code="jsps").update(contact_email="seminars@jsps.example")
    data["agencies"][1]["acronym"] = "Other"
    load_call(data, by=None, at=LATER)
    assert Agency.objects.filter(code="jsps", acronym="JSPS", contact_email="seminars@jsps.example").exists()


def test_earlier_deadline_tells_whom_it_surprises(data: dict[str, Any]) -> None:
    call = load_call(data, by=None, at=AT).call
    draft_of(marie(), call=call, at=AT)
    data["sides"][0]["deadline_on"] = data["sides"][1]["deadline_on"] = date(2026, 8, 20)
    assert load_call(data, by=None, at=LATER).hurried == {"inserm": 1}


def test_later_deadline_surprises_nobody(data: dict[str, Any]) -> None:
    call = load_call(data, by=None, at=AT).call
    draft_of(marie(), call=call, at=AT)
    data["sides"][0]["deadline_on"] = date(2026, 9, 20)
    assert load_call(data, by=None, at=LATER).hurried == {}


def change(data: Any, path: str, value: Any) -> None:
    *way, last = path.split(".")
    for step in way:
        data = data[int(step)] if step.isdigit() else data[step]
    data[int(last) if last.isdigit() else last] = value


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("colour", "red", "colour: this key is unknown."),
        ("title.de", "Seminar", "title: this key is unknown."),
        ("sides.0.bonus", 3, "sides.inserm.bonus: this key is unknown."),
        ("areas.0.weight", 3, "areas.cancer.weight: this key is unknown."),
        ("areas", {"code": "cancer"}, r"areas: write each entry under \[\[areas\]\]."),
        ("areas.1.code", "cancer", "areas, entry 2: code is missing, not a text, or there twice."),
        ("areas.1.code", 7, "areas, entry 2: code is missing, not a text, or there twice."),
        ("code", "not a code", "code: Enter a valid “slug”"),
        ("title.en", "", "title_en: This field cannot be blank."),
        ("title.en", "a\x00b", "title_en: This text holds characters that cannot be kept"),
        ("opens_at", datetime(2026, 6, 1, 10), "opens_at: write an instant with its distance from UTC"),  # noqa: DTZ001
        ("opens_at", date(2026, 6, 1), "opens_at: write an instant with its distance from UTC"),
        ("opens_at", None, "opens_at: write an instant with its distance from UTC"),
        ("window_start_on", "1 April", "window_start_on: “1 April” value has an invalid date format"),
        ("window_start_on", date(2028, 1, 1), "window_end_on: The last possible day is before the first."),
        ("min_days", 4, "max_days: The fewest days are more than the most."),
        ("announce_from_on", date(2027, 2, 1), "announce_until_on: The results would end before they begin."),
        ("capacity", 0, "capacity: Ensure this value is greater than or equal to 1."),
        ("is_published", "perhaps", "is_published: “perhaps” value must be either True or False."),
        ("sides.0.agency", "nobody", "sides.nobody.agency: no agency has this code"),
        ("sides.0.deadline_on", date(2027, 3, 28), None),
        ("sides.0.deadline_on", "yesterday", "sides.inserm.deadline_on: “yesterday” value has an invalid date format"),
        (
            "sides.0.deadline_zone",
            "Europe/Atlantis",
            "sides.inserm.deadline_zone: Value 'Europe/Atlantis' is not a valid",
        ),
        ("sides.0.cap", "-1", "sides.inserm.cap: An amount cannot be negative."),
        ("sides.1.cap", "1000.50", "sides.jsps.cap: This currency has no decimals"),
        ("sides.0.cap", "12000.001", "sides.inserm.cap: Ensure that there are no more than 2 decimal places."),
        ("sides.0.cost_kinds", ["champagne"], "sides.inserm.cost_kinds: each is one of intl_travel"),
        ("sides.0.cost_kinds", "meals", "sides.inserm.cost_kinds: each is one of intl_travel"),
        ("sides.0.cost_kinds", [["meals"]], "sides.inserm.cost_kinds: each is one of intl_travel"),
        ("sides", [], "sides: a published call has two, of two countries."),
        ("countries.0.country", "XX", "countries.XX.country: This is no country's code."),
        ("criteria.0.weight", 0, "criteria.excellence: "),
        ("agencies.0.accent", 3, "agencies.inserm.accent: Value 3 is not a valid choice."),
    ],
)
def test_bad_data_name_their_key(data: dict[str, Any], path: str, value: Any, message: str | None) -> None:
    change(data, path, value)
    if message is None:
        load_call(data, by=None, at=AT)
        return
    with pytest.raises(InvalidCall, match=f"^{message}"):
        load_call(data, by=None, at=AT)
    assert not Call.objects.exists()


@pytest.mark.parametrize(("on", "at_time"), [(date(2026, 10, 25), "02:30"), (date(2027, 3, 28), "02:30")])
def test_local_time_that_comes_twice_or_never_is_refused(data: dict[str, Any], on: date, at_time: str) -> None:
    data["sides"][0] |= {"deadline_on": on, "deadline_time": at_time}
    with pytest.raises(
        InvalidCall, match=r"^sides\.inserm\.deadline_time: The clocks of this time zone skip this time"
    ):
        load_call(data, by=None, at=AT)


def test_error_after_some_writing_leaves_nothing(data: dict[str, Any]) -> None:
    load_call(data, by=None, at=AT)
    before = everything()
    data["report_days"] = 30
    data["criteria"][5]["code"] = "not a code"
    with pytest.raises(InvalidCall):
        load_call(data, by=None, at=LATER)
    assert everything() == before


def test_only_administrators_load(data: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        load_call(data, by=marie(), at=AT)
    load_call(data, by=user("admin@example.org", is_staff=True), at=AT)
    assert HistoryEntry.objects.get(verb="loaded").actor.email == "admin@example.org"


def test_part_removed_by_an_administrator_stays_away(data: dict[str, Any]) -> None:
    call = load_call(data, by=None, at=AT).call
    call.areas.get(code="cancer").delete()
    data["report_days"] = 30
    load_call(data, by=None, at=LATER)
    assert not call.areas.filter(code="cancer").exists()


def test_deadline_of_a_side_changed_by_hand_is_kept(data: dict[str, Any]) -> None:
    call = load_call(data, by=None, at=AT).call
    side = call.sides.get(agency__code="jsps")
    side.deadline_on = date(2026, 9, 7)
    save_part(side, by=None, at=AT)
    load_call(data, by=None, at=LATER)
    assert call.sides.get(agency__code="jsps").deadline_on == date(2026, 9, 7)
