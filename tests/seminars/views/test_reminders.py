"""The reminders of a call as officers see them, and one's own choice of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import MailPreference, Message, User
from seminars.actions.reminders import ensure_rules, plan_reminders, send_due_reminders
from seminars.choices import ProposalState
from seminars.models import Reminder, ReminderRule
from tests import cast, desk_records
from tests.seminars.filed import officer, side
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
DESK = "/desk/inserm-jsps-2026/reminders/"
RULES = f"{DESK}rules/inserm/"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _world(time_machine: Any) -> None:
    """Marie's and Kenji's drafts, two days before the deadline, planned since the call opened."""
    call = cast.call_2026()
    ensure_rules(call, at=cast.OPENING)
    for country in ("FR", "JP"):
        officer(country)
    cast.draft_of(cast.marie())
    cast.draft_of(cast.kenji(), "JP")
    plan_reminders(call, at=cast.BEFORE)
    time_machine.move_to(cast.DEADLINE - 2 * DAY - timedelta(hours=2), tick=False)


def client_of(user: User) -> Client:
    return sign_in(Client(), cast.in_english(user))


def test_the_calendar_counts_what_goes_to_the_own_agencys_people() -> None:
    reply = client_of(officer("FR")).get(f"{DESK}?month=2026-09")
    days = {day.on.isoformat(): (day.planned, day.sent, len(day.people)) for day in reply.context["days"]}
    assert days["2026-09-02"] == (1, 0, 1)
    assert days["2026-09-03"] == (1, 0, 1)
    assert "Record not submitted" in reply.content.decode()
    for said in ("", "?month=nonsense", "?month=9999-12"):
        assert client_of(officer("FR")).get(f"{DESK}{said}").context["first"].isoformat() == "2026-09-01"


def test_a_day_is_rehearsed_in_the_recipients_language_and_never_the_other_agencys() -> None:
    page = client_of(officer("FR")).get(f"{DESK}day/?on=2026-09-02").content.decode()
    assert "Votre dossier n’est pas encore déposé" in page
    assert "encore 24 heures" in page
    assert "Kenji" not in page
    assert "TANAKA" not in page
    page = client_of(officer("JP")).get(f"{DESK}day/?on=2026-09-02").content.decode()
    assert "申請書がまだ提出されていません" in page
    assert "LEFÈVRE" not in page
    assert "Nothing on this day" in client_of(officer("FR")).get(f"{DESK}day/?on=2026-11-02").content.decode()


def test_what_was_sent_reads_as_it_was_without_the_recipients_link() -> None:
    assert send_due_reminders(at=cast.DEADLINE - 2 * DAY) == 2
    message = Message.objects.get(kind="reminders", recipient=cast.marie())
    assert message.unsubscribe_url in message.text
    page = client_of(officer("FR")).get(f"{DESK}day/?on=2026-09-01").content.decode()
    assert "encore 2 jours" in page
    assert message.unsubscribe_url not in page
    Reminder.objects.create(
        side=side("JP"),
        kind="draft",
        audience="coordinator",
        subject=0,
        recipient=cast.marie(),
        hours=-48,
        anchor_at=cast.DEADLINE,
        due_at=cast.BEFORE,
        planned_at=cast.BEFORE,
        state="sent",
        ended_at=message.queued_at,
        message=message,
    )
    reply = client_of(officer("FR")).get(f"{DESK}day/?on=2026-09-01")
    assert [envelope.message for envelope in reply.context["page"]] == [None]  # partly another agency's: made anew


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_pages_cost_the_same(number: int, django_assert_max_num_queries: Callable) -> None:
    call = cast.call_2026()
    for _turn in range(number):
        desk_records.proposal(call, cast.inserm(), ProposalState.DRAFT)
    plan_reminders(call, at=cast.BEFORE)
    client = client_of(officer("FR"))
    for path in (f"{DESK}?month=2026-09", f"{DESK}day/?on=2026-09-02", RULES):
        with django_assert_max_num_queries(28):
            assert client.get(path).status_code == 200


def filled(client: Client, **changes: str) -> dict[str, str]:
    """Return the form of Inserm's rules as it stands, with ``changes``."""
    reply = client.get(RULES)
    values = {"seen": reply.context["seen"]}
    for line in reply.context["form"].lines():
        values[line.steps.html_name] = line.steps.value()
        if line.is_on.value():
            values[line.is_on.html_name] = "on"
    return values | changes


def test_officers_change_the_rules_of_their_agency_and_the_plan_follows() -> None:
    client = client_of(officer("FR"))
    sent = filled(client, **{"inserm-draft-coordinator-steps": "-5d -1h"})
    assert client.post(RULES, sent).status_code == 303
    rule = ReminderRule.objects.get(side=side("FR"), kind="draft")
    assert (rule.hours, rule.steps) == ([-120, -1], "-5d -1h")
    own = Reminder.objects.planned().filter(kind="draft", recipient=cast.marie())
    assert list(own.values_list("hours", flat=True)) == [-1]
    assert Reminder.objects.planned().filter(kind="draft", recipient=cast.kenji()).count() == 5
    assert "-30d -7d -2d -1d -3h" in client.get(RULES).content.decode()
    assert client.post(RULES, sent).status_code == 409  # the page was older
    assert client.post(RULES, filled(client, **{"inserm-draft-coordinator-steps": "soon"})).status_code == 422
    assert client.get(f"{DESK}rules/jsps/").status_code == 404
    assert client_of(officer("JP")).get(RULES).status_code == 404
    assert client_of(User.objects.create_superuser("root@example.org")).get(RULES).status_code == 200


def test_a_person_chooses_which_reminders_come_and_how() -> None:
    client = client_of(cast.marie())
    page = client.get("/account/reminders/").content.decode()
    assert "Partner not invited" in page
    assert "Signature missing" not in page
    reply = client.post("/account/reminders/", {"wanted": ["draft", "one_sided"], "daily_digest": "on"})
    assert reply.status_code == 303
    held = MailPreference.objects.get(user=cast.marie())
    assert held.daily_digest
    assert {"draft", "one_sided"}.isdisjoint(held.refused)
    assert "partner_not_invited" in held.refused
    assert client.post("/account/reminders/", {"wanted": ["nonsense"]}).status_code == 422
    assert client.post("/account/reminders/", {}).status_code == 303
    assert "draft" in MailPreference.objects.get(user=cast.marie()).refused
