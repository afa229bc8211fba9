"""Importing a list: kept, mapped, imported all or nothing, undone, shared; who sees which rows."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency, HistoryEntry, Message
from seminars.actions import application_list as actions
from seminars.actions import list_import, pairing
from seminars.actions.attachments import sweep_files
from seminars.actions.coordinators import Entry, save_coordinators, version_of
from seminars.actions.list_import import import_ordered, order_import, run_import
from seminars.actions.proposals import EditConflict
from seminars.choices import ListState, ProposalState
from seminars.models import ApplicationList, ListedApplication, ListUpload, Proposal
from seminars.permissions import Refused
from seminars.queries.list_preview import seen_choices
from tests import cast, lists
from tests.desk_records import proposal
from tests.racing import at_once
from tests.spreadsheets import HEADINGS, SATO, TANAKA, csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_root")]
CHANGED = ("JP-001", "田中　健二", "TANAKA Kenji", "Ageing glia", "2027年6月14日", "Ａ", "", "")


def numbers(listed: ApplicationList) -> list[str]:
    return list(listed.rows.order_by("row_number").values_list("application_number", flat=True))


def verbs(listed: ApplicationList) -> list[str]:
    return list(HistoryEntry.objects.about(listed).order_by("pk").values_list("verb", flat=True))


def test_a_list_is_imported_with_every_cell_as_received(files_root: Path) -> None:
    listed = lists.imported()
    assert (listed.state, listed.added_count, listed.row_count, listed.done_count) == (ListState.IMPORTED, 2, 2, 2)
    assert (listed.imported_by, listed.side.agency, listed.held_by) == (cast.jsps_officer(), cast.jsps(), cast.jsps())
    row = listed.rows.get(application_number="JP-001")
    assert (row.kanji_name, row.title_en, row.start_on, row.end_on) == (
        "田中 健二",
        "Ageing neurons",
        date(2027, 6, 14),
        date(2027, 6, 16),
    )
    assert row.received == dict(zip(HEADINGS, TANAKA, strict=True))
    assert (row.side, row.held_by, row.seminar, row.record, str(row)) == (
        listed.side,
        cast.jsps(),
        None,
        None,
        "Ageing neurons",
    )
    assert verbs(listed) == ["list_uploaded", "list_imported"]
    assert not ListUpload.objects.exists()
    assert sweep_files(at=cast.BEFORE + timedelta(days=900)) == 1


def test_the_file_waits_for_its_import(files_root: Path) -> None:
    listed = lists.uploaded()
    assert sweep_files(at=cast.BEFORE + timedelta(days=900)) == 0
    assert actions.sweep_unfinished(at=cast.BEFORE + timedelta(days=13)) == 0
    with transaction.atomic():
        assert actions.sweep_unfinished(at=cast.BEFORE + timedelta(days=15)) == 1
    assert not ApplicationList.objects.exists()
    assert verbs(listed) == ["list_uploaded", "list_discarded"]


def test_columns_are_mapped_as_the_last_time() -> None:
    first = lists.uploaded()
    mapping = {**first.mapping, "枠": "status"}
    actions.map_columns(first, mapping, seen=seen_choices(first), by=cast.jsps_officer())
    order_import(first, by=cast.jsps_officer(), at=cast.BEFORE)
    run_import(first.pk, at=cast.BEFORE)
    turned = csv(tuple(reversed(HEADINGS)), tuple(reversed(TANAKA)))
    assert lists.uploaded(turned).mapping == mapping
    other = lists.uploaded(by=cast.inserm_officer())
    assert other.mapping["枠"] == "track"


def test_known_applications_are_updated_or_kept() -> None:
    first = lists.imported()
    row = first.rows.get(application_number="JP-001")
    again = lists.uploaded(csv(HEADINGS, CHANGED, SATO, ("JP-003", "", "", "New", "", "", "", "")))
    actions.choose_rows(again, known="update", rows={"3": "keep"}, seen=seen_choices(again), by=cast.jsps_officer())
    order_import(again, by=cast.jsps_officer(), at=cast.BEFORE)
    run_import(again.pk, at=cast.BEFORE)
    again.refresh_from_db()
    assert (again.added_count, again.updated_count, again.kept_count, again.skipped_count) == (1, 1, 1, 0)
    assert (numbers(first), numbers(again)) == (["JP-002"], ["JP-001", "JP-003"])
    row.refresh_from_db()
    assert (row.title_en, row.email, row.application_list, row.row_number) == ("Ageing glia", "", again, 2)
    with pytest.raises(Refused, match="later import"):
        actions.undo_import(first, by=cast.jsps_officer(), at=cast.BEFORE)
    actions.undo_import(again, by=cast.jsps_officer(), at=cast.BEFORE)
    row.refresh_from_db()
    assert (row.title_en, row.email, row.start_on, row.application_list, row.row_number, row.earlier) == (
        "Ageing neurons",
        "kenji@kyoto.example",
        date(2027, 6, 14),
        first,
        2,
        [],
    )
    assert (numbers(first), numbers(again)) == (["JP-001", "JP-002"], [])
    actions.undo_import(first, by=cast.jsps_officer(), at=cast.BEFORE)
    assert (ListedApplication.objects.count(), verbs(first)[-1]) == (0, "list_undone")


def test_rows_are_left_out() -> None:
    listed = lists.uploaded()
    actions.choose_rows(listed, known="update", rows={"2": "skip"}, seen=seen_choices(listed), by=cast.jsps_officer())
    order_import(listed, by=cast.jsps_officer(), at=cast.BEFORE)
    run_import(listed.pk, at=cast.BEFORE)
    assert numbers(listed) == ["JP-002"]


def test_nothing_is_imported_while_a_row_stands_in_the_way() -> None:
    listed = lists.uploaded(csv(HEADINGS, TANAKA, TANAKA))
    officer = cast.jsps_officer()
    with pytest.raises(Refused, match="cannot be imported"):
        order_import(listed, by=officer, at=cast.BEFORE)
    actions.choose_rows(listed, known="update", rows={"stopped": "skip"}, seen=seen_choices(listed), by=officer)
    order_import(listed, by=officer, at=cast.BEFORE)
    run_import(listed.pk, at=cast.BEFORE)
    listed.refresh_from_db()
    assert (listed.added_count, listed.skipped_count) == (1, 1)
    same = lists.uploaded()
    same = actions.choose_rows(same, known="keep", rows={"3": "keep"}, seen=seen_choices(same), by=officer)
    actions.choose_rows(same, known="keep", rows={"3": "skip"}, seen=seen_choices(same), by=officer)
    with pytest.raises(Refused, match="nothing to import"):
        order_import(same, by=officer, at=cast.BEFORE)


def test_a_failure_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = cast.jsps_officer()
    listed = lists.uploaded()
    order_import(listed, by=officer, at=cast.BEFORE)

    def break_down(*args: Any, **options: Any) -> None:
        raise IntegrityError("no more room")

    with monkeypatch.context() as broken:
        broken.setattr(list_import, "_update", break_down)
        assert run_import(listed.pk, at=cast.BEFORE) is False
    listed.refresh_from_db()
    assert (listed.state, listed.failure, ListedApplication.objects.count()) == (ListState.UPLOADED, "failed", 0)
    order_import(listed, by=officer, at=cast.BEFORE)
    assert import_ordered(at=cast.BEFORE) == 1
    listed.refresh_from_db()
    assert (listed.failure, numbers(listed)) == ("", ["JP-001", "JP-002"])


def test_rows_that_came_up_in_between_stop_the_import() -> None:
    listed = lists.uploaded()
    order_import(listed, by=cast.jsps_officer(), at=cast.BEFORE)
    upload = listed.upload
    upload.rows[1][1][0] = "JP-001"
    upload.save()
    assert run_import(listed.pk, at=cast.BEFORE) is False
    listed.refresh_from_db()
    assert (listed.state, listed.failure) == (ListState.UPLOADED, "stopped")


def test_progress_is_written_down_while_rows_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = lists.uploaded()
    order_import(listed, by=cast.jsps_officer(), at=cast.BEFORE)
    monkeypatch.setattr(list_import, "STEP", 1)
    with CaptureQueriesContext(connection) as asked:
        run_import(listed.pk, at=cast.BEFORE)
    assert sum('SET "done_count"' in query["sql"] for query in asked) == 2


@pytest.mark.parametrize("role", ["inserm_officer", "marie", "kenji"])
def test_others_do_nothing_with_a_list(role: str) -> None:
    by = getattr(cast, role)()
    ready, done = lists.uploaded(), lists.imported()
    deeds = [
        lambda: actions.map_columns(ready, {}, seen=seen_choices(ready), by=by),
        lambda: actions.choose_rows(ready, known="keep", rows={}, seen=seen_choices(ready), by=by),
        lambda: actions.discard_list(ready, by=by, at=cast.BEFORE),
        lambda: order_import(ready, by=by, at=cast.BEFORE),
        lambda: actions.undo_import(done, by=by, at=cast.BEFORE),
        lambda: actions.share_list(done, by=by, at=cast.BEFORE),
        lambda: actions.unshare_list(done, by=by, at=cast.BEFORE),
        lambda: lists.uploaded(by=by, held_by=cast.jsps()),
    ]
    for deed in deeds:
        with pytest.raises(Refused, match="Only an officer of this agency"):
            deed()


def test_an_agency_outside_the_call_imports_nothing() -> None:
    other = Agency.objects.create(code="cnrs", acronym="CNRS", country="FR", time_zone="Europe/Paris")
    with pytest.raises(Refused, match="takes no part"):
        lists.uploaded(by=cast.officer_of(other, "officer@cnrs.example"))


def test_an_import_that_is_ordered_cannot_be_changed() -> None:
    listed, officer = lists.uploaded(), cast.jsps_officer()
    order_import(listed, by=officer, at=cast.BEFORE)
    with pytest.raises(Refused, match="imported already"):
        actions.map_columns(listed, {}, seen=seen_choices(listed), by=officer)
    with pytest.raises(Refused, match="no import to undo"):
        actions.undo_import(listed, by=officer, at=cast.BEFORE)
    with pytest.raises(Refused, match="Only an imported list"):
        actions.share_list(listed, by=officer, at=cast.BEFORE)


def test_a_confirmed_match_keeps_its_import() -> None:
    listed, officer = lists.imported(), cast.jsps_officer()
    seminar = lists.matched(listed, cast.draft_of(cast.marie()), officer)
    for deed in (actions.undo_import, actions.share_list, actions.undo_import, actions.unshare_list):
        if deed is actions.share_list:
            actions.share_list(listed, by=officer, at=cast.BEFORE)
            continue
        with pytest.raises(Refused, match=r"confirmed pair|is shared"):
            deed(listed, by=officer, at=cast.BEFORE)
    again = lists.imported(csv(HEADINGS, CHANGED))
    assert again.rows.get().seminar == seminar


def test_what_is_shared_is_seen_and_taken_back() -> None:
    ours, theirs = cast.jsps_officer(), cast.inserm_officer()
    listed = lists.imported()
    assert not ApplicationList.objects.visible_to(theirs).exists()
    assert not ListedApplication.objects.visible_to(theirs).exists()
    actions.share_list(listed, by=ours, at=cast.BEFORE)
    assert ApplicationList.objects.visible_to(theirs).get() == listed
    assert ListedApplication.objects.visible_to(theirs).count() == 2
    with pytest.raises(Refused, match="shared already"):
        actions.share_list(listed, by=ours, at=cast.BEFORE)
    with pytest.raises(Refused, match="Take the sharing back"):
        actions.undo_import(listed, by=ours, at=cast.BEFORE)
    received = lists.imported(csv(HEADINGS, TANAKA), by=theirs)
    seen = ListedApplication.objects.visible_to(theirs)
    assert sorted(seen.values_list("application_number", "held_by__code")) == [("JP-001", "inserm"), ("JP-002", "jsps")]
    with pytest.raises(Refused, match="came from the other agency"):
        actions.share_list(received, by=theirs, at=cast.BEFORE)
    assert ListedApplication.objects.visible_to(ours).count() == 2
    actions.unshare_list(listed, by=ours, at=cast.BEFORE)
    assert [row.application_list for row in ListedApplication.objects.visible_to(theirs)] == [received]
    with pytest.raises(Refused, match="not shared"):
        actions.unshare_list(listed, by=ours, at=cast.BEFORE)
    assert verbs(listed)[-2:] == ["list_shared", "list_unshared"]


def test_of_two_who_choose_at_once_the_second_is_told_and_nothing_is_lost() -> None:
    """SAFETY 8: what the second officer's page showed is out of date, whatever it was that the first one chose."""
    listed, officer = lists.uploaded(), cast.jsps_officer()
    seen = seen_choices(listed)
    first = actions.choose_rows(listed, known="keep", rows={"2": "skip"}, seen=seen, by=officer)
    actions.choose_rows(listed, known="keep", rows={"2": "skip"}, seen=seen, by=officer)
    with pytest.raises(EditConflict):
        actions.choose_rows(listed, known="keep", rows={"3": "skip"}, seen=seen, by=officer)
    with pytest.raises(EditConflict):
        actions.map_columns(listed, {}, seen=seen, by=officer)
    assert ApplicationList.objects.get().row_choices == {"2": "skip"}
    actions.map_columns(first, {}, seen=seen_choices(first), by=officer)


