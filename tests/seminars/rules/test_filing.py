"""R4, R5 and what else one side's procedure asks for."""

from typing import Any

import pytest

from seminars.rules import filing
from seminars.rules.dossier import Terms, Violation
from tests.seminars.rules.builders import INSERM, JSPS, PERFECT, dossier, partner_dossier, terms

MIB = 1024 * 1024


def at_coordinators(code: str, rule: str, field: str) -> Violation:
    return Violation(code, rule, "coordinators", field)


@pytest.mark.parametrize(
    ("required", "track", "found"),
    [
        ("counterpart", "counterpart", ()),
        ("counterpart", "open", (at_coordinators("track", "R4", "track"),)),
        ("counterpart", "other", (at_coordinators("track", "R4", "track"),)),
        ("counterpart", "", (at_coordinators("missing", "R4", "track"),)),
        ("", "", ()),
        ("", "open", ()),
    ],
)
def test_track(required: str, track: str, found: tuple[Violation, ...]) -> None:
    assert filing.check(partner_dossier(track=track), terms(JSPS, required_track=required)) == found


@pytest.mark.parametrize(
    ("email", "found"),
    [
        ("office@kyoto-u.ac.jp", ()),
        ("", (at_coordinators("missing", "R5", "institution_officer_email"),)),
        ("sato@kyoto-u.ac.jp", (at_coordinators("approves_alone", "R5", "institution_officer_email"),)),
        ("Sato@Kyoto-U.ac.jp", (at_coordinators("approves_alone", "R5", "institution_officer_email"),)),
        ("marie.lefevre@inserm.fr", (at_coordinators("approves_alone", "R5", "institution_officer_email"),)),
        ("chloe@inserm.fr", ()),
    ],
)
def test_the_institution_officer_is_named_and_no_coordinator(email: str, found: tuple[Violation, ...]) -> None:
    assert filing.check(partner_dossier(institution_officer_email=email), JSPS) == found


@pytest.mark.parametrize(
    ("changes", "asked", "found"),
    [
        ({"application_number": ""}, JSPS, (at_coordinators("missing", "", "application_number"),)),
        ({"institution_officer_email": ""}, terms(JSPS, asks_institution_approval=False), ()),
        ({"application_number": ""}, terms(JSPS, asks_application_number=False), ()),
        ({"director_name": "", "director_agrees": False}, JSPS, ()),
    ],
)
def test_only_what_the_call_asks_for_is_missing(
    changes: dict[str, Any], asked: Terms, found: tuple[Violation, ...]
) -> None:
    assert filing.check(partner_dossier(**changes), asked) == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, ()),
        ({"director_name": ""}, (at_coordinators("missing", "", "director_name"),)),
        ({"director_agrees": False}, (Violation("declaration", "", "declarations", "director_agrees"),)),
        (
            {"declarations": {"declares_accuracy": False, "declares_data_use": True, "declares_partner_files": False}},
            (
                Violation("declaration", "", "declarations", "declares_accuracy"),
                Violation("declaration", "", "declarations", "declares_partner_files"),
            ),
        ),
    ],
)
def test_agreement_of_the_director_and_declarations(changes: dict[str, Any], found: tuple[Violation, ...]) -> None:
    assert filing.check(dossier(**changes), INSERM) == found


TOO_MANY = Violation("attachments", "", "attachments", "", {"count": 6, "maximum": 5})
TOO_LARGE = Violation("attachment_size", "", "attachments")


@pytest.mark.parametrize(
    ("sizes", "found"),
    [
        ((), ()),
        ((1,) * 5, ()),
        ((1,) * 6, (TOO_MANY,)),
        ((10 * MIB,), ()),
        ((10 * MIB + 1,), (TOO_LARGE,)),
        ((10 * MIB + 1,) * 6, (TOO_MANY, TOO_LARGE)),
    ],
)
def test_attachments(sizes: tuple[int, ...], found: tuple[Violation, ...]) -> None:
    assert filing.check(dossier(attachment_sizes=sizes), INSERM) == found


def test_a_perfect_dossier_asks_for_nothing_on_either_side() -> None:
    assert filing.check(PERFECT, INSERM) == filing.check(partner_dossier(), JSPS) == ()
