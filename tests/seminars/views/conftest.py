"""What the pages of a record's sections are tested with."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from seminars.models import Proposal
from tests.cast import BEFORE, complete_draft, marie
from tests.signing import sign_in


@pytest.fixture
def before_the_deadline() -> Iterator[None]:
    """Let it be a day on which the call is open."""
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def draft(client: Client) -> Proposal:
    """Marie's complete draft, and ``client`` hers, in English.

    It has the two coordinators with their laboratories, U1215 in Bordeaux and one in Kyoto; three days from
    14 June 2027 with one session, on the first from 9:00 to 12:00; and one line of the budget.
    """
    sign_in(client, marie())
    pk = complete_draft(marie()).pk
    User.objects.update(language="en")
    return Proposal.objects.get(pk=pk)
