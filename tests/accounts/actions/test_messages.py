import email
import email.policy
import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.actions.messages import Addressee, compose, queue_message, send_due_messages
from accounts.models import Message, MessageState, User, Vital
from tests.cast import kenji, marie

NOW = datetime(2026, 9, 3, 8, 0, tzinfo=UTC)
LINK = "http://127.0.0.1:8000/account/confirm-email/k3y/"


def queue(to: User | Addressee, *, key: str | None = None, at: datetime = NOW, **options: Any) -> Message:
    context = {"activate_url": LINK}
    return queue_message(
        "account_email_confirmation_signup", to=to, about=None, context=context, at=at, key=key, **options
    )


class Failing(EmailBackend):
    """A mail server that refuses what ``refusals`` says, then works."""

    refusals: list[Exception] = []
    tried: list[str] = []

    def send_messages(self, messages: Any) -> int:
        type(self).tried += [message.extra_headers["Message-ID"] for message in messages]
        if type(self).refusals:
            raise type(self).refusals.pop(0)
        return super().send_messages(messages)


@pytest.fixture
def server(settings: Any) -> Iterator[type[Failing]]:
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    Failing.refusals, Failing.tried = [], []
    yield Failing
    Failing.refusals, Failing.tried = [], []


@pytest.mark.django_db
def test_queued_message_is_in_the_language_of_its_reader() -> None:
    with translation.override("en"):
        message = queue(Addressee("a@example.org", "fr", "Chloé L'Écuyer"))
    assert message.language == "fr"
    assert "Chloé L'Écuyer" in message.text
    assert "&#x27;" not in message.subject + message.text
    assert '<html lang="fr">' in message.html


@pytest.mark.django_db
def test_text_is_not_escaped_and_html_is() -> None:
    message = queue(Addressee("a@example.org", "en", "<b>Mal</b> & Co"))
    assert "Dear <b>Mal</b> & Co," in message.text
    assert "<b>" not in message.html
    assert "&lt;b&gt;Mal&lt;/b&gt; &amp; Co" in message.html


@pytest.mark.django_db
def test_html_shows_the_named_link_as_a_button() -> None:
    message = queue(Addressee("a@example.org", "en"))
    assert f'<a class="button" href="{LINK}" style=' in message.html
    assert f"Confirm the address\n{LINK}\n" in message.text


@pytest.mark.django_db
def test_text_ends_with_the_configured_address(settings: Any) -> None:
    settings.SITE_URL = "https://seminars.example"
    assert queue(Addressee("a@example.org", "en")).text.endswith("\nhttps://seminars.example\n")


@pytest.mark.django_db
def test_instants_come_by_the_clock_of_the_reader() -> None:
    context = {"timestamp": NOW, "ip": "192.0.2.1"}
    messages = [
        queue_message("account_password_changed", to=person, about=person, context=context, at=NOW)
        for person in (marie(), kenji())
    ]
    assert ["3 sept. 2026, 10:00 heure de Paris · 17:00 heure du Japon" in messages[0].text] == [True]
    assert ["2026年9月3日 17:00 日本時間・10:00 パリ時間" in messages[1].text] == [True]


@pytest.mark.django_db
def test_user_is_the_recipient_and_an_addressee_is_not() -> None:
    assert queue(marie()).recipient == marie()
    assert queue(Addressee("a@example.org", "en")).recipient is None


@pytest.mark.django_db
def test_same_key_is_one_message() -> None:
    assert queue(marie()) == queue(marie())
    assert queue(marie(), key="again") != queue(marie())
    assert Message.objects.count() == 2


def queue_and_fail() -> None:
    with transaction.atomic():
        queue(marie())
        raise RuntimeError


@pytest.mark.django_db
def test_message_goes_when_its_transaction_is_rolled_back() -> None:
    with pytest.raises(RuntimeError):
        queue_and_fail()
    assert send_due_messages(at=NOW) == 0
    assert Message.objects.count() == 0


