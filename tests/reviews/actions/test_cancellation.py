"""Cancelling a selected seminar as officers: one agency asks, the other agrees or lets it stay."""

import pytest

from accounts.models import HistoryEntry, Message, User
from reviews.actions import award as awards
from reviews.actions import cancellation as actions
from reviews.actions import change as changes
from reviews.choices import CancelState, ChangeState
from reviews.models import Cancellation, CancelRequest, Change
from seminars.choices import SeminarState
from seminars.models import Recusal, Seminar
from seminars.permissions import Refused
from tests import cast
from tests.reviews.actions.test_change import ask as ask_change
from tests.reviews.actions.test_change import selected
from tests.reviews.awarded import AT, half
from tests.seminars.filed import officer, side

pytestmark = pytest.mark.django_db


def ask(seminar: Seminar, country: str = "FR", reason: str = "The unit is closing.") -> CancelRequest:
    return actions.ask_cancellation(side(country), seminar, reason=reason, by=officer(country), at=AT)


def answer(
    asked: CancelRequest, country: str = "JP", *, agrees: bool = True, reason: str = "", by: User | None = None
) -> None:
    of = by or officer(country)
    actions.answer_cancellation(asked, side(country), agrees=agrees, reason=reason, by=of, at=AT)


def mails(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("address", flat=True))


@pytest.mark.parametrize("state", [SeminarState.SELECTED, SeminarState.CONFIRMED])
def test_a_seminar_is_cancelled_once_the_other_agency_agrees(state: str) -> None:
    seminar = selected(state)
    change, asked = ask_change(seminar), ask(seminar)
    assert mails("cancellation_asked") == {officer("JP").email}
    assert Seminar.objects.get(pk=seminar.pk).state == state
    answer(asked)
    assert Seminar.objects.get(pk=seminar.pk).state == SeminarState.CANCELLED
    end = Cancellation.objects.get(seminar=seminar)
    assert (end.cancelled_by, end.agreed_by, end.side) == (officer("FR"), officer("JP"), side("FR"))
    assert end.reason == "The unit is closing."
    assert CancelRequest.objects.get().state == CancelState.AGREED
    assert Change.objects.get(pk=change.pk).state == ChangeState.WITHDRAWN
    coordinators = {half(seminar, country).coordinator.email for country in ("FR", "JP")}
    assert mails("seminar_cancelled") == coordinators | {officer("FR").email, officer("JP").email}
    assert not Message.objects.filter(text__contains="unit is closing").exists()


def test_it_stays_where_the_other_agency_does_not_agree() -> None:
    seminar = selected()
    asked = ask(seminar)
    with pytest.raises(Refused, match="is to stay"):
        answer(asked, agrees=False, reason=" ")
    answer(asked, agrees=False, reason="It is too late for that.")
    assert Seminar.objects.get(pk=seminar.pk).state == SeminarState.SELECTED
    assert CancelRequest.objects.get().state == CancelState.KEPT
    assert mails("cancellation_kept") == {officer("FR").email}
    assert mails("seminar_cancelled") == set()
    assert ask(seminar, "JP").state == CancelState.ASKED


def test_who_asked_takes_it_back() -> None:
    seminar = selected()
    asked = ask(seminar)
    with pytest.raises(Refused, match="Only an officer"):
        actions.take_back_cancellation(asked, by=officer("JP"), at=AT)
    actions.take_back_cancellation(asked, by=officer("FR"), at=AT)
    with pytest.raises(Refused, match="settled already"):
        answer(asked)
    assert HistoryEntry.objects.filter(verb="cancellation_taken_back").count() == 1


def test_one_agency_alone_cancels_nothing() -> None:
    seminar = selected()
    asked = ask(seminar)
    colleague = cast.officer_of(cast.inserm(), "colleague@inserm.example")
    with pytest.raises(Refused, match="Only an officer"):
        answer(asked, "JP", by=officer("FR"))
    with pytest.raises(Refused, match="other one answers"):
        answer(asked, "FR", by=colleague)
    with pytest.raises(Refused, match="under way"):
        ask(seminar, "JP")
    with pytest.raises(Refused, match="Only an officer"):
        actions.ask_cancellation(side("FR"), selected(), reason="No.", by=officer("JP"), at=AT)


def test_a_conflict_shuts_officers_out() -> None:
    seminar = selected()
    asked = ask(seminar)
    for country in ("FR", "JP"):
        Recusal.objects.create(user=officer(country), seminar=seminar, since=AT)
    with pytest.raises(Refused, match="conflict"):
        answer(asked)
    with pytest.raises(Refused, match="conflict"):
        actions.take_back_cancellation(asked, by=officer("FR"), at=AT)


def test_only_a_selected_seminar_is_cancelled_and_with_a_reason() -> None:
    with pytest.raises(Refused, match="not selected"):
        ask(selected(SeminarState.RESERVE))
    with pytest.raises(Refused, match="Say why"):
        ask(selected(), reason=" ")


def test_a_coordinator_who_gives_up_ends_the_request() -> None:
    seminar = selected()
    ask(seminar)
    record = half(seminar)
    awards.decline_seminar(record, reason="We have split.", by=record.coordinator, at=AT)
    assert CancelRequest.objects.get().state == CancelState.WITHDRAWN
    assert Cancellation.objects.get().agreed_by is None


def test_a_coordinator_takes_an_asked_change_back() -> None:
    seminar = selected()
    change, record, other = ask_change(seminar), half(seminar), half(seminar, "JP")
    with pytest.raises(Refused, match="Your partner"):
        changes.withdraw_change(change, other, by=other.coordinator, at=AT)
    with pytest.raises(Refused, match="Only the coordinator"):
        changes.withdraw_change(change, record, by=other.coordinator, at=AT)
    changes.withdraw_change(change, record, by=record.coordinator, at=AT)
    assert Change.objects.get().state == ChangeState.WITHDRAWN
    assert mails("change_withdrawn") == {officer("FR").email, officer("JP").email}
    with pytest.raises(Refused, match="settled already"):
        changes.withdraw_change(change, record, by=record.coordinator, at=AT)
    assert ask_change(seminar, "JP").state == ChangeState.ASKED
