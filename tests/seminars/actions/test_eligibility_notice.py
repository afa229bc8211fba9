"""Telling coordinators: both agencies agree on the moment, and before it nothing leaks (I15)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import HistoryEntry, Message
from seminars.actions import eligibility, eligibility_notice
from seminars.choices import Eligibility, ToldOutcome
from seminars.models import EligibilityDecision, EligibilityNotice, Proposal, Seminar
from seminars.permissions import Refused
from tests import cast
from tests.seminars.filed import AFTER, WHY, decide, filed_pair, officer, side, submit
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
DUE = AFTER + timedelta(days=3)
SECOND = timedelta(seconds=1)


def plan(**changes: Any) -> EligibilityNotice:
    return eligibility_notice.plan_notice(side("FR"), **{"due_at": DUE, "by": officer("FR"), "at": AFTER, **changes})


def agree(notice: EligibilityNotice, **changes: Any) -> None:
    eligibility_notice.agree_to_notice(notice, **{"due_at": notice.due_at, "by": officer("JP"), "at": AFTER, **changes})


def refused_pair() -> Seminar:
    seminar = filed_pair()
    decide(seminar, "FR")
    decide(seminar, "JP", Eligibility.INELIGIBLE)
    return seminar


def told() -> list[tuple[str, str]]:
    return sorted(Message.objects.filter(kind="eligibility_told").values_list("address", "language"))


def test_both_are_told_at_the_instant_each_in_the_own_language() -> None:
    seminar = refused_pair()
    notice = plan()
    agree(notice)
    assert eligibility_notice.send_due(at=DUE - SECOND) == 0
    assert eligibility_notice.send_due(at=DUE) == 2
    assert eligibility_notice.send_due(at=DUE) == 0
    assert told() == [(cast.kenji().email, "ja"), (cast.marie().email, "fr")]
    texts = dict(Message.objects.filter(kind="eligibility_told").values_list("language", "text"))
    assert WHY["fr"] in texts["fr"]
    assert WHY["ja"] in texts["ja"]
    assert list(seminar.proposals.values_list("told_outcome", "told_at")) == [(ToldOutcome.INELIGIBLE, DUE)] * 2
    assert set(EligibilityDecision.objects.values_list("told_at", "notice")) == {(DUE, notice.pk)}


def test_overdue_is_sent_too_and_a_later_notice_tells_only_what_is_new() -> None:
    refused_pair()
    agree(plan())
    assert eligibility_notice.send_due(at=DUE + timedelta(days=2)) == 2
    again = DUE + timedelta(days=5)
    agree(plan(due_at=again, at=DUE + timedelta(days=3)), at=DUE + timedelta(days=3))
    assert eligibility_notice.send_due(at=again) == 0


def test_nothing_goes_without_the_other_agency() -> None:
    refused_pair()
    notice = plan()
    assert eligibility_notice.send_due(at=DUE + timedelta(days=9)) == 0
    for by, words in ((officer("FR"), "Your agency has planned"), (cast.marie(), "Only an officer")):
        with pytest.raises(Refused, match=words):
            agree(notice, by=by)
    with pytest.raises(Refused, match="just been moved"):
        agree(notice, due_at=DUE + SECOND)
    agree(notice)
    with pytest.raises(Refused, match="agreed to this notice already"):
        agree(notice)


def test_a_moved_notice_needs_a_new_agreement_and_a_cancelled_one_never_goes() -> None:
    refused_pair()
    notice = plan()
    agree(notice)
    later = DUE + timedelta(days=1)
    eligibility_notice.move_notice(notice, side("JP"), due_at=later, by=officer("JP"), at=AFTER)
    assert eligibility_notice.send_due(at=later) == 0
    notice.refresh_from_db()
    agree(notice, by=officer("FR"))
    eligibility_notice.cancel_notice(notice, by=officer("JP"), at=AFTER)
    assert eligibility_notice.send_due(at=later) == 0
    with pytest.raises(Refused, match="has been cancelled"):
        eligibility_notice.cancel_notice(notice, by=officer("FR"), at=AFTER)
    assert [entry.verb for entry in HistoryEntry.objects.about(notice.call)] == [
        "notice_cancelled",
        "notice_agreed",
        "notice_moved",
        "notice_agreed",
        "notice_planned",
    ]


def test_one_waits_at_a_time_in_the_future_by_an_officer() -> None:
    plan()
    for changes, words in (
        ({}, "waits already"),
        ({"due_at": AFTER}, "in the future"),
        ({"by": officer("JP")}, "Only an officer"),
    ):
        with pytest.raises(Refused, match=words):
            plan(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        EligibilityNotice.objects.update(sent_at=DUE)


def test_only_last_words_of_both_are_told() -> None:
    seminar = filed_pair()
    decide(seminar, "FR", Eligibility.INELIGIBLE)
    alone = submit(cast.complete_draft(cast.user("leo@x.example", family_name="Bon", given_name="L", position="DR")))
    decide(alone, "FR", Eligibility.INELIGIBLE)
    agree(plan())
    assert eligibility_notice.send_due(at=DUE) == 1
    assert [address for address, _ in told()] == ["leo@x.example"]
    assert set(seminar.proposals.values_list("told_outcome", flat=True)) == {""}


def test_reopening_what_was_told_tells_both_so() -> None:
    seminar = refused_pair()
    agree(plan())
    eligibility_notice.send_due(at=DUE)
    eligibility.reopen_decision(seminar, side("JP"), reason="Mistake.", by=officer("JP"), at=DUE)
    assert set(seminar.proposals.values_list("told_outcome", flat=True)) == {ToldOutcome.REOPENED}
    assert Message.objects.filter(kind="eligibility_reopened").count() == 2
    decide(seminar, "JP", at=DUE)
    agree(plan(due_at=DUE + SECOND, at=DUE), at=DUE)
    assert eligibility_notice.send_due(at=DUE + SECOND) == 2
    assert set(seminar.proposals.values_list("told_outcome", flat=True)) == {ToldOutcome.ELIGIBLE}


def pages_of(person: Any, record: Proposal) -> dict[str, str]:
    client = sign_in(Client(), person)
    addresses = [
        reverse("home"),
        *(reverse(name, args=[record.pk]) for name in ("proposal", "pairing", "proposal_print")),
    ]
    with time_machine.travel(AFTER + SECOND, tick=False):
        return {address: _without_tokens(client.get(address).content.decode()) for address in addresses}


def _without_tokens(html: str) -> str:
    return "\n".join(line for line in html.splitlines() if "csrf" not in line and "nonce" not in line)


def test_before_the_notice_goes_no_page_of_a_coordinator_changes_by_a_letter() -> None:
    seminar = filed_pair()
    record = seminar.proposals.get(side__agency__country="FR")
    before, messages = pages_of(cast.marie(), record), Message.objects.count()
    decide(seminar, "FR")
    decide(seminar, "JP", Eligibility.INELIGIBLE)
    agree(plan())
    assert pages_of(cast.marie(), record) == before
    assert (Message.objects.count(), list(EligibilityDecision.objects.visible_to(cast.marie()))) == (messages, [])
    eligibility_notice.send_due(at=DUE)
    after = pages_of(cast.marie(), record)[reverse("proposal", args=[record.pk])]
    assert "Non éligible" in after
    assert WHY["fr"] in after
    assert EligibilityDecision.objects.visible_to(cast.marie()).count() == 2
    assert EligibilityDecision.objects.visible_to(cast.user("x@x.example")).count() == 0
