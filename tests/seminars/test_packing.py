"""Making packs: what is in the ZIP, by whose rights, in what order, and again after a kill."""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from accounts.models import Membership, Message
from seminars import packing
from seminars.actions import packs
from seminars.choices import PackState
from seminars.exports.pack import Item
from seminars.models import Call, Pack, Proposal
from seminars.models.pack import MOST_ATTEMPTS, SILENCE
from seminars.queries.overview import Overview
from seminars.tasks import make_pack, tend_packs
from tests import cast, desk_records, pdftext
from tests.pdftext import squeezed

AT = cast.BEFORE


def ask(by: Any = None, **changes: Any) -> Pack:
    officer = cast.in_english(by or cast.inserm_officer())
    values = {"query": "", "languages": ["en"], "version": "full", "by": officer, "at": AT, **changes}
    return packs.ask_for_pack(cast.call_2026(), **values)


def made(pack: Pack) -> Pack:
    claimed = packs.claim_pack(pack.pk, at=AT)
    assert claimed is not None
    assert packing.make(claimed, clock=lambda: AT)
    return Pack.objects.get(pk=pack.pk)


def members(pack: Pack) -> dict[str, bytes]:
    with default_storage.open(pack.file) as file, zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def pair(db: None, files_root: Path) -> tuple[Proposal, Proposal]:
    """Marie's and Kenji's records, confirmed as a pair; and a French record that nobody joins."""
    pair = cast.confirmed_pair()
    cast.draft_of(cast.user("alone@inserm.example", family_name="Seul", given_name="Ana"))
    return pair


def test_a_pack_of_all_pairs(pair: tuple[Proposal, Proposal]) -> None:
    pack = made(ask(languages=["en", "ja"]))
    number = str(pair[0].seminar)
    found = members(pack)
    assert sorted(found) == [
        f"dossiers/{number}-en.pdf",
        f"dossiers/{number}-ja.pdf",
        "index.html",
        "index.xlsx",
        "pack.css",
    ]
    assert (pack.state, pack.done, pack.total, pack.size > 1000) == (PackState.READY, 1, 1, True)
    index = found["index.html"].decode()
    assert f'<a href="dossiers/{number}-ja.pdf" lang="ja">日本語' in index
    assert "Ageing neurons" in index
    assert squeezed("Record of JSPS") in pdftext.text(found[f"dossiers/{number}-en.pdf"])


def test_the_spreadsheet_has_amounts_and_dates_as_such(pair: tuple[Proposal, Proposal]) -> None:
    Proposal.objects.filter(pk=pair[0].pk).update(title_en="=1+1")
    page = load_workbook(io.BytesIO(members(made(ask()))["index.xlsx"])).worksheets[0]
    row = {heading.value: cell for heading, cell in zip(page[1], page[2], strict=True)}
    assert (row["Title"].value, row["Title"].data_type) == ("=1+1", "s")
    assert (row["Start date"].is_date, row["Start date"].value.isoformat()) == (True, "2027-06-14T00:00:00")
    assert (row["Amount requested (Inserm)"].value, row["Currency (Inserm)"].value) == (60, "EUR")
    assert (row["Coordinator (JSPS)"].value, row["Name in kanji (JSPS)"].value) == ("Kenji TANAKA", "田中 健二")


def test_a_list_gives_its_dossiers_in_its_order_each_once(pair: tuple[Proposal, Proposal]) -> None:
    alone = Proposal.objects.get(coordinator__email="alone@inserm.example")
    call = Call.objects.with_sides().get()
    overview = Overview(cast.inserm_officer(), [call], AT)
    assert packing.items_of(overview, call, "all=1&sort=-number") == [
        Item(record=alone.pk),
        Item(seminar=pair[0].seminar_id),
    ]
    assert packing.items_of(overview, call, "q=nothing+like+it") == []


def test_reviewers_packs_hold_reviewers_versions(pair: tuple[Proposal, Proposal]) -> None:
    found = members(made(ask(version="reviewers")))
    assert "@" not in pdftext.text(found[f"dossiers/{pair[0].seminar}-reviewers-en.pdf"])
    assert "@" not in found["index.html"].decode()


