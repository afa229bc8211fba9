"""A frozen record as people read it."""

import json

import pytest

from seminars.queries.readable import Part, read
from seminars.queries.snapshots import canonical, snapshot_of
from tests.cast import complete_draft, kenji, marie, reread

pytestmark = pytest.mark.django_db


def frozen(side: str) -> dict[str, Part]:
    proposal = complete_draft(marie() if side == "FR" else kenji(), side)
    return {part.key: part for part in read(json.loads(canonical(snapshot_of(reread(proposal)))))}


def test_case_is_read_in_the_order_in_which_it_is_written() -> None:
    assert [field.label for field in frozen("FR")["case"].fields] == [
        "Objectives",
        "Prospects for cooperation",
        "Novelty of the collaborations",
        "Added value of the cooperation",
        "Feasibility",
    ]


@pytest.mark.parametrize(("side", "number"), [("FR", 4), ("JP", 3)])
def test_only_what_the_agency_asks_for_is_declared(side: str, number: int) -> None:
    assert [field.value for field in frozen(side)["declarations"].fields] == ["Yes"] * number
