"""A panel's pages: what they show, what they save, and that nobody else sees anything of it (R22, R24)."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from accounts.models import HistoryEntry, Membership, Message, User
from reviews.actions import panel as actions
from reviews.models import Panel, PanelNote, Ranking, Selection
from seminars.models import Recusal
from seminars.permissions import Refused
from tests import cast
from tests.reviews import world
from tests.seminars.filed import officer, side
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
DESK = "/desk/inserm-jsps-2026/"
PAGE = f"{DESK}panel/"
STEPS = ("", "ranking/", "minutes/", "seal/")


@pytest.fixture(autouse=True)
def english(db: None) -> None:
    cast.call_2026()
    cast.in_english(officer("FR"))
    cast.in_english(officer("JP"))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reviews were due an hour ago."""
    Panel.objects.update(reviews_due_at=world.BEGUN)


def sat(country: str = "FR", *, quorum: int = 1) -> Panel:
    """Let the officer of one country chair and be present."""
    panel, by = world.panel(country), officer(country)
    type(panel.side).objects.filter(pk=panel.side_id).update(quorum=quorum)
    values: dict[str, Any] = {"members": [], "present": [by.pk], "minutes": "We met.", "version": panel.version}
    actions.save_sitting(panel, chair=by, **values, by=by, at=world.REVIEWED)
    return world.panel(country)


def ranked(panel: Panel, ranks: dict[int, int], by: User | None = None) -> None:
    places = {pair: actions.Place(rank, "fund") for pair, rank in ranks.items()}
    by = by or officer(panel.side.agency.country)
    actions.save_ranking(panel, places, version=panel.ranking_version, by=by, at=world.REVIEWED)


def test_scores_spread_and_harshness_are_shown_disagreement_first(client: Client) -> None:
    agreed, disputed = world.pairs_in_review(2)
    kind, harsh = world.reviewer("FR"), world.reviewer("FR")
    world.judged(world.assigned(kind, agreed), (4, 4, 4, 4, 4, None))
    world.judged(world.assigned(harsh, agreed), (4,) * 6)
    world.judged(world.assigned(kind, disputed), (5,) * 6)
    world.judged(world.assigned(harsh, disputed), (1,) * 6)
    world.judged(world.assigned(world.reviewer("JP"), agreed), (1,) * 6)
    answer = sign_in(client, officer("FR")).get(PAGE)
    rows = [(row.pk, str(row.mean), str(row.spread), row.sealed) for row, _title, _scores in answer.context["rows"]]
    assert rows == [(disputed.pk, "3.00", "2.00", 2), (agreed.pk, "4.00", "0.00", 2)]
    assert [(who, str(mean)) for who, _n, mean, _s in answer.context["board"].harshness] == [
        (harsh, "2.50"),
        (kind, "4.50"),
    ]
    page = answer.content.decode()
    assert "panel-chart" in page
    assert all(criterion.title in page for criterion in side("FR").call.criteria.all())
    assert "Reviewers who are late" not in page


def test_each_order_puts_what_has_none_last(client: Client) -> None:
    pairs = world.pairs_in_review(3)
    for pair, value in zip(pairs[:2], (2, 5), strict=True):
        world.judged(world.assigned(world.reviewer("FR"), pair), (value,) * 6)
    ranked(world.panel("FR"), {pairs[2].pk: 1})
    sign_in(client, officer("FR"))

    def order(by: str) -> list[int]:
        found = client.get(PAGE, {"order": by}).context["rows"]
        return [pairs.index(row.seminar) for row, _title, _scores in found]

    assert order("score") == [1, 0, 2]
    assert order("rank") == [2, 0, 1]
    assert order("normalised") == order("nonsense") == [0, 1, 2]


@pytest.mark.parametrize("step", STEPS)
def test_a_page_costs_the_same_whatever_the_pairs(client: Client, step: str) -> None:
    sign_in(client, officer("FR"))
    costs = []
    for number in (1, 3, 30):
        world.evaluated(world.pairs_in_review(number), reviewers=2)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"{PAGE}{step}").status_code == 200
        costs.append(len(queries))
    assert len(set(costs)) == 1


def test_what_was_sealed_late_says_so(client: Client) -> None:
    pair = world.pairs_in_review()[0]
    world.judged(world.assigned(world.reviewer("FR"), pair))
    sign_in(client, officer("FR"))
    pages, words = (PAGE, f"{PAGE}{pair.pk}/"), ("sealed late", "Sealed late")
    shown = [word in client.get(page).content.decode() for page, word in zip(pages, words, strict=True)]
    Panel.objects.update(reviews_due_at=world.BEGUN)
    shown += [word in client.get(page).content.decode() for page, word in zip(pages, words, strict=True)]
    assert shown == [False, False, True, True]


