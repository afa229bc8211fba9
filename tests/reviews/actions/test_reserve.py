"""A selected seminar is given up, and the reserve list moves up: in its order, with both agencies' signatures (R25)."""

from datetime import timedelta

import pytest
from django.test import Client

from reviews.actions import announcement, award, decision
from reviews.models import Decision, Signature, Told
from reviews.rules.proposals import Place
from seminars.choices import SeminarState
from seminars.models import Call, Recusal, Seminar
from seminars.permissions import Refused
from tests import cast
from tests.reviews import settled, world
from tests.reviews.awarded import half
from tests.seminars.filed import officer, side
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
LATER = settled.DUE + timedelta(days=3)
AWARDS = "/desk/inserm-jsps-2026/awards/"


def given_up() -> list[Seminar]:
    """Return three announced pairs: the selected one has been given up, two reserves follow."""
    pairs = world.pairs_in_review(3)
    Call.objects.update(capacity=1)
    settled.announced(pairs, ["selected", "reserve", "reserve"])
    record = half(pairs[0])
    award.decline_seminar(record, reason="No room.", by=record.coordinator, at=LATER)
    return pairs


def rise(pair: Seminar, country: str = "FR") -> Decision:
    decision.propose(cast.call_2026(), {pair.pk: Place("selected")}, by=officer(country), at=LATER)
    return Decision.objects.get(seminar=pair)


def sign(made: Decision, country: str) -> None:
    decision.sign(cast.call_2026(), {made.pk: made.version}, by=officer(country), at=LATER)


def test_the_first_reserve_is_selected_once_both_have_signed_and_released() -> None:
    pairs = given_up()
    made, due_at = rise(pairs[1]), LATER + timedelta(days=1)
    assert not Signature.objects.standing().filter(decision=made).exists()
    sign(made, "FR")
    announcement.plan(cast.call_2026(), due_at=due_at, shows_scores=True, by=officer("FR"), at=LATER)
    with pytest.raises(Refused, match="both agencies have signed"):
        announcement.release(side("FR"), by=officer("FR"), at=LATER)
    sign(made, "JP")
    for country in ("FR", "JP"):
        announcement.release(side(country), by=officer(country), at=LATER)
    assert Seminar.objects.get(pk=pairs[1].pk).state == SeminarState.RESERVE
    assert announcement.announce_due(at=due_at) == 1
    states = list(Seminar.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["cancelled", "selected", "reserve"]
    assert Told.objects.filter(seminar=pairs[2]).count() == 1
    with pytest.raises(Refused, match="funds 1"):
        rise(pairs[2])


def test_nobody_moves_up_past_a_better_rank_however_the_list_is_put_in_order_since() -> None:
    pairs = given_up()
    for order in (None, {pairs[2].pk: Place("reserve", 1)}):
        if order:
            decision.propose(cast.call_2026(), order, by=officer("JP"), at=LATER)
        with pytest.raises(Refused, match="in its order"):
            rise(pairs[2])
    first = Decision.objects.get(seminar=pairs[1])
    decision.refuse(cast.call_2026(), first, version=first.version, reason="No.", by=officer("JP"), at=LATER)
    assert rise(pairs[2]).outcome == "selected"


def test_the_page_of_budgets_names_who_is_next_and_not_to_who_is_shut_out() -> None:
    pairs = given_up()
    client = sign_in(Client(), cast.in_english(officer("FR")))
    assert f"/selection/{pairs[1].pk}/" in client.get(AWARDS).content.decode()
    Recusal.objects.create(user=officer("FR"), seminar=pairs[1], since=LATER)
    assert "place is free" not in client.get(AWARDS).content.decode()
    Recusal.objects.all().delete()
    Seminar.objects.filter(pk=pairs[2].pk).update(state=SeminarState.SELECTED)
    assert "place is free" not in client.get(AWARDS).content.decode()
