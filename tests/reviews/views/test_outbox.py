"""The outbox shows officers the mail of their own agency only, and sends again what did not arrive."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions.messages import send_due_messages
from accounts.models import HistoryEntry, Message, MessageState, User
from reviews.actions.outbox import send_again
from reviews.models import Selection
from reviews.queries.outbox import GROUPS, group_of, has_a_place, visible_messages
from seminars.choices import ReminderAudience, ReminderState
from seminars.models import Proposal, Recusal, Reminder, Seminar
from seminars.permissions import Refused
from tests import cast
from tests.reviews import world
from tests.seminars.filed import officer, side
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
NOW = world.BEGUN
SECRET = "https://seminars.example/invitations/s3cr3t/"


def written(kind: str, to: User | str, about: models.Model | None, **values: Any) -> Message:
    number = Message.objects.count()
    address = to if isinstance(to, str) else to.email
    plain = {"state": MessageState.QUEUED, "queued_at": NOW, "due_at": NOW, "language": "en", "text": SECRET}
    return Message.objects.create(
        kind=kind,
        about=f"{about._meta.label_lower}:{about.pk}" if about else "",
        key=f"{kind}:{number}",
        recipient=None if isinstance(to, str) else to,
        address=address,
        subject=f"{kind} {number}",
        message_id=f"<{number}@example.org>",
        **{**plain, **values},
    )


def half(pair: Seminar, country: str) -> Proposal:
    return Proposal.objects.select_related("coordinator").get(seminar=pair, side__agency__country=country)


def seen(country: str) -> set[str]:
    return set(visible_messages(officer(country)).values_list("kind", flat=True))


def test_each_agency_sees_its_own_records_people_and_reviewers() -> None:
    [pair] = world.pairs_in_review(1)
    french, japanese = half(pair, "FR"), half(pair, "JP")
    judge = world.reviewer("JP")
    assignment = world.assigned(judge, pair)
    review = world.judged(assignment)
    written("receipt", french.coordinator, french)
    written("approval_request", "dean@kyoto.example", japanese)
    written("assignments_given", judge.user, judge)
    written("assignment_declined", officer("JP"), assignment)
    written("review_reopened", judge.user, review)
    written("conflicts_detected", officer("JP"), side("JP"))
    written("account_password_set", french.coordinator, french.coordinator)
    written("account_unknown_account", "nobody@example.org", None)
    assert seen("FR") == {"receipt", "account_password_set"}
    assert seen("JP") == {
        *("approval_request", "assignments_given", "assignment_declined", "review_reopened", "conflicts_detected"),
    }


def test_of_what_concerns_both_each_sees_what_went_to_its_own_people() -> None:
    [pair] = world.pairs_in_review(1)
    selection = Selection.objects.create(call=pair.call, opened_at=NOW, opened_by=officer("FR"))
    for country in ("FR", "JP"):
        written(f"signatures_voided_{country}", officer(country), selection)
        written(f"seminar_cancelled_{country}", half(pair, country).coordinator, pair)
    assert seen("FR") == {"signatures_voided_FR", "seminar_cancelled_FR"}
    assert seen("JP") == {"signatures_voided_JP", "seminar_cancelled_JP"}


def test_reminders_are_seen_by_the_side_that_they_are_of_and_not_about_a_hidden_pair() -> None:
    pairs = world.pairs_in_review(2)
    for country in ("FR", "JP"):
        for pair in pairs:
            message = written(f"reminders_{country}", half(pair, country).coordinator, None)
            Reminder.objects.create(
                side=side(country),
                kind="review_unsealed",
                audience=ReminderAudience.values[0],
                subject=pair.pk,
                seminar=pair,
                recipient=message.recipient,
                hours=-24,
                anchor_at=NOW,
                due_at=NOW,
                state=ReminderState.SENT,
                planned_at=NOW,
                ended_at=NOW,
                message=message,
            )
    Recusal.objects.create(user=officer("JP"), seminar=pairs[0], since=NOW)
    assert [visible_messages(officer(country)).count() for country in ("FR", "JP")] == [2, 1]
    assert [seen("FR"), seen("JP")] == [{"reminders_FR"}, {"reminders_JP"}]


def test_officer_who_is_shut_out_of_a_pair_sees_none_of_its_mail() -> None:
    pairs = world.pairs_in_review(2)
    for pair in pairs:
        assignment = world.assigned(world.reviewer("FR"), pair)
        written("receipt", half(pair, "FR").coordinator, half(pair, "FR"))
        written("assignment_declined", officer("FR"), assignment)
        written("seminar_confirmed", half(pair, "FR").coordinator, pair)
    Recusal.objects.create(user=officer("FR"), seminar=pairs[0], since=NOW)
    hidden, shown = Message.objects.order_by("pk")[:3], Message.objects.order_by("pk")[3:]
    assert list(visible_messages(officer("FR")).order_by("pk")) == list(shown)
    client = sign_in(Client(), officer("FR"))
    assert {client.get(f"/outbox/{message.pk}/").status_code for message in hidden} == {404}
    assert {client.post(f"/outbox/{message.pk}/again/").status_code for message in hidden} == {404}


def test_text_is_never_shown() -> None:
    [pair] = world.pairs_in_review(1)
    message = written("invitation", "x@example.org", half(pair, "FR"), html=SECRET, unsubscribe_url=SECRET)
    client = sign_in(Client(), officer("FR"))
    pages = ["/outbox/", f"/outbox/{message.pk}/", "/outbox.csv"]
    answers = [client.get(page).content.decode() for page in pages]
    assert [message.subject in page for page in answers] == [True] * 3
    assert [SECRET in page for page in answers] == [False] * 3


def test_filters_and_files_show_the_same() -> None:
    [pair] = world.pairs_in_review(1)
    record = half(pair, "FR")
    written("receipt", "lost@example.org", record, state="failed", attempts=8, error="SMTPDataError: 554 no")
    written("withdrawn", "back@example.org", record, state="bounced", sent_at=NOW, bounced_at=NOW, error="5.1.1")
    written("pair_confirmed", "slow@example.org", record, attempts=2)
    client = sign_in(Client(), cast.in_english(officer("FR")))

    def found(query: str) -> list[str]:
        file = client.get(f"/outbox.csv?{query}").content.decode("utf-8-sig")
        page = client.get(f"/outbox/?{query}").content.decode()
        names = [name for name in ("slow", "back", "lost") if f"{name}@example.org" in page]
        assert [name for name in ("slow", "back", "lost") if f"{name}@example.org" in file] == names
        return names

    assert found("") == ["slow", "back", "lost"]
    assert found("state=failed") == ["lost"]
    assert found("state=bounced") == ["back"]
    assert found("state=retried") == ["slow", "lost"]
    assert found("about=submission") == ["back", "lost"]
    assert found("about=pairing&state=queued") == ["slow"]
    assert found("q=BACK") == ["back"]
    assert found("state=wrong&about=wrong") == ["slow", "back", "lost"]
    assert "SMTPDataError: 554 no" in client.get("/outbox/?state=failed").content.decode()


def test_failed_message_is_sent_again_once_under_its_own_id(mailoutbox: list[Any]) -> None:
    [pair] = world.pairs_in_review(1)
    message = written("receipt", "a@example.org", half(pair, "FR"), state="failed", attempts=8, refusals=8, error="no")
    client = sign_in(Client(), officer("FR"))
    statuses = [client.post(f"/outbox/{message.pk}/again/").status_code for _ in range(2)]
    assert statuses == [303, 303]  # two clicks, one message (I21)
    assert HistoryEntry.objects.about(message).get().before == {"state": "failed", "error": "no"}
    message.refresh_from_db()
    assert (message.state, message.attempts, message.refusals) == (MessageState.QUEUED, 0, 0)
    assert send_due_messages(at=message.due_at) == 1
    assert [mail.extra_headers["Message-ID"] for mail in mailoutbox] == [message.message_id]


@pytest.mark.parametrize("state", [MessageState.QUEUED, MessageState.SENT])
def test_message_on_its_way_or_sent_is_not_sent_again(state: str) -> None:
    [pair] = world.pairs_in_review(1)
    sent_at = NOW if state == MessageState.SENT else None
    message = written("receipt", "a@example.org", half(pair, "FR"), state=state, sent_at=sent_at)
    with pytest.raises(Refused):
        send_again(message.pk, by=officer("FR"), at=NOW)
    page = sign_in(Client(), officer("FR")).get(f"/outbox/{message.pk}/").content.decode()
    assert f"/outbox/{message.pk}/again/" not in page


def test_number_of_queries_does_not_grow() -> None:
    counted = []
    [pair] = world.pairs_in_review(1)
    client = sign_in(Client(), officer("FR"))
    for more in (1, 2, 27):
        for _ in range(more):
            written("receipt", half(pair, "FR").coordinator, half(pair, "FR"), queued_at=NOW + timedelta(hours=1))
        with CaptureQueriesContext(connection) as queries:
            client.get("/outbox/")
        counted.append(len(queries))
    assert counted[0] == counted[1] == counted[2]


def test_mail_about_an_unknown_kind_of_record_has_no_place() -> None:
    asked = [("receipt", "seminars.submission:1"), ("receipt", "seminars.venue:1"), ("copy_ready", "seminars.copy:1")]
    assert [has_a_place(*one) for one in asked] == [True, False, True]


def test_first_group_that_fits_counts() -> None:
    assert [group_of(kind) for kind in ("pair_left", "partner_asks", "partner_filed", "report_due", "xyz")] == [
        *(GROUPS[name][0] for name in ("pairing", "pairing", "submission", "report")),
        "Other",
    ]
