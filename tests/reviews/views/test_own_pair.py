"""Who coordinates a pair reads nothing of its evaluation as an officer, conflict noted or not (R23, SAFETY 3)."""

from collections.abc import Sequence

import pytest
from django.test import Client

from accounts.actions.roles import give_role
from accounts.choices import Role
from accounts.models import User
from reviews.models import Assignment, Conflict, Decision, PanelNote, Ranking, Review
from seminars.models import Participant, Proposal, Recusal, Seminar
from tests import cast
from tests.reviews import selecting, settled, world
from tests.seminars.filed import officer, side
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
DESK = "/desk/inserm-jsps-2026/"


@pytest.fixture
def pairs() -> Sequence[Seminar]:
    """Three pairs in the joint selection, decided; Inserm's officer coordinates the first, and nobody has noted it."""
    made = world.pairs_in_review(3)
    world.evaluated(made, reviewers=2)
    selecting.ranked(made)
    settled.decided(made, ["selected", "reserve", "not_selected"])
    Proposal.objects.filter(seminar=made[0], side__agency__country="FR").update(coordinator=officer("FR"))
    assert not Recusal.objects.exists()
    return made


@pytest.mark.parametrize("address", ["panel/", "selection/", "assignments/", "announcement/"])
def test_lists_leave_the_own_pair_out(address: str, pairs: Sequence[Seminar], client: Client) -> None:
    sign_in(client, officer("FR"))
    text = client.get(f"{DESK}{address}").content.decode()
    assert [str(pair) in text for pair in pairs] == [False, True, True]


@pytest.mark.parametrize("address", ["panel/{}/", "selection/{}/"])
def test_the_own_pair_does_not_exist(address: str, pairs: Sequence[Seminar], client: Client) -> None:
    sign_in(client, officer("FR"))
    assert [client.get(DESK + address.format(pair.pk)).status_code for pair in pairs] == [404, 200, 200]


@pytest.mark.parametrize("model", [Review, Assignment, Ranking, PanelNote, Decision])
def test_no_row_of_the_own_pair_is_seen(model: type, pairs: Sequence[Seminar]) -> None:
    of_pair = "assignment__seminar" if model is Review else "seminar"
    seen = model.objects.visible_to(officer("FR"))
    assert not seen.filter(**{of_pair: pairs[0]}).exists()


def test_the_other_agencys_officer_sees_it(pairs: Sequence[Seminar], client: Client) -> None:
    sign_in(client, officer("JP"))
    assert client.get(f"{DESK}selection/{pairs[0].pk}/").status_code == 200


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CHAIR])
def test_a_participant_who_comes_to_judge_is_shut_out_at_once(role: str, client: Client) -> None:
    first, second = world.pairs_in_review(2)
    zoe = User.objects.create_user("zoe@example.org", cast.PASSWORD, family_name="Quintrell", given_name="Zoe")
    record = Proposal.objects.get(seminar=first, side__agency__country="JP")
    named = {"family_name": "Quintrell", "given_name": "Zoe", "email": "ZOE@example.org"}
    Participant.objects.create(proposal=record, saved_at=world.BEGUN, **named)
    give_role(zoe, side("FR").agency, role, by=officer("FR"), at=world.REVIEWED)
    assert [conflict.seminar for conflict in Conflict.objects.filter(user=zoe)] == [first]
    sign_in(client, zoe)
    assert [client.get(f"{DESK}panel/{pair.pk}/").status_code for pair in (first, second)] == [404, 200]