@pytest.mark.usefixtures("later")
def test_everybody_late_is_chased_with_one_click(client: Client) -> None:
    pairs = world.pairs_in_review(2)
    Panel.objects.update(reviews_due_at=world.BEGUN)
    late, done = world.reviewer("FR"), world.reviewer("FR")
    for pair in pairs:
        world.assigned(late, pair)
        world.judged(world.assigned(done, pair))
    sign_in(client, officer("FR"))
    assert "Remind everybody who is late" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}chase/").status_code == 303
    assert list(Message.objects.filter(kind="assignments_chased").values_list("address", flat=True)) == [late.email]
    assert HistoryEntry.objects.filter(verb="chased").count() == 2


def test_one_pair_shows_sealed_reviews_and_takes_a_note_once(client: Client) -> None:
    pair = world.pairs_in_review()[0]
    world.judged(world.assigned(world.reviewer("FR"), pair), comment_panel="Bold.")
    world.judged(world.assigned(world.reviewer("FR"), pair), comment_panel="Half done.", sealed=False)
    world.judged(world.assigned(world.reviewer("JP"), pair), comment_panel="Theirs.")
    page = sign_in(client, officer("FR")).get(f"{PAGE}{pair.pk}/").content.decode()
    assert "Bold." in page
    assert "Half done." not in page
    assert "Theirs." not in page
    typed = {"text": "Talked about it.", "form_uuid": str(uuid4())}
    assert [client.post(f"{PAGE}{pair.pk}/", typed).status_code for _ in range(2)] == [303, 303]
    assert PanelNote.objects.get().panel == world.panel("FR")
    assert client.post(f"{PAGE}{pair.pk}/", {"text": "", "form_uuid": str(uuid4())}).status_code == 422


def test_reviews_stand_side_by_side_with_the_widest_spread_marked(client: Client) -> None:
    pair = world.pairs_in_review()[0]
    world.judged(world.assigned(world.reviewer("FR"), pair), (4, 5, 3, 3, 3, None))
    sign_in(client, officer("FR"))
    assert client.get(f"{PAGE}{pair.pk}/").context["lines"] == []
    world.judged(world.assigned(world.reviewer("FR"), pair), (4, 1, 2, 3, 3, 5))
    answer = client.get(f"{PAGE}{pair.pk}/")
    lines = answer.context["lines"]
    assert [line.is_widest for line in lines] == [False, True, False, False, False, False]
    assert [str(line.habit.spread) for line in lines] == ["0.00", "2.00", "0.50", "0.00", "0.00", "0.00"]
    assert [line.has_spread for line in lines] == [True] * 5 + [False]
    assert "Scores side by side" in answer.content.decode()


