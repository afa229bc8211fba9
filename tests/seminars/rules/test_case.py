"""The narrative: each part within its bounds."""

import pytest

from seminars.rules import case
from seminars.rules.dossier import Violation
from tests.seminars.rules.builders import PERFECT, dossier


def test_the_parts_are_those_of_the_criteria() -> None:
    assert case.PARTS == ("objectives", "cooperation", "novelty", "added_value", "feasibility")


@pytest.mark.parametrize("part", case.PARTS)
@pytest.mark.parametrize(
    ("count", "code"), [(0, "missing"), (199, "too_short"), (200, None), (4000, None), (4001, "too_long")]
)
def test_bounds_of_the_narrative(part: str, count: int, code: str | None) -> None:
    params = {"length": count, "minimum": 200, "maximum": 4000} if count else {}
    expected = (Violation(code, "", "case", part, params),) if code else ()
    assert case.check(dossier(narrative={**PERFECT.narrative, part: "x" * count})) == expected


def test_parts_that_were_never_opened_are_missing() -> None:
    assert case.check(dossier(narrative={})) == tuple(Violation("missing", "", "case", part) for part in case.PARTS)