def test_who_may_read_a_list_is_told_when_that_begins_and_ends() -> None:
    ours, theirs = cast.jsps_officer(), cast.inserm_officer()
    cast.officer_of(cast.jsps(), "colleague@jsps.example")
    listed = lists.imported()
    actions.share_list(listed, by=ours, at=cast.BEFORE)
    actions.unshare_list(listed, by=ours, at=cast.BEFORE)
    actions.share_list(listed, by=ours, at=cast.BEFORE + timedelta(hours=1))
    sent = Message.objects.order_by("pk").values_list("kind", "recipient")
    assert list(sent) == [(kind, theirs.pk) for kind in ("list_shared", "list_unshared", "list_shared")]
    text = Message.objects.earliest("pk").text
    assert "2\xa0candidatures" in text or "2 candidatures" in text or "2 dossiers" in text
    assert not any(name in text for name in ("Ageing", "Tanaka", "TANAKA", "JP-001"))


def test_a_row_in_a_pair_is_seen_by_both_agencies() -> None:
    theirs = cast.inserm_officer()
    received = lists.imported(by=theirs)
    lists.matched(received, cast.draft_of(cast.marie()), theirs)
    seen = ListedApplication.objects.visible_to(cast.jsps_officer())
    assert list(seen.values_list("application_number", flat=True)) == ["JP-001"]
    assert not ListedApplication.objects.visible_to(cast.marie()).exists()