@pytest.mark.django_db
def test_sender_is_woken_once_per_transaction(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as hooks:
        queue(marie())
        queue(kenji())
    assert len(hooks) == 1


@pytest.mark.django_db
def test_sender_is_woken_although_an_inner_part_is_undone(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as hooks:
        with pytest.raises(RuntimeError):
            queue_and_fail()
        queue(kenji())
    assert len(hooks) == 1


@pytest.mark.django_db
def test_sender_is_not_woken_for_later_messages(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as hooks:
        queue(marie(), due_at=NOW + timedelta(days=1))
    assert hooks == []


@pytest.mark.django_db
def test_due_message_is_sent_once() -> None:
    message = queue(marie())
    assert [send_due_messages(at=NOW), send_due_messages(at=NOW)] == [1, 0]
    sent = mail.outbox[0]
    assert (sent.to, sent.subject, sent.body) == ([marie().email], message.subject, message.text)
    assert sent.extra_headers["Message-ID"] == message.message_id
    assert sent.alternatives[0].content == message.html
    message.refresh_from_db()
    assert (message.state, message.sent_at, message.attempts) == (MessageState.SENT, NOW, 1)


@pytest.mark.django_db
def test_message_waits_until_it_is_due() -> None:
    queue(marie(), due_at=NOW + timedelta(hours=1))
    assert send_due_messages(at=NOW + timedelta(minutes=59)) == 0
    assert send_due_messages(at=NOW + timedelta(hours=1)) == 1


@pytest.mark.django_db
def test_refused_message_is_tried_again_under_the_same_id(server: type[Failing]) -> None:
    message = queue(marie())
    server.refusals = [smtplib.SMTPRecipientsRefused({message.address: (450, b"later")})]
    assert send_due_messages(at=NOW) == 0
    message.refresh_from_db()
    assert (message.state, message.attempts, message.due_at) == (MessageState.QUEUED, 1, NOW + timedelta(minutes=1))
    assert message.error.startswith("SMTPRecipientsRefused")
    assert send_due_messages(at=message.due_at) == 1
    assert server.tried == [message.message_id] * 2
    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.SENT, "")


@pytest.mark.django_db
def test_refused_message_does_not_hold_up_the_next(server: type[Failing]) -> None:
    queue(marie())
    queue(kenji())
    server.refusals = [ValueError("bad header")]
    assert send_due_messages(at=NOW) == 1
    assert [sent.to for sent in mail.outbox] == [[kenji().email]]


@pytest.mark.django_db
def test_unreachable_server_ends_the_round_and_the_rest_keep_their_turn(server: type[Failing]) -> None:
    queue(marie())
    queue(kenji())
    server.refusals = [ConnectionRefusedError()]
    assert send_due_messages(at=NOW) == 0
    assert list(Message.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 0]


@pytest.mark.django_db
def test_silent_server_costs_no_message(server: type[Failing]) -> None:
    message = queue(marie())
    server.refusals = [ConnectionRefusedError()] * 100
    at = NOW
    for _ in range(100):  # a day of silence
        send_due_messages(at=at)
        message.refresh_from_db()
        at = message.due_at
    assert (message.state, message.attempts, message.refusals) == (MessageState.QUEUED, 100, 0)
    assert timedelta(hours=23) < at - NOW < timedelta(hours=25)
    assert send_due_messages(at=at) == 1
    assert set(server.tried) == {message.message_id}


@pytest.mark.django_db
def test_silence_is_written_down_and_forgotten_when_mail_goes_again(server: type[Failing]) -> None:
    queue(marie())
    queue(kenji())
    server.refusals = [ConnectionRefusedError("gone"), smtplib.SMTPSenderRefused(550, b"who", "us")]
    send_due_messages(at=NOW)
    send_due_messages(at=NOW)
    vital = Vital.objects.get(name="mail")
    assert (vital.failures, vital.failing_since, vital.error[:17]) == (2, NOW, "SMTPSenderRefused")
    assert send_due_messages(at=NOW + timedelta(hours=1)) == 2
    vital.refresh_from_db()
    assert (vital.failures, vital.failing_since, vital.error) == (0, None, "")


@pytest.mark.django_db
def test_refused_message_is_given_up_after_eight_times(server: type[Failing]) -> None:
    message = queue(marie())
    server.refusals = [smtplib.SMTPDataError(554, b"no")] * 8
    at, waits = NOW, []
    for _ in range(8):
        send_due_messages(at=at)
        message.refresh_from_db()
        waits.append((message.due_at - at).total_seconds() / 60)
        at = message.due_at
    assert (message.state, message.attempts, message.refusals) == (MessageState.FAILED, 8, 8)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128]
    assert send_due_messages(at=at + timedelta(days=1)) == 0


def parsed(message: Message) -> Any:
    return email.message_from_bytes(compose(message).message().as_bytes(), policy=email.policy.default)


@pytest.mark.django_db
@pytest.mark.parametrize("person", [marie, kenji], ids=["fr", "ja"])
def test_mail_goes_in_seven_bits_and_is_read_as_written(person: Any) -> None:
    message = queue(person())
    raw = compose(message).message().as_bytes()
    assert max(raw) < 128
    assert max(map(len, raw.splitlines())) <= 998
    read = parsed(message)
    assert (read["Subject"], read["Message-ID"]) == (message.subject, message.message_id)
    assert read["To"].addresses[0].display_name == message.name
    assert message.name == {"fr": "Marie LEFÈVRE", "ja": "田中 健二"}[message.language]
    assert read["To"].addresses[0].addr_spec == message.address
    text, html = read.iter_parts()
    assert (text.get_content(), html.get_content()) == (message.text, message.html)
    assert read["List-Unsubscribe"] is None


@pytest.mark.django_db
def test_name_with_a_comma_stays_one_recipient() -> None:
    message = queue(Addressee("a@example.org", "en", 'Doe, "J" <x@evil.example>'))
    assert [address.addr_spec for address in parsed(message)["To"].addresses] == ["a@example.org"]
    send_due_messages(at=NOW)
    assert mail.outbox[0].recipients() == ["a@example.org"]


@pytest.mark.django_db
def test_optional_mail_tells_how_to_do_without_it() -> None:
    message = queue(marie(), optional=["partner_not_invited"])
    assert message.unsubscribe_url.startswith("http://127.0.0.1:8000/unsubscribe/")
    assert message.text.endswith(f"\n{message.unsubscribe_url}\n")
    assert message.html.count(message.unsubscribe_url) == 1
    read = parsed(message)
    assert read["List-Unsubscribe"].strip() == f"<{message.unsubscribe_url}>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.django_db
def test_limit_bounds_a_round() -> None:
    queue(marie())
    queue(kenji())
    assert [send_due_messages(at=NOW, limit=1) for _ in range(3)] == [1, 1, 0]


@pytest.mark.django_db
def test_subject_is_one_line() -> None:
    assert "\n" not in queue(Addressee("a@example.org", "ja")).subject


@pytest.mark.django_db
def test_sent_message_cannot_be_queued_again() -> None:
    message = queue(marie())
    send_due_messages(at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(state=MessageState.QUEUED, sent_at=None)
