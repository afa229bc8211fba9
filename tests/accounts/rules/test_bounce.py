from accounts.rules.bounce import Bounce, read_bounce

REPORT = """\
From: MAILER-DAEMON@relay.example
To: seminars@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; gone@lab.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <gone@lab.example>: Recipient address
    rejected: User unknown

--b
Content-Type: {kind}

Subject: Receipt
Message-ID: {message_id}

Thank you.
--b--
"""


def report(
    action: str = "failed", kind: str = "message/rfc822", message_id: str = "<1@x>", body: str = "Text"
) -> bytes:
    return REPORT.format(action=action, kind=kind, message_id=message_id, body=body).encode()


FAILED = Bounce("<1@x>", "5.1.1 550 5.1.1 <gone@lab.example>: Recipient address rejected: User unknown")


def test_failure_names_the_mail_and_the_reason() -> None:
    assert read_bounce(report()) == FAILED


def test_headers_alone_name_the_mail_too() -> None:
    assert read_bounce(report(kind="text/rfc822-headers")) == FAILED


def test_folded_message_id_is_one_line() -> None:
    assert read_bounce(report(message_id="\n <1@x>")) == FAILED


def test_delay_and_delivery_are_no_failure() -> None:
    assert [read_bounce(report(action)) for action in ("delayed", "delivered", "relayed")] == [None] * 3


def test_other_mail_is_no_report() -> None:
    other = [b"", b"\xff\x00", b"Subject: Hello\n\nMessage-ID: <1@x>\nAction: failed\n", report(message_id="")]
    assert [read_bounce(mail) for mail in other] == [None] * 4


def test_control_characters_are_dropped() -> None:
    found = read_bounce(report().replace(b"User unknown", b"User \x1b[31m\x07unknown"))
    assert found is not None
    assert found.diagnostic.endswith("User [31munknown")