def test_the_record_of_that_number_is_known_where_its_reader_may_know_it() -> None:
    call = cast.call_2026()
    record = proposal(call, cast.jsps(), ProposalState.SUBMITTED, application_number="jp-001")
    proposal(call, cast.jsps(), ProposalState.WITHDRAWN, application_number="JP-001")
    for _copy in range(2):
        proposal(call, cast.jsps(), ProposalState.DRAFT, application_number="JP-002")
    own, received = lists.imported(), lists.imported(by=cast.inserm_officer())
    assert list(own.rows.order_by("row_number").values_list("record", flat=True)) == [record.pk, None]
    assert list(received.rows.order_by("row_number").values_list("record", flat=True)) == [None, None]


def number(record: Proposal, given: str) -> None:
    """Let the record's coordinator type a number."""
    record = cast.reread(record)
    filing, by = {"application_number": given}, record.coordinator
    save_coordinators(record, filing, Entry({}), Entry({}), version=version_of(record), by=by, at=cast.BEFORE)


def record_of(listed: ApplicationList) -> int | None:
    """Return the record that the first row of a list is known to be."""
    return listed.rows.get(application_number="JP-001").record_id


def test_a_number_that_comes_after_the_list_is_recognised_at_once() -> None:
    listed = lists.imported()
    record, other = cast.draft_of(cast.kenji(), "JP"), proposal(cast.call_2026(), cast.jsps())
    for given, known in (("jp-0 01", record.pk), ("JP-009", None), ("JP-001", record.pk)):
        number(record, given)
        assert record_of(listed) == known
    number(other, "JP-001")
    assert record_of(listed) is None, "A number that two records give is no evidence for either."


