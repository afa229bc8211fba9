"""Next year's call as a copy of the last, made by an officer, and changed until it is published."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import HistoryEntry, User
from seminars.actions import call_copies as actions
from seminars.models import Call
from seminars.permissions import Refused
from seminars.queries.call_copies import copy_of
from tests import cast
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/desk/inserm-jsps-2026/copy/"
DATES = "/desk/inserm-jsps-2027/dates/"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(cast.DEADLINE, tick=False):
        yield


@pytest.fixture
def officer() -> Client:
    call = cast.call_2026()
    call.summary_en, call.summary_fr, call.summary_ja = "Seminars of 2027.", "Séminaires de 2027.", "2027年のセミナー。"
    call.save()
    return sign_in(Client(), cast.in_english(cast.inserm_officer()))


def typed(answer: Any, **changes: str) -> dict[str, str]:
    """Return what a browser would send back from the page, with some fields changed."""
    said: dict[str, str] = {}
    for form in (answer.context["forms"].call, *answer.context["forms"].sides):
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                shown = "on" if value is True else field.field.widget.format_value(value)
                said[field.html_name] = shown[0] if isinstance(shown, list) else str(shown or "")
    return {**said, **changes}


def made(officer: Client) -> Call:
    answer = officer.post(PAGE, typed(officer.get(PAGE), step="create"))
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/desk/inserm-jsps-2027/"
    return Call.objects.with_terms().get(code="inserm-jsps-2027")


def test_copy_moves_the_dates_and_keeps_the_terms(officer: Client) -> None:
    source, copy = cast.call_2026(), made(officer)
    assert (copy.year, copy.seminar_year) == (2027, 2028)
    assert copy.title_en == "Inserm/JSPS joint seminars 2027"
    assert copy.summary_ja == "2028年のセミナー。"
    assert copy.opens_at == datetime(2027, 5, 31, 7, 0, tzinfo=UTC)
    assert [(side.deadline_on, str(side.deadline_time), side.deadline_zone) for side in copy.sides.all()] == [
        (date(2027, 9, 2), "10:00:00", "Europe/Paris"),
        (date(2027, 9, 2), "17:00:00", "Asia/Tokyo"),
    ]
    assert {side.deadline_at for side in copy.sides.all()} == {datetime(2027, 9, 2, 8, 0, tzinfo=UTC)}
    assert [side.deadline_confirmed for side in copy.sides.all()] == [False, False]
    assert (copy.window_start_on, copy.window_end_on) == (date(2028, 4, 1), date(2028, 12, 31))
    assert copy.is_published is False
    for name in ("themes", "areas", "criteria", "countries"):
        parts = [[str(part) for part in getattr(call, name).all()] for call in (source, copy)]
        assert parts[0] == parts[1]
    for old, new in zip(source.sides.all(), copy.sides.all(), strict=True):
        assert [cost.kind for cost in old.cost_kinds.all()] == [cost.kind for cost in new.cost_kinds.all()]
        assert (old.cap, old.required_track, new.last_number) == (new.cap, new.required_track, 0)
    assert source.themes.count() == 2


def test_copy_is_in_its_history(officer: Client) -> None:
    entry = HistoryEntry.objects.about(made(officer)).get()
    assert (entry.verb, entry.actor, entry.before) == ("copied", cast.inserm_officer(), {"code": "inserm-jsps-2026"})
    assert entry.after["sides.jsps.deadline_on"] == "2027-09-02"


def test_preview_shows_the_dates_and_makes_nothing(officer: Client) -> None:
    answer = officer.post(PAGE, typed(officer.get(PAGE), step="preview", code="other-2027"))
    assert answer.status_code == 200
    assert "Create the call" in answer.text
    assert "2 Sept 2027, 10:00 Paris" in answer.text
    assert Call.objects.count() == 1


def test_public_does_not_see_the_copy(officer: Client) -> None:
    copy = made(officer)
    assert Client().get(f"/calls/{copy.code}/").status_code == 404
    assert copy.code not in Client().get("/calls/").text
    assert "Not published yet" in officer.get("/desk/").text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "inserm-jsps-2026"}, "code"),
        ({"code": "a b"}, "code"),
        ({"code": ""}, "code"),
        ({"title_en": "a\x00b"}, "title_en"),
        ({"window_end_on": "2028-03-01"}, "window_end_on"),
        ({"window_start_on": "2027-09-02"}, "window_start_on"),
        ({"announce_from_on": "2027-09-01"}, "announce_from_on"),
        ({"opens_on": "2027-02-30"}, "opens_on"),
        ({"opens_on": "2027-03-28", "opens_time": "02:30"}, "opens_time"),
        ({"min_days": "4"}, "max_days"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_kept(officer: Client, changes: dict[str, str], field: str) -> None:
    answer = officer.post(PAGE, typed(officer.get(PAGE), step="create", **changes))
    assert answer.status_code == 422
    assert field in answer.context["forms"].call.errors
    assert Call.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"inserm-deadline_on": "2027-05-01"}, "deadline_on"),
        ({"inserm-deadline_on": "2027-03-28", "inserm-deadline_time": "02:30"}, "deadline_time"),
        ({"inserm-cap": "-1"}, "cap"),
        ({"inserm-deadline_zone": "Mars/Olympus"}, "deadline_zone"),
    ],
)
def test_what_a_side_cannot_be_is_told(officer: Client, changes: dict[str, str], field: str) -> None:
    answer = officer.post(PAGE, typed(officer.get(PAGE), step="create", **changes))
    assert answer.status_code == 422
    assert field in answer.context["forms"].sides[0].errors


def test_second_copy_with_the_same_code_is_refused(officer: Client) -> None:
    page = typed(officer.get(PAGE), step="create")
    assert officer.post(PAGE, page).status_code == 303
    assert officer.post(PAGE, page).status_code == 422
    source = Call.objects.with_sides().get(code="inserm-jsps-2026")
    with pytest.raises(Refused):
        actions.copy_call(source, *copy_of(source), by=cast.inserm_officer(), at=cast.DEADLINE)


@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_copy_is_made_by_officers_of_the_call(officer: Client, who: str) -> None:
    person = cast.marie() if who == "coordinator" else User.objects.create_superuser("admin@example.org")
    source = Call.objects.with_sides().get()
    assert sign_in(Client(), person).get(PAGE).status_code == 404
    with pytest.raises(Refused):
        actions.copy_call(source, *copy_of(source), by=person, at=cast.DEADLINE)


def test_officer_of_the_other_agency_changes_the_dates(officer: Client) -> None:
    made(officer)
    other = sign_in(Client(), cast.jsps_officer())
    page = other.get(DATES)
    answer = other.post(DATES, typed(page, seen=page.context["seen"], **{"jsps-deadline_on": "2027-09-09"}))
    assert answer.status_code == 303
    call = Call.objects.with_sides().get(code="inserm-jsps-2027")
    assert call.sides.all()[1].deadline_at == datetime(2027, 9, 9, 8, 0, tzinfo=UTC)
    entry = HistoryEntry.objects.about(call).order_by("-pk").first()
    assert entry is not None
    assert (entry.verb, entry.before["sides.jsps.deadline_on"]) == ("changed", "2027-09-02")


def test_change_on_top_of_another_is_asked_about(officer: Client) -> None:
    made(officer)
    page = officer.get(DATES)
    first = typed(page, seen=page.context["seen"], title_en="First")
    second = typed(page, seen=page.context["seen"], title_en="Second")
    assert officer.post(DATES, first).status_code == 303
    answer = officer.post(DATES, second)
    assert answer.status_code == 409
    assert "Second" in answer.text
    assert Call.objects.get(code="inserm-jsps-2027").title_en == "First"
    assert officer.post(DATES, {**second, "seen": answer.context["seen"]}).status_code == 303
    assert Call.objects.get(code="inserm-jsps-2027").title_en == "Second"


def test_published_call_is_for_administrators(officer: Client) -> None:
    call = made(officer)
    page = officer.get(DATES)
    Call.objects.filter(pk=call.pk).update(is_published=True)
    assert "Only an administrator can change it." in officer.get(DATES).text
    assert officer.post(DATES, typed(page, seen=page.context["seen"], title_en="Mine")).status_code == 409
    assert Call.objects.get(pk=call.pk).title_en == "Inserm/JSPS joint seminars 2027"


def test_desk_of_the_call_shows_its_year(officer: Client) -> None:
    page = officer.get("/desk/inserm-jsps-2026/").text
    assert "Today, Thursday 3 September 2026" in page
    assert "3 Sept 2026, 10:00 Paris" in page
    assert "Reconciliation, eligibility, evaluation on each side, joint selection" in page
    assert "At the latest on 29 February 2028" in page
