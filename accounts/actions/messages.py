"""Mail: written down with the fact it tells, sent afterwards, once (SAFETY 9)."""

import logging
import smtplib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.charset import BASE64, QP, Charset
from email.utils import formataddr, make_msgid
from typing import Any
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.actions import vitals
from accounts.actions.unsubscribing import unsubscribe_address
from accounts.models import Message, MessageState, User
from accounts.rules import mailtext

MOST_REFUSALS = 8
"""How often the mail server may refuse a message: eight times take two hours."""
MOST_ATTEMPTS = 500
"""How often a message is tried where no server answers: every quarter of an hour for five days."""
LONGEST_WAIT = timedelta(minutes=15)
BATCH = 50
WAKE_SECONDS = 60
"""For how long a wake is good: the next sweep does what it asks for. Old ones must not stand before other work."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Addressee:
    """Somebody to write to who has no account: an invitee, an institution's officer."""

    address: str
    language: str
    name: str = ""
    time_zone: str = "Europe/Paris"


def queue_message(
    kind: str,
    *,
    to: User | Addressee,
    about: models.Model | None,
    context: dict[str, Any],
    at: datetime,
    due_at: datetime | None = None,
    key: str | None = None,
    optional: Collection[str] = (),
) -> Message:
    """Write a mail to ``to`` down, in the transaction of the fact it tells, and return it.

    ``templates/mails/<kind>.txt`` gives the subject (first line) and the text, in the recipient's language and
    time zone; ``context`` is completed by ``site_url``, ``name``, ``recipient``, ``about`` and ``at``. The same
    kind, record, recipient and ``key`` (a suffix that tells one occasion from another) are one message: asked
    for again, the first is returned. It is sent at ``due_at``, or at once.

    ``optional`` names the kinds of ``MailPreference`` of a mail that a user may do without: it then tells how to refuse
    them, to people and to mail programs (RFC 8058). Whether they are refused already is the caller's to ask.
    """
    user = to if isinstance(to, User) else None
    addressee = addressee_of(to)
    subject_of = f"{about._meta.label_lower}:{about.pk}" if about is not None else ""
    unique = ":".join(part for part in (kind, subject_of, addressee.address, key) if part)
    known = Message.objects.filter(key=unique).first()
    if known:
        return known
    unsubscribe_url = unsubscribe_address(user, optional) if user and optional else ""
    context = {**context, "unsubscribe_url": unsubscribe_url}
    subject, text, html = render_message(kind, to=to, about=about, context=context, at=at)
    message, created = Message.objects.get_or_create(
        key=unique,
        defaults={
            "kind": kind,
            "about": subject_of,
            "recipient": user,
            "address": addressee.address,
            "name": addressee.name[:200],
            "unsubscribe_url": unsubscribe_url,
            "language": addressee.language,
            "subject": subject,
            "text": text,
            "html": html,
            "message_id": make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
            "queued_at": at,
            "due_at": due_at or at,
        },
    )
    if created and message.due_at <= at:
        _wake_after_commit()
    return message


def render_message(
    kind: str, *, to: User | Addressee, about: models.Model | None, context: dict[str, Any], at: datetime
) -> tuple[str, str, str]:
    """Return subject, text and HTML exactly as ``queue_message`` would write them down for ``to``."""
    addressee = addressee_of(to)
    values = {**context, "about": about, "recipient": to if isinstance(to, User) else None, "at": at}
    with translation.override(addressee.language), timezone.override(addressee.time_zone):
        return _render(kind, addressee, values)


def addressee_of(to: User | Addressee) -> Addressee:
    """Return whom to write to; a name has its form in each language, and here it is the recipient's that counts."""
    if isinstance(to, Addressee):
        return to
    with translation.override(to.language):
        return Addressee(to.email, to.language, to.display_name, to.time_zone)


def _render(kind: str, addressee: Addressee, context: dict[str, Any]) -> tuple[str, str, str]:
    values = {"site_url": settings.SITE_URL, "name": addressee.name, **context}
    rendered = render_to_string(f"mails/{kind}.txt", values, using="mail").strip()
    subject, _, body = rendered.partition("\n")
    signature = render_to_string("mails/_signature.txt", values, using="mail")
    text = mailtext.tidy(f"{body}\n\n{signature}") + "\n"
    html = render_to_string(
        "mails/_layout.html",
        {
            "subject": subject.strip(),
            "blocks": mailtext.blocks(mailtext.tidy(body), settings.SITE_URL),
            "language": addressee.language,
            "site_url": settings.SITE_URL,
            "unsubscribe_url": context.get("unsubscribe_url"),
        },
    )
    return " ".join(subject.split()), text, html


