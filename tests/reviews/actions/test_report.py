"""Writing a report, signing, handing in, returning and accepting it (R29)."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail

from accounts.actions.messages import send_due_messages
from accounts.models import HistoryEntry, Message
from reviews.actions import report as actions
from reviews.actions import report_files, report_signing, report_summary
from reviews.choices import ReportFileKind, ReportState
from reviews.models import Publication, Report, ReportFile, ReportVersion, ReportWord
from seminars.actions.attachments import AlreadyAttached
from seminars.actions.proposals import EditConflict
from seminars.files import storage
from seminars.models import Recusal
from seminars.permissions import Refused
from seminars.queries.snapshots import sha256
from tests import cast
from tests.reviews.reported import (
    AFTER,
    DUE,
    LATE,
    TEXT,
    accepted,
    complete,
    confirmed,
    contents,
    granted,
    handed_in,
    reread,
    spend,
    values,
    writer,
)
from tests.seminars.filed import officer, side

pytestmark = pytest.mark.django_db


def sign(report: Report, country: str = "FR", **options: object) -> ReportVersion | None:
    report = reread(report)
    at = options.get("at", AFTER)
    return report_signing.sign_report(report, version=report.version, by=writer(report, country), at=at)


def test_both_sign_and_the_report_is_with_the_agencies() -> None:
    report = complete(confirmed())
    assert sign(report) is None
    made = sign(report, "JP")
    assert made is not None
    assert (reread(report).state, made.number, made.is_late) == (ReportState.SUBMITTED, 1, False)
    said = json.loads(made.snapshot)
    assert made.sha256 == sha256(made.snapshot)
    assert said["narrative"] == TEXT
    assert [one["money"]["spent"] for one in said["sides"]] == ["1500.50", "0"]
    assert [one["signed_by"] is not None for one in said["sides"]] == [True, True]
    with pytest.raises(Refused, match="with both agencies"):
        actions.save_report_texts(report, "facts", values(), version=1, by=writer(report), at=AFTER)
    assert set(Message.objects.values_list("kind", flat=True)) == {"report_signed", "report_handed_in"}


def test_a_change_after_the_first_signature_voids_it() -> None:
    report = complete(confirmed())
    sign(report)
    texts = {"narrative": TEXT, "follow_up": "A joint project."}
    actions.save_report_texts(report, "narrative", texts, version=1, by=writer(report, "JP"), at=AFTER)
    assert contents(report).sides[0].held.signed_at is not None, "the same text changes nothing"
    texts["follow_up"] = "Two joint projects."
    actions.save_report_texts(report, "narrative", texts, version=2, by=writer(report, "JP"), at=AFTER)
    assert contents(report).sides[0].held.signed_at is None
    assert Message.objects.filter(kind="report_signature_voided", recipient=writer(report)).count() == 1
    assert sign(report, "JP") is None


def test_who_signs_what_was_changed_meanwhile_is_asked_to_read_again() -> None:
    report = complete(confirmed())
    read = report.version
    spend(report, more="-1.00")
    with pytest.raises(EditConflict):
        report_signing.sign_report(report, version=read, by=writer(report), at=AFTER)


def test_two_editors_never_overwrite_each_other() -> None:
    report = confirmed()
    actions.save_report_texts(report, "facts", values(venue_city="Lyon"), version=0, by=writer(report), at=AFTER)
    with pytest.raises(EditConflict):
        actions.save_report_texts(report, "facts", values(), version=0, by=writer(report, "JP"), at=AFTER)
    assert reread(report).venue_city == "Lyon"
    actions.save_report_texts(
        report, "narrative", {"narrative": "x", "follow_up": ""}, version=0, by=writer(report, "JP"), at=AFTER
    )


def test_what_is_missing_cannot_be_signed() -> None:
    report = confirmed()
    with pytest.raises(Refused, match="The venue, with city and country"):
        sign(report)
    report = complete(report)
    spend(report, more="0.01")
    granted(report)
    with pytest.raises(Refused, match="more was spent than approved"):
        sign(report)
    spend(report, more="0.01", note="The train was dearer.")
    sign(report)


def test_nobody_else_writes_and_not_before_the_end() -> None:
    report = confirmed()
    for by, at, words in (
        (officer("FR"), AFTER, "Only the coordinators"),
        (writer(report), AFTER - timedelta(days=8), "last day is over"),
    ):
        with pytest.raises(Refused, match=words):
            actions.save_report_texts(report, "facts", values(), version=0, by=by, at=at)


def test_late_is_flagged_and_accepted_and_a_correction_of_what_was_in_time_is_not_late() -> None:
    report = handed_in(complete(confirmed()), at=LATE)
    assert report.versions.get().is_late
    other = handed_in(complete(confirmed("Other")), at=DUE - timedelta(seconds=1))
    report_signing.decide_report(
        other, side("FR"), number=1, accepts=False, comment="Which lab?", by=officer("FR"), at=LATE
    )
    handed_in(other, at=LATE)
    assert [version.is_late for version in other.versions.all()] == [False, False]


def test_one_return_gives_it_back_and_both_accept_the_next_version() -> None:
    report = handed_in(complete(confirmed()))
    report_signing.decide_report(report, side("FR"), number=1, accepts=True, by=officer("FR"), at=AFTER)
    with pytest.raises(Refused, match="decided already"):
        report_signing.decide_report(report, side("FR"), number=1, accepts=True, by=officer("FR"), at=AFTER)
    with pytest.raises(Refused, match="what has to be corrected"):
        report_signing.decide_report(report, side("JP"), number=1, accepts=False, by=officer("JP"), at=AFTER)
    with pytest.raises(Refused, match="Only an officer"):
        report_signing.decide_report(report, side("JP"), number=1, accepts=True, by=officer("FR"), at=AFTER)
    state = report_signing.decide_report(
        report, side("JP"), number=1, accepts=False, comment="Please name the lab.", by=officer("JP"), at=AFTER
    )
    assert (state, contents(report).sides[0].held.signed_at) == (ReportState.RETURNED, None)
    report = handed_in(report)
    with pytest.raises(Refused, match="newer version"):
        report_signing.decide_report(report, side("FR"), number=1, accepts=True, by=officer("FR"), at=AFTER)
    assert accepted(report).state == ReportState.ACCEPTED
    assert (ReportVersion.objects.count(), ReportWord.objects.count()) == (2, 4)
    send_due_messages(at=AFTER)
    assert {message.subject for message in mail.outbox if "accepted" in message.subject} != set()


def test_an_officer_in_conflict_decides_nothing() -> None:
    report = handed_in(complete(confirmed()))
    Recusal.objects.create(user=officer("FR"), seminar=report.seminar, since=AFTER)
    with pytest.raises(Refused, match="conflict of interest"):
        report_signing.decide_report(report, side("FR"), number=1, accepts=True, by=officer("FR"), at=AFTER)


def test_publications_are_kept_in_order_without_the_empty_ones() -> None:
    report = confirmed()
    listed = [("One.", "https://doi.org/10.1000/ABC"), ("", ""), ("Two.", "")]
    actions.save_publications(report, listed, version=0, by=writer(report), at=AFTER)
    kept = list(Publication.objects.values_list("position", "citation", "doi"))
    assert kept == [(0, "One.", "10.1000/abc"), (1, "Two.", "")]
    with pytest.raises(Refused, match="At most 40"):
        actions.save_publications(report, [("x", "")] * 41, version=1, by=writer(report), at=AFTER)


def test_each_side_writes_its_own_money_only_and_whole_yen() -> None:
    report = confirmed()
    french, japanese = contents(report).sides
    key = french.lines[0].key
    actions.save_spending(report, {key: Decimal("10.50")}, "", version=0, by=writer(report, "JP"), at=AFTER)
    assert contents(report).sides[0].spent == 0
    allowed = next(line.key for line in japanese.lines)
    with pytest.raises(Refused, match="not valid"):
        actions.save_spending(report, {allowed: Decimal("10.5")}, "", version=1, by=writer(report, "JP"), at=AFTER)


def test_files_are_kept_once_and_removed_by_their_side() -> None:
    report = confirmed()
    given = {"name": "r.pdf", "data": b"%PDF-1", "content_type": "application/pdf", "at": AFTER}
    kept = report_files.add_file(report, ReportFileKind.RECEIPT, by=writer(report), **given)
    with pytest.raises(AlreadyAttached):
        report_files.add_file(report, ReportFileKind.RECEIPT, by=writer(report), **given)
    with pytest.raises(Refused, match="partner's side"):
        report_files.remove_file(kept, by=writer(report, "JP"), at=AFTER)
    handed_in(complete(report))
    report_signing.decide_report(report, side("FR"), number=1, accepts=False, comment="No.", by=officer("FR"), at=AFTER)
    report_files.remove_file(kept, by=writer(report), at=AFTER)
    assert ReportFile.objects.get().removed_at == AFTER
    lost = storage.keep(b"x", folder=storage.REPORTS)
    assert report_files.sweep_report_files(at=AFTER + timedelta(days=4000)) >= 1
    assert not storage.default_storage.exists(lost)
    assert storage.default_storage.exists(str(kept.file.name))


def test_the_last_agreement_publishes_and_an_officer_takes_it_down() -> None:
    report = complete(confirmed())
    text = {"public_text": TEXT, "public_language": "en"}
    actions.save_summary(report, {**text, "public_text": "Short."}, version=0, by=writer(report), at=AFTER)
    with pytest.raises(Refused, match="200 to 3000"):
        report_summary.agree_as_coordinator(report, agrees=True, version=1, by=writer(report), at=AFTER)
    actions.save_summary(report, text, version=1, by=writer(report), at=AFTER)
    report_summary.agree_as_coordinator(report, agrees=True, version=2, by=writer(report), at=AFTER)
    with pytest.raises(Refused, match="once both have accepted"):
        report_summary.agree_as_officer(report, side("FR"), agrees=True, version=2, by=officer("FR"), at=AFTER)
    actions.save_summary(report, {**text, "public_text": TEXT * 2}, version=2, by=writer(report, "JP"), at=AFTER)
    assert contents(report).sides[0].held.coordinator_agreed_at is None, "another text than the one agreed to"
    report = accepted(handed_in(report))
    with pytest.raises(EditConflict):
        report_summary.agree_as_coordinator(report, agrees=True, version=2, by=writer(report), at=AFTER)
    agree = report_summary.agree_as_officer
    assert not agree(report, side("FR"), agrees=True, version=3, by=officer("FR"), at=AFTER)
    assert not agree(report, side("FR"), agrees=False, version=3, by=officer("FR"), at=AFTER)
    for country in ("FR", "JP"):
        assert not Report.objects.published().exists()
        report_summary.agree_as_coordinator(report, agrees=True, version=3, by=writer(report, country), at=AFTER)
        agree(report, side(country), agrees=True, version=3, by=officer(country), at=AFTER)
    assert Report.objects.published().get() == report
    with pytest.raises(Refused, match="is published"):
        agree(report, side("FR"), agrees=False, version=3, by=officer("FR"), at=AFTER)
    report_summary.take_down(report, side("JP"), reason="Somebody objects.", by=officer("JP"), at=AFTER)
    assert not Report.objects.published().exists()
    assert contents(report).sides[0].held.officer_agreed_at is None


def test_an_officer_opens_an_accepted_report_again_and_both_accept_anew() -> None:
    report = complete(confirmed())
    reopen = report_signing.reopen_report
    given = {"reason": "A receipt was counted twice.", "at": LATE}
    with pytest.raises(Refused, match="both agencies have accepted"):
        reopen(handed_in(report), side("JP"), by=officer("JP"), **given)
    report = accepted(reread(report))
    for by, words, changes in (
        (officer("FR"), "Only an officer", {}),
        (writer(report), "Only an officer", {}),
        (officer("JP"), "Say why", {"reason": " "}),
    ):
        with pytest.raises(Refused, match=words):
            reopen(report, side("JP"), by=by, **{**given, **changes})
    made = reopen(report, side("JP"), by=officer("JP"), **given)
    report = reread(report)
    assert (report.state, made.version.number, made.version.words.count()) == (ReportState.RETURNED, 1, 2)
    assert [one.signed_at for one in report.sides.all()] == [None, None]
    assert HistoryEntry.objects.get(verb="reopen_report").reason == "A receipt was counted twice."
    told = Message.objects.filter(kind="report_reopened")
    assert {message.recipient for message in told} == {writer(report), writer(report, "JP"), officer("FR")}
    assert not told.filter(text__contains="counted twice").exists()
    with pytest.raises(Refused, match="both agencies have accepted"):
        reopen(report, side("JP"), by=officer("JP"), **given)
    spend(report, more="-1.00", at=LATE)
    report = handed_in(report, at=LATE)
    assert [(version.number, version.is_late) for version in report.versions.all()] == [(2, False), (1, False)]
    assert accepted(report, at=LATE).state == ReportState.ACCEPTED


def test_an_officer_in_conflict_opens_nothing_again() -> None:
    report = accepted(handed_in(complete(confirmed())))
    Recusal.objects.create(user=officer("JP"), seminar=report.seminar, since=AFTER)
    with pytest.raises(Refused, match="conflict of interest"):
        report_signing.reopen_report(report, side("JP"), reason="x", by=officer("JP"), at=AFTER)


def test_opening_again_takes_the_summary_down_and_keeps_what_the_coordinators_agreed_to() -> None:
    report = complete(confirmed())
    actions.save_summary(report, {"public_text": TEXT, "public_language": "en"}, version=0, by=writer(report), at=AFTER)
    report = accepted(handed_in(report))
    agree = report_summary.agree_as_officer
    for country in ("FR", "JP"):
        report_summary.agree_as_coordinator(report, agrees=True, version=1, by=writer(report, country), at=AFTER)
        agree(report, side(country), agrees=True, version=1, by=officer(country), at=AFTER)
    assert Report.objects.published().exists()
    cast.in_english(officer("JP"))
    report_signing.reopen_report(report, side("FR"), reason="Wrong dates.", by=officer("FR"), at=AFTER)
    assert not Report.objects.published().exists()
    assert Message.objects.filter(kind="report_reopened", text__contains="not public").count() == 3
    report = accepted(handed_in(reread(report)))
    assert not agree(report, side("FR"), agrees=True, version=1, by=officer("FR"), at=AFTER)
    assert agree(report, side("JP"), agrees=True, version=1, by=officer("JP"), at=AFTER)


def test_what_was_never_handed_in_is_not_kept_and_no_officer_reads_it() -> None:
    report = handed_in(complete(confirmed()))
    report_signing.decide_report(report, side("FR"), number=1, accepts=False, comment="No.", by=officer("FR"), at=AFTER)
    given = {"name": "r.pdf", "data": b"%PDF-1", "content_type": "application/pdf", "at": LATE}
    drafted = report_files.add_file(reread(report), ReportFileKind.RECEIPT, by=writer(report), **given)
    assert not drafted.was_handed_in
    report_files.remove_file(drafted, by=writer(report), at=LATE)
    assert not ReportFile.objects.exists()
