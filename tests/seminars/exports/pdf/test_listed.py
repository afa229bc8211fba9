"""A pair of which one half is a row of a list."""

from datetime import date

import pytest

from seminars.choices import DossierVersion, Track
from seminars.exports.pdf.dossier import Manner, dossier_pdf
from seminars.exports.pdf.halves import Half, listed_half
from seminars.models import Call, ListedApplication
from tests import cast, pdftext
from tests.pdftext import squeezed
from tests.seminars.exports.pdf.conftest import half


@pytest.fixture
def halves(db: None) -> list[Half]:
    """Marie's record, and Kenji's application as JSPS lists it."""
    french = cast.complete_draft(cast.marie())
    row = ListedApplication(
        side=cast.side_of(cast.call_2026(), "JP"),
        application_number="120269901",
        family_name="Tanaka",
        given_name="Kenji",
        family_name_kanji="田中",
        given_name_kanji="健二",
        email="kenji.tanaka@kyoto.example",
        title_ja="老化する神経細胞",
        institution="京都大学",
        partner_family_name="Lefèvre",
        partner_given_name="Marie",
        partner_email="marie.lefevre@inserm.example",
        start_on=date(2027, 6, 14),
        end_on=date(2027, 6, 16),
        track=Track.COUNTERPART,
        status_received="受理",
        approved_on=date(2026, 7, 1),
        matched_at=cast.BEFORE,
    )
    return [half(french), listed_half(row)]


def said(halves: list[Half], version: DossierVersion = DossierVersion.FULL) -> str:
    call = Call.objects.with_sides().get()
    return pdftext.text(dossier_pdf(halves, call=call, number="2026-001", manner=Manner("en", "Europe/Paris", version)))


def test_the_listed_facts_are_the_second_half(halves: list[Half]) -> None:
    text = said(halves)
    for words in (
        "Known from the agency's list",
        "As listed by the agency",
        "Kenji TANAKA 田中 健二",
        "老化する神経細胞",
        "京都大学",
        "120269901",
        "Monday 14 June 2027",
        "受理",
        "kenji.tanaka@kyoto.example",
    ):
        assert squeezed(words) in text, words


def test_reviewers_see_no_address_of_a_listed_application(halves: list[Half]) -> None:
    text = said(halves, DossierVersion.REVIEWERS)
    assert squeezed("老化する神経細胞") in text
    assert [words for words in ("@", "受理", "1 July 2026") if squeezed(words) in text] == []


def test_a_pair_of_a_listed_half_alone_has_a_cover_too(halves: list[Half]) -> None:
    assert squeezed("老化する神経細胞") in said(halves[1:])
