"""Deciding: each agency alone for its half, both together for the pair; reopening; nothing told before its time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import HistoryEntry, Message, User
from seminars.actions import eligibility, pairing, submission
from seminars.actions.admission import admit_late
from seminars.actions.eligibility_bulk import CLEAR, VOID, decide_many, reasons_of
from seminars.choices import Eligibility, SeminarState
from seminars.models import EligibilityDecision, Proposal, Seminar
from seminars.permissions import Refused
from seminars.rules.eligibility import SETTLED
from tests import cast
from tests.racing import at_once
from tests.seminars.filed import AFTER, WHY, agency, decide, filed_pair, officer, pair_up, seen, side, submit

pytestmark = pytest.mark.django_db
MICROSECOND = timedelta(microseconds=1)
ELIGIBLE, INELIGIBLE, CORRECTION = Eligibility.ELIGIBLE, Eligibility.INELIGIBLE, Eligibility.CORRECTION


@pytest.mark.parametrize(
    ("french", "japanese", "state"),
    [
        (ELIGIBLE, None, "paired"),
        (INELIGIBLE, None, "paired"),
        (ELIGIBLE, ELIGIBLE, "eligible"),
        (ELIGIBLE, INELIGIBLE, "ineligible"),
        (INELIGIBLE, ELIGIBLE, "ineligible"),
        (INELIGIBLE, INELIGIBLE, "ineligible"),
        (CORRECTION, INELIGIBLE, "paired"),
        (CORRECTION, ELIGIBLE, "paired"),
    ],
)
def test_the_pair_is_what_both_say_together(french: str, japanese: str | None, state: str) -> None:
    seminar = filed_pair()
    decide(seminar, "FR", french)
    if japanese:
        decide(seminar, "JP", japanese)
    seminar.refresh_from_db()
    assert seminar.state == state


def test_a_decision_is_in_the_history_and_tells_nobody() -> None:
    seminar = filed_pair()
    record = seminar.proposals.get(side__agency__country="FR")
    mails, changed_at = Message.objects.count(), record.changed_at
    decide(seminar, "FR", INELIGIBLE)
    entry = HistoryEntry.objects.about(record).first()
    assert (entry.verb, entry.actor, entry.at, entry.reason) == (
        "eligibility_decided",
        cast.inserm_officer(),
        AFTER,
        WHY["fr"],
    )
    assert entry.after == {"outcome": "ineligible", "rules": ["R4"]}
    record.refresh_from_db()
    assert (Message.objects.count(), record.told_outcome, record.told_at) == (mails, "", None)
    assert record.changed_at == changed_at


def test_only_an_officer_of_the_side_decides() -> None:
    seminar = filed_pair()
    for by in (cast.marie(), cast.jsps_officer()):
        with pytest.raises(Refused, match="Only an officer of this agency"):
            decide(seminar, "FR", by=by)
    assert not EligibilityDecision.objects.exists()


def test_nothing_is_decided_before_the_last_deadline_has_settled() -> None:
    seminar = filed_pair()
    last = cast.DEADLINE + SETTLED
    with pytest.raises(Refused, match="can still change"):
        decide(seminar, "FR", at=last)
    assert decide(seminar, "FR", at=last + MICROSECOND).decided_at == last + MICROSECOND


def test_a_late_admission_on_the_other_side_is_waited_for() -> None:
    seminar = filed_pair(only="FR")
    submission.lapse_due(at=AFTER)
    japanese = seminar.proposals.get(side__agency__country="JP")
    until = AFTER + timedelta(days=3)
    admit_late(japanese, reason="Outage.", until=until, by=cast.jsps_officer(), at=AFTER)
    with pytest.raises(Refused, match="can still change"):
        decide(seminar, "FR", INELIGIBLE, at=until)
    decide(seminar, "FR", INELIGIBLE, at=until + SETTLED + MICROSECOND)


def test_no_admission_once_the_pair_is_decided() -> None:
    seminar = filed_pair(only="FR")
    submission.lapse_due(at=AFTER)
    decide(seminar, "FR", INELIGIBLE)
    japanese = seminar.proposals.get(side__agency__country="JP")
    with pytest.raises(Refused, match="decided already"):
        admit_late(japanese, reason="x", until=AFTER + timedelta(days=1), by=cast.jsps_officer(), at=AFTER)


@pytest.mark.parametrize("missing", ["en", "fr", "ja"])
@pytest.mark.parametrize("outcome", [INELIGIBLE, CORRECTION])
def test_a_refusal_needs_reasons_in_all_three_languages(outcome: str, missing: str) -> None:
    seminar = filed_pair()
    with pytest.raises(Refused, match="all three languages"):
        decide(seminar, "FR", outcome, reasons=WHY | {missing: ""})


def test_the_database_holds_reasons_and_one_decision_in_force() -> None:
    seminar = filed_pair()
    decide(seminar, "FR")
    values = {"side": side("FR"), "seminar": seminar, "decided_at": AFTER, "decided_by": officer("FR")}
    for wrong in (
        {"outcome": ELIGIBLE},
        {"outcome": INELIGIBLE, "side": side("JP"), "reason_en": "x", "reason_fr": "x"},
        {"outcome": CORRECTION, "side": side("JP")},
        {"outcome": "perhaps", "side": side("JP")},
        {"outcome": ELIGIBLE, "side": side("JP"), "told_at": AFTER},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            EligibilityDecision.objects.create(**{**values, **wrong})


def test_twice_is_refused_until_reopened_with_a_reason() -> None:
    seminar = filed_pair()
    first = decide(seminar, "FR")
    decide(seminar, "JP")
    with pytest.raises(Refused, match="decided already"):
        decide(seminar, "FR", INELIGIBLE)
    for by, reason, words in (
        (officer("JP"), "Why not", "Only an officer"),
        (officer("FR"), "", "needs a reason"),
    ):
        with pytest.raises(Refused, match=words):
            eligibility.reopen_decision(seminar, side("FR"), reason=reason, by=by, at=AFTER)
    eligibility.reopen_decision(seminar, side("FR"), reason="A new fact.", by=officer("FR"), at=AFTER)
    seminar.refresh_from_db()
    first.refresh_from_db()
    assert (seminar.state, first.ended_at, first.end_reason) == (SeminarState.PAIRED, AFTER, "A new fact.")
    decide(seminar, "FR", INELIGIBLE)
    seminar.refresh_from_db()
    assert seminar.state == SeminarState.INELIGIBLE
    verbs = [entry.verb for entry in HistoryEntry.objects.about(seminar).order_by("pk")]
    assert verbs[-3:] == ["find_eligible", "reopen_eligibility", "find_ineligible"]


@pytest.mark.parametrize("outcome", [ELIGIBLE, CORRECTION])
def test_half_a_pair_is_void_whatever_an_officer_thinks(outcome: str) -> None:
    seminar = filed_pair(only="FR")
    with pytest.raises(Refused, match="void"):
        decide(seminar, "FR", outcome)
    with pytest.raises(Refused, match="Only a submitted record"):
        decide(seminar, "JP", INELIGIBLE)
    decide(seminar, "FR", INELIGIBLE)
    seminar.refresh_from_db()
    assert seminar.state == SeminarState.INELIGIBLE


def test_a_record_alone_is_its_own_agencys() -> None:
    record = submit(cast.complete_draft(cast.marie()))
    assert [case.key for case in seen(officer("FR"))] == [f"r{record.pk}"]
    assert seen(officer("JP")) == []
    with pytest.raises(Refused, match="Only an officer"):
        decide(record, "FR", INELIGIBLE, by=officer("JP"))
    decision = decide(record, "FR", INELIGIBLE)
    assert (decision.seminar, decision.proposal_id) == (None, record.pk)


def test_a_pair_confirmed_afterwards_ends_what_was_decided_alone() -> None:
    french, japanese = cast.complete_draft(cast.marie()), cast.complete_draft(cast.kenji(), "JP")
    invitation = cast.invited(french, cast.kenji())
    pairing.accept_invitation(invitation, by=cast.verified(cast.kenji()), at=cast.BEFORE, attach=japanese)
    pairing.confirm_pair(french, by=cast.marie(), at=cast.BEFORE)
    for record in (french, japanese):
        submit(record)
    decision = decide(cast.reread(french), "FR", INELIGIBLE)
    pairing.confirm_pair(japanese, by=cast.kenji(), at=AFTER)
    decision.refresh_from_db()
    assert (decision.ended_at, decision.ended_by, decision.end_reason) == (AFTER, None, "")
    [case] = seen(officer("FR"))
    assert (case.seminar is not None, case.to_decide) == (True, case.own)


def test_bulk_decides_the_clear_and_skips_the_rest_saying_why() -> None:
    clear = filed_pair()
    other = filed_pair(person("Roy"), person("Ueda", family_name_kanji="上田", family_name_kana="ウエダ"))
    alone = submit(cast.complete_draft(person("Bon")))
    Proposal.objects.filter(seminar=other, side__agency__country="FR").update(venue_country="JP")
    [first] = [case for case in seen(officer("FR")) if case.seminar == clear]
    # The cast's records have no young statutory researcher: a warning, so that an officer looks.
    assert (first.proposed.outcome, first.is_clear) == ("eligible", False)
    make_clear(clear)
    targets = [clear, other, alone]
    outcomes = decide_many(targets, CLEAR, by=officer("FR"), at=AFTER)
    assert [bool(outcome.skipped) for outcome in outcomes] == [False, True, True]
    again = decide_many(targets, CLEAR, by=officer("FR"), at=AFTER)
    assert str(again[0].skipped) == "Somebody has decided meanwhile."
    assert EligibilityDecision.objects.count() == 1
    [voided] = decide_many([alone], VOID, by=officer("FR"), at=AFTER)
    decision = EligibilityDecision.objects.get(proposal=alone)
    assert (voided.skipped, decision.outcome, decision.rules) == ("", "ineligible", ["R3"])
    assert decision.reason_en == "– No record of the other agency is paired with this one. (R3)"
    assert "（R3）" in decision.reason_ja or "(R3)" in decision.reason_ja
    assert len({decision.reason_en, decision.reason_fr, decision.reason_ja}) == 3


def person(name: str, **values: str) -> User:
    """A coordinator of another pair."""
    names = {"family_name": name, "given_name": "Ana", "given_name_kanji": "安奈", "given_name_kana": "アンナ"}
    return cast.user(f"{name.lower()}@x.example", position="Professor", **names, **values)


def make_clear(seminar: Seminar) -> None:
    """Let a young statutory researcher coordinate, which takes the only warning away."""
    for record in seminar.proposals.all():
        record.participants.filter(side="FR").update(young=True, statutory=True)


def test_reasons_are_prefilled_in_each_language() -> None:
    seminar = filed_pair()
    seminar.proposals.filter(side__agency__country="JP").update(track="open")
    [case] = seen(officer("JP"))
    assert (case.proposed.outcome, case.proposed.rules) == ("ineligible", ("R4",))
    assert reasons_of(case)["en"] == "– Applications under this JSPS track are not accepted in this call. (R4)"


@pytest.mark.django_db(transaction=True)
def test_both_officers_at_once_make_one_eligible_pair() -> None:
    seminar = filed_pair()
    officers = {country: officer(country) for country in ("FR", "JP")}
    found = at_once(*(lambda c=country: decide(seminar, c, by=officers[c]) for country in officers))
    assert all(isinstance(one, EligibilityDecision) for one in found), found
    seminar.refresh_from_db()
    assert seminar.state == SeminarState.ELIGIBLE


@pytest.mark.django_db(transaction=True)
def test_the_same_decision_twice_at_once_is_one() -> None:
    seminar, by = filed_pair(), officer("FR")
    make_clear(seminar)
    deeds = [lambda: decide_many([seminar], CLEAR, by=by, at=AFTER)[0].skipped for _ in range(2)]
    assert sorted(map(str, at_once(*deeds))) == ["", "Somebody has decided meanwhile."]
    assert EligibilityDecision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_that_arrived_in_time_is_never_decided_over() -> None:
    seminar = filed_pair()
    french = seminar.proposals.get(side__agency__country="FR")
    by, marie = officer("FR"), cast.marie()
    moment = cast.DEADLINE + timedelta(seconds=1)
    found = at_once(
        lambda: submission.withdraw(french.pk, reason="", by=marie, at=cast.DEADLINE),
        lambda: decide(seminar, "FR", by=by, at=moment),
    )
    assert isinstance(found[0], Proposal)
    assert isinstance(found[1], Refused)
    with pytest.raises(Refused, match="void"):
        decide(seminar, "JP", at=AFTER)


def test_an_officer_of_both_agencies_decides_on_both_halves() -> None:
    both = officer("FR")
    cast.officer_of(agency("JP"), both.email)
    both = type(both).objects.get(pk=both.pk)
    seminar = filed_pair()
    make_clear(seminar)
    decide_many([seminar], CLEAR, by=both, at=AFTER)
    seminar.refresh_from_db()
    assert seminar.state == SeminarState.ELIGIBLE


def test_pair_up_is_what_the_cast_does() -> None:
    assert pair_up(cast.complete_draft(cast.marie()), cast.complete_draft(cast.kenji(), "JP")).is_confirmed
