"""The sections that are one form: who may see and save them, when, and what two editors get."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import HistoryEntry, User
from seminars.choices import ProposalState
from seminars.models import Proposal
from tests.cast import (
    BEFORE,
    DEADLINE,
    NARRATIVE,
    complete_draft,
    draft_of,
    in_english,
    inserm_officer,
    jsps_officer,
    kenji,
    marie,
    reread,
    user,
)
from tests.seminars.filled import filled
from tests.signing import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_deadline")]
HTMX = {"HX-Request": "true"}
SECTIONS = ("facts", "coordinators", "case", "declarations")
TYPED = {
    "facts": {"title_en": "Another title"},
    "coordinators": {"director_name": "Anne Petit"},
    "case": {"objectives": "Other objectives"},
    "declarations": {"declares_accuracy": "on"},
}


def address(proposal: Proposal, section: str) -> str:
    return f"/proposals/{proposal.pk}/{section}/"


def value(proposal: Proposal, section: str) -> Any:
    [name] = TYPED[section]
    return getattr(reread(proposal), name)


@pytest.fixture
def draft(client: Client) -> Proposal:
    """Marie's new record; Marie is signed in and reads English."""
    sign_in(client, in_english(marie()))
    return draft_of(marie())


@pytest.mark.parametrize("section", SECTIONS)
def test_owner_sees_the_form(client: Client, draft: Proposal, section: str) -> None:
    answer = client.get(address(draft, section))
    assert answer.status_code == 200
    assert answer.context["refusal"] is None
    assert b'name="version"' in answer.content


@pytest.mark.parametrize("person", [kenji, inserm_officer, jsps_officer, lambda: user("stranger@example.org")])
@pytest.mark.parametrize("method", ["get", "post"])
def test_anybody_else_finds_nothing(client: Client, draft: Proposal, person: Callable[[], User], method: str) -> None:
    sign_in(client, person())
    assert getattr(client, method)(address(draft, "facts")).status_code == 404
    assert client.get(f"/proposals/{draft.pk}/facts/dates/").status_code == 404


def test_partner_does_not_see_the_other_record_in_the_editor(client: Client) -> None:
    proposal = complete_draft(marie())
    sign_in(client, kenji())
    assert client.get(address(proposal, "case")).status_code == 404


def test_unknown_section_is_not_found(client: Client, draft: Proposal) -> None:
    assert client.get(f"/proposals/{draft.pk}/nonsense/").status_code == 404


def test_stranger_is_asked_to_sign_in(client: Client, draft: Proposal) -> None:
    client.logout()
    assert client.get(address(draft, "facts")).status_code == 302


def test_saving_by_itself_without_a_session_is_401(client: Client, draft: Proposal) -> None:
    data = filled(draft, "facts", title_en="Typed")
    client.logout()
    assert client.post(address(draft, "facts"), data, headers=HTMX).status_code == 401
    assert reread(draft).title_en == ""


@pytest.mark.parametrize("section", SECTIONS)
def test_button_saves_and_comes_back(client: Client, draft: Proposal, section: str) -> None:
    answer = client.post(address(draft, section), filled(draft, section, **TYPED[section]))
    assert (answer.status_code, answer["Location"]) == (303, address(draft, section))
    assert value(draft, section) in ("Another title", "Anne Petit", "Other objectives", True)
    assert getattr(reread(draft), f"{section}_saved_at") == BEFORE


def test_save_and_continue_goes_to_the_next_section(client: Client, draft: Proposal) -> None:
    answer = client.post(address(draft, "facts"), filled(draft, "facts", onward="1", **TYPED["facts"]))
    assert answer["Location"] == address(draft, "coordinators")


@pytest.mark.parametrize("section", SECTIONS)
def test_autosave_answers_with_the_parts_that_changed(client: Client, draft: Proposal, section: str) -> None:
    data = filled(draft, section, **TYPED[section])
    answer = client.post(address(draft, section), data, headers=HTMX)
    assert answer.status_code == 200
    text = answer.content.decode()
    for part in ('id="section-version"', 'id="saved"', 'id="sections"', 'id="completeness"'):
        assert part in text
    assert "<html" not in text
    assert answer.context["version"] == filled(draft, section)["version"] != data["version"]


