"""The page of a review: the dossier, the form, two tabs, sealing, and who does not reach it."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reviews.choices import AssignmentState
from reviews.models import Assignment, Panel, Review
from seminars.actions.proposals import save_section
from seminars.choices import SeminarState
from seminars.models import Attachment, CallAgency, Criterion, Proposal, Recusal, Seminar, Submission
from tests import cast
from tests.listed_rows import application_list, listed
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


def attached(pair: Seminar) -> Attachment:
    """Attach a file to the French half of a pair."""
    half = Proposal.objects.get(seminar=pair, side__agency__country="FR")
    values = {"size": 8, "pages": 1, "uploaded_at": cast.BEFORE, "uploaded_by": half.coordinator}
    file = Attachment(proposal=half, name="letter.pdf", sha256=f"{pair.pk:064}", **values)
    file.file.save("letter.pdf", ContentFile(b"%PDF-1.7"))
    return file


def test_files_are_those_of_the_pair_only() -> None:
    one, other = world.pairs_in_review(2)
    mine, file = world.assigned(world.reviewer("JP"), one), attached(one)
    client = client_of(mine)
    address = reverse("review_file", args=[mine.pk, file.pk])
    assert address in client.get(page(mine)).content.decode()
    answer = client.get(address)
    assert (answer.status_code, answer.content) == (200, b"%PDF-1.7")
    assert answer["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert client.get(reverse("review_file", args=[mine.pk, attached(other).pk])).status_code == MISSING


def test_the_dossier_opens_when_the_assignment_is_acknowledged() -> None:
    pair = filed_pair()
    Seminar.objects.filter(pk=pair.pk).update(state=SeminarState.ELIGIBLE)
    world.begin()
    mine = world.assigned(world.reviewer("JP"), pair, AssignmentState.GIVEN)
    client, file = client_of(mine), attached(pair)
    shut = [reverse("review_pdf", args=[mine.pk]), reverse("review_file", args=[mine.pk, file.pk])]
    for answer in (client.get(page(mine)), client.post(page(mine), entries())):
        html = answer.content.decode()
        assert "section-form" not in html
        assert cast.NARRATIVE.strip() not in html
        assert "letter.pdf" not in html
        assert "Marie LEFÈVRE" in html
        assert "Kenji TANAKA" in html
    assert client.post(page(mine), entries(), headers={"HX-Request": "true"}).status_code == 403
    assert [client.get(address).status_code for address in shut] == [MISSING, MISSING]
    answer = client.post(reverse("acknowledge_assignment", args=[mine.pk]), {"onward": "1"}, follow=True)
    assert cast.NARRATIVE.strip() in answer.content.decode()
    assert [client.get(address).status_code for address in shut] == [200, 200]


def test_the_team_of_a_listed_half_is_named_too(assignment: Assignment) -> None:
    Assignment.objects.update(state=AssignmentState.GIVEN)
    Submission.objects.filter(proposal__side__agency__country="JP").update(ended_at=world.BEGUN)
    names = {"family_name": "Sato", "given_name": "Aiko", "partner_family_name": "Durand", "partner_given_name": "Eve"}
    given = {"seminar": assignment.seminar, "matched_at": world.BEGUN, "matched_by": officer("FR")}
    listed(application_list(cast.call_2026()), **names, **given)
    html = client_of(assignment).get(page(assignment)).content.decode()
    assert "Aiko SATO" in html
    assert "Eve DURAND" in html


@pytest.mark.parametrize(("sealed", "word"), [(True, "Sealed late"), (False, "state-stop")])
def test_a_late_review_says_so(assignment: Assignment, sealed: bool, word: str) -> None:
    world.judged(assignment, sealed=sealed)
    client = client_of(assignment)
    pages = (page(assignment), reverse("review_list"))
    Panel.objects.update(reviews_due_at=world.REVIEWED if sealed else timezone.now() + timedelta(days=1))
    assert [word in client.get(address).content.decode() for address in pages] == [False, False]
    Panel.objects.update(reviews_due_at=world.REVIEWED - timedelta(minutes=1))
    assert [word in client.get(address).content.decode() for address in pages] == [True, True]


def test_officers_open_their_own_agencys_reviews_again(assignment: Assignment) -> None:
    review = world.judged(assignment)
    address = reverse("reopen_review", args=[review.pk])
    assert sign_in(Client(), officer("JP")).get(address).status_code == MISSING
    client = sign_in(Client(), officer("FR"))
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Please add a comment."})["Location"].endswith("/assignments/")
    assert Review.objects.get().sealed_at is None


def test_the_pages_that_name_a_review_lead_to_opening_it_again_and_back(assignment: Assignment) -> None:
    own = world.assigned(world.reviewer("FR", officer("FR")), assignment.seminar)
    review, mine = world.judged(assignment), world.judged(own)
    client, code = sign_in(Client(), officer("FR")), "inserm-jsps-2026"
    places = [f"/desk/{code}/assignments/?q=0", reverse("panel_pair", args=[code, assignment.seminar_id])]
    for place in places:
        html = client.get(place).content.decode()
        address = f"{reverse('reopen_review', args=[review.pk])}?next={quote(place)}"
        assert address in html
        assert reverse("reopen_review", args=[mine.pk]) not in html
        answer = client.post(address, {"reason": "Please add a comment.", "next": place})
        assert answer["Location"] == place
        Review.objects.update(sealed_at=world.REVIEWED)
    answer = client.post(address, {"reason": "Again", "next": "https://elsewhere.example/"})
    assert answer["Location"] == f"/desk/{code}/assignments/"
    assert client.post(reverse("reopen_review", args=[mine.pk]), {"reason": "Mine"}).status_code == 409


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
