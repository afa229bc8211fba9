"""Writing to coordinators: selected, written, looked at, sent; and the page of what was sent."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Message, MessageState, User
from seminars.actions.mailings import send_mailing
from seminars.models import Mailing, Proposal
from tests import cast
from tests.desk_records import BEFORE, pair, person, proposal
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
CODE = "inserm-jsps-2026"
NEW, SENT, LIST = f"/desk/{CODE}/messages/new/", f"/desk/{CODE}/messages/", f"/desk/{CODE}/proposals/"


def french_officer() -> User:
    return cast.officer_of(cast.inserm(), "english@inserm.example", family_name="Roy", given_name="Zoé", language="en")


def client() -> Client:
    return sign_in(Client(), french_officer())


@pytest.fixture
def records() -> list[Proposal]:
    """Two Inserm records, one paired, the partner's, and one that only JSPS sees."""
    call = cast.call_2026()
    first = proposal(call, cast.inserm(), coordinator=person(language="fr"), title_en="First")
    second = proposal(call, cast.inserm(), coordinator=person(language="en"), title_en="Second")
    partner = proposal(call, cast.jsps(), coordinator=cast.kenji(), title_en="Theirs")
    pair(first, partner)
    hidden = proposal(call, cast.jsps(), title_en="Hidden", coordinator=person(given_name="Hidden"))
    return [first, second, partner, hidden]


def form(records: list[Proposal], **values: Any) -> dict[str, Any]:
    said = {
        "records": ",".join(str(record.pk) for record in records),
        "form_uuid": str(uuid4()),
        "subject_en": "Hello {title}",
        "body_en": "Dear {name}",
    }
    return {**said, "step": "preview", **values}


def test_the_list_offers_to_select_records_of_the_own_agency(records: list[Proposal]) -> None:
    page = client().get(LIST).content.decode()
    for record, offered in zip(records, (True, True, False, False), strict=True):
        assert (f'value="{record.pk}" form="pick"' in page) is offered


@pytest.mark.parametrize("query", ["record={0}&record={1}&record={2}&record={3}", "records={0},{1},{2},{3}", "list="])
def test_only_coordinators_of_the_own_agency_are_written_to(records: list[Proposal], query: str) -> None:
    answer = client().get(f"{NEW}?{query.format(*(record.pk for record in records))}")
    assert answer.context["recipients"] == records[:2]
    page = answer.content.decode()
    assert "left out" in page
    assert ("Hidden" in page, "Kenji" in page) == (False, False)


def test_all_that_a_search_finds_are_written_to(records: list[Proposal]) -> None:
    assert client().get(f"{NEW}?list=q%3DSecond").context["recipients"] == [records[1]]


@pytest.mark.parametrize("query", ["", "record=x", "records=,,1e3", "record=99999999999999999999"])
def test_nobody_selected_is_said_so(records: list[Proposal], query: str) -> None:
    assert "Nobody is selected whom you may write to." in client().get(f"{NEW}?{query}").content.decode()


def test_each_language_is_shown_before_anything_is_sent(records: list[Proposal]) -> None:
    answer = client().post(NEW, form(records))
    shown = {preview.language: preview for preview in answer.context["previews"]}
    assert (shown["English"].subject, shown["English"].is_fallback) == ("Hello Second", False)
    assert (shown["Français"].subject, shown["Français"].is_fallback) == ("Hello First", True)
    assert "Ce message est rédigé en anglais." in shown["Français"].text
    assert (Mailing.objects.exists(), Message.objects.filter(kind="mailing").exists()) == (False, False)


def test_sent_it_shows_where_each_mail_stands(records: list[Proposal]) -> None:
    browser, said = client(), form(records)
    answer = browser.post(NEW, {**said, "step": "send"})
    again = browser.post(NEW, {**said, "step": "send"})
    address = reverse("desk_mailing", args=[Mailing.objects.get().pk])
    assert (answer.headers["Location"], again.headers["Location"]) == (address, address)
    message = Message.objects.filter(kind="mailing").order_by("pk")[0]
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, sent_at=BEFORE)
    for shown in (SENT, address):
        page = browser.get(shown).content.decode()
        assert ("Sent: 1" in page, "Waiting: 1" in page, "Failed" in page) == (True, True, False)
        assert "<bdi>Hello [title]</bdi>" in page


def test_the_text_can_be_changed_after_looking(records: list[Proposal]) -> None:
    answer = client().post(NEW, form(records, step="write"))
    assert 'value="Hello {title}"' in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"subject_en": ""}, "Write both the subject and the text."),
        ({"body_en": ""}, "Write both the subject and the text."),
        ({"subject_en": "", "body_en": ""}, "Write the message in English too"),
        ({"body_en": "{password}"}, "There is no such placeholder here: {password}"),
        ({"subject_en": "{link}"}, "There is no such placeholder here: {link}"),
        ({"subject_en": "a\u202eb"}, "This text holds characters that cannot be kept"),
        ({"form_uuid": "x"}, "UUID"),
    ],
)
@pytest.mark.parametrize("step", ["preview", "send"])
def test_a_mistake_is_said_and_nothing_sent(
    records: list[Proposal], changed: dict[str, str], words: str, step: str
) -> None:
    answer = client().post(NEW, form(records, **changed, step=step))
    assert answer.status_code == 422
    assert not Mailing.objects.exists()
    if "form_uuid" not in changed:
        assert words in answer.content.decode()


def test_html_is_shown_as_it_was_typed(records: list[Proposal]) -> None:
    answer = client().post(NEW, form(records, body_en="<script>alert(1)</script>"))
    assert "<script>alert(1)" not in answer.content.decode()


def test_a_selection_made_up_by_hand_reaches_nobody_else(records: list[Proposal]) -> None:
    client().post(NEW, form(records, step="send"))
    reached = set(Message.objects.filter(kind="mailing").values_list("recipient", flat=True))
    assert reached == {record.coordinator_id for record in records[:2]}


def test_the_other_agency_sees_no_message(records: list[Proposal]) -> None:
    client().post(NEW, form(records, step="send"))
    theirs = sign_in(Client(), cast.officer_of(cast.jsps(), "english@jsps.example", language="en"))
    assert "No message yet" in theirs.get(SENT).content.decode()
    assert theirs.get(reverse("desk_mailing", args=[Mailing.objects.get().pk])).status_code == 404
    record = theirs.get(reverse("desk_proposal", args=[records[0].pk])).content.decode()
    assert ("Wrote to the coordinator" in record, "Hello First" in record) == (True, False)


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_pages_cost_the_same_queries_however_many(number: int) -> None:
    call = cast.call_2026()
    made = [proposal(call, cast.inserm()) for _ in range(number)]
    texts = {"subject_en": "Hello", "body_en": "You"}
    for _ in range(number):
        options: dict[str, Any] = {"form_uuid": uuid4(), "by": french_officer(), "at": BEFORE}
        send_mailing(call, records=[record.pk for record in made[:3]], texts=texts, **options)
    browser = client()
    costs = []
    pages = [SENT, reverse("desk_mailing", args=[Mailing.objects.latest("pk").pk]), f"{NEW}?list="]
    for address in pages:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        costs.append(len(queries))
    with CaptureQueriesContext(connection) as queries:
        browser.post(NEW, form(made))
    assert [*costs, len(queries)] == [6, 5, 9, 7]
