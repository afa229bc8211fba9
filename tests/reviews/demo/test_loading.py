"""Telling the demonstration's evaluation: as far as it has come, and once."""

from datetime import timedelta

import pytest

from accounts.models import HistoryEntry, User
from reviews.demo.loading import PAST, load_evaluation
from reviews.models import Panel
from seminars.models import Call, Proposal
from tests import cast
from tests.seminars.filed import officer

pytestmark = pytest.mark.django_db


def test_nothing_is_told_before_its_time() -> None:
    cast.call_2026()
    officer("FR"), officer("JP")
    User.objects.create_superuser("ada@example.org")
    at = cast.DEADLINE - timedelta(days=800)
    assert load_evaluation(at=at) == 1
    past = Call.objects.get(code=PAST)
    assert (past.is_demonstration, past.capacity, past.year) == (True, 3, 2024)
    assert (Proposal.objects.count(), Panel.objects.count()) == (0, 0)
    assert not HistoryEntry.objects.filter(at__gt=at).exists()
    assert load_evaluation(at=at) == 0, "it is told once"