def test_the_other_agencys_officer_finds_nothing_of_what_is_not_paired(pair: tuple[Proposal, Proposal]) -> None:
    found = members(made(ask(cast.jsps_officer(), query="all=1")))
    assert [name for name in found if name.endswith(".pdf")] == [f"dossiers/{pair[0].seminar}-en.pdf"]
    assert "Seul" not in found["index.html"].decode()


def test_rights_count_when_the_pack_is_made(pair: tuple[Proposal, Proposal]) -> None:
    pack = ask()
    Membership.objects.filter(user=cast.inserm_officer()).delete()
    claimed = packs.claim_pack(pack.pk, at=AT)
    assert claimed is not None
    assert not packing.make(claimed, clock=lambda: AT)
    assert Pack.objects.get(pk=pack.pk).state == PackState.FAILED
    assert not Message.objects.filter(kind="pack_failed").exists()


def test_who_asked_is_told_that_it_is_ready_and_nobody_else(pair: tuple[Proposal, Proposal]) -> None:
    cast.officer_of(cast.inserm(), "second@inserm.example")
    pack = made(ask())
    [told] = Message.objects.filter(kind="pack_ready")
    assert (told.recipient, told.subject) == (cast.inserm_officer(), "Your pack of dossiers is ready")
    assert f"/desk/packs/{pack.pk}/" in told.text


def test_who_asked_is_told_that_it_failed_too_often(pair: tuple[Proposal, Proposal]) -> None:
    pack = ask()
    silences = [AT + attempt * (SILENCE + timedelta(seconds=1)) for attempt in range(MOST_ATTEMPTS + 2)]
    assert [packs.claim_pack(pack.pk, at=at) is not None for at in silences] == [True] * MOST_ATTEMPTS + [False] * 2
    [told] = Message.objects.filter(kind="pack_failed")
    assert (told.recipient, told.subject) == (cast.inserm_officer(), "Your pack of dossiers could not be made")
    assert "/desk/inserm-jsps-2026/packs/" in told.text


def test_a_maker_that_lost_its_pack_leaves_no_file(pair: tuple[Proposal, Proposal], files_root: Path) -> None:
    first = packs.claim_pack(ask().pk, at=AT)
    assert first is not None
    later = AT + SILENCE + timedelta(seconds=1)
    assert packs.claim_pack(first.pk, at=later) is not None
    assert not packing.make(first, clock=lambda: later)
    assert list((files_root / "packs").glob("*/*")) == []


def test_a_pack_whose_worker_was_killed_is_made_by_the_next_sweep(
    pair: tuple[Proposal, Proposal], files_root: Path, time_machine: Any
) -> None:
    pack = ask()

    def clock() -> Iterator[datetime]:
        yield AT
        yield AT
        raise KeyboardInterrupt  # as a worker that is killed between two dossiers

    ticks = clock()
    claimed = packs.claim_pack(pack.pk, at=AT)
    assert claimed is not None
    with pytest.raises(KeyboardInterrupt):
        packing.make(claimed, clock=lambda: next(ticks))
    assert Pack.objects.get(pk=pack.pk).state == PackState.MAKING
    time_machine.move_to(AT + SILENCE + timedelta(seconds=1))
    assert tend_packs() == 1
    assert make_pack(pack.pk)
    assert Pack.objects.get(pk=pack.pk).state == PackState.READY


def test_what_cannot_be_made_is_reported_and_left_for_another_try(
    pair: tuple[Proposal, Proposal], files_root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (files_root / "packs").write_text("a file where the folder should be")
    pack = ask()
    assert not make_pack(pack.pk)
    assert f"Pack {pack.pk} could not be made." in caplog.messages
    assert Pack.objects.get(pk=pack.pk).state == PackState.MAKING


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_pack_costs_the_same_queries_for_each_ten_pairs(
    number: int, db: None, files_root: Path, django_assert_max_num_queries: Any
) -> None:
    call = cast.call_2026()
    for _ in range(number):
        desk_records.pair(desk_records.proposal(call, cast.inserm()), desk_records.proposal(call, cast.jsps()))
    pack = packs.claim_pack(ask(version="reviewers").pk, at=AT)
    assert pack is not None
    lots = -(-number // 10)
    with django_assert_max_num_queries(12 + 20 * lots + number):
        assert packing.make(pack, clock=lambda: AT)
