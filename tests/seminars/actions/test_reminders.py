"""Planning and sending reminders: nothing lost, nothing twice, and true when it is sent (I19–I21)."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from accounts.actions.preferences import choose_mails
from accounts.models import HistoryEntry, Message, User
from seminars.actions import calls, pairing, submission
from seminars.actions.reminders import ensure_rules, plan_reminders, send_due_reminders
from seminars.choices import DropReason, Eligibility, ReminderState
from seminars.models import Proposal, Reminder, ReminderRule
from tests import cast, desk_records
from tests.racing import at_once
from tests.seminars import filed

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DEADLINE = cast.DEADLINE


def plan(at: datetime) -> tuple[int, int, int]:
    planned = plan_reminders(cast.call_2026(), at=at)
    assert planned is not None
    return planned.added, planned.moved, planned.dropped


def steps(kind: str = "draft", state: str = ReminderState.PLANNED, **of: object) -> list[int]:
    found = Reminder.objects.filter(kind=kind, state=state, **of)
    return list(found.order_by("hours").values_list("hours", flat=True))


def sent() -> list[str]:
    return list(Message.objects.filter(kind="reminders").order_by("pk").values_list("address", flat=True))


@pytest.fixture
def marie() -> User:
    """Marie, whose draft exists since July in a call whose rules are in force from its opening."""
    person = cast.in_english(cast.marie())
    ensure_rules(cast.call_2026(), at=cast.OPENING)
    cast.draft_of(person)
    return person


def test_what_is_planned_follows_from_dates_and_planning_again_changes_nothing(marie: User) -> None:
    added, *_rest = plan(cast.BEFORE)
    assert added == len(steps()) + len(steps("partner_not_invited")) == 8
    assert steps() == [-720, -168, -48, -24, -3]
    assert plan(cast.BEFORE + HOUR) == (0, 0, 0)
    assert plan(DEADLINE - 3 * HOUR - timedelta.resolution)[0] == 0


def test_three_hours_before_the_deadline_and_not_a_moment_sooner(marie: User) -> None:
    plan(cast.BEFORE)
    Reminder.objects.exclude(hours=-3).delete()
    ReminderRule.objects.filter(kind="draft").update(hours=[-3])
    ReminderRule.objects.exclude(kind="draft").update(is_on=False)
    due = DEADLINE - 3 * HOUR
    assert send_due_reminders(at=due - timedelta.resolution) == 0
    assert send_due_reminders(at=due) == 1
    assert send_due_reminders(at=due) == send_due_reminders(at=due + HOUR) == 0
    mail = Message.objects.get(kind="reminders")
    assert (mail.subject, mail.due_at) == ("Your record is not submitted yet", due)
    assert "3 hours left" in mail.text
    assert "You can choose" not in mail.text


def test_a_deadline_that_moves_moves_what_is_planned_and_repeats_nothing_that_lies_behind(marie: User) -> None:
    plan(cast.BEFORE)
    ReminderRule.objects.exclude(kind="draft").update(is_on=False)
    assert send_due_reminders(at=DEADLINE - 30 * DAY) == 1
    side = cast.side_of(cast.call_2026(), "FR")
    later = side.deadline_on + 14 * DAY
    moved_at = DEADLINE - 10 * DAY
    calls.set_deadline(side, on=later, time=side.deadline_time, zone=side.deadline_zone, by=None, at=moved_at)
    assert plan(moved_at) == (0, 4, 0)  # 30 days before the new date lies behind: it is dealt with
    assert set(Reminder.objects.planned().values_list("anchor_at", flat=True)) == {DEADLINE + 14 * DAY}


def test_what_is_settled_is_dropped_even_between_the_sweeps(marie: User) -> None:
    cast.draft_of(cast.kenji(), "JP")
    plan(cast.BEFORE)
    record = filed.side("FR").proposals.get()
    submission.withdraw(record.pk, reason="", by=marie, at=cast.BEFORE + DAY)
    assert send_due_reminders(at=DEADLINE - 30 * DAY) == 1
    assert sent() == [cast.kenji().email]
    dropped = Reminder.objects.filter(recipient=marie)
    assert set(dropped.values_list("state", "why")) == {(ReminderState.DROPPED, DropReason.SETTLED)}


def test_three_days_of_outage_give_one_message_with_what_is_true_now(marie: User) -> None:
    plan(cast.BEFORE)
    back = DEADLINE - DAY + 5 * HOUR  # the steps of 4, 2 and 1 days have passed
    Reminder.objects.filter(due_at__lt=back - 4 * DAY).delete()
    assert send_due_reminders(at=back) == 1
    assert steps(state=ReminderState.SENT) == [-24]
    assert set(Reminder.objects.filter(hours=-48).values_list("state", "why")) == {
        (ReminderState.DROPPED, DropReason.REPLACED)
    }
    mail = Message.objects.get(kind="reminders")
    assert mail.subject == "2 reminders"
    assert "19 hours left" in mail.text
    assert [send_due_reminders(at=back + number * HOUR) for number in range(4)] == [0, 0, 0, 0]


def test_a_rule_in_force_since_today_reminds_nobody_of_yesterday(marie: User) -> None:
    ReminderRule.objects.all().delete()
    plan(DEADLINE - 5 * DAY)
    assert steps() == [-48, -24, -3]
    ReminderRule.objects.filter(kind="draft", side=filed.side("FR")).update(hours=[-24])
    assert plan(DEADLINE - 5 * DAY)[2] == 2
    assert set(Reminder.objects.filter(state=ReminderState.DROPPED).values_list("why", flat=True)) == {"off"}


def test_people_refuse_what_is_optional_and_nothing_else(marie: User) -> None:
    choose_mails(marie, refused=["draft", "partner_not_invited"], daily_digest=False, at=cast.BEFORE)
    plan(cast.BEFORE)
    assert steps() == [-24, -3]
    assert steps("partner_not_invited") == []
    choose_mails(marie, refused=[], daily_digest=True, at=cast.BEFORE)
    plan(cast.BEFORE)
    optional = Reminder.objects.planned().filter(hours__lt=-24)
    assert {row.due_at.hour for row in optional} == {6}
    assert Reminder.objects.get(kind="draft", hours=-24).due_at == DEADLINE - DAY


def test_each_side_of_a_pair_is_reminded_of_what_it_lacks() -> None:
    ensure_rules(cast.call_2026(), at=cast.OPENING)
    one, other = cast.marie(), cast.kenji()
    records = (cast.complete_draft(one, partner=other), cast.complete_draft(other, "JP", partner=one))
    invitation = cast.invited(records[0], other)
    plan(cast.BEFORE)
    assert steps("invitation_open") == [168, 336]
    assert steps("partner_not_invited", recipient=other) == [-720, -336, -96]
    cast.verified(other)
    pairing.accept_invitation(invitation, by=other, at=cast.BEFORE, attach=records[1])
    plan(cast.BEFORE)
    assert steps("invitation_open") == steps("partner_not_invited") == []
    forming = Reminder.objects.planned().filter(kind="pair_unconfirmed")
    assert set(forming.values_list("recipient", flat=True)) == {one.pk, other.pk}
    for record in records:
        pairing.confirm_pair(record, by=record.coordinator, at=cast.BEFORE)
    filed.submit(cast.reread(records[0]))
    submission.submit(records[1].pk, form_uuid=uuid4(), by=other, at=cast.BEFORE)
    french, japanese = filed.officer("FR"), filed.officer("JP")
    plan(cast.BEFORE)
    assert steps("pair_unconfirmed") == steps("draft") == []
    assert steps("approval", recipient=other) == [-168, -72, -24, -3]
    assert steps("approval", recipient=japanese) == [-48, -24]
    assert steps("one_sided", recipient=one) == [-168, -72, -24]
    assert steps("one_sided", recipient=french) == steps("one_sided", recipient=japanese) == [-48, -24]
    assert send_due_reminders(at=DEADLINE - 2 * DAY) > 0
    mail = Message.objects.filter(kind="reminders", recipient=japanese).get()
    assert mail.subject == "リマインド2件"


def awaiting(*people: User, officer: str = "ito@kyoto.example") -> list[Proposal]:
    """Records of ``people`` that wait for the same officer of an institution."""
    ensure_rules(cast.call_2026(), at=cast.OPENING)
    found = []
    for person in people:
        record = cast.complete_draft(person, "JP")
        Proposal.objects.filter(pk=record.pk).update(institution_officer_email=officer)
        submission.submit(record.pk, form_uuid=uuid4(), by=person, at=cast.BEFORE)
        found.append(cast.reread(record))
    return found


def links(message: Message) -> list[str]:
    return re.findall(r"/approvals/[\w-]{43}/", message.text)


def test_an_institutions_officer_is_reminded_with_a_link_of_its_own_until_the_answer(client: Client) -> None:
    [record] = awaiting(cast.kenji())
    plan(cast.BEFORE)
    assert steps("approval", recipient=None) == [-168, -72, -24, -3]
    row = Reminder.objects.planned().get(recipient=None, hours=-24)
    assert (row.due_at, row.named) == (DEADLINE - DAY, record.institution_officer_name)
    [asked] = links(Message.objects.get(kind="approval_request"))
    for before in (DAY, 3 * HOUR):
        send_due_reminders(at=DEADLINE - before)
    mails = list(Message.objects.filter(kind="reminders", recipient=None).order_by("pk"))
    assert [(mail.address, mail.language, mail.unsubscribe_url) for mail in mails] == 2 * [
        ("ito@kyoto.example", "ja", "")
    ]
    assert mails[0].subject == "所属機関としての承認をお待ちしています"
    fresh = [links(mail)[0] for mail in mails]
    assert len({asked, *fresh}) == 3
    assert {client.get(address).status_code for address in (asked, *fresh)} == {200}
    kept = json.dumps([[entry.before, entry.after] for entry in HistoryEntry.objects.all()])
    assert fresh[0].split("/")[2] not in kept
    submission.approve(record.submissions.get().approval, at=DEADLINE)
    pages = [client.get(address).content.decode() for address in (asked, *fresh)]
    assert ["nothing left to do" in page for page in pages] == [True] * 3
    plan(DEADLINE)
    assert steps("approval") == []


def test_two_records_at_one_institution_are_one_message_with_two_links() -> None:
    names = {"family_name": "Mori", "given_name": "Yui", "family_name_kanji": "森", "given_name_kanji": "結衣"}
    names |= {"family_name_kana": "モリ", "given_name_kana": "ユイ"}
    yui = cast.user("yui@kyoto.example", **names, position="准教授", language="ja", time_zone="Asia/Tokyo")
    awaiting(cast.kenji(), yui)
    plan(cast.BEFORE)
    send_due_reminders(at=DEADLINE - DAY)
    mail = Message.objects.get(kind="reminders", recipient=None)
    assert len(set(links(mail))) == 2
    assert send_due_reminders(at=DEADLINE - DAY) == 0


def test_a_record_that_is_taken_back_reminds_of_the_new_request_only(client: Client) -> None:
    [record] = awaiting(cast.kenji())
    plan(cast.BEFORE)
    send_due_reminders(at=DEADLINE - 7 * DAY)
    first = Message.objects.filter(kind="reminders", recipient=None).get()
    at = DEADLINE - 5 * DAY
    submission.reopen(record.pk, by=cast.kenji(), at=at)
    plan(at)
    assert steps("approval", recipient=None) == []
    submission.submit(record.pk, form_uuid=uuid4(), by=cast.kenji(), at=at + HOUR)
    plan(at + HOUR)
    assert steps("approval", recipient=None) == [-72, -24, -3]
    with time_machine.travel(at + 2 * HOUR, tick=False):
        page = client.get(links(first)[0], headers={"accept-language": "en"}).content.decode()
    assert "you were asked anew by e-mail" in page
    assert 'name="approve"' not in page


def test_a_correction_that_awaits_its_approval_is_reminded_of_after_the_deadline() -> None:
    seminar = filed.filed_pair()
    filed.decide(seminar, "JP", Eligibility.CORRECTION, until=filed.AFTER + 7 * DAY)
    record = cast.reread(seminar.proposals.get(side=filed.side("JP")))
    at = filed.AFTER + 3 * DAY
    submission.submit(record.pk, form_uuid=uuid4(), by=record.coordinator, at=at)
    plan(at)
    assert steps("approval", recipient=None) == [-72, -24, -3]
    assert steps("approval", recipient=record.coordinator) == [-72, -24, -3]
    assert steps("correction", recipient=record.coordinator) == []
    send_due_reminders(at=filed.AFTER + 6 * DAY)
    assert "訂正" in Message.objects.get(kind="reminders", recipient=None).text


def test_differences_are_told_until_they_are_gone() -> None:
    ensure_rules(cast.call_2026(), at=cast.OPENING)
    pair = filed.pair_up(cast.complete_draft(cast.marie()), cast.complete_draft(cast.kenji(), "JP"))
    plan(cast.BEFORE)
    assert steps("differences") == []
    pair.proposals.filter(side=filed.side("JP")).update(venue_country="JP")
    plan(cast.BEFORE)
    assert steps("differences") == [-336, -336, -120, -120, -48, -48]


def test_officers_are_told_before_personal_data_go() -> None:
    call = cast.call_2026()
    desk_records.proposal(call, cast.inserm())
    ensure_rules(call, at=cast.OPENING)
    french, _japanese = filed.officer("FR"), filed.officer("JP")
    plan(cast.BEFORE)
    planned = Reminder.objects.planned().filter(kind="retention")
    assert set(planned.values_list("recipient", "hours")) == {(french.pk, -2160), (french.pk, -720)}
    other, funded = datetime(2032, 12, 31, 11, tzinfo=UTC), datetime(2037, 12, 31, 11, tzinfo=UTC)
    assert set(planned.values_list("anchor_at", flat=True)) == {other}
    assert send_due_reminders(at=datetime(2032, 12, 1, 9, tzinfo=UTC)) == 1
    assert "31 décembre 2032, encore 30 jours" in Message.objects.get(kind="reminders").text
    plan(other)
    assert set(planned.values_list("anchor_at", flat=True)) == {funded}


@pytest.mark.parametrize("number", [1, 3, 30])
def test_planning_costs_the_same(number: int, django_assert_max_num_queries: Callable) -> None:
    call = cast.call_2026()
    for _turn in range(number):
        desk_records.proposal(call, cast.inserm())
        filed.bare_pair()
    plan_reminders(call, at=cast.BEFORE)
    with django_assert_max_num_queries(25):
        plan_reminders(call, at=cast.BEFORE + HOUR)


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_write_one_mail() -> None:
    ensure_rules(cast.call_2026(), at=cast.OPENING)
    cast.draft_of(cast.marie())
    plan(cast.BEFORE)
    mails = at_once(*[lambda: send_due_reminders(at=DEADLINE - DAY)] * 2)
    assert sorted(mails) == [0, 1]
    assert sent() == [cast.marie().email]
