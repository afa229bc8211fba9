"""The life of a pack: asked for, claimed by one maker at a time, finished, over."""

from datetime import timedelta
from pathlib import Path

import pytest

from accounts.models import HistoryEntry, Membership
from seminars.actions import packs
from seminars.actions.attachments import sweep_files
from seminars.choices import PackState
from seminars.files import storage
from seminars.models import Pack
from seminars.models.pack import KEPT, MOST_ATTEMPTS, SILENCE
from seminars.permissions import Refused
from tests import cast

AT = cast.BEFORE
pytestmark = pytest.mark.django_db


def asked(**changes: object) -> Pack:
    values = {"query": "", "languages": ["en"], "version": "full", "by": cast.inserm_officer(), "at": AT, **changes}
    return packs.ask_for_pack(cast.call_2026(), **values)


def claimed(pack: Pack) -> Pack:
    found = packs.claim_pack(pack.pk, at=AT)
    assert found is not None
    return found


def ready(files_root: Path) -> Pack:
    pack = claimed(asked())
    with storage.keeping(storage.PACKS, ".zip") as (name, file):
        file.write(b"PK")
    assert packs.finish_pack(pack, file=name, size=2, at=AT)
    return Pack.objects.get(pk=pack.pk)


def test_asking_is_in_the_history_of_the_call() -> None:
    pack = asked(query="state=submitted")
    entry = HistoryEntry.objects.about(pack.call).get(verb="pack_asked_for")
    assert (entry.actor, entry.after["query"]) == (cast.inserm_officer(), "state=submitted")


def test_only_officers_of_the_call_ask() -> None:
    with pytest.raises(Refused):
        asked(by=cast.marie())


def test_a_fourth_pack_at_once_is_refused() -> None:
    for _ in range(3):
        asked()
    with pytest.raises(Refused):
        asked()


def test_a_pack_has_one_maker_at_a_time() -> None:
    pack = asked()
    claimed(pack)
    assert packs.claim_pack(pack.pk, at=AT + SILENCE) is None


def test_a_killed_maker_is_followed_by_another_and_cannot_come_back(files_root: Path) -> None:
    first = claimed(asked())
    assert packs.tell_progress(first, done=1, total=3, at=AT)
    later = AT + SILENCE + timedelta(seconds=1)
    assert list(Pack.objects.to_make(later)) == [first]
    second = packs.claim_pack(first.pk, at=later)
    assert second is not None
    assert (second.attempts, second.done) == (2, 0)
    assert not packs.tell_progress(first, done=2, total=3, at=later)
    with storage.keeping(storage.PACKS, ".zip") as (name, file):
        file.write(b"PK")
    assert not packs.finish_pack(first, file=name, size=2, at=later)
    assert not (files_root / name).exists()


def test_what_always_fails_is_given_up() -> None:
    pack, at = asked(), AT
    for _ in range(MOST_ATTEMPTS):
        assert packs.claim_pack(pack.pk, at=at) is not None
        at += SILENCE + timedelta(seconds=1)
    assert packs.claim_pack(pack.pk, at=at) is None
    assert Pack.objects.get(pk=pack.pk).state == PackState.FAILED


def test_a_pack_is_kept_for_its_time_and_then_goes_with_its_file(files_root: Path) -> None:
    pack = ready(files_root)
    assert (pack.expires_at, packs.sweep_packs(at=AT + KEPT - timedelta(seconds=1))) == (AT + KEPT, 0)
    assert packs.sweep_packs(at=AT + KEPT) == 1
    assert (Pack.objects.count(), (files_root / pack.file).exists()) == (0, False)


def test_the_sweep_of_files_leaves_packs_alone(files_root: Path) -> None:
    pack = ready(files_root)
    with storage.keeping(storage.PACKS, ".zip") as (lost, file):
        file.write(b"PK")
    assert sweep_files(at=AT + timedelta(days=36500)) == 1
    assert ((files_root / pack.file).exists(), (files_root / lost).exists()) == (True, False)


def test_nobody_else_sees_a_pack_and_not_who_asked_once_no_officer_any_more() -> None:
    pack = asked()
    colleague = cast.officer_of(cast.inserm(), "second@inserm.example")
    assert list(Pack.objects.asked_by(colleague)) == []
    assert list(Pack.objects.asked_by(cast.jsps_officer())) == []
    assert list(Pack.objects.asked_by(cast.inserm_officer())) == [pack]
    Membership.objects.filter(user=cast.inserm_officer()).delete()
    assert list(Pack.objects.asked_by(type(pack.requested_by).objects.get(pk=pack.requested_by_id))) == []
