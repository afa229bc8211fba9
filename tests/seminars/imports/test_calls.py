"""The shipped data files, and the demonstration's dates."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminars.actions.call_files import InvalidCall, load_call
from seminars.imports.calls import read_call, read_demonstration, real_calls
from seminars.models import Call

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@pytest.fixture
def call(db: None) -> Call:
    """The real call of 2026, loaded from its file."""
    [path] = real_calls()
    return load_call(read_call(path), by=None, at=NOW).call


def test_real_call_has_both_deadlines_at_one_instant(call: Call) -> None:
    sides = {side.agency.code: side for side in call.sides.all()}
    announced = {
        code: (side.deadline_on, side.deadline_time, side.deadline_zone, side.deadline_confirmed)
        for code, side in sides.items()
    }
    assert announced == {
        "inserm": (date(2026, 9, 3), time(10), "Europe/Paris", True),
        "jsps": (date(2026, 9, 3), time(17), "Asia/Tokyo", False),
    }
    assert {side.deadline_at for side in sides.values()} == {datetime(2026, 9, 3, 8, tzinfo=UTC)}


def test_real_call_has_the_terms_of_the_programme(call: Call) -> None:
    assert (call.code, call.year, call.seminar_year, call.is_published) == ("inserm-jsps-2026", 2026, 2027, True)
    assert (call.window_start_on, call.window_end_on) == (date(2027, 4, 1), date(2027, 12, 31))
    assert (call.min_days, call.max_days, call.minimum_laboratories, call.capacity) == (2, 3, 2, None)
    assert (call.announce_from_on, call.announce_until_on, call.report_days) == (
        date(2027, 1, 1),
        date(2027, 1, 31),
        60,
    )
    assert call.host_countries == ("FR",)
    assert {row.country: row.minimum_laboratories for row in call.countries.all()} == {"FR": 1, "JP": 1}
    assert [theme.code for theme in call.themes.filter(is_admitted=True)] == ["life-health"]
    assert (call.areas.count(), call.criteria.count()) == (6, 6)
    assert call.opens_at == datetime(2026, 6, 1, 8, tzinfo=UTC)


def test_real_call_says_who_pays_what(call: Call) -> None:
    money = {
        side.agency.code: (side.currency, side.cap, {cost.kind for cost in side.cost_kinds.all()})
        for side in call.sides.all()
    }
    assert money == {
        "inserm": ("EUR", Decimal("12000.00"), {"intl_travel", "accommodation", "meals", "local_travel"}),
        "jsps": ("JPY", None, {"local_travel", "daily_allowance", "accommodation", "organisation"}),
    }


def test_real_call_says_what_each_side_asks(call: Call) -> None:
    inserm, jsps = call.sides.all()
    assert (inserm.required_laboratory_kind, inserm.asks_director_agreement) == ("inserm", True)
    assert (inserm.required_track, inserm.asks_application_number, inserm.asks_institution_approval) == (
        "",
        False,
        False,
    )
    assert (jsps.required_track, jsps.asks_application_number) == ("counterpart", True)
    assert (jsps.asks_institution_approval, jsps.asks_japanese_names) == (True, True)


def test_every_text_of_the_real_call_is_in_three_languages(call: Call) -> None:
    records = [call, *call.sides.all(), *call.themes.all(), *call.areas.all(), *call.criteria.all()]
    names = ("title", "summary", "format", "pays", "filing", "guidance")
    missing = [
        f"{record} {name}_{language}"
        for record in records
        for name in names
        for language in ("en", "fr", "ja")
        if hasattr(record, f"{name}_en") and not getattr(record, f"{name}_{language}")
    ]
    assert missing == []


def test_french_texts_have_no_break_spaces_and_typographic_apostrophes(call: Call) -> None:
    records = [call, *call.sides.all(), *call.areas.all(), *call.criteria.all()]
    texts = [value for record in records for name, value in vars(record).items() if name.endswith("_fr") and value]
    assert [text for text in texts if "'" in text or " :" in text or " ?" in text or " ;" in text or "« " in text] == []


def test_note_states_the_contradiction_about_the_host_country(call: Call) -> None:
    assert "HOST COUNTRY" in call.admin_note
    assert "one click" in call.admin_note


def test_file_that_is_not_toml_names_itself_and_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("code = \n")
    with pytest.raises(InvalidCall, match=r"broken\.toml: .*line 1"):
        read_call(path)


def demonstration(at: datetime) -> tuple[dict[str, Any], datetime]:
    data = read_demonstration(at)
    side = data["sides"][0]
    local = datetime.combine(side["deadline_on"], side["deadline_time"], ZoneInfo(side["deadline_zone"]))
    return data, local.astimezone(UTC)


@pytest.mark.django_db
def test_demonstration_is_the_next_call_in_japan() -> None:
    data, deadline_at = demonstration(NOW)
    assert data["is_demonstration"] is True
    assert (data["year"], data["seminar_year"]) == (2027, 2028)
    assert [row["country"] for row in data["countries"] if row["may_host"]] == ["JP"]
    assert deadline_at == datetime(2027, 1, 7, 9, tzinfo=UTC)
    assert [(side["deadline_on"], side["deadline_time"]) for side in data["sides"]] == [
        (date(2027, 1, 7), time(10)),
        (date(2027, 1, 7), time(18)),
    ]
    assert (
        data["title"]["fr"]
        == "Séminaires conjoints Inserm/JSPS\N{NO-BREAK SPACE}: appel 2027 pour des séminaires en 2028"
    )
    assert "{" not in "".join([*data["title"].values(), *data["summary"].values()])


@pytest.mark.django_db
@given(day=st.dates(date(2026, 1, 1), date(2060, 12, 31)), hour=st.integers(0, 23))
def test_demonstration_holds_together_on_any_day(day: date, hour: int) -> None:
    at = datetime.combine(day, time(hour), UTC)
    data, deadline_at = demonstration(at)
    assert data["opens_at"] < at
    assert timedelta(weeks=5) < deadline_at - at < timedelta(weeks=8)
    assert data["sides"][0]["deadline_on"].weekday() == 3
    assert data["sides"][1]["deadline_time"] in {time(17), time(18)}
    assert deadline_at.date() < data["announce_from_on"] < data["announce_until_on"] < data["window_start_on"]
    assert data["window_start_on"].year == data["seminar_year"] == data["year"] + 1


@pytest.mark.django_db
def test_demonstration_keeps_its_dates_while_there_is_time() -> None:
    load_call(read_demonstration(NOW), by=None, at=NOW)
    later = datetime(2027, 1, 5, 8, 59, tzinfo=UTC)
    assert load_call(read_demonstration(later), by=None, at=later).changed == ()


@pytest.mark.parametrize("later", [datetime(2027, 1, 5, 9, 1, tzinfo=UTC), datetime(2029, 7, 14, tzinfo=UTC)])
@pytest.mark.django_db
def test_demonstration_moves_on_when_the_deadline_is_near_or_past(later: datetime) -> None:
    first = load_call(read_demonstration(NOW), by=None, at=NOW).call
    moved = load_call(read_demonstration(later), by=None, at=later)
    assert (moved.call.pk, moved.created) == (first.pk, False)
    assert moved.call.last_deadline_at > later + timedelta(weeks=5)
    assert moved.call.is_open(later)
