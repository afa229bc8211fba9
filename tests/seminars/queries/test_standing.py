"""Where a record stands."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from seminars.actions.rows import add_row
from seminars.choices import ProposalState, Section, SeminarState
from seminars.models import Laboratory, Proposal, Seminar
from seminars.queries.standing import standing_of
from tests.cast import BEFORE, DEADLINE, complete_draft, draft_of, kenji, marie, reread

pytestmark = pytest.mark.django_db


def states(proposal: Proposal) -> dict[str, str]:
    return {item.section.value: item.state for item in standing_of(reread(proposal), at=BEFORE).sections}


def steps(proposal: Proposal, at: Any = BEFORE) -> dict[str, str]:
    return {step.key: step.state for step in standing_of(reread(proposal), at=at).steps}


def pair(one: Proposal, other: Proposal) -> None:
    seminar = Seminar.objects.create(call=one.side.call, formed_at=BEFORE, state=SeminarState.PAIRED, paired_at=BEFORE)
    Proposal.objects.filter(pk__in=[one.pk, other.pk]).update(seminar=seminar, pair_confirmed_at=BEFORE)


def test_a_new_record_is_empty() -> None:
    draft = draft_of(marie())
    assert set(states(draft).values()) == {"empty"}
    standing = standing_of(reread(draft), at=BEFORE)
    assert (standing.is_complete, standing.first_to_mend.section) == (False, Section.FACTS)


def test_a_section_with_something_in_it_says_how_much_is_to_be_mended() -> None:
    draft = draft_of(marie())
    laboratory = Laboratory(proposal=draft, name="Neurocentre", kind="inserm", country="FR")
    add_row(laboratory, by=marie(), at=BEFORE)
    draft.participants.update(laboratory=laboratory)
    found = {item.section: item for item in standing_of(reread(draft), at=BEFORE).sections}
    assert found[Section.PARTICIPANTS].state == "mend"
    assert str(found[Section.PARTICIPANTS].words) == "1 to mend"
    assert str(found[Section.ATTACHMENTS].words) == "optional"
    assert str(found[Section.BUDGET].words) == "empty"


def test_a_complete_record_has_only_warnings_left() -> None:
    proposal = complete_draft(marie())
    assert states(proposal) == dict.fromkeys(Section.values, "complete") | {"attachments": "empty"}
    standing = standing_of(proposal, at=BEFORE)
    assert (standing.missing, standing.warnings) == (0, 2)


def test_every_section_has_its_address() -> None:
    proposal = draft_of(marie())
    found = [item.url for item in standing_of(reread(proposal), at=BEFORE).sections]
    assert found == [f"/proposals/{proposal.pk}/{section}/" for section in Section.values]


def test_the_line_of_steps_follows_the_project() -> None:
    mine, theirs = complete_draft(marie()), complete_draft(kenji(), "JP")
    assert steps(draft_of(kenji(), "FR"))["proposal"] == "now"
    assert (steps(mine)["proposal"], steps(mine)["pairing"]) == ("done", "now")
    pair(mine, theirs)
    assert (steps(mine)["pairing"], steps(mine)["submission"]) == ("done", "now")
    Proposal.objects.filter(pk=mine.pk).update(state=ProposalState.SUBMITTED)
    assert steps(mine)["submission"] == "now"
    Proposal.objects.filter(pk=theirs.pk).update(state=ProposalState.SUBMITTED)
    assert (steps(mine)["submission"], steps(mine)["eligibility"]) == ("done", "now")


@pytest.mark.parametrize(
    ("state", "told", "now", "stop"),
    [
        ("eligible", "", "eligibility", ""),
        ("eligible", "eligible", "review", ""),
        ("ineligible", "ineligible", "", "eligibility"),
        ("in_review", "eligible", "review", ""),
        ("selected", "eligible", "budget", ""),
        ("reserve", "eligible", "selection", ""),
        ("not_selected", "eligible", "", "selection"),
        ("confirmed", "eligible", "seminar", ""),
        ("cancelled", "eligible", "", "seminar"),
    ],
)
def test_the_line_of_steps_follows_what_has_been_told(state: str, told: str, now: str, stop: str) -> None:
    mine, theirs = complete_draft(marie()), complete_draft(kenji(), "JP")
    pair(mine, theirs)
    told_at = BEFORE if told else None
    Proposal.objects.update(state=ProposalState.SUBMITTED, told_outcome=told, told_at=told_at)
    Seminar.objects.update(state=state)
    found = steps(mine)
    assert [key for key, step in found.items() if step == "now"] == ([now] if now else [])
    assert [key for key, step in found.items() if step == "stop"] == ([stop] if stop else [])
    assert found["eligibility"] == ("done" if told == "eligible" else "now" if now else "stop")


@pytest.mark.parametrize("state", [ProposalState.WITHDRAWN, ProposalState.LAPSED])
def test_an_ended_record_stops_at_submission(state: ProposalState) -> None:
    proposal = draft_of(marie())
    Proposal.objects.filter(pk=proposal.pk).update(state=state)
    assert steps(proposal)["submission"] == "stop"
    assert "now" not in steps(proposal).values()


def test_a_draft_has_lapsed_by_rule_after_the_deadline() -> None:
    proposal = draft_of(marie())
    assert standing_of(reread(proposal), at=DEADLINE).state == ProposalState.DRAFT
    assert standing_of(reread(proposal), at=DEADLINE + timedelta(microseconds=1)).state == ProposalState.LAPSED


def test_once_a_confirmed_seminar_is_over_on_both_calendars_the_report_remains() -> None:
    mine, theirs = complete_draft(marie()), complete_draft(kenji(), "JP")
    pair(mine, theirs)
    Proposal.objects.update(state=ProposalState.SUBMITTED, told_outcome="eligible", told_at=BEFORE)
    Seminar.objects.update(state="confirmed")
    mine.refresh_from_db()
    last_instant = datetime.combine(mine.end_on, time.max, ZoneInfo("Europe/Paris"))
    assert (steps(mine, last_instant)["seminar"], steps(mine, last_instant)["report"]) == ("now", "todo")
    after = last_instant + timedelta(microseconds=1)
    assert (steps(mine, after)["seminar"], steps(mine, after)["report"]) == ("done", "now")
