"""The table of transitions: whole, in line with the closed lists, and drawn into the documentation."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from seminars.choices import ProposalState, SeminarState
from seminars.rules import states

TABLES = [(states.PROPOSAL, ProposalState), (states.SEMINAR, SeminarState)]
PAGE = Path(states.__file__).parents[2] / "docs" / "states.md"

DRAFT, AWAITING, SUBMITTED, WITHDRAWN, LAPSED = ProposalState.values
MOVES = {
    ("send_to_institution", DRAFT): AWAITING,
    ("return_for_correction", AWAITING): DRAFT,
    ("approve", AWAITING): SUBMITTED,
    ("submit", DRAFT): SUBMITTED,
    ("reopen", AWAITING): DRAFT,
    ("reopen", SUBMITTED): DRAFT,
    ("withdraw", DRAFT): WITHDRAWN,
    ("withdraw", AWAITING): WITHDRAWN,
    ("withdraw", SUBMITTED): WITHDRAWN,
    ("lapse", DRAFT): LAPSED,
    ("lapse", AWAITING): LAPSED,
    ("admit_late", LAPSED): DRAFT,
}


@pytest.mark.parametrize("state", ProposalState.values)
@pytest.mark.parametrize("verb", sorted({verb for verb, _ in MOVES}))
def test_what_each_deed_does_in_each_state(verb: str, state: str) -> None:
    assert states.allowed(states.PROPOSAL, verb, state) is ((verb, state) in MOVES)
    if (verb, state) in MOVES:
        assert states.target(states.PROPOSAL, verb) == MOVES[verb, state]


@pytest.mark.parametrize(("table", "known"), TABLES)
def test_the_table_names_every_state_and_no_other(
    table: tuple[states.Transition, ...], known: type[ProposalState]
) -> None:
    named = {move.target for move in table} | {source for move in table for source in move.sources}
    assert named == set(known.values)


@pytest.mark.parametrize(("table", "known"), TABLES)
def test_every_state_is_reached_from_the_first(
    table: tuple[states.Transition, ...], known: type[ProposalState]
) -> None:
    reached = {known.values[0]}
    for _ in known.values:
        reached |= {move.target for move in table if reached & set(move.sources)}
    assert reached == set(known.values)


@pytest.mark.parametrize(("table", "known"), TABLES)
def test_each_deed_stands_once_and_moves_somewhere_else(
    table: tuple[states.Transition, ...], known: type[ProposalState]
) -> None:
    assert len({move.verb for move in table}) == len(table)
    assert all(move.target not in move.sources for move in table)


def test_after_the_deadline_only_lapsing_and_late_admission_remain() -> None:
    assert {move.verb for move in states.PROPOSAL if not move.open_only} == {"lapse", "admit_late"}


def test_what_is_withdrawn_stays_so() -> None:
    assert [move for move in states.PROPOSAL if WITHDRAWN in move.sources] == []


def test_an_unknown_deed_is_not_allowed_and_leads_nowhere() -> None:
    assert states.allowed(states.PROPOSAL, "publish", DRAFT) is False
    with pytest.raises(KeyError):
        states.target(states.PROPOSAL, "publish")


def test_the_diagram_draws_every_move() -> None:
    head, start, *arrows = states.diagram(states.PROPOSAL).splitlines()
    assert (head, start) == ("stateDiagram-v2", "    [*] --> draft")
    assert arrows == [f"    {source} --> {target}: {verb}" for (verb, source), target in MOVES.items()]


def test_the_page_in_the_documentation_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == states.document(), "Run: manage.py draw_states"


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    page, said = tmp_path / "states.md", StringIO()
    call_command("draw_states", to=page, stdout=said)
    assert page.read_text(encoding="utf-8") == states.document()
    assert said.getvalue() == f"{page} written\n"
