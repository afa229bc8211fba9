"""The directory of laboratories: curated by officers, offered to coordinators."""

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import HistoryEntry, User
from seminars.actions.directory import add_spelling, merge_entries, save_entry
from seminars.choices import LaboratoryKind
from seminars.models import DirectoryEntry, Laboratory
from seminars.permissions import Refused
from tests import cast
from tests.cast import BEFORE
from tests.desk_records import pair, proposal
from tests.seminars import typed
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
LIST, ADD, SUGGESTIONS = "/desk/laboratories/", "/desk/laboratories/add/", "/laboratories/suggestions/"
TYPED = {"name": "Neurocentre Magendie", "kind": "inserm", "country": "FR", "city": "Bordeaux", "unit": "U1215"}


def entry(name: str = "Neurocentre Magendie", *spellings: str, **values: Any) -> DirectoryEntry:
    plain = {"kind": LaboratoryKind.INSERM, "country": "FR", "city": "Bordeaux", "unit": "U1215"}
    made = DirectoryEntry(agency=cast.inserm(), name=name, **(plain | values))
    return save_entry(made, spellings=spellings, by=cast.inserm_officer(), at=BEFORE)


def client_of(user: User) -> Client:
    return sign_in(Client(), cast.in_english(user))


def test_entry_is_added_with_its_spellings_and_told_in_the_history() -> None:
    officer = cast.inserm_officer()
    answer = client_of(officer).post(ADD, {**TYPED, "spellings": "Inserm U1215\n\nNeurocentre magendie\n"})
    assert (answer.status_code, answer.headers["Location"]) == (303, LIST)
    made = DirectoryEntry.objects.get()
    assert (made.agency, made.changed_by) == (cast.inserm(), officer)
    assert [spelling.text for spelling in made.spellings.all()] == ["Inserm U1215", "Neurocentre Magendie"]
    assert HistoryEntry.objects.about(made).get().after["spellings"] == ["Inserm U1215", "Neurocentre Magendie"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"rnsr": "12"}, "rnsr"),
        ({"kind": "secret"}, "kind"),
        ({"spellings": "a" * 201}, "spellings"),
        ({"spellings": "\n".join(map(str, range(51)))}, "spellings"),
    ],
)
def test_wrong_value_is_told_and_what_was_typed_is_kept(changes: dict[str, str], field: str) -> None:
    answer = client_of(cast.inserm_officer()).post(ADD, {**TYPED, **changes})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not DirectoryEntry.objects.exists()
    assert "Bordeaux" in answer.content.decode()


@pytest.mark.parametrize(
    "taken", [{"name": "neurocentre MAGENDIE"}, {"name": "Other", "spellings": "inserm u1215"}, {"rnsr": "200114767B"}]
)
def test_spelling_and_number_mean_one_laboratory(taken: dict[str, str]) -> None:
    entry("Neurocentre Magendie", "Inserm U1215", rnsr="200114767B")
    answer = client_of(cast.inserm_officer()).post(ADD, {**TYPED, "name": "Elsewhere", **taken})
    assert answer.status_code in (409, 422)
    assert "Another laboratory of the directory" in answer.content.decode()
    assert DirectoryEntry.objects.count() == 1


def test_two_entries_become_one_that_goes_by_all_spellings() -> None:
    kept = entry("Neurocentre Magendie", unit="")
    other = entry("Magendie", "Inserm U1215", institution="Université de Bordeaux")
    answer = client_of(cast.inserm_officer()).post(f"{LIST}{kept.pk}/merge/", {"other": other.pk})
    assert answer.status_code == 303
    kept = DirectoryEntry.objects.get()
    assert (kept.name, kept.unit, kept.institution) == ("Neurocentre Magendie", "U1215", "Université de Bordeaux")
    assert kept.spellings.count() == 3


def test_entries_of_two_countries_are_never_one() -> None:
    kept, other = entry(), entry("Abroad", country="CH")
    with pytest.raises(Refused):
        merge_entries(kept, other, by=cast.inserm_officer(), at=BEFORE)
    assert DirectoryEntry.objects.count() == 2