def test_saving_what_is_saved_changes_nothing(client: Client, draft: Proposal) -> None:
    client.post(address(draft, "case"), filled(draft, "case", objectives="Text"))
    before = reread(draft)
    answer = client.post(address(draft, "case"), filled(draft, "case"), headers=HTMX)
    assert answer.status_code == 200
    assert (reread(draft).case_version, reread(draft).case_saved_at) == (before.case_version, before.case_saved_at)


def test_saving_is_in_the_history_once_per_sitting(client: Client, draft: Proposal) -> None:
    client.post(address(draft, "case"), filled(draft, "case", objectives="One"), headers=HTMX)
    client.post(address(draft, "case"), filled(draft, "case", objectives="One two"), headers=HTMX)
    [entry] = HistoryEntry.objects.about(draft).filter(verb="edited")
    assert (entry.before, entry.after, entry.actor) == ({"objectives": ""}, {"objectives": "One two"}, marie())


@pytest.mark.parametrize("section", SECTIONS)
def test_an_old_version_gets_both_texts_and_overwrites_nothing(client: Client, draft: Proposal, section: str) -> None:
    old = filled(draft, section, **TYPED[section])
    other = {
        "facts": {"title_en": "Saved first"},
        "coordinators": {"director_name": "Saved first"},
        "case": {"objectives": "Saved first"},
        "declarations": {"declares_data_use": "on"},
    }[section]
    client.post(address(draft, section), filled(draft, section, **other))
    for headers in ({}, HTMX):
        answer = client.post(address(draft, section), old, headers=headers)
        assert answer.status_code == 409
        text = answer.content.decode()
        assert 'value="mine"' in text
        assert 'value="saved"' in text
        if section != "declarations":
            assert "Saved first" in text
            assert next(iter(TYPED[section].values())) in text
        assert "Marie" in text
    assert value(draft, section) in ("Saved first", False)


def test_the_choice_is_saved_field_by_field(client: Client, draft: Proposal) -> None:
    old = filled(draft, "case", objectives="My objectives", novelty="My novelty")
    client.post(address(draft, "case"), filled(draft, "case", objectives="Their objectives", novelty="Their novelty"))
    shown = client.post(address(draft, "case"), old)
    assert [choice.name for choice in shown.context["choices"]] == ["objectives", "novelty"]
    chosen = {**old, "version": shown.context["version"], "keep-objectives": "mine", "keep-novelty": "saved"}
    assert client.post(address(draft, "case"), chosen).status_code == 303
    record = reread(draft)
    assert (record.objectives, record.novelty) == ("My objectives", "Their novelty")


def test_a_choice_that_comes_too_late_is_asked_again(client: Client, draft: Proposal) -> None:
    old = filled(draft, "case", objectives="Mine")
    client.post(address(draft, "case"), filled(draft, "case", objectives="Theirs"))
    version = client.post(address(draft, "case"), old).context["version"]
    client.post(address(draft, "case"), filled(draft, "case", objectives="Theirs again"))
    again = client.post(address(draft, "case"), {**old, "version": version, "keep-objectives": "mine"})
    assert again.status_code == 409
    assert again.context["choices"][0].saved == "Theirs again"


