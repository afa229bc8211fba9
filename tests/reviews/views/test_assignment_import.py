"""Assignments as a file and from one: all rows or none."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from reviews.models import Assignment
from seminars.models import Recusal
from tests import cast
from tests.reviews import world
from tests.seminars.filed import officer
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/desk/inserm-jsps-2026/assignments/import/"
FILE = "/desk/inserm-jsps-2026/assignments.xlsx"


@pytest.fixture
def desk(client: Client) -> Client:
    """Inserm's officer, who reads English."""
    cast.call_2026()
    return sign_in(client, cast.in_english(officer("FR")))


def csv(*rows: tuple[str, str]) -> dict[str, SimpleUploadedFile]:
    text = "\n".join(["Pair,E-mail address", *(",".join(row) for row in rows)])
    return {"file": SimpleUploadedFile("given.csv", text.encode())}


def test_rows_are_seen_first_and_given_together(desk: Client) -> None:
    pairs = world.pairs_in_review(2)
    one, two = world.reviewer("FR"), world.reviewer("FR")
    page = desk.post(PAGE, csv((str(pairs[0]), one.email), ("Seminar 002", two.email)))
    assert (page.status_code, Assignment.objects.count()) == (200, 0)
    give = " ".join(f"{line.reviewer}-{line.pair}" for line in page.context["new"])
    assert f'value="{give} "' in page.content.decode()
    assert "2 assignments are given." in desk.post(PAGE, {"take": "1", "give": give}, follow=True).content.decode()
    assert set(Assignment.objects.values_list("reviewer", "seminar")) == {(one.pk, pairs[0].pk), (two.pk, pairs[1].pk)}
    assert "nothing new" in desk.post(PAGE, csv((str(pairs[0]), one.email))).content.decode()


def test_one_wrong_row_holds_all_back(desk: Client) -> None:
    pair, person = world.pairs_in_review()[0], world.reviewer("FR")
    barred, theirs = world.reviewer("FR"), world.reviewer("JP")
    Recusal.objects.create(user=barred.user, seminar=pair, since=world.BEGUN)
    for email, words in ((barred.email, "Conflict of interest."), (theirs.email, "Nobody who reviews")):
        page = desk.post(PAGE, csv((str(pair), person.email), (str(pair), email)))
        assert page.status_code == 422
        assert words in page.content.decode()
        assert 'name="take"' not in page.content.decode()
    keys = f"{person.pk}-{pair.pk} {barred.pk}-{pair.pk}"
    assert desk.post(PAGE, {"take": "1", "give": keys}).status_code == 409
    assert desk.post(PAGE, {"take": "1", "give": "nonsense"}).status_code == 422
    assert not Assignment.objects.exists()


def test_a_file_that_is_none_is_refused(desk: Client) -> None:
    world.pairs_in_review()
    assert desk.get(PAGE).status_code == 200
    assert desk.post(PAGE, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}).status_code == 422
    assert desk.post(PAGE).status_code == 422


def test_the_file_holds_own_assignments_and_can_be_imported_again(desk: Client) -> None:
    pairs = world.pairs_in_review(3)
    person = world.reviewer("FR", name="=1+1")
    world.assigned(person, pairs[0])
    world.assigned(world.reviewer("JP"), pairs[1])
    Recusal.objects.create(user=officer("FR"), seminar=pairs[2], since=world.BEGUN)
    data = desk.get(FILE).content
    book = load_workbook(io.BytesIO(data))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[3], row[6]) for row in rows] == [
        (str(pairs[0]), person.email, 1),
        (str(pairs[1]), None, 2),
    ]
    assert [row[1:] for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)] == [(person.email, 1, 12)]
    assert person.email not in str(book.properties)
    again = desk.post(PAGE, {"file": SimpleUploadedFile("again.xlsx", data)})
    assert (again.status_code, again.context["new"]) == (200, [])