def test_only_the_agency_of_an_entry_may_touch_it() -> None:
    kept = entry()
    client = client_of(cast.jsps_officer())
    for path in (
        f"{LIST}{kept.pk}/",
        f"{LIST}{kept.pk}/remove/",
        f"{LIST}{kept.pk}/merge/",
        f"{LIST}{kept.pk}/spelling/",
    ):
        assert client.post(path, TYPED).status_code == 404
    assert "Neurocentre" not in client.get(LIST).content.decode()
    with pytest.raises(Refused):
        add_spelling(kept, "Magendie", by=cast.jsps_officer(), at=BEFORE)


def test_laboratories_of_own_records_that_no_entry_goes_by_are_listed() -> None:
    call = cast.call_2026()
    mine, theirs = proposal(call, cast.inserm()), proposal(call, cast.jsps())
    pair(mine, theirs)
    for name in ("Institut Cochin", "INSTITUT COCHIN", "Neurocentre Magendy", "Neurocentre Magendie"):
        Laboratory.objects.create(proposal=mine, name=name, country="FR", saved_at=BEFORE)
    Laboratory.objects.create(proposal=theirs, name="Kyoto Brain Lab", country="JP", saved_at=BEFORE)
    kept = entry()
    client = client_of(cast.inserm_officer())
    found = client.get(LIST).context["unlisted"]
    assert [(item.laboratory.name, item.number, item.may_be) for item in found] == [
        ("Institut Cochin", 2, ()),
        ("Neurocentre Magendy", 1, (kept,)),
    ]
    client.post(f"{LIST}{kept.pk}/spelling/", {"text": "Neurocentre Magendy"})
    assert [item.laboratory.name for item in client.get(LIST).context["unlisted"]] == ["Institut Cochin"]
    begun = client.get(f"{ADD}?from={found[0].laboratory.pk}").content.decode()
    assert 'value="Institut Cochin"' in begun


def test_new_entry_is_not_begun_with_the_other_agencys_laboratory() -> None:
    theirs = proposal(cast.call_2026(), cast.jsps())
    hidden = Laboratory.objects.create(proposal=theirs, name="Secret Lab", country="JP", saved_at=BEFORE)
    assert "Secret" not in client_of(cast.inserm_officer()).get(f"{ADD}?from={hidden.pk}").content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("magend", ["Neurocentre Magendie"]),
        ("ＭＡＧＥＮＤ", ["Neurocentre Magendie"]),
        ("inserm u12", ["Neurocentre Magendie"]),
        ("200114767b", ["Neurocentre Magendie"]),
        ("m", []),
        ("%", []),
        ("nothing", []),
        ("", []),
    ],
)
def test_suggestions_go_by_any_spelling(asked: str, found: list[str]) -> None:
    cast.call_2026()
    entry("Neurocentre Magendie", "Inserm U1215", rnsr="200114767B")
    answer = sign_in(Client(), cast.marie()).get(SUGGESTIONS, {"q": asked})
    assert [item["name"] for item in answer.json()["found"]] == found


def test_what_was_left_empty_is_filled_in_when_a_known_laboratory_is_saved() -> None:
    with time_machine.travel(BEFORE, tick=False):
        draft = cast.complete_draft(cast.marie())
        entry("Institut Cochin", "Cochin", unit="U1016", city="Paris", institution="Université Paris Cité")
        client = sign_in(Client(), cast.marie())
        sent = typed.laboratory(name="cochin", unit="", city="", institution="AP-HP", country="FR")
        assert client.post(typed.url(draft, "laboratories/add/"), sent).status_code == 303
    made = draft.laboratories.order_by("-pk")[0]
    assert (made.name, made.unit, made.city, made.institution) == ("cochin", "U1016", "Paris", "AP-HP")


def test_removal_is_asked_for_and_told() -> None:
    kept = entry()
    client = client_of(cast.inserm_officer())
    assert "Records that name it stay" in client.get(f"{LIST}{kept.pk}/remove/").content.decode()
    assert DirectoryEntry.objects.count() == 1
    assert client.post(f"{LIST}{kept.pk}/remove/").status_code == 303
    assert (DirectoryEntry.objects.count(), HistoryEntry.objects.filter(verb="removed").count()) == (0, 1)


def test_number_of_queries_does_not_grow_with_entries_and_records() -> None:
    call, counts = cast.call_2026(), []
    client = client_of(cast.inserm_officer())
    for number in (1, 3, 30):
        for place in range(number):
            entry(f"Institute {number} {place}")
            made = proposal(call, cast.inserm())
            Laboratory.objects.create(proposal=made, name=f"Lab {number} {place}", country="FR", saved_at=BEFORE)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