def test_the_browser_says_what_was_touched(client: Client, draft: Proposal) -> None:
    old = filled(draft, "case", objectives="Mine", touched="objectives")
    client.post(address(draft, "case"), filled(draft, "case", objectives="Theirs", novelty="Theirs too"))
    choices = client.post(address(draft, "case"), old, headers=HTMX).context["choices"]
    assert [(choice.name, choice.is_typed) for choice in choices] == [("objectives", True), ("novelty", False)]


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 5000, "1.5", "٣", "\u0000"])
@pytest.mark.parametrize("section", ["facts", "coordinators"])
def test_a_forged_version_is_an_old_one(client: Client, draft: Proposal, section: str, version: str) -> None:
    data = {**filled(draft, section, **TYPED[section]), "version": version}
    assert client.post(address(draft, section), data).status_code == 409


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize(
    "state", [ProposalState.SUBMITTED, ProposalState.AWAITING_INSTITUTION, ProposalState.WITHDRAWN]
)
def test_what_is_not_a_draft_is_read_only(client: Client, section: str, state: ProposalState) -> None:
    sign_in(client, marie())
    proposal = complete_draft(marie())
    data = filled(proposal, section, **TYPED[section])
    held = value(proposal, section)
    Proposal.objects.filter(pk=proposal.pk).update(state=state)
    page = client.get(address(proposal, section))
    assert page.status_code == 200
    assert b'id="section-form"' not in page.content
    data = {**data, **({"declares_accuracy": []} if section == "declarations" else {})}
    assert client.post(address(proposal, section), data).status_code == 403
    assert client.post(address(proposal, section), data, headers=HTMX).json()["message"]
    assert value(proposal, section) == held


@pytest.mark.parametrize(("late", "status"), [(timedelta(0), 303), (timedelta(microseconds=1), 403)])
def test_deadline_to_the_microsecond_and_the_text_is_given_back(
    client: Client, draft: Proposal, late: timedelta, status: int
) -> None:
    data = filled(draft, "case", objectives=NARRATIVE)
    with time_machine.travel(DEADLINE - timedelta(minutes=5)):
        sign_in(client, in_english(marie()))
    with time_machine.travel(DEADLINE + late, tick=False):
        answer = client.post(address(draft, "case"), data)
        assert answer.status_code == status
        if status == 403:
            assert NARRATIVE.strip() in answer.content.decode()
            assert reread(draft).objectives == ""
            partial = client.post(address(draft, "case"), data, headers=HTMX)
            assert partial.status_code == 403
            assert "deadline" in partial.json()["message"]


def test_get_never_writes(client: Client, draft: Proposal) -> None:
    with CaptureQueriesContext(connection) as queries:
        for section in SECTIONS:
            client.get(address(draft, section))
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []


def test_lists_name_what_is_missing_with_its_place(client: Client, draft: Proposal) -> None:
    text = client.get(address(draft, "facts")).content.decode()
    assert f'href="/proposals/{draft.pk}/case/#id_objectives"' in text
    assert f'href="/proposals/{draft.pk}/facts/#div_id_areas"' not in text


def grow(proposal: Proposal, number: int) -> None:
    """Add ``number`` participants, sessions and budget lines to a record."""
    for index in range(number):
        person = proposal.participants.create(
            side="FR", role="speaker", family_name="Petit", given_name=f"Anne {index}", saved_at=BEFORE
        )
        person.laboratory = proposal.laboratories.create(name=f"Unit {index}", country="FR", saved_at=BEFORE)
        person.save()
        proposal.sessions.create(on="2027-06-15", starts="09:00", ends="10:00", title=f"Part {index}", saved_at=BEFORE)
        proposal.lines.create(
            kind="meals", participant=person, quantity=1, unit="meal", unit_cost=Decimal(20), saved_at=BEFORE
        )


@pytest.mark.parametrize("section", SECTIONS)
def test_number_of_queries_does_not_grow_with_the_rows(client: Client, section: str) -> None:
    sign_in(client, marie())
    proposal = complete_draft(marie())
    client.post(address(proposal, section), filled(proposal, section, **TYPED[section]), headers=HTMX)
    [name] = TYPED[section]
    counts = set()
    for number in (1, 2, 27):
        grow(proposal, number)
        text: Any = f"{number}"
        if section == "declarations":
            text = "on" if number == 2 else []
        data = filled(proposal, section, **{name: text})
        with CaptureQueriesContext(connection) as shown:
            assert client.get(address(proposal, section)).status_code == 200
        with CaptureQueriesContext(connection) as saved:
            assert client.post(address(proposal, section), data, headers=HTMX).status_code == 200
        counts.add((len(shown), len(saved)))
    assert len(counts) == 1