def test_a_ranking_with_ties_is_saved_at_once_and_a_stale_one_is_kept_on_the_page(client: Client) -> None:
    one, other = world.pairs_in_review(2)
    sign_in(client, officer("FR"))
    typed = {"version": 0, f"rank-{one.pk}": "1", f"rank-{other.pk}": "1", f"proposal-{one.pk}": "fund"}
    assert client.post(f"{PAGE}ranking/", typed).status_code == 303
    assert list(Ranking.objects.order_by("seminar").values_list("rank", "proposal")) == [(1, "fund"), (1, "")]
    answer = client.post(f"{PAGE}ranking/", typed | {f"rank-{other.pk}": "7"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Saved now" in page
    assert 'value="7"' in page
    assert Ranking.objects.get(seminar=other).rank == 1
    assert client.post(f"{PAGE}ranking/", typed | {"version": 1, f"rank-{other.pk}": "7"}).status_code == 303
    assert Ranking.objects.get(seminar=other).rank == 7
    wrong = client.post(f"{PAGE}ranking/", typed | {"version": 2, f"rank-{one.pk}": "first"})
    assert (wrong.status_code, 'value="first"' in wrong.content.decode()) == (422, True)


def test_minutes_of_two_writers_are_both_shown(client: Client) -> None:
    world.pairs_in_review()
    by = officer("FR")
    sign_in(client, by)
    typed = {"version": "0", "chair": by.pk, "present": [by.pk], "minutes": "First words."}
    assert client.post(f"{PAGE}minutes/", typed).status_code == 303
    answer = client.post(f"{PAGE}minutes/", typed | {"minutes": "Second words."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "First words." in page
    assert "Second words." in page
    assert 'name="version" value="1"' in page
    assert client.post(f"{PAGE}minutes/", typed | {"chair": officer("JP").pk}).status_code == 422


def test_a_chair_who_is_no_officer_runs_the_panel(client: Client) -> None:
    pair = world.pairs_in_review()[0]
    chair = User.objects.create_user("chair@example.org", cast.PASSWORD)
    Membership.objects.create(user=chair, agency=side("FR").agency, role=Role.CHAIR, given_at=world.BEGUN)
    sign_in(client, chair)
    for step in (*STEPS, f"{pair.pk}/"):
        assert client.get(f"{PAGE}{step}").status_code == 200
    ranked(world.panel("FR"), {pair.pk: 1}, by=chair)


def test_sealing_asks_for_what_is_missing_and_then_holds(client: Client) -> None:
    pair = world.pairs_in_review()[0]
    by = officer("FR")
    with pytest.raises(Refused, match="before the reviews are due"):
        actions.seal_panel(world.panel("FR"), by=by, at=world.DUE)
    with pytest.raises(Refused, match="something is missing"):
        actions.seal_panel(world.panel("FR"), by=by, at=world.AFTER_DUE)
    panel = sat()
    ranked(panel, {pair.pk: 1})
    with pytest.raises(Refused, match="too few"):
        actions.seal_panel(panel, by=by, at=world.AFTER_DUE)
    actions.seal_panel(panel, exception="A reviewer fell ill.", by=by, at=world.AFTER_DUE)
    sealed = world.panel("FR")
    assert sealed.sealed_at == world.AFTER_DUE
    assert "A reviewer fell ill." in sealed.minutes
    for again in (
        lambda: ranked(sealed, {pair.pk: 2}),
        lambda: sat(),
        lambda: actions.seal_panel(sealed, by=by, at=world.AFTER_DUE),
        lambda: actions.write_panel_note(sealed, pair, text="x", form_uuid=uuid4(), by=by, at=world.AFTER_DUE),
    ):
        with pytest.raises(Refused, match="sealed"):
            again()
    assert sign_in(client, by).get(PAGE).status_code == 200


@pytest.mark.parametrize("lacking", ["quorum", "rank"])
def test_without_quorum_or_with_an_unranked_pair_no_panel_is_sealed(lacking: str) -> None:
    pairs = world.pairs_in_review(2)
    world.evaluated(pairs)
    panel = sat(quorum=2 if lacking == "quorum" else 1)
    ranked(panel, {pair.pk: 1 for pair in (pairs if lacking == "quorum" else pairs[:1])})
    with pytest.raises(Refused, match="something is missing"):
        actions.seal_panel(panel, by=officer("FR"), at=world.AFTER_DUE)


def test_unsealing_needs_a_reason_and_a_closed_selection() -> None:
    pair = world.pairs_in_review()[0]
    world.evaluated([pair])
    panel, by = sat(), officer("FR")
    ranked(panel, {pair.pk: 1})
    actions.seal_panel(panel, by=by, at=world.AFTER_DUE)
    with pytest.raises(Refused, match="why"):
        actions.unseal_panel(panel, reason=" ", by=by, at=world.AFTER_DUE)
    actions.unseal_panel(panel, reason="A mistake.", by=by, at=world.AFTER_DUE)
    assert HistoryEntry.objects.get(verb="panel_unsealed").reason == "A mistake."
    actions.seal_panel(panel, by=by, at=world.AFTER_DUE + timedelta(hours=1))
    Selection.objects.create(call=panel.side.call, opened_at=world.AFTER_DUE, opened_by=by)
    with pytest.raises(Refused, match="joint selection is open"):
        actions.unseal_panel(panel, reason="A mistake.", by=by, at=world.AFTER_DUE)


def test_the_pages_seal_and_open_again(client: Client) -> None:
    pair = world.pairs_in_review()[0]
    Panel.objects.update(reviews_due_at=world.BEGUN)
    sign_in(client, officer("FR"))
    assert "No chair is named." in client.get(f"{PAGE}seal/").content.decode()
    assert client.post(f"{PAGE}seal/", {"seal": "1"}).status_code == 409
    ranked(sat(), {pair.pk: 1})
    assert client.post(f"{PAGE}seal/", {"seal": "1"}).status_code == 409
    assert client.post(f"{PAGE}seal/", {"seal": "1", "reason": "Nobody was free."}).status_code == 303
    assert "Nobody was free." in client.get(f"{PAGE}minutes/").content.decode()
    assert client.post(f"{PAGE}seal/", {"unseal": "1", "reason": "Somebody is free."}).status_code == 303
    assert world.panel("FR").sealed_at is None


def test_a_pair_one_is_shut_out_of_is_nowhere(client: Client) -> None:
    hidden, shown = world.pairs_in_review(2)
    world.evaluated([hidden, shown])
    Recusal.objects.create(user=officer("FR"), seminar=hidden, since=world.BEGUN)
    sign_in(client, officer("FR"))
    for step in STEPS:
        assert str(hidden) not in client.get(f"{PAGE}{step}").content.decode()
    assert client.get(f"{PAGE}{hidden.pk}/").status_code == 404
    with pytest.raises(Refused):
        ranked(world.panel("FR"), {hidden.pk: 1})


def test_reviews_of_people_who_came_into_conflict_do_not_count(client: Client) -> None:
    pair = world.pairs_in_review()[0]
    review = world.judged(world.assigned(world.reviewer("FR"), pair), (1,) * 6)
    Recusal.objects.create(user=review.assignment.reviewer.user, seminar=pair, since=world.BEGUN)
    row = sign_in(client, officer("FR")).get(PAGE).context["rows"][0][0]
    assert (row.sealed, row.mean) == (0, None)


def masked(page: str) -> str:
    """Take out what differs from one request to the next."""
    page = re.sub(r'(nonce|value)="[A-Za-z0-9+/=_-]{16,}"', "", page)
    page = re.sub(r'"X-CSRFToken": "[^"]*"', "", page)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "", page)


def test_no_page_of_the_others_differs_by_what_a_panel_does(client: Client) -> None:
    pair = world.pairs_in_review()[0]
    Panel.objects.update(reviews_due_at=world.BEGUN)
    reviewers = [world.reviewer("FR") for _ in range(2)]
    given = [world.assigned(reviewer, pair) for reviewer in reviewers]
    admin = User.objects.create_superuser("root@example.org", cast.PASSWORD)
    coordinator = pair.proposals.get(side=side("JP")).coordinator
    proposal = pair.proposals.get(side=side("JP"))
    desk = [
        DESK,
        f"{DESK}evaluation/",
        f"{DESK}assignments/",
        f"{DESK}proposals/",
        f"{DESK}seminars/{pair.pk}/",
        "/desk/",
    ]
    desk += [f"{PAGE}{step}" for step in (*STEPS, f"{pair.pk}/")]
    everywhere = ["/", "/calls/inserm-jsps-2026/", "/reviews/", f"/proposals/{proposal.pk}/"]
    records = ["/admin/", "/admin/accounts/historyentry/", f"/admin/seminars/seminar/{pair.pk}/change/"]
    people = {officer("JP"): desk + everywhere, admin: desk + everywhere + records, coordinator: desk + everywhere}
    people[reviewers[0].user] = desk  # type: ignore[index]

    def seen() -> list[tuple[int, str]]:
        found = []
        for person, pages in people.items():
            sign_in(client, person)
            found += [(answer.status_code, masked(answer.content.decode())) for answer in map(client.get, pages)]
        return found

    before = seen()
    for assignment in given:
        world.judged(assignment)
    panel = sat()
    ranked(panel, {pair.pk: 1})
    actions.write_panel_note(panel, pair, text="Said.", form_uuid=uuid4(), by=officer("FR"), at=world.REVIEWED)
    actions.seal_panel(panel, by=officer("FR"), at=world.AFTER_DUE)
    after = seen()
    assert [number for number, (was, now) in enumerate(zip(before, after, strict=True)) if was != now] == []


def test_only_the_own_panel_is_found_by_code(client: Client) -> None:
    pair = world.pairs_in_review()[0]
    world.judged(world.assigned(world.reviewer("FR"), pair), comment_panel="Bold.")
    theirs = sign_in(client, officer("JP")).get(f"{PAGE}{pair.pk}/").content.decode()
    assert "Bold." not in theirs
    reviewer = world.reviewer("FR")
    assert reviewer.user is not None
    admin = User.objects.create_superuser("root@example.org", cast.PASSWORD)
    for person in (reviewer.user, admin, pair.proposals.first().coordinator):
        sign_in(client, person)
        assert {client.get(f"{PAGE}{step}").status_code for step in (*STEPS, f"{pair.pk}/")} == {404}
