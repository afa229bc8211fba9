"""The pages of the joint selection: what they tell before and after, and what can be done on them."""

import time
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews.actions.decision import propose
from reviews.actions.selection import open_selection
from reviews.models import Decision, Panel, Review, Selection, SelectionNote, Signature
from reviews.rules.proposals import SELECTED, Place
from seminars.choices import SeminarState
from seminars.models import BudgetLine, Call, CallAgency, EligibilityDecision, Recusal, Seminar
from tests import cast
from tests.reviews import selecting, settled, world
from tests.reviews.actions.test_selection import put
from tests.seminars.filed import officer, side
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/desk/inserm-jsps-2026/selection/"
UNDERSTOOD = {"understood": "1"}


def read(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer
    return answer.content.decode()


@pytest.fixture
def english(client: Client) -> Callable[[str], Client]:
    """Return a function that signs an agency's officer in, who reads English."""

    def signed_in(country: str) -> Client:
        person = officer(country)
        person.language = "en"
        person.save()
        return sign_in(client, person)

    return signed_in


def masked(page: str) -> str:
    """Leave out what differs from one answer to the next."""
    return "\n".join(line for line in page.splitlines() if "csrf" not in line and "nonce" not in line)


def test_before_it_is_open_nothing_tells_of_the_other_panel(english: Callable[[str], Client]) -> None:
    world.pairs_in_review()
    client = english("FR")
    assert "not sealed yet" in read(client)
    selecting.seal("FR")
    alone = masked(read(client))
    assert client.post(PAGE).status_code == 422
    answer = client.post(PAGE, UNDERSTOOD)
    assert (answer.status_code, "This is not possible yet." in answer.content.decode()) == (409, True)
    Panel.objects.filter(side__agency__country="JP").update(sealed_at=selecting.SEALED, sealed_by=officer("JP"))
    assert masked(read(client)) == alone
    assert client.get(f"{PAGE}minutes/").status_code == 404
    assert (client.post(PAGE).status_code, Selection.objects.count()) == (422, 0)
    assert client.post(PAGE, UNDERSTOOD).status_code == 303
    assert Selection.objects.get().opened_by == officer("FR")


def test_the_table_shows_both_and_names_no_reviewer(english: Callable[[str], Client]) -> None:
    pairs = selecting.opened(2)
    world.evaluated(pairs, 2)
    page = read(english("JP"))
    for words in ("Seminar 001", "Fund", "Merged places", "<svg", "1.50", "Not proposed yet"):
        assert words in page, words
    page = read(english("JP"), f"{PAGE}{pairs[0].pk}/")
    assert ("For the panel." in page, "Reviewer 1" in page, "Reviewer1" in page) == (True, True, False)
    assert all(str(review.assignment.reviewer) not in page for review in Review.objects.all())


@pytest.mark.parametrize("number", [1, 3, 30])
def test_every_page_costs_the_same_however_many_pairs(number: int, english: Callable[[str], Client]) -> None:
    pairs = selecting.opened(number)
    world.evaluated(pairs, 1)
    propose(cast.call_2026(), {pair.pk: Place("reserve") for pair in pairs}, by=officer("FR"), at=selecting.LATER)
    client = english("FR")
    read(client)
    costs = {}
    for path in ("", f"{pairs[0].pk}/", "sign/", "merge/", "minutes/"):
        with CaptureQueriesContext(connection) as queries:
            read(client, f"{PAGE}{path}")
        costs["pair" if path[:1].isdigit() else path.rstrip("/")] = len(queries)
    assert costs == {"": 14, "pair": 17, "sign": 13, "merge": 14, "minutes": 6}


def test_the_table_comes_in_pages_and_the_drawing_holds_all(english: Callable[[str], Client]) -> None:
    selecting.opened(51)
    client = english("JP")
    first, second = read(client), read(client, f"{PAGE}?page=2")
    assert [page.count('<th scope="row">') for page in (first, second)] == [50, 1]
    assert [page.count('class="open"') + page.count('class="agreed"') for page in (first, second)] == [51, 51]


def test_a_reviewer_keeps_the_number_whatever_else_is_seen(english: Callable[[str], Client]) -> None:
    pair = selecting.opened(1)[0]
    withdrawn, open_, sealed = (world.assigned(world.reviewer("FR"), pair) for _turn in range(3))
    withdrawn.state, withdrawn.reason = "declined", "Too far from my field."
    withdrawn.save()
    world.judged(open_, sealed=False, comment_panel="Not sealed.")
    world.judged(sealed, comment_panel="Sealed.")
    page = read(english("JP"), f"{PAGE}{pair.pk}/")
    assert [words in page for words in ("Reviewer 1", "Reviewer 2", "Reviewer 3")] == [False, False, True]
    assert ("Sealed." in page, "Not sealed." in page) == (True, False)
    Recusal.objects.create(user=sealed.reviewer.user, seminar=pair, since=world.REVIEWED)
    assert "No sealed review." in read(client=english("JP"), path=f"{PAGE}{pair.pk}/")


def test_an_officer_proposes_signs_and_refuses(english: Callable[[str], Client]) -> None:
    pair = selecting.opened(1)[0]
    client, own = english("FR"), f"{PAGE}{pair.pk}/"
    assert client.post(own, {"propose": "1", "outcome": "nothing"}).status_code == 422
    assert client.post(own, {"propose": "1", "outcome": "selected"}).status_code == 303
    decision = Decision.objects.get()
    assert f'value="{decision.pk}:1"' in read(client, f"{PAGE}sign/?pair={pair.pk}")
    assert client.post(f"{PAGE}sign/", {"decision": f"{decision.pk}:9"}).status_code == 409
    assert client.post(f"{PAGE}sign/", {"decision": "x"}).status_code == 409
    assert client.post(f"{PAGE}sign/", {"decision": f"{decision.pk}:1"}).status_code == 303
    assert "Nothing waits" in read(client, f"{PAGE}sign/")
    assert client.post(own, {"refuse": "1", "version": "1", "reason": ""}).status_code == 422
    assert client.post(own, {"refuse": "1", "version": "8", "reason": "Why."}).status_code == 409
    assert client.post(own, {"refuse": "1", "version": "1", "reason": "Why."}).status_code == 303
    assert "Why." in read(client, own)
    assert Signature.objects.standing().get().refuses


def test_a_factor_shown_long_ago_is_asked_for_again(english: Callable[[str], Client]) -> None:
    pair = selecting.opened(1)[0]
    decision = put(pair, SELECTED)
    client = english("FR")
    Authenticator.objects.create(user=officer("FR"), type=Authenticator.Type.TOTP, data={})
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time() - 3600, "type": "totp"}]
    session.save()
    for answer in (
        client.get(f"{PAGE}sign/"),
        client.post(f"{PAGE}sign/", {"decision": f"{decision.pk}:1"}),
        client.post(f"{PAGE}{pair.pk}/", {"refuse": "1", "version": "1", "reason": "Why."}),
    ):
        assert answer.headers["Location"].startswith("/account/factors/confirm/?next=")
    assert Signature.objects.count() == 0


