"""The officers' page of a selected seminar: a listed half's budget, cancelling together, and who sees nothing of it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews.models import CancelRequest, ListedAward
from seminars.actions.application_list import share_list
from seminars.actions.matching import confirm_match
from seminars.choices import SeminarState
from seminars.models import Recusal, Seminar
from tests import cast
from tests.desk_records import person
from tests.listed_rows import application_list, listed
from tests.reviews.actions.test_change import ask as ask_change
from tests.reviews.actions.test_change import selected
from tests.reviews.awarded import AT, half
from tests.seminars.filed import AFTER, officer, submit
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
AWARDS = "/desk/inserm-jsps-2026/awards/"


def enter(country: str) -> Client:
    return sign_in(Client(), cast.in_english(officer(country)))


def post(client: Client, path: str, **data: Any) -> str:
    return client.post(path, {"reason": "", **data}, follow=True).content.decode()


def listed_pair() -> Seminar:
    """Return Kenji's filed record and Marie's row in Inserm's own list, matched and selected."""
    japanese = submit(cast.complete_draft(cast.kenji(), "JP"))
    of = application_list(japanese.side.call, cast.inserm(), "FR")
    share_list(of, by=cast.inserm_officer(), at=AFTER)
    row = listed(of, email="marie@inserm.example", title_en=japanese.title_en)
    confirm_match(japanese, row, by=cast.jsps_officer(), at=AFTER)
    Seminar.objects.update(state=SeminarState.SELECTED)
    return Seminar.objects.get()


def test_two_officers_cancel_a_seminar() -> None:
    seminar = selected()
    path = f"{AWARDS}pairs/{seminar.pk}/"
    french, japanese = enter("FR"), enter("JP")
    assert french.post(path, {"ask": "1", "reason": ""}).status_code == 409
    assert "other agency has been asked" in post(french, path, ask="1", reason="The unit is closing.")
    assert "Cancel the seminar" not in french.get(path).content.decode()
    assert "The unit is closing." in japanese.get(path).content.decode()
    assert "The seminar is cancelled; everybody" in post(japanese, path, agree="1")
    for country in ("FR", "JP"):
        record = half(seminar, country)
        page = sign_in(Client(), cast.in_english(record.coordinator)).get(f"/proposals/{record.pk}/award/")
        assert "The unit is closing." in page.content.decode()


def test_a_request_is_taken_back_or_refused() -> None:
    seminar = selected()
    path = f"{AWARDS}pairs/{seminar.pk}/"
    french, japanese = enter("FR"), enter("JP")
    post(french, path, ask="1", reason="The unit is closing.")
    record = half(seminar)
    own = sign_in(Client(), record.coordinator).get(f"/proposals/{record.pk}/award/").content.decode()
    assert "The unit is closing." not in own
    assert "is taken back" in post(french, path, take_back="1")
    post(french, path, ask="1", reason="Really.")
    assert japanese.post(path, {"keep": "1", "reason": ""}).status_code == 409
    assert "The seminar stays; the other" in post(japanese, path, keep="1", reason="It is too late.")
    assert post(japanese, path, agree="1")
    assert CancelRequest.objects.filter(state="agreed").count() == 0


def test_the_agency_of_a_listed_half_settles_its_budget_and_the_seminar_is_confirmed() -> None:
    seminar = listed_pair()
    path = f"{AWARDS}pairs/{seminar.pk}/"
    japanese = enter("JP")
    assert path in japanese.get(AWARDS).content.decode()
    assert 'name="settle"' not in japanese.get(path).content.decode()
    assert japanese.post(path, {"settle": "1", "reason": ""}).status_code == 409
    french = enter("FR")
    assert path in french.get(AWARDS).content.decode()
    assert 'name="settle"' in french.get(path).content.decode()
    assert "The seminar is confirmed; everybody" in post(french, path, settle="1")
    assert Seminar.objects.get().state == SeminarState.CONFIRMED
    assert ListedAward.objects.get().settled_by == officer("FR")
    assert french.post(path, {"settle": "1", "reason": ""}).status_code == 409


def test_a_coordinator_takes_a_change_back_on_the_page() -> None:
    seminar = selected()
    change, record = ask_change(seminar), half(seminar)
    client = sign_in(Client(), cast.in_english(record.coordinator))
    path = f"/proposals/{record.pk}/award/change/{change.pk}/withdraw/"
    assert path in client.get(f"/proposals/{record.pk}/award/").content.decode()
    assert client.get(path).status_code == 405
    assert "The change is taken back." in client.post(path, follow=True).content.decode()
    assert "settled already" in client.post(path, follow=True).content.decode()


def test_nobody_else_reaches_it(client: Client) -> None:
    seminar = selected()
    path = f"{AWARDS}pairs/{seminar.pk}/"
    for somebody in (person(), half(seminar).coordinator):
        assert sign_in(client, somebody).get(path).status_code == 404
    Recusal.objects.create(user=officer("FR"), seminar=seminar, since=AT)
    assert sign_in(client, officer("FR")).get(path).status_code == 404
    assert sign_in(client, officer("JP")).get(path).status_code == 200
    Seminar.objects.update(state=SeminarState.RESERVE)
    assert sign_in(client, officer("JP")).get(path).status_code == 404


def cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_the_pages_cost_the_same_queries_however_many_seminars() -> None:
    client, costs = enter("FR"), []
    for more in (1, 2, 27):
        made = [selected() for _ in range(more)]
        seminar = made[-1]
        ask_change(seminar)
        post(client, f"{AWARDS}pairs/{seminar.pk}/", ask="1", reason="No.")
        pages = (
            AWARDS,
            f"{AWARDS}pairs/{seminar.pk}/",
            f"{AWARDS}{half(seminar).pk}/",
            "/desk/inserm-jsps-2026/awards.xlsx",
        )
        costs.append([cost(client, page) for page in pages])
    assert costs[0] == costs[1] == costs[2]
