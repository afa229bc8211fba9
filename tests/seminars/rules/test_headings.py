"""Guessing the columns of a list from their headings."""

from collections import Counter

import pytest

from seminars.rules import headings


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (
            ("No.", "受付番号", "氏名", "氏名（ローマ字）", "フリガナ", "所属機関\n", "部局", "Ｅメール"),
            ("", "application_number", "name_kanji", "name", "name_kana", "institution", "department", "email"),
        ),
        (
            ("セミナー名（和文）", "セミナー名（英文）", "相手国側代表者氏名", "開催期間", "枠", "開催国"),
            ("title_ja", "title_en", "partner_name", "dates", "track", "venue_country"),
        ),
        (
            ("N°", "NOM Prénom", "Titre du séminaire", "Date de début", "Date de fin", "Courriel", "Établissement"),
            ("application_number", "name", "title_original", "start_on", "end_on", "email", "institution"),
        ),
        (
            ("Aplication Number", "Coordinator", "Seminar title (English)", "START DATE", "End-date", "E-mail adress"),
            ("application_number", "name", "title_en", "start_on", "end_on", "email"),
        ),
        (("Remarks", "備考", "Montant", "", "xyz"), ("", "", "", "", "")),
        (("Title", "Titre"), ("title_original", "")),
    ],
)
def test_columns_are_guessed_from_their_headings(row: tuple[str, ...], found: tuple[str, ...]) -> None:
    guessed = headings.guess(row)
    assert tuple(guessed.get(heading, "") for heading in row) == found


def test_no_heading_means_two_fields() -> None:
    folded = Counter(headings.folded(word) for words in headings.WORDS.values() for word in words)
    assert [word for word, count in folded.items() if count > 1] == []
