"""The page on which officers reconcile: its lists and numbers, its buttons, and what nobody may see."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from seminars.actions.matching import confirm_match, reject_match
from seminars.choices import ProposalState, Track
from seminars.forms.reconciliation import pairs_named
from seminars.models import ListedApplication, Proposal, RejectedMatch, Seminar
from seminars.queries.entries import RECORD, ROW
from seminars.queries.reconciliation import Reconciliation
from seminars.rules.evidence import AGAINST, DATES, IDENTITY, NAME
from seminars.words.matching import LISTS, REASONS
from tests import cast
from tests.cast import BEFORE
from tests.desk_records import pair, person, proposal
from tests.listed_rows import application_list, listed
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
CODE = "inserm-jsps-2026"
PAGE = reverse("reconciliation", args=[CODE])


@pytest.fixture
def world() -> dict[str, Any]:
    """Marie's record and Kenji's row; a record and a row without candidates; a hidden list and record by JSPS."""
    call = cast.call_2026()
    french = proposal(call, cast.inserm(), ProposalState.SUBMITTED, coordinator=cast.marie(), title_en="Ageing neurons")
    filed = ProposalState.SUBMITTED
    roux = person(family_name="Roux", given_name="Zoé")
    alone = proposal(call, cast.inserm(), filed, coordinator=roux, title_en="Robots for surgery")
    of = application_list(call)
    row = listed(of, partner_email=french.coordinator.email)
    stray = listed(
        of,
        family_name="Suzuki",
        given_name="Aya",
        family_name_kanji="鈴木",
        given_name_kanji="彩",
        partner_family_name="Petit",
        title_en="Malaria vaccines",
        track=Track.OPEN_PARTNERSHIP,
    )
    hidden = listed(application_list(call, cast.jsps()), title_en="Hidden row")
    unseen = proposal(call, cast.jsps(), filed, coordinator=cast.kenji(), title_en="Unseen record")
    return {"french": french, "alone": alone, "row": row, "stray": stray, "hidden": hidden, "unseen": unseen}


def officer() -> User:
    return cast.in_english(cast.inserm_officer())


@pytest.fixture
def client(client: Client) -> Client:
    return sign_in(client, officer())


def name(record: Proposal, half: Any) -> str:
    return f"record-{record.pk}:{'row' if isinstance(half, ListedApplication) else 'record'}-{half.pk}"


def post(client: Client, address: str, **data: Any) -> Any:
    return client.post(reverse(address, args=[CODE]), data)


def shown(client: Client, show: str) -> set[tuple[str, int]]:
    page = client.get(PAGE, {"show": show}).context["page"]
    if show == "rejected":
        return {("rejected", refusal.pk) for refusal in page.object_list}
    return {(line.kind, line.half.pk) for line in page.object_list}


def test_every_list_holds_what_its_name_says(client: Client, world: dict[str, Any]) -> None:
    french, alone = (RECORD, world["french"].pk), (RECORD, world["alone"].pk)
    row, stray = (ROW, world["row"].pk), (ROW, world["stray"].pk)
    expected = {
        "": {french, alone},
        "sure": set(),
        "likely": {french},
        "possible": set(),
        "none": {alone},
        "rows": {row, stray},
        "alone": {stray},
        "track": {stray},
        "twice": set(),
        "rejected": set(),
    }
    assert {show: shown(client, show) for show in LISTS} == expected
    numbers = {show: number for show, _label, number in client.get(PAGE).context["lists"]}
    assert numbers == {show: len(found) for show, found in expected.items()}
    assert shown(client, "nonsense") == expected[""]


def test_two_files_by_one_coordinator_are_shown_even_where_one_is_paired(client: Client, world: dict[str, Any]) -> None:
    again = listed(world["row"].application_list, family_name="Tanaka", given_name="KENJI", title_en="Another one")
    assert shown(client, "twice") == {(ROW, world["row"].pk), (ROW, again.pk)}
    confirm_match(world["french"], world["row"], by=officer(), at=BEFORE)
    assert shown(client, "twice") == {(ROW, again.pk)}


def test_reasons_score_and_band_are_told_in_words(client: Client, world: dict[str, Any]) -> None:
    page = client.get(PAGE).content.decode()
    assert "Coordinator for France: the same e-mail address" in page
    assert "The same title" in page
    assert "Likely" in page
    assert re.search(r"\d+ of 100", page)


def test_an_entry_shows_both_sides_of_each_candidate(client: Client, world: dict[str, Any]) -> None:
    page = client.get(reverse("match_entry", args=[CODE, "record", world["french"].pk])).content.decode()
    assert "田中 健二" in page
    assert world["row"].application_number in page
    assert "Marie LEFÈVRE" in page


def test_confirming_makes_the_pair_and_comes_back(client: Client, world: dict[str, Any]) -> None:
    answer = post(client, "confirm_matches", pair=name(world["french"], world["row"]), next=f"{PAGE}?show=likely")
    assert (answer.status_code, answer.url) == (303, f"{PAGE}?show=likely")
    assert Seminar.objects.get().listed == world["row"]
    assert shown(client, "") == {(RECORD, world["alone"].pk)}
    assert shown(client, "rows") == {(ROW, world["stray"].pk)}


def test_several_are_confirmed_at_once_and_what_is_gone_is_told(client: Client, world: dict[str, Any]) -> None:
    pairs = [name(world["french"], world["row"]), name(world["alone"], world["row"]), "nonsense"]
    answer = client.post(reverse("confirm_matches", args=[CODE]), {"pair": pairs}, follow=True)
    told = [str(message) for message in answer.context["messages"]]
    assert told == [
        "Robots for surgery: This application is in a pair already.",
        "1 pair is confirmed. The coordinators have been told by e-mail.",
    ]


def test_a_refused_candidate_is_gone_and_can_be_taken_back(client: Client, world: dict[str, Any]) -> None:
    pair_named = name(world["french"], world["row"])
    answer = post(client, "reject_match", pair=pair_named)
    assert answer.url == f"{PAGE}?undo={pair_named}"
    assert "will not be offered again" in client.get(answer.url).content.decode()
    assert shown(client, "none") == {(RECORD, world["french"].pk), (RECORD, world["alone"].pk)}
    assert len(shown(client, "rejected")) == 1
    assert post(client, "restore_match", pair=pair_named).status_code == 303
    assert not RejectedMatch.objects.exists()


def test_the_other_half_is_found_by_hand(client: Client, world: dict[str, Any]) -> None:
    entry = reverse("match_entry", args=[CODE, "record", world["alone"].pk])
    page = client.get(entry, {"q": "suzuki malaria"})
    assert [half for half, _pair, _told in page.context["found"]] == [world["stray"]]
    post(client, "confirm_matches", pair=name(world["alone"], world["stray"]), by_hand="1")
    record_page = client.get(reverse("desk_proposal", args=[world["alone"].pk])).content.decode()
    assert "Paired by hand with the other half" in record_page
    assert "listed under another call" in record_page


def test_a_record_is_found_for_a_row_by_hand(client: Client, world: dict[str, Any]) -> None:
    entry = reverse("match_entry", args=[CODE, "row", world["stray"].pk])
    assert [half for half, _, _ in client.get(entry, {"q": "robots"}).context["found"]] == [world["alone"]]
    assert client.get(entry, {"q": "unseen"}).context["found"] == []


def test_nothing_hidden_shows_anywhere(client: Client, world: dict[str, Any]) -> None:
    entry = reverse("match_entry", args=[CODE, "record", world["french"].pk])
    pages = [client.get(PAGE, {"show": show}) for show in LISTS]
    pages += [client.get(entry, {"q": word}) for word in ("hidden", "unseen", "kenji", "tanaka")]
    for page in pages:
        assert "Hidden row" not in page.content.decode()
        assert "Unseen record" not in page.content.decode()
    for kind, half in (("row", world["hidden"]), ("record", world["unseen"])):
        assert client.get(reverse("match_entry", args=[CODE, kind, half.pk])).status_code == 404
        for address in ("confirm_matches", "reject_match", "restore_match"):
            assert post(client, address, pair=name(world["french"], half)).status_code == 404


def test_a_list_that_was_shared_is_matched(client: Client, world: dict[str, Any]) -> None:
    of = world["hidden"].application_list
    of.shared_at, of.shared_by = BEFORE, cast.jsps_officer()
    of.save()
    assert (ROW, world["hidden"].pk) in shown(client, "rows")


def test_jsps_sees_its_own_records_and_rows_only(client: Client, world: dict[str, Any]) -> None:
    client = sign_in(Client(), cast.jsps_officer())
    assert shown(client, "") == {(RECORD, world["unseen"].pk)}
    assert shown(client, "rows") == {(ROW, world["hidden"].pk)}
    assert client.get(reverse("match_entry", args=[CODE, "record", world["french"].pk])).status_code == 404


def test_an_officer_of_both_agencies_matches_records(world: dict[str, Any]) -> None:
    both = cast.officer_of(cast.jsps(), cast.inserm_officer().email)
    Proposal.objects.filter(pk=world["unseen"].pk).update(title_en="Ageing neurons")
    found = Reconciliation(both, cast.call_2026(), BEFORE).lines[RECORD, world["french"].pk]
    assert (RECORD, world["unseen"].pk) in {(RECORD, offer.half.pk) for offer in found.offers}


def test_a_row_whose_record_is_here_is_left_to_that_record(world: dict[str, Any]) -> None:
    ListedApplication.objects.filter(pk=world["hidden"].pk).update(record=world["unseen"])
    lines = Reconciliation(cast.jsps_officer(), cast.call_2026(), BEFORE).lines
    assert (ROW, world["hidden"].pk) not in lines
    pair(world["unseen"], world["alone"])
    assert (ROW, world["hidden"].pk) not in Reconciliation(cast.jsps_officer(), cast.call_2026(), BEFORE).lines


def test_ended_and_paired_records_are_not_listed(client: Client, world: dict[str, Any]) -> None:
    Proposal.objects.filter(pk=world["alone"].pk).update(state=ProposalState.WITHDRAWN)
    assert shown(client, "") == {(RECORD, world["french"].pk)}


def test_the_same_question_is_not_answered_twice_and_a_changed_one_is(client: Client, world: dict[str, Any]) -> None:
    assert shown(client, "likely") == shown(client, "likely") == {(RECORD, world["french"].pk)}
    ListedApplication.objects.filter(pk=world["row"].pk).update(
        title_en="Other", family_name="Mori", family_name_kanji="", given_name_kanji="", partner_email=""
    )
    assert shown(client, "likely") == set()


@pytest.mark.parametrize("place", ["https://evil.example/desk/", "//evil.example/", "/accounts/", ""])
def test_forms_lead_back_to_the_desk_only(client: Client, world: dict[str, Any], place: str) -> None:
    answer = post(client, "reject_match", pair=name(world["french"], world["row"]), next=place)
    assert answer.url.startswith(PAGE)


@pytest.mark.parametrize("address", ["reject_match", "restore_match"])
def test_a_form_without_a_pair_does_nothing(client: Client, world: dict[str, Any], address: str) -> None:
    assert post(client, address, pair="record-1").url == PAGE
    assert not RejectedMatch.objects.exists()


def test_a_match_is_taken_apart_on_its_own_page(client: Client, world: dict[str, Any]) -> None:
    seminar = confirm_match(world["french"], world["row"], by=officer(), at=BEFORE)
    address = reverse("take_apart", args=[seminar.pk])
    pair_page = client.get(reverse("desk_seminar", args=[seminar.pk])).content.decode()
    assert address in pair_page
    assert "In the list of JSPS" in pair_page
    assert "What this means" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Mixed up."}).url == PAGE
    assert not Seminar.objects.exists()
    assert shown(client, "rejected") == {("rejected", RejectedMatch.objects.get().pk)}


def test_a_pair_made_by_coordinators_has_no_such_page(client: Client) -> None:
    cast.confirmed_pair()
    address = reverse("take_apart", args=[Seminar.objects.get().pk])
    assert "Only they can leave it" in client.get(address).content.decode()
    assert client.post(address, {"reason": "No."}).status_code == 409


@pytest.mark.parametrize("show", ["", "sure", "rows", "rejected"])
def test_the_number_of_queries_is_the_same_at_any_length(client: Client, show: str) -> None:
    call = cast.call_2026()
    of = application_list(call)
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            record = proposal(call, cast.inserm(), ProposalState.SUBMITTED, title_en="Ageing neurons")
            row = listed(of, partner_email=record.coordinator.email, title_en="Ageing neurons")
            other = listed(of, title_en="Robots")
            reject_match(record, other, by=officer(), at=BEFORE)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(PAGE, {"show": show}).status_code == 200
        counts.append(len(queries))
        assert row.pk
    assert counts[0] == counts[1] == counts[2]


def test_names_of_pairs_are_read_strictly() -> None:
    names = [
        "record-1:row-2",
        "record-1:row-2",
        "row-2:record-1",
        "record-1:record-2",
        "record-x:row-1",
        "record-1:row-9999999999",
    ]
    assert pairs_named(names) == [(1, "row", 2), (1, "record", 2)]


def test_every_reason_has_its_words() -> None:
    titles = {"title", "title_equal", "place"}
    assert set(REASONS) == {*IDENTITY, *NAME, *AGAINST, *DATES, *titles}
