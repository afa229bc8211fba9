"""The pages of budget validation: what they show, what can be done there, and who sees nothing of it."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.models import User
from reviews.models import Award
from seminars.choices import SeminarState
from seminars.models import Proposal, Recusal, Seminar
from tests import cast
from tests.desk_records import person
from tests.reviews.awarded import AT, half, proposed, selected, validated
from tests.seminars import filed
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
LIST = "/desk/inserm-jsps-2026/awards/"


def officer(country: str) -> User:
    return cast.in_english(filed.officer(country))


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def typed(record: Proposal, version: str = "", **changes: str) -> dict[str, str]:
    data = {"save": "1", "version": version}
    for place, line in enumerate(record.lines.order_by("pk")):
        data[f"approved-{line.pk}"] = changes.get(f"approved{place}", str(line.amount))
        data[f"reason-{line.pk}"] = changes.get(f"reason{place}", "")
    return data


def test_the_officer_validates_previews_and_sends(client: Client) -> None:
    seminar = selected()
    record = half(seminar)
    path = f"{LIST}{record.pk}/"
    sign_in(client, officer("FR"))
    assert "Send to the coordinator" not in page(client, path)
    done = client.post(path, typed(record, approved0="900.5", reason0="One night less."), follow=True)
    text = done.content.decode()
    assert "€1,401.00" in text
    assert "The budget of your seminar is validated" in text
    version = Award.objects.get().version
    assert (
        "is sent to the coordinator"
        in client.post(path, {"send": "1", "version": str(version)}, follow=True).content.decode()
    )
    assert client.post(path, {"send": "1", "version": str(version)}).status_code == 409


def test_what_was_typed_stays_where_it_is_refused(client: Client) -> None:
    record = half(selected())
    path = f"{LIST}{record.pk}/"
    sign_in(client, officer("FR"))
    for changes, words in (
        ({"approved0": "1000.01"}, "At most what was requested."),
        ({"approved0": "999.99"}, "Say why it is less"),
        ({"approved0": "lots", "reason0": "Kept text"}, "Kept text"),
    ):
        answer = client.post(path, typed(record, **changes))
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    validated(Seminar.objects.get())
    answer = client.post(path, typed(record, approved0="1.00", reason0="Kept text"))
    assert (answer.status_code, "Kept text" in answer.content.decode()) == (409, True)
    assert client.post(path, {"send": "1", "version": "x"}).status_code == 422


def test_the_coordinator_reads_it_once_it_is_sent(client: Client) -> None:
    seminar = selected()
    record = half(seminar)
    path = f"/proposals/{record.pk}/award/"
    validated(seminar, first=("900.00", "One night less."))
    sign_in(client, record.coordinator)
    before = page(client, path)
    assert "is validating your budget" in before
    assert "One night less." not in before
    assert "900" not in before.split('<h2 id="lines">')[1].split("€1,000")[0]
    assert client.post(f"{path}accept/", {"version": "0"}).status_code == 409
    proposed(seminar, first=("900.00", "One night less."))
    assert "One night less." in page(client, path)
    version = str(Award.objects.get().version)
    assert "€1,400.50" in page(client, f"{path}accept/")
    assert client.post(f"{path}accept/", {"version": "x"}).status_code == 409
    assert client.post(f"{path}answer/", {"version": version, "text": ""}).status_code == 422
    client.post(f"{path}answer/", {"version": version, "text": "Too little."})
    assert "Too little." in page(client, path)
    version = str(Award.objects.get().version)
    assert (
        "The seminar is confirmed." in client.post(f"{path}accept/", {"version": version}, follow=True).content.decode()
    )
    assert Seminar.objects.get().state == SeminarState.CONFIRMED


def test_the_partner_sees_the_state_and_no_amount(client: Client) -> None:
    seminar = selected()
    proposed(seminar, first=("900.00", "One night less."))
    japanese = half(seminar, "JP")
    text = page(sign_in(client, japanese.coordinator), f"/proposals/{japanese.pk}/award/")
    assert "With the coordinator" in text
    for hidden in ("One night less.", "900", "1,400", "1,000"):
        assert hidden not in text, hidden


def test_a_seminar_is_given_up_after_a_reason(client: Client) -> None:
    record = half(selected(), "JP")
    path = f"/proposals/{record.pk}/award/"
    sign_in(client, record.coordinator)
    assert client.post(f"{path}decline/", {"text": ""}).status_code == 422
    assert "Cancelled" in client.post(f"{path}decline/", {"text": "No time."}, follow=True).content.decode()
    assert client.post(f"{path}decline/", {"text": "No time."}).status_code == 409


def test_nobody_else_reaches_it(client: Client) -> None:
    seminar = selected()
    proposed(seminar)
    french, japanese = half(seminar), half(seminar, "JP")
    own = [f"/proposals/{french.pk}/award/{step}" for step in ("", "accept/", "answer/", "decline/")]
    for somebody in (person(), japanese.coordinator, officer("FR"), officer("JP")):
        sign_in(client, somebody)
        assert {client.get(path).status_code for path in own} == {404}
    sign_in(client, officer("JP"))
    other = page(client, f"{LIST}{french.pk}/")  # paired with a record of JSPS: read, not changed
    assert 'name="save"' not in other
    assert client.get(f"{LIST}{japanese.pk}/").status_code == 404  # no cap, no validation
    Recusal.objects.create(user=officer("FR"), seminar=seminar, since=AT)
    sign_in(client, officer("FR"))
    assert client.get(f"{LIST}{french.pk}/").status_code == 404
    assert "No budget to validate yet" in page(client, LIST)


@pytest.mark.parametrize("state", [SeminarState.IN_REVIEW, SeminarState.RESERVE, SeminarState.NOT_SELECTED])
def test_nothing_is_there_before_a_selection_is_announced(state: str, client: Client) -> None:
    seminar = selected()
    record = half(seminar)
    Seminar.objects.filter(pk=seminar.pk).update(state=state)
    assert sign_in(client, record.coordinator).get(f"/proposals/{record.pk}/award/").status_code == 404
    assert "Budget of the seminar" not in page(client, f"/proposals/{record.pk}/")
    sign_in(client, officer("FR"))
    assert "No budget to validate yet" in page(client, LIST)
    assert client.get(f"{LIST}{record.pk}/").status_code == 404


def test_the_way_to_it_is_on_the_record_once_selected(client: Client) -> None:
    record = half(selected())
    sign_in(client, record.coordinator)
    assert f"/proposals/{record.pk}/award/" in page(client, f"/proposals/{record.pk}/")


def test_the_list_is_a_workbook_too(client: Client) -> None:
    validated(selected("=Formula"), first=("900.00", "Less."))
    answer = sign_in(client, officer("FR")).get("/desk/inserm-jsps-2026/awards.xlsx")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[1][1].lstrip("'") == "=Formula"
    assert [float(value) for value in rows[1][-2:]] == [1500.5, 1400.5]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_list_costs_the_same_whatever_its_length(
    number: int, client: Client, django_assert_num_queries: Callable
) -> None:
    for place in range(number):
        validated(selected(f"Pair {place}"))
    sign_in(client, officer("FR")).get(LIST)
    with django_assert_num_queries(13):
        client.get(LIST)
