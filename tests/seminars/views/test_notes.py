"""The pages of internal notes, and all the places where notes must not show."""

from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from seminars.actions.notes import write_note
from seminars.models import Note, Proposal
from tests import cast
from tests.desk_records import BEFORE, pair, proposal
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
SECRET = "Zebra is doubtful"
LIST = "/desk/inserm-jsps-2026/proposals/"


def french_officer() -> User:
    return cast.officer_of(cast.inserm(), "english@inserm.example", family_name="Roy", given_name="Zoé", language="en")


def japanese_officer() -> User:
    return cast.officer_of(cast.jsps(), "english@jsps.example", family_name="Abe", given_name="Yui", language="en")


@pytest.fixture
def french() -> Proposal:
    """An Inserm record in a confirmed pair."""
    call = cast.call_2026()
    made = proposal(call, cast.inserm(), coordinator=cast.marie(), title_en="Ageing")
    pair(made, proposal(call, cast.jsps(), coordinator=cast.kenji()))
    return Proposal.objects.get(pk=made.pk)


def note(on: Proposal, by: User, **values: Any) -> Note:
    options = {"on_pair": False, "text": SECRET, "audience": "own", "mentioned": [], "form_uuid": uuid4()}
    return write_note(on, **{**options, **values}, by=by, at=BEFORE)


def page(user: User, address: str) -> str:
    return sign_in(Client(), user).get(address).content.decode()


def addresses(record: Proposal) -> list[str]:
    return [reverse("desk_proposal", args=[record.pk]), reverse("desk_seminar", args=[record.seminar_id])]


def test_notes_stand_on_the_pages_of_who_may_read_them(french: Proposal) -> None:
    note(french, french_officer())
    for address in addresses(french):
        assert SECRET in page(french_officer(), address)
        theirs = page(japanese_officer(), address)
        assert SECRET not in theirs
        assert "Read by Inserm only" not in theirs
        assert "No note yet." in theirs


@pytest.mark.parametrize("audience", ["own", "both"])
def test_notes_show_nowhere_else(french: Proposal, audience: str) -> None:
    note(french, french_officer(), audience=audience, on_pair=True)
    for ending in ("csv", "xlsx"):
        answer = sign_in(Client(), french_officer()).get(
            f"/desk/inserm-jsps-2026/proposals.{ending}?columns=title,notes"
        )
        assert SECRET.encode() not in answer.content
        assert b"Internal notes" not in answer.content
    for name in ("proposal", "pairing"):
        assert SECRET not in page(cast.marie(), reverse(name, args=[french.pk]))
    for user in (french_officer(), japanese_officer()):
        assert sign_in(Client(), user).get(LIST + "?q=zebra").context["page"].paginator.count == 0


def test_the_list_counts_the_notes_one_may_read(french: Proposal) -> None:
    note(french, french_officer())
    note(french, french_officer(), on_pair=True, audience="both")
    note(french.partner, japanese_officer())

    def counts(user: User) -> list[tuple[int, str]]:
        rows = sign_in(Client(), user).get(LIST + "?columns=title,notes&sort=number").context["rows"]
        return [(row.line.pk, row.cells[1][1].text) for row in rows]

    assert counts(french_officer()) == [(french.pk, "2"), (french.partner.pk, "1")]
    assert counts(japanese_officer()) == [(french.pk, "1"), (french.partner.pk, "2")]


def form(**values: Any) -> dict[str, Any]:
    return {"text": "Hello", "audience": "own", "form_uuid": str(uuid4()), **values}


def test_a_note_is_written_and_leads_back_to_where_it_stands(french: Proposal) -> None:
    client = sign_in(Client(), french_officer())
    for name, pk, on_pair in (
        ("desk_proposal_notes", french.pk, False),
        ("desk_seminar_notes", french.seminar_id, True),
    ):
        assert client.get(reverse(name, args=[pk])).status_code == 200
        answer = client.post(reverse(name, args=[pk]), form())
        found = Note.objects.latest("pk")
        assert (found.seminar_id is not None, found.proposal_id) == (on_pair, french.pk)
        assert answer.headers["Location"].endswith(f"/#note-{found.pk}")


