"""Ending a period: people go, what was decided stays; told once; never early, never by anybody but administrators."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.actions.erasure import is_erased
from accounts.models import HistoryEntry, Message, User
from seminars.actions.attachments import attach
from seminars.actions.retention import Period, end_period, over, periods_of, tell_over
from seminars.choices import SeminarState
from seminars.models import Call, Participant, Proposal, Seminar, Submission
from seminars.permissions import Refused
from tests import cast
from tests.pdfs import plain
from tests.seminars import filed

LAST = date(2032, 12, 31)
BEFORE, AFTER = datetime(2032, 12, 31, 23, 59, tzinfo=UTC), datetime(2033, 1, 1, tzinfo=UTC)
NAMES = ("Lefèvre", "Lefevre", "LEFÈVRE", "Tanaka", "marie.lefevre", "kenji.tanaka", "Haruka", "Paul Girard")


def admin() -> User:
    known = User.objects.filter(email="admin@example.org").first()
    return known or User.objects.create_superuser("admin@example.org", family_name="Admin", given_name="Ada")


@pytest.fixture
def other(db: None, files_root: Path) -> Period:
    """The records of the call of 2026 that were not funded: Marie's and Kenji's filed pair, and a draft with a file."""
    seminar = filed.filed_pair()
    Seminar.objects.filter(pk=seminar.pk).update(state=SeminarState.NOT_SELECTED)
    draft = cast.draft_of(cast.user("alone@inserm.example"))
    attach(draft, name="cv.pdf", data=plain(), pages=1, by=draft.coordinator, at=cast.BEFORE)
    Proposal.objects.filter(pk=draft.pk).update(state="lapsed")
    return periods_of(Call.objects.get())[1]


def test_a_period_ends_with_its_year_and_is_told_once(other: Period) -> None:
    admin()
    assert other.last_day == LAST
    assert over(BEFORE.date()) == []
    assert over(AFTER.date()) == [other]
    assert (tell_over(at=AFTER), tell_over(at=AFTER)) == (1, 1)
    told = Message.objects.get(kind="period_over")
    assert (told.address, "end_period inserm-jsps-2026 other" in told.text) == (admin().email, True)


def test_nobody_ends_a_period_early_or_without_the_right(other: Period) -> None:
    for by, at in ((admin(), BEFORE), (cast.inserm_officer(), AFTER)):
        with pytest.raises(Refused):
            end_period(other, by=by, at=at)
    assert other.records.count() == 3


def test_people_go_and_what_was_filed_and_decided_stays(
    other: Period, files_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    hashes = list(Submission.objects.order_by("pk").values_list("number", "sha256"))
    deeds = HistoryEntry.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        assert end_period(other, by=admin(), at=AFTER) == 3
    assert end_period(other, by=admin(), at=AFTER) == 0
    assert list(files_root.rglob("*.pdf")) == []
    people = Participant.objects.order_by("pk").values_list("family_name", "given_name", "email")
    assert {row[1:] for row in people} == {("", "")}
    assert {row[0] for row in people} <= {"No. 1", "No. 2", "No. 3"}
    assert list(Submission.objects.order_by("pk").values_list("number", "sha256")) == hashes
    for text in Submission.objects.values_list("snapshot", flat=True):
        kept = json.loads(text)
        assert (kept["facts"]["title_en"], len(kept["participants"])) == ("Ageing neurons", 2)
        assert [name for name in NAMES if name in text] == []
    assert Seminar.objects.get().state == SeminarState.NOT_SELECTED
    assert HistoryEntry.objects.count() > deeds
    told = str(list(HistoryEntry.objects.about(*Proposal.objects.all()).values_list("before", "after")))
    assert [name for name in NAMES if name in told] == []
    # Whoever has nothing else here goes too; an officer does not.
    assert is_erased(User.objects.get(pk=Proposal.objects.earliest("pk").coordinator_id))
    assert not is_erased(cast.inserm_officer())


def test_funded_records_have_a_period_of_their_own(other: Period) -> None:
    Seminar.objects.update(state=SeminarState.CONFIRMED)
    assert other.records.count() == 1
    funded = periods_of(other.call)[0]
    assert (funded.last_day, funded.records.count()) == (date(2037, 12, 31), 2)


def test_the_command_tells_and_asks_before_it_ends(
    other: Period, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Call.objects.update(keep_other_years=0, announce_until_on=date(2020, 1, 1), announce_from_on=date(2020, 1, 1))
    call_command("end_period")
    assert capsys.readouterr().out == "inserm-jsps-2026 other: 3 records, until 2020-12-31\n"
    asked = ("end_period", "inserm-jsps-2026", "other", "--by", admin().email)
    monkeypatch.setattr("builtins.input", lambda _words: "no")
    with pytest.raises(CommandError, match=r"Nothing was done\."):
        call_command(*asked)
    monkeypatch.setattr("builtins.input", lambda _words: "inserm-jsps-2026")
    call_command(*asked)
    assert "3 records ended." in capsys.readouterr().out
    with pytest.raises(CommandError, match="Name a call"):
        call_command("end_period", "no-such-call", "other", "--by", admin().email)
