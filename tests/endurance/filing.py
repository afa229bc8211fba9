"""Coordinators who submit, each by a real request, and who ask again with the same form when no answer came."""

import http.client
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from accounts.models import User
from seminars.models import CallAgency, Proposal
from tests import cast
from tests.bench.world import copies
from tests.sessions import sign_in

TOKEN = "c" * 32


@dataclass(frozen=True)
class Form:
    """What a coordinator sends: a record, the form's own number, and a session."""

    proposal: int
    form_uuid: str
    cookie: str


@dataclass(frozen=True)
class Answer:
    """What came back; ``status`` is 0 where nothing did."""

    form: Form
    status: int
    seconds: float

    @property
    def is_acknowledged(self) -> bool:
        """Whether the coordinator has been told that the record is submitted."""
        return self.status == 302


def drafts(number: int) -> list[Proposal]:
    """Return that many records of an open call which only wait to be submitted."""
    at = timezone.now()
    call = cast.call_2026(opens_at=at - timedelta(days=60))
    deadline_at = (at + timedelta(days=30)).replace(minute=0, second=0, microsecond=0)
    CallAgency.objects.filter(call=call).update(deadline_at=deadline_at, deadline_on=deadline_at.date())
    return copies(cast.complete_draft(cast.marie(), at=at), number, "fr")


def forms(proposals: Iterable[Proposal]) -> list[Form]:
    """Return the form of each record, its coordinator signed in."""
    people = User.objects.in_bulk([proposal.coordinator_id for proposal in proposals])
    found = []
    for proposal in proposals:
        session = sign_in(Client(), people[proposal.coordinator_id]).cookies["sessionid"].value
        found.append(Form(proposal.pk, str(uuid4()), f"sessionid={session}; csrftoken={TOKEN}"))
    return found


def send(host: str, form: Form) -> Answer:
    """Submit a record and return the answer, with the seconds that it took."""
    data = urlencode({"form_uuid": form.form_uuid, "csrfmiddlewaretoken": TOKEN})
    headers = {"Cookie": form.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    start = time.monotonic()
    connection = http.client.HTTPConnection(urlsplit(host).netloc, timeout=30)
    try:
        connection.request("POST", f"/proposals/{form.proposal}/submit/", data, headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        status = 0
    finally:
        connection.close()
    return Answer(form, status, time.monotonic() - start)
