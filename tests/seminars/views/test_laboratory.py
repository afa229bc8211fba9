"""Laboratories of a record (R11)."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import HistoryEntry
from seminars.models import Laboratory, Proposal
from tests.cast import complete_draft, kenji
from tests.seminars import typed
from tests.seminars.typed import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_deadline")]


def add(client: Client, proposal: Proposal, **changes: Any) -> Any:
    return client.post(url(proposal, "laboratories/add/"), typed.laboratory(**changes))


def newest(proposal: Proposal) -> Laboratory:
    return proposal.laboratories.order_by("-pk")[0]


def test_everything_is_saved(client: Client, draft: Proposal) -> None:
    answer = add(
        client,
        draft,
        unit="Ｕ１２４５",
        rnsr="2001 14767b",
        institution="Université de Rouen",
        regional_office="Nord-Ouest",
    )
    made = newest(draft)
    assert answer.status_code == 303
    assert (made.name, made.kind, made.country, made.city) == ("Neurocentre Magendie", "inserm", "FR", "Bordeaux")
    assert (made.unit, made.rnsr, made.institution) == ("U1245", "200114767B", "Université de Rouen")
    assert made.regional_office == "Nord-Ouest"


@pytest.mark.parametrize(
    ("typed_in", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a" * 201}, "name"),
        ({"kind": "secret"}, "kind"),
        ({"country": ""}, "country"),
        ({"country": "XX"}, "country"),
        ({"unit": "U" * 41}, "unit"),
        ({"rnsr": "20011476B"}, "rnsr"),
        ({"rnsr": "200114767"}, "rnsr"),
        ({"rnsr": "2001147677B"}, "rnsr"),
        ({"city": "a" * 101}, "city"),
        ({"regional_office": "a" * 121}, "regional_office"),
    ],
)
def test_wrong_value_is_told_beside_its_field(
    client: Client, draft: Proposal, typed_in: dict[str, str], field: str
) -> None:
    answer = add(client, draft, **typed_in)
    form = answer.context["open"].form
    assert (answer.status_code, list(form.errors), draft.laboratories.count()) == (422, [field], 2)
    assert form[field].value() == typed_in[field]


def test_countries_of_the_call_come_first(client: Client, draft: Proposal) -> None:
    choices = client.get(url(draft, "laboratories/add/")).context["open"].form.fields["country"].choices
    assert choices[1] == ("In this call", [("FR", "France"), ("JP", "Japan")])
    assert len(choices[2][1]) > 200


def test_call_asks_for_two_laboratories_in_two_countries(client: Client, draft: Proposal) -> None:
    asked = client.get(url(draft, "participants/")).context["asked"]
    assert [(one.country, one.count, one.least, one.is_met) for one in asked] == [
        ("FR", 1, 1, True),
        ("JP", 1, 1, True),
        ("", 2, 2, True),
    ]


def test_laboratory_where_nobody_works_does_not_count(client: Client, draft: Proposal) -> None:
    add(client, draft, name="Institut Curie", unit="U900")
    assert [one.count for one in client.get(url(draft, "participants/")).context["asked"]] == [1, 1, 2]


def test_laboratories_of_the_partner_s_record_count_too(client: Client, draft: Proposal) -> None:
    typed.somebody(draft, laboratory=typed.somewhere(draft, unit="U900", kind="inserm"))
    draft.participants.filter(side="JP").update(laboratory=None)
    assert [one.count for one in client.get(url(draft, "participants/")).context["asked"]] == [2, 0, 2]


def test_second_entry_of_a_laboratory_is_pointed_out_and_counts_once(client: Client, draft: Proposal) -> None:
    twin = typed.somewhere(draft, unit="UMR_S 1215", kind="inserm", name="Neurocampus")
    typed.somebody(draft, laboratory=twin)
    page = client.get(url(draft, "participants/"))
    first = draft.laboratories.get(unit="U1215")
    listed = {one.row: (one.twin, one.is_same) for one in page.context["laboratories"]}
    assert listed[twin] == (first, True)
    assert [one.count for one in page.context["asked"]] == [1, 1, 2]


def test_entry_that_may_be_the_same_is_asked_about(client: Client, draft: Proposal) -> None:
    like = typed.somewhere(draft, name="Institut des Neurosciences", city="Pessac")
    page = client.get(url(draft, "participants/"))
    listed = {one.row: (one.twin, one.is_same) for one in page.context["laboratories"]}
    assert listed[like] == (draft.laboratories.get(unit="U1215"), False)
    assert "Is this the same laboratory as" in page.content.decode()


def test_two_entries_are_merged(client: Client, draft: Proposal) -> None:
    first = draft.laboratories.get(unit="U1215")
    twin = typed.somewhere(draft, unit="UMR_S 1215", kind="inserm", rnsr="200114767B", city="Pessac")
    person = typed.somebody(draft, laboratory=twin)
    answer = client.post(url(draft, f"laboratories/{twin.pk}/merge/{first.pk}/"))
    assert answer.status_code == 303
    person.refresh_from_db()
    first.refresh_from_db()
    assert (person.laboratory, person.version, draft.laboratories.count()) == (first, 1, 2)
    assert (first.rnsr, first.city, first.unit) == ("200114767B", "Bordeaux", "U1215")
    assert {entry.verb for entry in HistoryEntry.objects.about(draft)[:3]} == {"row_changed", "row_removed"}


def test_different_laboratories_are_not_merged(client: Client, draft: Proposal) -> None:
    first, second = draft.laboratories.order_by("pk")
    for row, kept in ((second, first), (first, first)):
        answer = client.post(url(draft, f"laboratories/{row.pk}/merge/{kept.pk}/"))
        assert (answer.status_code, answer.context["error"]) == (409, "These are two different laboratories.")
    assert draft.laboratories.count() == 2


def test_laboratory_of_another_record_is_not_merged(client: Client, draft: Proposal) -> None:
    theirs = complete_draft(kenji(), "JP").laboratories.get(unit="U1215")
    mine = draft.laboratories.get(unit="U1215")
    for row, kept in ((theirs, mine), (mine, theirs)):
        assert client.post(url(draft, f"laboratories/{row.pk}/merge/{kept.pk}/")).status_code == 404


def test_laboratory_where_somebody_works_is_not_removed(client: Client, draft: Proposal) -> None:
    used = draft.laboratories.get(unit="U1215")
    answer = client.post(url(draft, f"laboratories/{used.pk}/remove/"), {"version": used.version})
    assert (answer.status_code, draft.laboratories.count()) == (409, 2)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"rnsr": "200114767B"}, {"rnsr": "200114767B", "name": "Other"}, True),
        ({"rnsr": "200114767B"}, {"rnsr": "200114768C"}, False),
        ({"unit": "U1215", "kind": "inserm"}, {"unit": "Inserm U 1215", "kind": "inserm", "name": "Other"}, True),
        ({"unit": "U1215", "kind": "inserm"}, {"unit": "U1216", "kind": "inserm"}, False),
        ({}, {"name": "INSTITUT-ROUX"}, True),
        ({}, {"country": "BE"}, False),
        ({}, {"name": "Institut Roux 2"}, False),
    ],
)
def test_two_entries_may_be_one_laboratory(one: dict[str, str], other: dict[str, str], expected: bool) -> None:
    plain = {"name": "Institut Roux", "country": "FR"}
    first, second = Laboratory(**plain | one), Laboratory(**plain | other)
    assert (first.may_be(second), second.may_be(first)) == (expected, expected)