def _wake_after_commit() -> None:
    """Wake the sender once when the transaction commits, however many messages it writes."""
    connection = transaction.get_connection()
    open_savepoints = set(connection.savepoint_ids)
    if not any(hook[1] is wake_sender and hook[0] <= open_savepoints for hook in connection.run_on_commit):
        transaction.on_commit(wake_sender)


def wake_sender() -> None:
    """Ask a worker to send what is due. A broker that is down is no failure: the sweep every minute finds it."""
    try:
        task = "accounts.tasks.send_messages"
        current_app.send_task(task, retry=False, ignore_result=True, expires=WAKE_SECONDS)
    except Exception as error:  # each broker has errors of its own, and none may fail what is already committed
        logger.warning("The mail sender could not be woken: %s", error)


def send_due_messages(*, at: datetime, limit: int = BATCH, is_over: Callable[[], bool] = lambda: False) -> int:
    """Send what is due at ``at``, at most ``limit`` messages and until ``is_over``; return how many were sent.

    Each message is claimed, sent and marked in a transaction of its own, so that several workers share the work
    and one that is killed leaves its message to the next, under the same Message-ID. A mail server that cannot
    be reached ends the round; the rest keep their turn.
    """
    sent = 0
    failure: Exception | None = None
    connection = get_connection()
    try:
        while failure is None and sent < limit and not is_over():
            with transaction.atomic():
                message = _claim(at)
                if message is None:
                    break
                error = _deliver(message, connection)
                _note(message, error, at)
            sent += error is None
            failure = error if _concerns_server(error) else None
            limit -= error is not None and failure is None
    finally:
        connection.close()
    if failure:
        vitals.note_failure(vitals.MAIL, failure, at=at)
    elif sent:
        vitals.note_success(vitals.MAIL, at=at)
    return sent


def _concerns_server(error: Exception | None) -> bool:
    """Say whether no message would go, this one or another: nobody answers, or the sender is turned away."""
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return False
    return isinstance(error, OSError)


def _claim(at: datetime) -> Message | None:
    due = Message.objects.filter(state=MessageState.QUEUED, due_at__lte=at).order_by("due_at", "pk")
    return due.select_for_update(skip_locked=True).first()


def compose(message: Message, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """Return the mail as it goes out: in UTF-8 and seven bits, which every relay between here and the reader keeps."""
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    if message.name:
        headers["To"] = formataddr((message.name, message.address))
    if message.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        message.subject, message.text, to=[message.address], connection=connection, headers=headers
    )
    charset = Charset("utf-8")
    charset.body_encoding = BASE64 if message.language == "ja" else QP
    mail.encoding = charset
    mail.attach_alternative(message.html, "text/html")
    return mail


def _deliver(message: Message, connection: BaseEmailBackend) -> Exception | None:
    try:
        mail = compose(message, connection)
        connection.open()
        mail.send()
    except Exception as error:  # one message that cannot be sent must not hold up the others
        return error
    return None


def _note(message: Message, error: Exception | None, at: datetime) -> None:
    """Mark a message sent, or put it off by 1, 2, 4… minutes.

    What the server refuses is given up after the eighth time. A server that does not answer is no fault of the
    message: it is asked every quarter of an hour, for five days.
    """
    message.attempts += 1
    if error is None:
        message.state, message.sent_at, message.error = MessageState.SENT, at, ""
    else:
        is_outage = _concerns_server(error)
        message.refusals += not is_outage
        message.error = f"{type(error).__name__}: {error}"[:2000]
        tries = message.attempts if is_outage else message.refusals
        wait = timedelta(minutes=2 ** min(tries - 1, 10))
        message.due_at = at + (min(wait, LONGEST_WAIT) if is_outage else wait)
        if message.refusals >= MOST_REFUSALS or message.attempts >= MOST_ATTEMPTS:
            message.state = MessageState.FAILED
    message.save(update_fields=["state", "sent_at", "error", "attempts", "refusals", "due_at"])