def test_a_merged_order_is_looked_at_before_it_is_taken(english: Callable[[str], Client]) -> None:
    selecting.opened(3)
    client = english("JP")
    asked = {"method": "borda", "capacity": "1", "reserves": "1"}
    page = client.get(f"{PAGE}merge/", asked).content.decode()
    assert ("Take it as the proposal" in page, Decision.objects.count()) == (True, 0)
    assert "Take it" in read(client, f"{PAGE}merge/")
    assert client.post(f"{PAGE}merge/", {"method": "borda"}).status_code == 422
    assert client.post(f"{PAGE}merge/", asked).status_code == 303
    assert sorted(Decision.objects.values_list("outcome", flat=True)) == ["not_selected", "reserve", "selected"]
    Call.objects.update(capacity=1)
    assert client.post(f"{PAGE}merge/", asked | {"capacity": "2"}).status_code == 409


def test_what_was_decided_can_still_be_read_and_no_longer_changed(english: Callable[[str], Client]) -> None:
    selected, waits = world.pairs_in_review(2)
    settled.decided([selected, waits], ["selected", "reserve"])
    Seminar.objects.filter(pk=selected.pk).update(state=SeminarState.SELECTED)
    client, own = english("FR"), f"{PAGE}{selected.pk}/"
    answer = client.get(PAGE)
    assert {row.seminar for row in answer.context["rows"]} == {selected, waits}
    assert (answer.context["number"], answer.context["holding"], answer.context["selected"]) == (1, 2, 1)
    page = read(client, own)
    assert "Selected" in page
    assert all(f'name="{deed}"' not in page for deed in ("propose", "refuse", "note"))
    assert client.post(own, {"propose": "1", "outcome": "not_selected"}).status_code == 404
    assert "Seminar 001" not in read(client, f"{PAGE}merge/")


