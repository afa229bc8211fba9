"""Choosing which optional mails one gets."""

from datetime import UTC, datetime

import pytest

from accounts.actions.preferences import choose_mails, refuse_mails
from accounts.models import HistoryEntry, MailPreference
from tests import cast

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 1, 10, tzinfo=UTC)


def test_choices_are_kept_and_recorded_once() -> None:
    marie = cast.marie()
    for _turn in range(2):
        choose_mails(marie, refused=["b", "a", "a"], daily_digest=True, at=AT)
    held = MailPreference.objects.get(user=marie)
    assert (held.refused, held.daily_digest, held.changed_at) == (["a", "b"], True, AT)
    assert HistoryEntry.objects.about(marie).filter(verb="mails_chosen").count() == 1


def test_refusing_by_link_adds_to_what_is_refused_however_often() -> None:
    marie = cast.marie()
    choose_mails(marie, refused=["a"], daily_digest=True, at=AT)
    for _turn in range(2):
        held = refuse_mails(marie, ["b"], at=AT)
    assert (held.refused, held.daily_digest) == (["a", "b"], True)
    assert HistoryEntry.objects.about(marie).filter(verb="mails_chosen").count() == 2