def test_a_received_row_is_recognised_while_its_reader_may_see_the_record() -> None:
    """SAFETY 1: another agency's record is known to be in a list only to whom the pair shows it."""
    listed = lists.imported(by=cast.inserm_officer())
    french, japanese = cast.forming_pair()
    number(japanese, "JP-001")
    assert record_of(listed) is None
    for half in (french, japanese):
        pairing.confirm_pair(half, by=half.coordinator, at=cast.BEFORE)
    assert record_of(listed) == japanese.pk
    pairing.leave_pair(french, reason="", by=cast.marie(), at=cast.BEFORE)
    assert record_of(listed) is None


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_an_import_asks_as_often_however_long_the_list(rows: int, django_assert_num_queries: Any) -> None:
    some = [(f"JP-{at:03}", *TANAKA[1:]) for at in range(rows)]
    lists.imported(csv(HEADINGS, *some[: (rows + 1) // 2]))
    listed = lists.uploaded(csv(HEADINGS, *some, ("JP-999", *SATO[1:])))
    order_import(listed, by=cast.jsps_officer(), at=cast.BEFORE)
    with django_assert_num_queries(15):
        run_import(listed.pk, at=cast.BEFORE)


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_add_each_application_once() -> None:
    officer = cast.jsps_officer()
    some = [(f"JP-{at:03}", *TANAKA[1:]) for at in range(40)]
    waiting = [lists.uploaded(csv(HEADINGS, *some)) for _officer in range(3)]
    for listed in waiting:
        order_import(listed, by=officer, at=cast.BEFORE)
    imported = at_once(*(lambda pk=listed.pk: run_import(pk, at=cast.BEFORE) for listed in waiting * 2))
    assert (imported.count(True), imported.count(False)) == (3, 3)
    assert ListedApplication.objects.count() == 40
    counts = ApplicationList.objects.order_by("-added_count").values_list("added_count", "updated_count")
    assert list(counts) == [(40, 0), (0, 40), (0, 40)]
