"""Which reports are awaited and overdue, and who may see them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.choices import ReportState
from reviews.models import Report
from seminars.choices import SeminarState
from seminars.models import Recusal, Seminar
from tests import cast
from tests.reviews.reported import AFTER, DUE, LAST, confirmed, writer
from tests.seminars.filed import officer

pytestmark = pytest.mark.django_db


def test_a_report_is_awaited_after_the_last_day_and_overdue_after_the_delay() -> None:
    report = confirmed()
    assert (report.last_day, report.due_at) == (LAST, DUE)
    instants = (AFTER - timedelta(days=8), AFTER, DUE - timedelta(seconds=1), DUE)
    awaited = [Report.objects.awaited(at).exists() for at in instants]
    overdue = [Report.objects.overdue(at).exists() for at in instants]
    assert (awaited, overdue) == ([False, True, True, True], [False, False, False, True])
    assert [report.is_overdue(at) for at in instants] == overdue
    assert [report.is_over(at) for at in instants] == awaited
    for state in (ReportState.SUBMITTED, ReportState.ACCEPTED):
        Report.objects.update(state=state)
        assert not Report.objects.overdue(DUE).exists()


def test_the_report_of_a_cancelled_seminar_is_gone() -> None:
    report = confirmed()
    Seminar.objects.update(state=SeminarState.CANCELLED)
    assert not Report.objects.overdue(DUE).exists()
    assert not Report.objects.visible_to(writer(report)).exists()


def test_who_sees_a_report() -> None:
    report = confirmed()
    seen = {
        name: Report.objects.visible_to(user).exists()
        for name, user in {
            "french": writer(report),
            "japanese": writer(report, "JP"),
            "inserm": officer("FR"),
            "jsps": officer("JP"),
            "stranger": cast.user("stranger@example.org"),
        }.items()
    }
    assert seen == {"french": True, "japanese": True, "inserm": True, "jsps": True, "stranger": False}
    assert not Report.objects.written_by(officer("FR")).exists()
    for shut_out in (officer("FR"), writer(report)):
        Recusal.objects.create(user=shut_out, seminar=report.seminar, since=AFTER)
    assert not Report.objects.visible_to(officer("FR")).exists()
    assert Report.objects.visible_to(writer(report)).exists()


def test_the_number_of_queries_does_not_grow() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            for report in Report.objects.overdue(DUE).with_terms():
                assert report.due_at
        return len(queries)

    confirmed("one")
    once = asked()
    confirmed("two")
    confirmed("three")
    assert asked() == once
