"""Every result of the rules has words, and an address where it is mended."""

import ast
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from seminars.choices import Section
from seminars.rules.dossier import Violation
from seminars.words import findings, wording

RULES = Path(wording.__file__).parents[1] / "rules"


def codes_of_the_rules() -> set[str]:
    found = set()
    for module in RULES.glob("*.py"):
        for call in ast.walk(ast.parse(module.read_text())):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Violation":
                assert isinstance(call.args[0], ast.Constant), (
                    f"{module.name}:{call.lineno} names its code by a variable"
                )
                found.add(call.args[0].value)
    return found


def test_every_code_of_the_rules_has_words() -> None:
    said = {*wording.SENTENCES, *findings.OF_SOMEBODY_ELSE}
    assert codes_of_the_rules() == said


def test_missing_field_is_named() -> None:
    violation = Violation("missing", "", "facts", "title_en")
    assert wording.words(violation) == "Seminar title in English: to be filled in."


def test_lengths_are_told_with_their_bounds() -> None:
    params = {"length": 1, "minimum": 200, "maximum": 4000}
    violation = Violation("too_short", "", "case", "objectives", params)
    assert wording.words(violation) == "Objectives: at least 200 characters are needed; there is 1."


def test_amounts_are_written_in_their_currency() -> None:
    params = {"total": Decimal("12000.01"), "cap": Decimal(12000), "currency": "EUR"}
    said = wording.words(Violation("cap", "R14", "budget", "total", params))
    assert said == "The budget must not exceed €12,000.00; it comes to €12,000.01."


def test_host_countries_are_an_alternative() -> None:
    violation = Violation("host_country", "R9", "facts", "venue_country", {"countries": ("FR", "JP")})
    assert wording.words(violation) == "Host country: this call's seminars take place in France or Japan."


def test_countries_follow_the_language() -> None:
    violation = Violation("coordinator_missing", "R10", "coordinators", "partner", {"country": "JP"})
    with override("fr"):
        assert "Japon" in wording.words(violation)


@pytest.mark.parametrize(
    ("field", "anchor"),
    [
        ("title_en", "id_title_en"),
        ("areas", "div_id_areas"),
        ("own", "id_own-family_name"),
        ("participant-12", "participant-12"),
        ("line-3", "line-3"),
        ("total", "total"),
        ("", ""),
    ],
)
def test_anchor(field: str, anchor: str) -> None:
    assert wording.anchor(field) == anchor


@pytest.mark.parametrize("section", Section.values)
def test_every_section_has_an_address(section: str) -> None:
    proposal = SimpleNamespace(pk=7)
    assert wording.section_url(proposal, Violation("missing", "", section)) == f"/proposals/7/{section}/"


def test_what_concerns_the_pair_is_mended_on_the_partners_page() -> None:
    proposal = SimpleNamespace(pk=7)
    violation = Violation("no_partner", "R3", "coordinators", "", blocking=False)
    assert wording.section_url(proposal, violation) == "/proposals/7/partner/"


def test_rows_have_no_label_of_their_own() -> None:
    assert wording.field_label("line-3") == ""
