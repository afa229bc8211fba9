"""The programme by day and session (R8)."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from seminars.models import Proposal
from tests.cast import draft_of, marie
from tests.seminars import typed
from tests.seminars.typed import url
from tests.signing import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_deadline")]


def initial(client: Client, proposal: Proposal, asked: str = "") -> tuple[Any, ...]:
    form = client.get(url(proposal, f"sessions/add/{asked}")).context["open"].form
    return tuple(form.initial.get(name) for name in ("on", "starts", "ends"))


def test_every_day_of_the_seminar_has_its_place(client: Client, draft: Proposal) -> None:
    client.post(url(draft, "sessions/add/"), typed.session(on="2027-06-13", kind="travel", title="Travel"))
    days = client.get(url(draft, "programme/")).context["days"]
    assert [(day.on.day, day.number, len(day.sessions), len(day.bars)) for day in days] == [
        (13, 0, 1, 1),
        (14, 1, 1, 1),
        (15, 2, 0, 0),
        (16, 3, 0, 0),
    ]


def test_days_are_named_in_the_reader_s_language(client: Client, draft: Proposal) -> None:
    page = client.get(url(draft, "programme/")).content.decode()
    assert "Monday 14 June 2027" in page
    User.objects.update(language="fr")
    assert "lundi 14 juin 2027" in client.get(url(draft, "programme/")).content.decode()
    User.objects.update(language="ja")
    assert "2027年6月14日（月）" in client.get(url(draft, "programme/")).content.decode()


def test_sessions_are_in_the_order_of_their_times(client: Client, draft: Proposal) -> None:
    client.post(
        url(draft, "sessions/add/"), typed.session(on="2027-06-14", starts="08:00", ends="08:30", title="First")
    )
    day = client.get(url(draft, "programme/")).context["days"][0]
    assert [item.row.title for item in day.sessions] == ["First", "Opening"]


@pytest.mark.parametrize(
    ("asked", "slot"),
    [
        ("", (date(2027, 6, 14), time(12), time(15))),
        ("?on=2027-06-14", (date(2027, 6, 14), time(12), time(15))),
        ("?on=2027-06-15", (date(2027, 6, 15), time(9), time(9, 30))),
        ("?on=2027-02-29", (date(2027, 6, 14), time(12), time(15))),
        ("?on=tomorrow", (date(2027, 6, 14), time(12), time(15))),
    ],
)
def test_next_session_is_proposed_after_the_last_of_the_day(
    client: Client, draft: Proposal, asked: str, slot: tuple[Any, ...]
) -> None:
    assert initial(client, draft, asked) == slot


def test_nothing_is_proposed_past_midnight(client: Client, draft: Proposal) -> None:
    client.post(url(draft, "sessions/add/"), typed.session(on="2027-06-15", starts="20:00", ends="22:30"))
    assert initial(client, draft, "?on=2027-06-15") == (date(2027, 6, 15), time(22, 30), None)


def test_nothing_is_proposed_without_dates(client: Client) -> None:
    sign_in(client, marie())
    empty = draft_of(marie())
    assert initial(client, empty) == (None, None, None)
    assert client.get(url(empty, "programme/")).context["days"] == []


def test_save_and_add_another_keeps_the_day(client: Client, draft: Proposal) -> None:
    answer = client.post(url(draft, "sessions/add/"), typed.session(again="1"))
    assert (answer.status_code, answer["Location"]) == (303, url(draft, "sessions/add/?on=2027-06-15"))
    assert initial(client, draft, "?on=2027-06-15") == (date(2027, 6, 15), time(10, 30), time(12))


def test_participants_are_proposed_as_speakers(client: Client, draft: Proposal) -> None:
    typed.somebody(draft, role="speaker", family_name="Satō", given_name="Haruka")
    page = client.get(url(draft, "sessions/add/")).content.decode()
    assert '<datalist id="speakers">' in page
    assert '<option value="Haruka SATŌ">' in page
    assert 'list="speakers"' in page


@pytest.mark.parametrize(
    ("typed_in", "field"),
    [
        ({"ends": "09:00"}, "ends"),
        ({"ends": "08:59"}, "ends"),
        ({"starts": "24:00"}, "starts"),
        ({"starts": "-1:00"}, "starts"),
        ({"on": "2027-02-29"}, "on"),
        ({"on": "2027-13-01"}, "on"),
        ({"on": ""}, "on"),
        ({"on": "0000-01-01"}, "on"),
        ({"kind": "party"}, "kind"),
        ({"title": ""}, "title"),
        ({"title": "a" * 201}, "title"),
        ({"speaker": "a" * 161}, "speaker"),
    ],
)
def test_wrong_value_is_told_beside_its_field(
    client: Client, draft: Proposal, typed_in: dict[str, str], field: str
) -> None:
    answer = client.post(url(draft, "sessions/add/?on=2027-06-15"), typed.session(**typed_in))
    form = answer.context["open"].form
    assert (answer.status_code, list(form.errors), draft.sessions.count()) == (422, [field], 1)
    assert form[field].value() == typed_in[field]
    assert answer.context["open"].place == date(2027, 6, 15)


@pytest.mark.parametrize("typed_in", [{"title": "a" * 200}, {"speaker": "a" * 160}, {"ends": "09:01"}])
def test_value_at_its_bound_is_saved(client: Client, draft: Proposal, typed_in: dict[str, str]) -> None:
    assert client.post(url(draft, "sessions/add/"), typed.session(**typed_in)).status_code == 303


def test_session_of_another_kind_may_lie_outside_the_dates(client: Client, draft: Proposal) -> None:
    for kind, day in (("travel", 13), ("preparatory", 1), ("debriefing", 30)):
        client.post(url(draft, "sessions/add/"), typed.session(kind=kind, on=f"2027-06-{day:02}", title=kind))
    standing = client.get(url(draft, "programme/")).context["current"]
    assert (standing.blocking, standing.warnings) == ((), ())


def test_seminar_session_outside_the_dates_is_said_at_its_row(client: Client, draft: Proposal) -> None:
    client.post(url(draft, "sessions/add/"), typed.session(on="2027-06-17", title="Late"))
    day = client.get(url(draft, "programme/")).context["days"][-1]
    assert [[problem.code for problem in item.problems] for item in day.sessions] == [["session_outside"]]


def test_sessions_at_the_same_time_stand_in_two_lanes(client: Client, draft: Proposal) -> None:
    client.post(url(draft, "sessions/add/"), typed.session(on="2027-06-14", starts="10:00", ends="11:00", title="B"))
    client.post(url(draft, "sessions/add/"), typed.session(on="2027-06-14", starts="12:00", ends="15:00", title="C"))
    day = client.get(url(draft, "programme/")).context["days"][0]
    assert [(bar.label, bar.y, bar.x, bar.width) for bar in day.bars] == [
        ("Opening", 0, "0.00%", "50.00%"),
        ("B", 30, "16.67%", "16.67%"),
        ("C", 0, "50.00%", "50.00%"),
    ]
