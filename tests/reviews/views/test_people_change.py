"""The pages on which a coordinator asks for other participants, and what officers read of it."""

import pytest
from django.test import Client

from reviews.models import Change
from seminars.models import Participant
from tests import cast
from tests.desk_records import person
from tests.reviews.actions.test_people_change import confirmed, stored, unit
from tests.reviews.awarded import half
from tests.seminars.filed import officer
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
TYPED = {
    "family_name": "Petit",
    "given_name": "Luc",
    "role": "speaker",
    "side": "FR",
    "career_stage": "cr",
    "talk_title": "Glia",
    "reason": "Anne is ill.",
    "version": "0",
    "email": "=petit@inserm.example",
}


def test_a_coordinator_replaces_somebody_and_officers_read_before_and_after(client: Client) -> None:
    seminar = confirmed()
    record = half(seminar)
    old = stored(record)
    people = f"/proposals/{record.pk}/award/people/"
    path = f"{people}{old.pk}/replace/"
    sign_in(client, cast.in_english(record.coordinator))
    assert path in client.get(people).content.decode()
    shown = client.get(path).content.decode()
    assert ("€20.00" in shown, f'<option value="{unit(record).pk}" selected' in shown) == (True, True)
    typed = {**TYPED, "email": "", "laboratory": str(unit(record).pk)}
    wrong = client.post(path, {**typed, "reason": "", "talk_title": "Kept"})
    assert (wrong.status_code, "Kept" in wrong.content.decode()) == (422, True)
    assert client.post(path, {**typed, "career_stage": ""}).status_code == 409
    assert "Both agencies have been asked" in client.post(path, typed, follow=True).content.decode()
    assert client.get(f"{people}add/").status_code == 409
    desk = f"/desk/inserm-jsps-2026/changes/{Change.objects.get().pk}/"
    for country in ("FR", "JP"):
        page = sign_in(client, cast.in_english(officer(country))).get(desk).content.decode()
        for words in ("Anne", "Petit", "Glia", "€20.00", "Every rule holds"):
            assert words in page, words
        client.post(desk, {"agree": "1", "reason": ""})
    assert str(Participant.objects.get(pk=old.pk)) == "Luc PETIT"
    assert "Anne" in client.get(desk).content.decode()


def test_one_is_added_with_a_new_laboratory_and_one_removed(client: Client) -> None:
    record = half(confirmed())
    old = stored(record)
    people = f"/proposals/{record.pk}/award/people/"
    sign_in(client, cast.in_english(record.coordinator))
    added = {**TYPED, "email": "", "laboratory": "new", "lab-name": "LPNC", "lab-kind": "inserm", "lab-country": "FR"}
    added |= {"lab-version": "0", "lab-unit": "U1016"}
    assert client.post(f"{people}add/", added).status_code == 303
    change = Change.objects.get()
    assert (change.person["laboratory"]["unit"], change.joins, change.leaves) == ("U1016", "Luc PETIT", "")
    client.post(f"/proposals/{record.pk}/award/change/{change.pk}/withdraw/")
    assert client.get(f"{people}{old.pk}/remove/").status_code == 200
    assert client.post(f"{people}{old.pk}/remove/", {"reason": ""}).status_code == 422
    assert client.post(f"{people}{old.pk}/remove/", {"reason": "She is ill."}).status_code == 303


def test_nobody_else_reaches_it(client: Client) -> None:
    seminar = confirmed()
    record = half(seminar)
    old = stored(record)
    paths = [
        f"/proposals/{record.pk}/award/people/{end}" for end in ("", "add/", f"{old.pk}/replace/", f"{old.pk}/remove/")
    ]
    for somebody in (person(), half(seminar, "JP").coordinator, officer("FR")):
        sign_in(client, somebody)
        assert {client.get(path).status_code for path in paths} == {404}
    leader = record.participants.get(side="FR", role="coordinator")
    sign_in(client, record.coordinator)
    assert client.get(f"/proposals/{record.pk}/award/people/{leader.pk}/remove/").status_code == 404
