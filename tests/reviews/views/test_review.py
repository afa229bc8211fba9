"""The page of a review: the dossier, the form, two tabs, sealing, and who does not reach it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.choices import AssignmentState
from reviews.models import Assignment, Review
from seminars.actions.proposals import save_section
from seminars.choices import SeminarState
from seminars.models import Attachment, CallAgency, Criterion, Recusal, Seminar
from tests import cast
from tests.reviews import world
from tests.seminars.filed import filed_pair, officer, pair_up, submit
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
MISSING = 404


@pytest.fixture
def assignment() -> Assignment:
    return world.assigned(world.reviewer("FR"), world.pairs_in_review()[0])


def client_of(assignment: Assignment) -> Client:
    return sign_in(Client(), cast.in_english(assignment.reviewer.user))


def entries(version: int = 0, **changes: str) -> dict[str, str]:
    scores = {f"criterion_{pk}": "4" for pk in Criterion.objects.values_list("pk", flat=True)}
    return {**scores, "comment_coordinators": "Clear.", "recommendation": "fund", "version": str(version), **changes}


def page(assignment: Assignment) -> str:
    return reverse("review", args=[assignment.pk])


def test_the_dossier_of_both_sides_stands_beside_the_form_without_addresses() -> None:
    pair = filed_pair()
    Seminar.objects.filter(pk=pair.pk).update(state=SeminarState.ELIGIBLE)
    world.begin()
    mine = world.assigned(world.reviewer("JP"), pair)
    html = client_of(mine).get(page(mine)).content.decode()
    assert html.count(cast.NARRATIVE.strip()) >= 2
    assert "kenji.tanaka@kyoto.example" not in html
    assert "marie.lefevre@inserm.example" not in html
    answer = client_of(mine).get(reverse("review_pdf", args=[mine.pk]))
    assert answer.content.startswith(b"%PDF")


def test_an_address_within_a_text_gives_way_to_a_mark() -> None:
    french, japanese = cast.complete_draft(cast.marie()), cast.complete_draft(cast.kenji(), "JP")
    told = {"novelty": f"{cast.NARRATIVE} Ask reiko@lab.example or +33 1 42 34 56 78."}
    save_section(french, "case", told, version=french.case_version, by=french.coordinator, at=cast.BEFORE)
    pair = pair_up(cast.reread(french), japanese)
    for record in (french, japanese):
        submit(cast.reread(record))
    Seminar.objects.filter(pk=pair.pk).update(state=SeminarState.ELIGIBLE)
    world.begin()
    mine = world.assigned(world.reviewer("FR"), pair)
    html = client_of(mine).get(page(mine)).content.decode()
    assert "Ask [e-mail address left out] or [telephone number left out]." in html
    assert "reiko@lab.example" not in html


def test_it_is_saved_by_button_and_by_itself(assignment: Assignment) -> None:
    client = client_of(assignment)
    assert client.post(page(assignment), entries()).status_code == 303
    answer = client.post(page(assignment), entries(1, comment_panel="More"), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "4.00" in answer.content.decode()
    assert Review.objects.get().comment_panel == "More"


def test_two_tabs_get_both_texts(assignment: Assignment) -> None:
    client = client_of(assignment)
    client.post(page(assignment), entries())
    answer = client.post(page(assignment), entries(0, comment_coordinators="Mine"))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine" in html
    assert "Clear." in html
    chosen = entries(1, comment_coordinators="Mine", **{"keep-comment_coordinators": "saved"})
    client.post(page(assignment), chosen)
    assert Review.objects.get().comment_coordinators == "Clear."


def test_what_is_wrong_keeps_what_was_typed(assignment: Assignment) -> None:
    html = client_of(assignment).post(page(assignment), entries(comment_panel="x" * 6001)).content.decode()
    assert "Not saved" in html
    assert "x" * 6001 in html


def test_it_is_read_over_and_sealed(assignment: Assignment) -> None:
    client = client_of(assignment)
    client.post(page(assignment), entries(recommendation=""))
    seal = reverse("seal_review", args=[assignment.pk])
    assert "Still missing" in client.get(seal).content.decode()
    client.post(page(assignment), entries(1))
    assert client.post(seal, {"version": "2"}).status_code == 303
    assert Review.objects.get().sealed_at
    assert client.post(page(assignment), entries(2, comment_panel="Late")).status_code == 403


@pytest.mark.parametrize("shares", [True, False])
def test_others_reviews_are_hidden_until_ones_own_is_sealed(assignment: Assignment, shares: bool) -> None:
    CallAgency.objects.update(shares_reviews=shares)
    other = world.reviewer("FR")
    world.judged(world.assigned(other, assignment.seminar), comment_panel="What another one thinks")
    abroad = world.assigned(world.reviewer("JP"), assignment.seminar)
    world.judged(abroad, comment_panel="What the other agency thinks")
    client = client_of(assignment)
    client.post(page(assignment), entries())
    assert "What another one thinks" not in client.get(page(assignment)).content.decode()
    client.post(reverse("seal_review", args=[assignment.pk]), {"version": "1"})
    html = client.get(page(assignment)).content.decode()
    assert ("What another one thinks" in html) is shares
    assert "What the other agency thinks" not in html
    assert other.user.family_name not in html


@pytest.mark.parametrize("name", ["review", "seal_review", "review_pdf"])
def test_nobody_else_reaches_it_and_a_conflict_shuts_it_at_once(assignment: Assignment, name: str) -> None:
    address = reverse(name, args=[assignment.pk])
    others = (officer("FR"), officer("JP"), world.reviewer("FR").user, world.reviewer("JP").user)
    assert {sign_in(Client(), person).get(address).status_code for person in others} == {MISSING}
    Recusal.objects.create(user=assignment.reviewer.user, seminar=assignment.seminar, since=world.BEGUN)
    assert client_of(assignment).get(address).status_code == MISSING


def test_files_are_those_of_the_pair_only(assignment: Assignment) -> None:
    address = reverse("review_file", args=[assignment.pk, 1 + Attachment.objects.count()])
    assert client_of(assignment).get(address).status_code == MISSING


def test_before_acknowledging_the_page_says_so(assignment: Assignment) -> None:
    Assignment.objects.update(state=AssignmentState.GIVEN)
    html = client_of(assignment).get(page(assignment)).content.decode()
    assert "Acknowledge the assignment first" in html
    assert "section-form" not in html


def test_officers_open_their_own_agencys_reviews_again(assignment: Assignment) -> None:
    review = world.judged(assignment)
    address = reverse("reopen_review", args=[review.pk])
    assert sign_in(Client(), officer("JP")).get(address).status_code == MISSING
    client = sign_in(Client(), officer("FR"))
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Please add a comment."}).status_code == 303
    assert Review.objects.get().sealed_at is None


def test_queries_stay_the_same_whatever_else_is_reviewed() -> None:
    first, *others = (world.assigned(world.reviewer("FR"), pair) for pair in world.pairs_in_review(30))
    client, counted = client_of(first), []
    for judged in (others[:1], others[1:3], others[3:]):
        for assignment in judged:
            world.judged(assignment)
            world.judged(world.assigned(assignment.reviewer, first.seminar))
        with CaptureQueriesContext(connection) as queries:
            client.get(page(first))
        counted.append(len(queries))
    assert len(set(counted)) == 1
