"""The practical page of a confirmed seminar: what it shows, who writes in it, and who finds nothing."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import HistoryEntry, User
from reviews.actions import award
from reviews.actions.practical import save_practical
from reviews.models import Award, Practical
from reviews.models.practical import TEXTS
from reviews.queries.practical import people_of, records_of
from seminars.actions.proposals import EditConflict
from seminars.choices import SeminarState
from seminars.models import Participant, Recusal, Seminar
from seminars.permissions import Refused
from tests import cast
from tests.desk_records import person as stranger
from tests.reviews.actions.test_people_change import confirmed, person, stored, unit
from tests.reviews.awarded import AT, half, proposed
from tests.reviews.views.test_selected_pair import listed_pair
from tests.seminars.filed import filed_pair, officer
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
TYPED = {**dict.fromkeys(TEXTS, ""), "address": "146 rue Léo Saignat", "stay": "Hôtel du Tram"}


def path(seminar: Seminar, end: str = "") -> str:
    return f"/seminars/{seminar.pk}/practical/{end}"


def enter(user: User) -> Client:
    return sign_in(Client(), cast.in_english(user))


def test_both_coordinators_and_both_officers_read_it_and_nobody_else_does() -> None:
    seminar = confirmed()
    record = half(seminar)
    readers = [record.coordinator, half(seminar, "JP").coordinator, officer("FR"), officer("JP")]
    ends = ("", "participants.xlsx", "seminar.ics")
    for reader in readers:
        client = enter(reader)
        assert {client.get(path(seminar, end)).status_code for end in ends} == {200}
    assert {enter(stranger()).get(path(seminar, end)).status_code for end in (*ends, "edit/")} == {404}
    for shut_out in (officer("FR"), record.coordinator):  # a coordinator who reviews is in conflict with the own pair
        Recusal.objects.create(user=shut_out, seminar=seminar, since=AT)
    assert enter(record.coordinator).get(path(seminar)).status_code == 200
    assert {enter(officer("FR")).get(path(seminar, end)).status_code for end in ends} == {404}
    assert enter(officer("JP")).post(path(seminar, "edit/"), TYPED).status_code == 403


@pytest.mark.parametrize("state", [state for state in SeminarState if state not in ("confirmed", "forming")])
def test_there_is_no_page_before_the_confirmation_nor_after_a_cancellation(state: str) -> None:
    seminar = confirmed()
    Seminar.objects.update(state=state)
    for reader in (half(seminar).coordinator, officer("JP")):
        assert enter(reader).get(path(seminar)).status_code == 404
        assert enter(reader).post(path(seminar, "edit/"), TYPED).status_code == 404
    with pytest.raises(Refused, match="not confirmed"):
        save_practical(seminar, TYPED, version=0, by=half(seminar).coordinator, at=AT)


def test_it_tells_dates_people_money_contacts_and_what_is_next() -> None:
    seminar = filed_pair()
    Seminar.objects.update(state=SeminarState.SELECTED)
    officer("JP")
    made = proposed(seminar)
    award.accept(half(seminar), version=made.version, by=half(seminar).coordinator, at=AT)
    assert Award.objects.get().approved == Decimal(60)
    seminar.refresh_from_db()
    stored(half(seminar))
    french = enter(half(seminar).coordinator).get(path(seminar)).content.decode()
    japanese = enter(half(seminar, "JP").coordinator).get(path(seminar)).content.decode()
    for page in (french, japanese):
        for words in ("14–16 June 2027", "Neurocampus", "Marie LEFÈVRE", "田中", "Anne ROUX", "€60.00", "Opening"):
            assert words in page, words
        assert "due by 15 August 2027" in page
        assert officer("JP").email in page


def test_two_editors_never_overwrite_each_other() -> None:
    seminar = confirmed()
    french, japanese = enter(half(seminar).coordinator), enter(half(seminar, "JP").coordinator)
    assert 'name="version"' in french.get(path(seminar, "edit/")).content.decode()
    assert french.post(path(seminar, "edit/"), {**TYPED, "version": "0"}).status_code == 303
    clash = {**TYPED, "stay": "", "notes": "Visa letters by April", "version": "0"}
    answer = japanese.post(path(seminar, "edit/"), clash)
    text = answer.content.decode()
    assert (answer.status_code, "Hôtel du Tram" in text, "Visa letters" in text) == (409, True, True)
    assert Practical.objects.get().notes == ""
    kept = {**clash, "version": "1", "keep-stay": "saved", "keep-notes": "mine"}
    assert japanese.post(path(seminar, "edit/"), kept).status_code == 303
    saved = Practical.objects.get()
    assert (saved.stay, saved.notes, saved.version) == ("Hôtel du Tram", "Visa letters by April", 2)
    partial = french.post(path(seminar, "edit/"), {**TYPED, "version": "0"}, headers={"HX-Request": "true"})
    assert (partial.status_code, "keep-notes" in partial.content.decode()) == (409, True)
    with pytest.raises(EditConflict):
        save_practical(seminar, TYPED, version=1, by=half(seminar).coordinator, at=AT)
    assert HistoryEntry.objects.filter(subject_kind="reviews.practical").count() == 2


def test_what_is_too_long_comes_back_and_saving_the_same_is_no_saving() -> None:
    seminar = confirmed()
    client = enter(half(seminar).coordinator)
    answer = client.post(path(seminar, "edit/"), {**TYPED, "notes": "x" * 4001, "version": "0"})
    assert (answer.status_code, "Hôtel du Tram" in answer.content.decode()) == (422, True)
    for _ in range(2):
        client.post(path(seminar, "edit/"), {**TYPED, "version": "0"})
    assert Practical.objects.get().version == 1


def test_the_workbook_has_names_for_passports_and_no_formula() -> None:
    seminar = confirmed()
    stored(half(seminar), position="=HYPERLINK(1)")
    answer = enter(officer("JP")).get(path(seminar, "participants.xlsx"))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.values)
    names = [row[3:7] for row in rows[1:]]
    assert names == [
        ("LEFÈVRE", "Marie", None, None),
        ("ROUX", "Anne", None, None),
        ("TANAKA", "Kenji", "田中", "健二"),
    ]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]


def test_everybody_is_listed_once_by_the_record_of_their_side() -> None:
    seminar = confirmed()
    french, japanese = half(seminar), half(seminar, "JP")
    stored(french, position="In French record")
    person(proposal=japanese, laboratory=unit(japanese), saved_at=AT, position="In Japanese record").save()
    found = people_of(records_of(seminar))
    assert [(str(one), one.position) for one in found if one.family_name == "Roux"] == [
        ("Anne ROUX", "In French record")
    ]
    assert [one.role for one in found] == ["coordinator", "speaker", "coordinator"]


def test_the_pages_around_a_confirmed_seminar_lead_to_it() -> None:
    seminar = confirmed()
    record = half(seminar)
    ways = (
        (record.coordinator, f"/proposals/{record.pk}/"),
        (record.coordinator, f"/proposals/{record.pk}/award/"),
        (officer("FR"), f"/desk/seminars/{seminar.pk}/"),
        (officer("JP"), f"/desk/inserm-jsps-2026/awards/pairs/{seminar.pk}/"),
    )
    for who, page in ways:
        assert f'href="{path(seminar)}"' in enter(who).get(page).content.decode(), page
    Seminar.objects.update(state=SeminarState.SELECTED)
    for who, page in ways:
        assert path(seminar) not in enter(who).get(page).content.decode(), page


def test_the_calendar_leads_to_the_page_and_says_where() -> None:
    seminar = confirmed()
    save_practical(seminar, TYPED, version=0, by=half(seminar).coordinator, at=AT + timedelta(days=1))
    text = enter(officer("FR")).get(path(seminar, "seminar.ics")).content.decode().replace("\r\n ", "")
    for line in ("DTSTART;VALUE=DATE:20270614", "DTEND;VALUE=DATE:20270617", "146 rue Léo Saignat", path(seminar)):
        assert line in text


def test_a_half_known_from_a_list_has_a_page_too() -> None:
    seminar = listed_pair()
    Seminar.objects.update(state=SeminarState.CONFIRMED)
    for reader in (half(seminar, "JP").coordinator, officer("FR")):
        page = enter(reader).get(path(seminar))
        assert (page.status_code, "Marie LEFÈVRE" in page.content.decode()) == (200, True)


def test_the_page_costs_the_same_queries_however_many_take_part() -> None:
    seminar = confirmed()
    client, record = enter(officer("FR")), half(seminar)
    own = enter(record.coordinator)
    costs = []
    for more in (1, 2, 27):
        for number in range(more):
            stored(record, email=f"{more}-{number}@inserm.example")
        found = []
        pages = ((client, path(seminar)), (client, path(seminar, "participants.xlsx")))
        for who, page in (*pages, (own, f"/proposals/{record.pk}/award/people/")):
            with CaptureQueriesContext(connection) as counted:
                assert who.get(page).status_code == 200
            found.append(len(counted))
        costs.append(found)
    assert costs[0] == costs[1] == costs[2]
    assert Participant.objects.filter(proposal=record).count() > 30
