"""Two at once on one report: one handing in, and no signature under a text that its signer has not read (SAFETY 8)."""

import pytest

from accounts.models import User
from reviews.actions import report as actions
from reviews.actions import report_signing as signing
from reviews.choices import ReportState
from reviews.models import Report, ReportVersion
from tests.racing import done_at_once
from tests.reviews.reported import AFTER, TEXT, complete, confirmed, contents, handed_in, reread, writer
from tests.seminars.filed import officer, side

pytestmark = pytest.mark.django_db(transaction=True)


def sign(report: Report, by: User) -> None:
    signing.sign_report(report, version=report.version, by=by, at=AFTER)


def test_both_sign_at_once_and_the_report_is_handed_in_once() -> None:
    report = complete(confirmed())
    marie, kenji = writer(report), writer(report, "JP")
    assert done_at_once(lambda: sign(report, marie), lambda: sign(report, kenji)) == [True, True]
    assert (ReportVersion.objects.count(), reread(report).state) == (1, ReportState.SUBMITTED)


def test_no_signature_stands_under_what_was_changed_at_that_moment() -> None:
    report = complete(confirmed())
    marie, kenji = writer(report), writer(report, "JP")
    texts = {"narrative": TEXT, "follow_up": "Two joint projects."}

    def edit() -> None:
        actions.save_report_texts(report, "narrative", texts, version=report.narrative_version, by=kenji, at=AFTER)

    assert done_at_once(lambda: sign(report, marie), edit)[1]
    said = contents(report)
    assert (said.report.follow_up, said.sides[0].held.signed_at) == ("Two joint projects.", None)


def test_accepted_and_returned_at_once_is_returned() -> None:
    report = handed_in(complete(confirmed()))
    agencies = {country: (side(country), officer(country)) for country in ("FR", "JP")}

    def decide(country: str, *, accepts: bool) -> None:
        held, by = agencies[country]
        signing.decide_report(report, held, number=1, accepts=accepts, comment="No.", by=by, at=AFTER)

    done = done_at_once(lambda: decide("FR", accepts=True), lambda: decide("JP", accepts=False))
    assert (done[1], reread(report).state) == (True, ReportState.RETURNED)