def test_widening_wants_a_confirmation_and_keeps_what_was_typed(french: Proposal) -> None:
    client = sign_in(Client(), french_officer())
    address = reverse("desk_proposal_notes", args=[french.pk])
    answer = client.post(address, form(audience="both"))
    assert answer.status_code == 422
    assert "Please confirm that the other agency may read this note." in answer.content.decode()
    assert "Hello" in answer.content.decode()
    assert client.post(address, form(audience="both", confirmed="on")).status_code == 303
    found = Note.objects.get()
    note(french, french_officer())
    narrow = Note.objects.latest("pk")
    with time_machine.travel(BEFORE, tick=False):
        assert client.post(reverse("edit_note", args=[narrow.pk]), form(audience="both")).status_code == 422
    assert found.audience == "both"


def test_only_those_who_could_read_a_note_are_offered_and_taken(french: Proposal) -> None:
    colleague, other = cast.inserm_officer(), japanese_officer()
    alone = proposal(cast.call_2026(), cast.inserm())
    client = sign_in(Client(), french_officer())

    def offered(record: Proposal) -> list[int]:
        found = client.get(reverse("desk_proposal_notes", args=[record.pk])).context["form"]
        return [pk for pk, _label in found.fields["mentioned"].choices]

    assert offered(alone) == [colleague.pk]
    assert offered(french) == [colleague.pk, other.pk]
    address = reverse("desk_proposal_notes", args=[french.pk])
    answer = client.post(address, form(mentioned=[other.pk]))
    assert (answer.status_code, Note.objects.count()) == (422, 0)
    assert "could not read this note" in answer.content.decode()
    assert client.post(address, form(mentioned=[cast.marie().pk])).status_code == 422


def test_somebody_elses_note_and_a_hidden_one_are_not_found(french: Proposal) -> None:
    found = note(french, french_officer(), audience="both")
    for user in (cast.inserm_officer(), japanese_officer(), cast.marie()):
        for name in ("edit_note", "delete_note"):
            assert sign_in(Client(), user).get(reverse(name, args=[found.pk])).status_code == 404
    hidden = proposal(cast.call_2026(), cast.jsps())
    for name, pk in (("desk_proposal_notes", hidden.pk), ("desk_seminar_notes", 99999)):
        assert sign_in(Client(), french_officer()).post(reverse(name, args=[pk]), form()).status_code == 404


def test_ones_own_note_is_changed_while_fresh_and_deleted(french: Proposal) -> None:
    found = note(french, french_officer())
    client = sign_in(Client(), french_officer())
    edit, delete = (reverse(name, args=[found.pk]) for name in ("edit_note", "delete_note"))
    with time_machine.travel(BEFORE, tick=False):
        assert SECRET in client.get(edit).content.decode()
        assert client.post(edit, form(text="Better")).status_code == 303
    late = client.post(edit, form(text="Too late"))
    assert (late.status_code, "Too late" in late.content.decode()) == (409, True)
    assert Note.objects.get().text == "Better"
    assert "Better" in client.get(delete).content.decode()
    client.post(delete)
    shown = page(french_officer(), addresses(french)[0])
    assert ("This note was deleted by who wrote it." in shown, "Better" in shown) == (True, False)


@pytest.mark.parametrize("number", [1, 3, 30])
def test_notes_cost_the_same_queries_however_many(french: Proposal, number: int) -> None:
    colleague = cast.inserm_officer()
    for _ in range(number):
        note(french, french_officer(), mentioned=[colleague.pk])
    client = sign_in(Client(), french_officer())
    costs = []
    for address in [*addresses(french), LIST + "?columns=title,notes"]:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        costs.append(len(queries))
    assert costs == [27, 25, 11]
