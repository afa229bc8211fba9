"""Validating a budget, the coordinator's word on it, and declining (R14, R27)."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import HistoryEntry, Message
from reviews.actions import award as actions
from reviews.actions.cancellation import ask_cancellation
from reviews.choices import AwardState
from reviews.models import Award, AwardLine, Cancellation
from seminars.choices import SeminarState
from seminars.models import Recusal, Seminar
from seminars.permissions import Refused
from tests import cast
from tests.racing import done_at_once
from tests.reviews.awarded import AT, all_of, half, proposed, selected, validated
from tests.reviews.reported import AFTER, complete, confirmed, handed_in, writer
from tests.seminars.filed import officer, side

pytestmark = pytest.mark.django_db


def state_of(seminar: Seminar) -> str:
    return Seminar.objects.get(pk=seminar.pk).state


def mails(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("address", flat=True))


def test_a_budget_is_lowered_sent_accepted_and_the_pair_confirmed() -> None:
    seminar = selected()
    french, japanese = half(seminar), half(seminar, "JP")
    award = proposed(seminar, first=("900.00", "One night less."))
    assert (award.requested, award.approved) == (Decimal("1500.50"), Decimal("1400.50"))
    assert mails("award_proposed") == {french.coordinator.email}
    cast.inserm_officer(), cast.jsps_officer()
    assert actions.accept(french, version=award.version, by=french.coordinator, at=AT)
    assert state_of(seminar) == SeminarState.CONFIRMED
    everybody = {french.coordinator.email, japanese.coordinator.email, officer("FR").email, officer("JP").email}
    assert mails("seminar_confirmed") == everybody
    verbs = HistoryEntry.objects.filter(subject_kind="reviews.award").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["award_validated", "award_proposed", "award_accepted"]
    for text in Message.objects.values_list("text", flat=True):
        assert "1400" not in text
    with pytest.raises(Refused, match="can no longer change"):
        validated(seminar)
    with pytest.raises(Refused, match="not selected"):
        actions.accept(french, version=award.version + 1, by=french.coordinator, at=AT)


@pytest.mark.parametrize(
    "less", [("1000.01", ""), ("900.00", ""), ("-1.00", "No."), ("900.001", "No.")], ids=lambda value: value[0]
)
def test_no_line_is_raised_nor_lowered_without_a_reason(less: tuple[str, str]) -> None:
    with pytest.raises(Refused, match="not valid"):
        validated(selected(), first=less)
    assert not Award.objects.exists()


def test_the_total_is_at_most_the_cap_to_the_cent() -> None:
    side("FR")
    validated(selected("At the cap", ("11999.99", "0.01")))
    with pytest.raises(Refused, match="above the maximum"):
        validated(selected("Above it", ("12000.00", "0.01")))


def test_every_line_of_the_record_and_no_other_is_validated() -> None:
    one, other = selected("One"), selected("Other")
    for granted in ({}, all_of(half(other)), all_of(half(one)) | all_of(half(other))):
        with pytest.raises(Refused, match="not valid"):
            actions.validate(half(one), granted, version=None, by=officer("FR"), at=AT)


def test_only_the_agencys_officer_who_is_not_in_conflict_validates() -> None:
    seminar = selected()
    french = half(seminar)
    for by in (officer("JP"), french.coordinator):
        with pytest.raises(Refused, match="Only an officer"):
            actions.validate(french, all_of(french), version=None, by=by, at=AT)
    Recusal.objects.create(user=officer("FR"), seminar=seminar, since=AT)
    with pytest.raises(Refused, match="conflict"):
        validated(seminar)


@pytest.mark.parametrize("state", [SeminarState.IN_REVIEW, SeminarState.RESERVE, SeminarState.CANCELLED])
def test_only_a_selected_seminar_has_its_budget_validated(state: str) -> None:
    seminar = selected()
    Seminar.objects.filter(pk=seminar.pk).update(state=state)
    with pytest.raises(Refused, match="not selected"):
        validated(seminar)


def test_a_side_without_a_cap_validates_nothing() -> None:
    japanese = half(selected(), "JP")
    with pytest.raises(Refused, match="not selected"):
        actions.validate(japanese, {}, version=None, by=officer("JP"), at=AT)


def test_the_coordinator_answers_once_and_may_still_accept() -> None:
    seminar = selected()
    french = half(seminar)
    by, award = french.coordinator, proposed(seminar)
    officer("FR"), officer("JP")
    with pytest.raises(Refused, match="Say why"):
        actions.answer(french, text=" ", version=award.version, by=by, at=AT)
    actions.answer(french, text="The flight costs more.", version=award.version, by=by, at=AT)
    award.refresh_from_db()
    assert (award.state, award.answer) == (AwardState.ANSWERED, "The flight costs more.")
    assert mails("award_answered") == {officer("FR").email}
    with pytest.raises(Refused, match="already"):
        actions.answer(french, text="Again.", version=award.version, by=by, at=AT)
    assert actions.accept(french, version=award.version, by=by, at=AT)


def test_nothing_is_accepted_before_it_is_sent_nor_in_a_version_not_read() -> None:
    seminar = selected()
    french = half(seminar)
    by = french.coordinator
    with pytest.raises(Refused, match="still validating"):
        actions.accept(french, version=0, by=by, at=AT)
    read = proposed(seminar)
    validated(seminar, first=("1.00", "Less."))
    with pytest.raises(Refused, match="still validating"):
        actions.accept(french, version=read.version, by=by, at=AT)
    again = proposed(seminar, first=("1.00", "Less."))
    with pytest.raises(Refused, match="changed meanwhile"):
        actions.accept(french, version=read.version, by=by, at=AT)
    with pytest.raises(Refused, match="Only the coordinator"):
        actions.accept(french, version=again.version, by=half(seminar, "JP").coordinator, at=AT)
    assert Message.objects.filter(kind="award_proposed").count() == 2


def test_two_officers_do_not_overwrite_each_other() -> None:
    seminar = selected()
    read = validated(seminar)
    validated(seminar, first=("1.00", "Less."))
    with pytest.raises(Refused, match="changed meanwhile"):
        actions.validate(half(seminar), all_of(half(seminar)), version=read.version, by=officer("FR"), at=AT)
    with pytest.raises(Refused, match="changed meanwhile"):
        actions.propose(half(seminar), version=read.version, by=officer("FR"), at=AT)


@pytest.mark.parametrize("country", ["FR", "JP"])
def test_either_coordinator_gives_the_seminar_up_with_a_reason(country: str) -> None:
    seminar = selected()
    record = half(seminar, country)
    officer("FR"), officer("JP")
    with pytest.raises(Refused, match="Say why"):
        actions.decline_seminar(record, reason="", by=record.coordinator, at=AT)
    with pytest.raises(Refused, match="Only the coordinator"):
        actions.decline_seminar(record, reason="No.", by=officer(country), at=AT)
    actions.decline_seminar(record, reason="The laboratory closes.", by=record.coordinator, at=AT)
    assert state_of(seminar) == SeminarState.CANCELLED
    assert Cancellation.objects.get(seminar=seminar).side == record.side
    assert len(mails("seminar_declined")) == 4
    assert not Message.objects.filter(text__contains="laboratory closes").exists()
    with pytest.raises(Refused, match="no longer"):
        actions.decline_seminar(record, reason="Again.", by=record.coordinator, at=AT)


def test_a_pair_not_announced_as_selected_cannot_be_given_up() -> None:
    seminar = selected()
    Seminar.objects.filter(pk=seminar.pk).update(state=SeminarState.RESERVE)
    record = half(seminar)
    with pytest.raises(Refused, match="not selected"):
        actions.decline_seminar(record, reason="No.", by=record.coordinator, at=AT)


def test_the_database_holds_the_amounts() -> None:
    line = validated(selected()).lines.all()[0]
    for values in ({"approved": Decimal("1000.01")}, {"approved": Decimal("-0.01"), "reason": "No."}, {"approved": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AwardLine.objects.filter(pk=line.pk).update(**values)


@pytest.mark.django_db(transaction=True)
def test_an_acceptance_and_a_change_at_once_leave_one_outcome() -> None:
    seminar = selected()
    french, by, award = half(seminar), officer("FR"), proposed(seminar)
    granted = all_of(french, first=("1.00", "Less."))
    accepted, validated_again = done_at_once(
        lambda: actions.accept(french, version=award.version, by=french.coordinator, at=AT),
        lambda: actions.validate(french, granted, version=award.version, by=by, at=AT),
    )
    assert accepted is not validated_again
    award.refresh_from_db()
    assert (award.state == AwardState.ACCEPTED, state_of(seminar) == SeminarState.CONFIRMED) == (accepted, accepted)
    assert award.approved == (Decimal("1500.50") if accepted else Decimal("501.50"))


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_leave_the_first() -> None:
    seminar = selected()
    french, by = half(seminar), officer("FR")
    done = done_at_once(*[lambda: actions.validate(french, all_of(french), version=None, by=by, at=AT)] * 2)
    assert sorted(done) == [False, True]
    assert Award.objects.count() == 1


def test_a_seminar_whose_report_is_handed_in_is_neither_given_up_nor_cancelled() -> None:
    report = handed_in(complete(confirmed()))
    proposal = half(report.seminar)
    with pytest.raises(Refused, match="report is handed in"):
        actions.decline_seminar(proposal, reason="Too late.", by=writer(report), at=AFTER)
    with pytest.raises(Refused, match="report is handed in"):
        ask_cancellation(side("FR"), report.seminar, reason="Too late.", by=officer("FR"), at=AFTER)
    assert Seminar.objects.get(pk=report.seminar_id).state == SeminarState.CONFIRMED
