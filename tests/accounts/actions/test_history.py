from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.actions.history import record, record_edit
from accounts.models import HistoryEntry
from tests.cast import kenji, marie

NOW = datetime(2026, 9, 3, 8, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_record_says_who_what_before_after_when() -> None:
    entry = record(kenji(), "renamed", by=marie(), at=NOW, before={"name": "a"}, after={"name": "b"}, reason="typo")
    assert HistoryEntry.objects.about(kenji()).get() == entry
    assert (entry.actor, entry.verb, entry.before, entry.after, entry.reason, entry.at) == (
        marie(),
        "renamed",
        {"name": "a"},
        {"name": "b"},
        "typo",
        NOW,
    )


@pytest.mark.django_db
def test_history_is_not_deleted() -> None:
    entry = record(marie(), "renamed", by=marie(), at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        HistoryEntry.objects.all().delete()
    assert HistoryEntry.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"after": {"x": 1}}, {"reason": "other"}, {"verb": "edited"}, {"at": NOW}])
def test_deed_is_not_changed(change: dict[str, object]) -> None:
    entry = record(marie(), "renamed", by=marie(), at=NOW - timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        HistoryEntry.objects.filter(pk=entry.pk).update(**change)


@pytest.mark.django_db
def test_typing_of_one_sitting_is_one_entry() -> None:
    first = record_edit(marie(), by=marie(), at=NOW, before={"title": "a"}, after={"title": "b"})
    again = record_edit(
        marie(), by=marie(), at=NOW + timedelta(minutes=14), before={"title": "b"}, after={"title": "c", "unit": "u"}
    )
    assert again == first
    first.refresh_from_db()
    assert (first.before, first.after) == ({"title": "a"}, {"title": "c", "unit": "u"})


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"verb": "renamed"}, {"actor": None}, {"at": NOW - timedelta(days=1)}])
def test_of_an_edit_only_its_values_grow(change: dict[str, object]) -> None:
    entry = record_edit(marie(), by=marie(), at=NOW, before={"title": "a"}, after={"title": "b"})
    with pytest.raises(IntegrityError), transaction.atomic():
        HistoryEntry.objects.filter(pk=entry.pk).update(**change)


@pytest.mark.django_db
def test_typing_after_a_quarter_of_an_hour_is_a_new_entry() -> None:
    record_edit(marie(), by=marie(), at=NOW, before={"title": "a"}, after={"title": "b"})
    record_edit(marie(), by=marie(), at=NOW + timedelta(minutes=15), before={"title": "b"}, after={"title": "c"})
    assert HistoryEntry.objects.count() == 2
