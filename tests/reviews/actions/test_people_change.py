"""Other participants after the selection (R28): the rules run again, both agencies decide, both records follow."""

from decimal import Decimal
from typing import Any

import pytest

from accounts.models import HistoryEntry, Message
from reviews.actions import change as actions
from reviews.choices import ChangeDeed, ChangeState
from reviews.models import Change
from seminars.choices import CareerStage, CostKind, LaboratoryKind, SeminarState, Unit
from seminars.models import BudgetLine, Laboratory, Participant, Proposal, Seminar, Session
from seminars.permissions import Refused
from tests.reviews.actions.test_change import ask, decide
from tests.reviews.awarded import AT, half
from tests.reviews.views.test_selected_pair import listed_pair
from tests.seminars.filed import filed_pair, officer

pytestmark = pytest.mark.django_db
DETAILS = {"career_stage": CareerStage.CR, "country_of_work": "FR", "side": "FR", "talk_title": "Cells"}


def confirmed() -> Seminar:
    """Return a confirmed pair of two whole records."""
    seminar = filed_pair()
    Seminar.objects.filter(pk=seminar.pk).update(state=SeminarState.CONFIRMED)
    officer("FR"), officer("JP")
    return Seminar.objects.get(pk=seminar.pk)


def person(**values: Any) -> Participant:
    return Participant(**{"family_name": "Roux", "given_name": "Anne", "role": "speaker", **DETAILS, **values})


def unit(record: Proposal, country: str = "FR") -> Laboratory:
    return record.laboratories.get(country=country)


def stored(record: Proposal, **values: Any) -> Participant:
    """Store a participant of a filed record, with a line of its budget."""
    made = person(proposal=record, laboratory=unit(record), saved_at=AT, **values)
    made.save()
    cost = {"kind": CostKind.MEALS, "quantity": 1, "unit": Unit.MEAL, "unit_cost": Decimal(20), "saved_at": AT}
    BudgetLine.objects.create(proposal=record, participant=made, **cost)
    return made


def ask_people(
    seminar: Seminar,
    deed: ChangeDeed,
    new: Participant | None = None,
    laboratory: Laboratory | None = None,
    **more: Any,
) -> Change:
    record = half(seminar)
    given = {"reason": "She has another engagement.", "by": record.coordinator, "at": AT, **more}
    return actions.ask_people_change(record, deed, new, laboratory, **given)


def agree(change: Change) -> str:
    decide(change, "JP")
    return decide(change, "FR")


def test_a_new_participant_with_a_new_laboratory_is_there_once_both_agree() -> None:
    seminar = confirmed()
    record = half(seminar)
    new = Laboratory(name="Institut Cochin", kind=LaboratoryKind.INSERM, unit="U1016", country="FR", city="Paris")
    change = ask_people(seminar, ChangeDeed.ADD, person(), new)
    assert Message.objects.filter(kind="change_asked", text__contains="参加者の変更の申請").exists()
    assert not Participant.objects.filter(family_name="Roux").exists()
    assert agree(change) == ChangeState.APPROVED
    added = Participant.objects.get(family_name="Roux")
    assert (added.proposal_id, added.laboratory and added.laboratory.unit) == (record.pk, "U1016")
    assert HistoryEntry.objects.get(verb="change_applied").after == {"participant": "Anne ROUX"}
    assert Message.objects.filter(kind="change_settled").count() == 4
    assert half(seminar).start_on == record.start_on


def test_somebody_else_takes_the_place_with_its_budget_and_sessions_in_both_records() -> None:
    seminar = confirmed()
    french, japanese = half(seminar), half(seminar, "JP")
    old = stored(french, email="roux@inserm.example", phone="+33612345678")
    known = person(proposal=japanese, laboratory=unit(japanese), saved_at=AT, email="roux@inserm.example")
    known.save()
    Session.objects.update(speaker="Roux, Anne")
    change = ask_people(seminar, ChangeDeed.REPLACE, person(family_name="Petit"), unit(french), row=old.pk)
    agree(change)
    for record, row in ((french, old), (japanese, known)):
        now = Participant.objects.get(pk=row.pk)
        assert (now.family_name, now.email, str(now.phone), now.laboratory) == ("Petit", "", "", unit(record))
    assert BudgetLine.objects.get(participant=old).amount == 20
    assert set(Session.objects.values_list("speaker", flat=True)) == {"Anne PETIT"}
    assert Laboratory.objects.filter(country="FR").count() == 2


def test_who_is_removed_leaves_the_list_and_the_money_stays() -> None:
    seminar = confirmed()
    old = stored(half(seminar))
    line = BudgetLine.objects.get(participant=old)
    agree(ask_people(seminar, ChangeDeed.REMOVE, row=old.pk))
    line.refresh_from_db()
    assert line.participant is None
    assert line.amount == 20
    assert not Participant.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"career_stage": ""}, id="details"),
        pytest.param({"talk_title": ""}, id="talk"),
        pytest.param({"family_name": "Lefèvre", "given_name": "Marie"}, id="twice"),
    ],
)
def test_what_the_change_breaks_stops_it(values: dict[str, str]) -> None:
    seminar = confirmed()
    with pytest.raises(Refused):
        ask_people(seminar, ChangeDeed.ADD, person(**values), unit(half(seminar)))
    assert not Change.objects.exists()


def test_the_workplace_of_speakers_and_the_other_sides_budget_are_checked_again() -> None:
    seminar = confirmed()
    record = half(seminar)
    old = stored(record)
    elsewhere = Laboratory(name="LPNC", kind=LaboratoryKind.OTHER, country="FR", city="Grenoble")
    for wrong, where in ((person(), elsewhere), (person(side="JP", role="attendee"), unit(record, "JP"))):
        with pytest.raises(Refused):  # R12; then R15: Inserm's money is for Inserm's people
            ask_people(seminar, ChangeDeed.REPLACE, wrong, where, row=old.pk)
    assert ask_people(seminar, ChangeDeed.ADD, person(given_name="Paul", role="attendee"), elsewhere)


def test_only_a_participant_of_ones_own_record_and_one_change_at_a_time() -> None:
    seminar = confirmed()
    record = half(seminar)
    leader = record.participants.get(side="FR", role="coordinator")
    theirs = half(seminar, "JP").participants.first()
    assert theirs is not None
    for row in (leader.pk, theirs.pk, 0):
        with pytest.raises(Refused, match="not, or no longer, a participant"):
            ask_people(seminar, ChangeDeed.REMOVE, row=row)
    ask(seminar)
    with pytest.raises(Refused, match="settled first"):
        ask_people(seminar, ChangeDeed.ADD, person(), unit(record))


def test_it_goes_the_same_way_where_the_other_half_is_known_from_a_list() -> None:
    seminar = listed_pair()
    record = half(seminar, "JP")
    new = person(side="JP", country_of_work="JP", given_name="Rin", family_name="Ikeda", role="attendee")
    given = {"reason": "She joins the team.", "by": record.coordinator, "at": AT}
    change = actions.ask_people_change(record, ChangeDeed.ADD, new, unit(record, "JP"), **given)
    assert agree(change) == ChangeState.APPROVED
    assert record.participants.filter(family_name="Ikeda").exists()
