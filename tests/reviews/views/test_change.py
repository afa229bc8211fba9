"""The pages of a change: asking, deciding, and who sees nothing of it."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from reviews.models import Change
from seminars.models import Proposal, Recusal
from tests import cast
from tests.desk_records import person
from tests.reviews.actions.test_change import WANTED, ask, selected
from tests.reviews.awarded import AT, half
from tests.seminars.filed import officer
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
TYPED = {**WANTED.__dict__, "reason": "The hall is closed."}


def test_a_coordinator_asks_and_officers_of_both_agencies_decide(client: Client) -> None:
    seminar = selected(whole=True)
    record = half(seminar)
    path = f"/proposals/{record.pk}/award/change/"
    sign_in(client, cast.in_english(record.coordinator))
    assert client.get(path).status_code == 200
    assert client.post(path, {**TYPED, "reason": ""}).status_code == 422
    refused = client.post(path, {**TYPED, "end_on": "2028-01-02"})
    assert (refused.status_code, "The hall is closed." in refused.content.decode()) == (409, True)
    assert "Both agencies have been asked" in client.post(path, TYPED, follow=True).content.decode()
    assert client.get(path).status_code == 409
    desk = f"/desk/inserm-jsps-2026/changes/{Change.objects.get().pk}/"
    for country, words in (("FR", "once the other agency has agreed"), ("JP", "in force in both records")):
        sign_in(client, cast.in_english(officer(country)))
        assert desk in client.get("/desk/inserm-jsps-2026/awards/").content.decode()
        assert "Every rule holds" in client.get(desk).content.decode()
        assert words in client.post(desk, {"agree": "1", "reason": ""}, follow=True).content.decode()
    assert Proposal.objects.filter(seminar=seminar, start_on=WANTED.start_on).count() == 2
    assert client.post(desk, {"refuse": "1", "reason": "Late."}).status_code == 409


def test_nobody_else_reaches_it(client: Client) -> None:
    seminar = selected()
    change, record = ask(seminar), half(seminar)
    desk = f"/desk/inserm-jsps-2026/changes/{change.pk}/"
    for somebody in (person(), half(seminar, "JP").coordinator, officer("FR")):
        assert sign_in(client, somebody).get(f"/proposals/{record.pk}/award/change/").status_code == 404
    assert sign_in(client, record.coordinator).get(desk).status_code == 404
    Recusal.objects.create(user=officer("FR"), seminar=seminar, since=AT)
    assert sign_in(client, officer("FR")).get(desk).status_code == 404
    assert sign_in(client, officer("JP")).get(desk).status_code == 200


def test_after_the_last_day_the_pages_lead_to_the_report(client: Client) -> None:
    seminar = selected("confirmed", whole=True)
    record = half(seminar)
    cast.in_english(record.coordinator)
    with time_machine.travel(datetime(2028, 1, 3, tzinfo=UTC), tick=False):
        sign_in(client, record.coordinator)
        page = client.get(f"/proposals/{record.pk}/award/").content.decode()
        words = "say in the final report"
        assert (words in page, f"/proposals/{record.pk}/report/" in page) == (True, True)
        refused = client.post(f"/proposals/{record.pk}/award/change/", TYPED)
        assert (refused.status_code, words in refused.content.decode()) == (409, True)
