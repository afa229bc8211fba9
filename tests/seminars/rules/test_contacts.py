"""Addresses and numbers in running text: found in the ways of both countries, and nothing else with them."""

import pytest

from seminars.rules.contacts import Marks, without_contacts

MARKS = Marks(email="[mail]", phone="[tel]")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Write to marie.lefevre+x@inserm.example.", "Write to [mail]."),
        ("連絡先はkenji@kyoto.example.jpまで", "連絡先は[mail]まで"),
        ("kenji＠kyoto.example", "[mail]"),
        ("Call +33 (0)1 42 34 56 78, or +81-75-753-7531", "Call [tel], or [tel]"),
        ("Tél. : 01 42 34 56 78", "Tél. : [tel]"),
        ("01.42.34.56.78 ou 0142345678", "[tel] ou [tel]"),
        ("電話03-1234-5678です", "電話[tel]です"),
        ("０９０－１２３４－５６７８", "[tel]"),
        ("075(753)7531", "[tel]"),
    ],
)
def test_addresses_and_numbers_are_replaced(text: str, shown: str) -> None:
    assert without_contacts(text, MARKS) == shown


@pytest.mark.parametrize(
    "text",
    [
        "From 2024-2027, on 2027-06-14, 01/02/2027 or 01.02.2027-03.02",
        "ORCID 0000-0002-1825-0097, doi:10.1038/s41586-020-2012-7",
        "n = 120 000 000 cells, p < 0.0123456789, 12 000,50 EUR",
        "KAKENHI 19K12345, PMID 0123456, RNSR 200114767B",
        "@neurons and a@b",
    ],
)
def test_what_is_neither_stays(text: str) -> None:
    assert without_contacts(text, MARKS) == text
