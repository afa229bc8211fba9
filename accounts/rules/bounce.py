"""Reading what mail servers say of mail that they could not deliver (RFC 3464)."""

import email
import email.policy
from dataclasses import dataclass
from email.message import Message

LONGEST = 2000


@dataclass(frozen=True)
class Bounce:
    """A mail came back: its ``message_id``, with its angle brackets, and why, in the server's words."""

    message_id: str
    diagnostic: str


def read_bounce(report: bytes) -> Bounce | None:
    """Return what a delivery report says of a mail that failed for good.

    Nothing for mail that is no delivery report, that names no mail, or that tells only of a delay or a delivery.
    """
    parsed = email.message_from_bytes(report, policy=email.policy.compat32)
    if parsed.get_content_type() != "multipart/report":
        return None
    parts = list(parsed.walk())
    message_id = next((found for part in parts if (found := _returned_id(part))), "")
    reasons = [reason for part in parts for reason in _failures(part)]
    if not message_id or not reasons:
        return None
    return Bounce(message_id, "\n".join(dict.fromkeys(reasons))[:LONGEST])


def _returned_id(part: Message) -> str:
    """Return the Message-ID of the mail that a part of a report gives back, whole or as its headers."""
    if part.get_content_type() == "message/rfc822":
        inside = part.get_payload()
        returned = inside[0] if isinstance(inside, list) and inside else None
    elif part.get_content_type() == "text/rfc822-headers":
        headers = part.get_payload(decode=True)
        returned = email.message_from_bytes(headers) if isinstance(headers, bytes) else None
    else:
        return ""
    return _plain(returned["Message-ID"]) if isinstance(returned, Message) else ""


def _failures(part: Message) -> list[str]:
    """Return why delivery failed, for each recipient of a delivery-status part for whom it did."""
    if part.get_content_type() != "message/delivery-status":
        return []
    groups = part.get_payload()
    found = []
    for fields in groups if isinstance(groups, list) else []:
        if isinstance(fields, Message) and _plain(fields["Action"]).lower() == "failed":
            said = (_plain(fields["Status"]), _plain(fields["Diagnostic-Code"]).removeprefix("smtp;").strip())
            found.append(" ".join(filter(None, said)) or "failed")
    return found


def _plain(value: object) -> str:
    """Return a header as one line of printable characters."""
    text = " ".join(str(value or "").split())
    return "".join(character for character in text if character.isprintable())
