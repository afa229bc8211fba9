"""The history in words: every deed has its own, and what changed is said as people say it."""

import ast
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from accounts.models import HistoryEntry
from seminars.rules.states import PROPOSAL
from seminars.words import history
from tests.cast import marie

AT = datetime(2026, 9, 3, 8, tzinfo=UTC)
ACTIONS = Path(__file__).parents[3] / "seminars" / "actions"


def entry(verb: str = "edited", **values: Any) -> HistoryEntry:
    return HistoryEntry(subject_kind="seminars.proposal", subject_id=7, verb=verb, at=AT, **values)


def line(found: HistoryEntry, **options: Any) -> history.Line:
    return next(iter(history.lines([found], {("seminars.proposal", 7): "Inserm"}, **options)))


def deeds_on_records() -> set[str]:
    """Return every verb that an action writes to the history of a record or a pair, as the source says it."""
    found = set()
    for path in ACTIONS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record" and node.args[1:]:
                subject, verb = ast.unparse(node.args[0]), node.args[1]
                if isinstance(verb, ast.Constant) and not subject.startswith(("call", "user", "membership")):
                    found.add(str(verb.value))
    return found


def test_every_deed_is_worded() -> None:
    verbs = deeds_on_records() | {transition.verb for transition in PROPOSAL} | {"edited"}
    assert len(verbs) > 15
    assert verbs - history.DEEDS.keys() == set()


def test_a_deed_that_nobody_worded_is_shown_as_it_stands() -> None:
    assert history.deed("stood_on_its_head") == "stood on its head"


@pytest.mark.parametrize(
    ("name", "value", "label", "written"),
    [
        ("title_en", "Neurons", "Seminar title in English", "Neurons"),
        ("start_on", "2027-06-14", "Start date", "14 June 2027"),
        ("start_on", "someday", "Start date", "someday"),
        (
            "admitted_until",
            "2026-09-06T15:00:00+00:00",
            "Admitted late until",
            "6 Sept 2026, 15:00 UTC · 17:00 Paris · 7 Sept 2026, 00:00 Tokyo",
        ),
        ("venue_country", "JP", "Host country", "Japan"),
        ("state", "awaiting", "State", "Awaiting institution's approval"),
        ("keywords", ["a", "b"], "Keywords", "a, b"),
        ("declares_accuracy", True, "What this record says is accurate and complete.", "Yes"),
        ("declares_accuracy", False, "What this record says is accurate and complete.", "No"),
        ("theme", None, "Theme", ""),
        ("areas", [], "Priority areas", ""),
        ("number", "INSERM-1", "Receipt number", "INSERM-1"),
        ("unknown_thing", 3, "unknown thing", "3"),
    ],
)
def test_fields_are_called_and_written_as_people_do(name: str, value: Any, label: str, written: str) -> None:
    with translation.override("en"):
        [change] = line(entry(after={name: value})).changes
    assert (change.label, change.before, change.after) == (label, "", written)


def test_a_row_is_named_and_its_fields_are_its_own() -> None:
    before = {"budgetline": "Meals 117.00", "unit": "meal"}
    with translation.override("en"):
        changes = line(entry("row_changed", before=before, after={"unit": "day"})).changes
    assert [(change.label, change.before, change.after) for change in changes] == [
        ("Budget line", "", "Meals 117.00"),
        ("Unit", "meal", "day"),
    ]


def test_an_added_row_is_one_brief_line_and_ids_of_other_records_are_left_out() -> None:
    with translation.override("en"):
        added = line(entry("row_added", after={"participant": "Ana DURAND", "values": {"role": "speaker"}}))
        accepted = line(entry("invitation_accepted", after={"partner": 12, "email": "k@example.jp"}))
    assert added.brief == history.Change("Participant", "", "Ana DURAND")
    assert [change.label for change in accepted.changes] == ["E-mail address"]


def test_a_change_with_two_values_or_long_texts_is_not_brief() -> None:
    assert line(entry(before={"title_en": "a"}, after={"title_en": "b"})).brief is None
    assert line(entry(after={"abstract_en": "x" * 200})).brief is None
    assert line(entry(after={"abstract_en": "x" * 200})).changes[0].is_long


def test_who_did_it(db: None) -> None:
    assert line(entry(actor=marie())).who == "Marie LEFÈVRE"
    assert line(entry(actor_label="Haruka Ito")).who == "Haruka Ito"
    assert line(entry()).who == ""
    assert line(entry()).subject == "Inserm"


def test_internal_reasons_are_left_out_for_the_other_agency() -> None:
    found = entry("end_admission", reason="Private", before={"state": "draft", "admission_reason": "Private too"})
    assert [change.label for change in line(found).changes] == ["State", "Reason for late admission"]
    assert line(found).reason == "Private"
    hidden = line(found, reticent=[7])
    assert [change.label for change in hidden.changes] == ["State"]
    assert hidden.reason == ""
    assert line(entry("withdraw", reason="Public"), reticent=[7]).reason == "Public"