def test_a_note_is_written(english: Callable[[str], Client]) -> None:
    pair = selecting.opened(1)[0]
    client = english("FR")
    note = {"note": "1", "text": "A strong pair.", "form_uuid": "6f2a3a52-5a35-4cbb-9d38-8b1d2a1f3c11"}
    assert client.post(f"{PAGE}{pair.pk}/", note).status_code == 303
    assert SelectionNote.objects.get().text == "A strong pair."
    assert "A strong pair." in read(client, f"{PAGE}{pair.pk}/")


def test_minutes_save_themselves_and_write_over_nobody(english: Callable[[str], Client]) -> None:
    selecting.opened(1)
    client, page, silent = english("FR"), f"{PAGE}minutes/", {"HX-Request": "true"}
    assert "Nothing has been saved here yet." in read(client, page)
    assert client.post(page, {"minutes": "First.", "version": "0"}).status_code == 303
    answer = client.post(page, {"minutes": "Second.", "version": "1"}, headers=silent)
    assert (answer.status_code, 'name="version" id="section-version" value="2"' in answer.content.decode()) == (
        200,
        True,
    )
    answer = client.post(page, {"minutes": "Third.", "version": "1"})
    both = answer.content.decode()
    assert (answer.status_code, "Second." in both, "Third." in both, 'value="2"' in both) == (409, True, True, True)
    late = {"minutes": "Third.", "version": "x", "touched": "minutes"}
    answer = client.post(page, late, headers=silent)
    assert (answer.status_code, "What I typed" in answer.content.decode()) == (409, True)
    chosen = {"minutes": "Third.", "version": "2", "keep-minutes": "saved"}
    assert client.post(page, chosen, headers=silent).status_code == 200
    assert (selecting.selection().minutes, selecting.selection().version) == ("Second.", 2)
    assert client.post(page, {"minutes": "x" * 20001, "version": "2"}).status_code == 422
    answer = client.post(page, {"minutes": "x" * 20001, "version": "2"}, headers=silent)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["id_minutes"])


def test_budgets_are_tried_and_never_saved(english: Callable[[str], Client]) -> None:
    pairs = selecting.opened(3)
    for pair, cost in zip(pairs, (100, 200, 300), strict=True):
        for record in pair.proposals.all():
            values = {"kind": "meals", "quantity": 2, "unit": "meal", "unit_cost": cost}
            BudgetLine.objects.create(proposal=record, saved_at=world.BEGUN, **values)
    selected, client = selecting.selection(), english("FR")
    asked = {"method": "better", "capacity": "1", "reserves": "1"}
    one, other = (f"budget-{side.pk}" for side in CallAgency.objects.filter(call=cast.call_2026()).order_by("pk"))
    page = read(client, f"{PAGE}merge/?{urlencode(asked)}")
    assert ("€1,200.00" in page, "¥1,200" in page, "pays for" in page, "Beyond" in page) == (True, True, False, False)
    page = read(client, f"{PAGE}merge/?{urlencode({**asked, one: '900', other: '800'})}")
    words = " ".join(page.split())
    for told in ("pays for the first 2 pairs in full", "pays for the first 2 pairs", "Both budgets reach down"):
        assert told in words, told
    page = read(client, f"{PAGE}merge/?{urlencode({**asked, one: '1', other: '9999'})}")
    assert "One of the budgets does not pay for the first pair" in page
    assert "Enter an amount" in read(client, f"{PAGE}merge/?{urlencode({**asked, one: 'much'})}")
    assert (selecting.selection().version, Decision.objects.count()) == (selected.version, 0)


def test_ineligible_pairs_are_there_with_their_reasons(english: Callable[[str], Client]) -> None:
    gone, hidden, kept = world.pairs_in_review(3)
    for pair in (gone, hidden):
        refusal = {"outcome": "ineligible", "reason_en": "A partner is missing.", "reason_fr": "x", "reason_ja": "x"}
        decided = {"decided_at": world.BEGUN, "decided_by": officer("FR"), **refusal}
        EligibilityDecision.objects.filter(seminar=pair).delete()
        EligibilityDecision.objects.create(seminar=pair, side=side("FR"), **decided)
    Seminar.objects.filter(pk__in=[gone.pk, hidden.pk]).update(state="ineligible")
    Recusal.objects.create(user=officer("JP"), seminar=hidden, since=world.BEGUN)
    selecting.ranked([kept])
    selecting.seal("FR", "JP")
    open_selection(cast.call_2026(), by=officer("FR"), at=selecting.OPENED)
    page = read(english("JP"))
    assert ("1 pair is not eligible" in page, "A partner is missing." in page) == (True, True)
    assert (str(gone) in page, str(hidden) in page) == (True, False)
    assert "2 pairs are not eligible" in read(english("FR"))
