"""The end of a period in evaluation and reports: names and files go, what was decided stays."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from accounts.actions.history import record
from accounts.models import HistoryEntry
from reviews.actions import report as actions
from reviews.actions import report_files, report_signing
from reviews.choices import ReportFileKind, ReportState
from reviews.models import (
    Change,
    Panel,
    Practical,
    Publication,
    Report,
    ReportFile,
    ReportVersion,
    ReportWord,
    Selection,
)
from seminars.actions.retention import Period, end_period, periods_of
from seminars.choices import SeminarState
from seminars.models import Call, Participant, Proposal, Seminar, Submission
from seminars.permissions import Refused
from seminars.queries.snapshots import canonical, sha256, snapshot_of
from tests.reviews.reported import AFTER, TEXT, accepted, complete, confirmed, contents, handed_in, reread, writer
from tests.seminars.actions.test_retention import admin
from tests.seminars.filed import bare_pair, officer, side

pytestmark = pytest.mark.django_db
LONG_AFTER = datetime(2050, 1, 1, tzinfo=UTC)
MINUTES = "Mr Tanaka and Ms Dupont were discussed. 田中氏は優秀。"


def named() -> Report:
    """Return an accepted report that names people wherever a text can, with a photo, and minutes of both kinds."""
    report = confirmed()
    Participant.objects.filter(proposal__seminar=report.seminar, side="JP").update(
        family_name="Tanaka", given_name="Kenji", family_name_kanji="田中", given_name_kanji="健二"
    )
    report = complete(report)
    marie = writer(report)
    texts = {"narrative": f"{TEXT} Kenji Tanaka opened it.", "follow_up": "Tanaka comes to Paris."}
    actions.save_report_texts(report, "narrative", texts, version=1, by=marie, at=AFTER)
    listed = [("Tanaka K. A paper.", "10.1000/1"), ("Tanaka K. Another.", "")]
    actions.save_publications(report, listed, version=0, by=marie, at=AFTER)
    facts = {"alt": "Kenji Tanaka on the stairs.", "has_consent": True, "width": 1, "height": 1}
    given = {"name": "tanaka.jpg", "data": b"x", "content_type": "image/jpeg", "by": marie, "at": AFTER}
    report_files.add_file(reread(report), ReportFileKind.PHOTO, **given, **facts)
    report = handed_in(reread(report))
    back = {"accepts": False, "comment": "Where was Mr Tanaka?", "by": officer("FR"), "at": AFTER}
    report_signing.decide_report(report, side("FR"), number=1, **back)
    return accepted(handed_in(reread(report)))


def other(call: Call) -> Seminar:
    """Return a pair of another period, one of whose people is in the minutes too, and write those."""
    seminar = bare_pair("Not funded")
    Seminar.objects.filter(pk=seminar.pk).update(state=SeminarState.NOT_SELECTED)
    Participant.objects.filter(proposal__seminar=seminar, side="FR").update(family_name="Dupont", given_name="Anne")
    opened = {"opened_at": AFTER, "opened_by": officer("FR")}
    for country in ("FR", "JP"):
        Panel.objects.create(side=side(country), reviews_due_at=AFTER, minutes=MINUTES, **opened)
    selection = Selection.objects.create(call=call, minutes=MINUTES, **opened)
    record(selection, "edited", by=officer("FR"), at=AFTER, after={"minutes": MINUTES})
    return seminar


def end(period: Period) -> None:
    """End a period of filed records that have nothing but what these tests wrote."""
    for filing in Submission.objects.filter(snapshot="{}"):
        whole = Proposal.objects.with_dossier().get(pk=filing.proposal_id)
        Submission.objects.filter(pk=filing.pk).update(snapshot=canonical(snapshot_of(whole)))
    end_period(period, by=admin(), at=LONG_AFTER)


def minutes() -> set[str]:
    return {*Panel.objects.values_list("minutes", flat=True), *Selection.objects.values_list("minutes", flat=True)}


def test_names_leave_the_minutes_with_their_period_and_the_minutes_go_with_the_last(files_root: Path) -> None:
    call = confirmed().seminar.call
    other(call)
    funded, rest = periods_of(call)
    end(rest)
    assert minutes() == {"Mr Tanaka and Ms […] were discussed. 田中氏は優秀。"}
    taken = HistoryEntry.objects.filter(verb="minutes_without_names")
    assert {(one.before["sha256"], one.after["sha256"]) for one in taken} == {
        (sha256(MINUTES), sha256("Mr Tanaka and Ms […] were discussed. 田中氏は優秀。"))
    }
    assert MINUTES not in str(list(HistoryEntry.objects.values_list("before", "after")))
    end(funded)
    assert minutes() == {""}
    assert HistoryEntry.objects.filter(verb="minutes_deleted").count() == 3


def test_a_report_keeps_its_figures_and_loses_its_people(
    files_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    report = named()
    call = report.seminar.call
    french = Proposal.objects.get(seminar=report.seminar, side=side("FR"))
    change = Change.objects.create(
        seminar=report.seminar,
        side=french.side,
        state="asked",
        deed="add",
        person={"family_name": "Sato", "given_name": "Rin", "email": "rin@example.org"},
        reason="Ms Sato replaces Mr Tanaka.",
        start_on=french.start_on,
        end_on=french.end_on,
        asked_at=AFTER,
        asked_by=french.coordinator,
    )
    Practical.objects.create(seminar=report.seminar, contact="Kenji Tanaka, +33 6 12 34 56 78", saved_at=AFTER)
    hashes = list(ReportVersion.objects.values_list("number", "sha256"))
    spent, said = contents(report).sides[0].spent, contents(report).sides[0].people
    with django_capture_on_commit_callbacks(execute=True):
        end(periods_of(call)[0])
    report = reread(report)
    assert (report.state, report.narrative) == (ReportState.ACCEPTED, f"{TEXT} […] opened it.")
    assert (report.public_text, report.published_at, report.follow_up) == ("", None, "[…] comes to Paris.")
    assert (contents(report).sides[0].spent, contents(report).sides[0].people) == (spent, said)
    assert list(Publication.objects.values_list("citation", "doi")) == [("", "10.1000/1"), ("–", "")]
    assert (ReportFile.objects.count(), list(files_root.rglob("*.jpg"))) == (0, [])
    assert list(ReportVersion.objects.values_list("number", "sha256")) == hashes
    for text in ReportVersion.objects.values_list("snapshot", flat=True):
        assert [name for name in ("Tanaka", "tanaka", "Marie", "Kenji") if name in text] == []
        assert [side["people"]["attended"] for side in json.loads(text)["sides"]] == [8, 8]
    assert ReportWord.objects.get(accepts=False).comment == "Where was Mr […]?"
    change.refresh_from_db()
    assert (change.person, change.reason, change.state) == ({}, "Ms […] replaces Mr […].", "withdrawn")
    assert Practical.objects.get().contact == ""
    assert "Tanaka" not in str(list(HistoryEntry.objects.about(report).values_list("before", "after")))
    with pytest.raises(Refused, match="period of its records has ended"):
        report_signing.reopen_report(report, side("FR"), reason="Late.", by=officer("FR"), at=LONG_AFTER)
