"""What an attached file may be called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.text import forbidden_characters
from seminars.rules.filenames import dossier_name, has_suffix, tidy


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("cv.pdf", "cv.pdf"),
        ("CV.PDF", "CV.pdf"),
        ("履歴書 佐藤.pdf", "履歴書 佐藤.pdf"),
        ("de\u0301cision.pdf", "décision.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Marie\\cv.pdf", "cv.pdf"),
        ("cv\x00.pdf", "cv.pdf"),
        ("cv\u202efdp.exe.pdf", "cvfdp.exe.pdf"),
        ("cv\u2066\x1b\r\n.pdf", "cv.pdf"),
        ("a\tb\nc.pdf", "a b c.pdf"),
        (".pdf", "document.pdf"),
        ("...pdf", "document.pdf"),
        ("\u202e.pdf", "document.pdf"),
        ("", "document.pdf"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
        ("a" * 196 + ".pdf", "a" * 196 + ".pdf"),
    ],
)
def test_name_is_tidied(name: str, kept: str) -> None:
    assert tidy(name) == kept


@pytest.mark.parametrize(
    ("name", "expected"),
    [("cv.pdf", True), ("cv.PDF", True), ("cv.pdf.exe", False), ("cv", False), ("cvpdf", False), ("cv.pdf ", False)],
)
def test_ending_decides(name: str, expected: bool) -> None:
    assert has_suffix(name) is expected


@given(st.text(max_size=400))
def test_any_name_is_kept_in_bounds_and_clean(name: str) -> None:
    kept = tidy(name)
    assert kept.endswith(".pdf")
    assert len(kept) <= 200
    assert forbidden_characters(kept) == ()
    assert "/" not in kept
    assert "\n" not in kept
    assert tidy(kept) == kept


@pytest.mark.parametrize(
    ("number", "version", "name"),
    [
        ("2026-001", "full", "2026-001-fr.pdf"),
        ("INSERM-2026-1-0001", "reviewers", "INSERM-2026-1-0001-reviewers-fr.pdf"),
        ('a/b\\c:"d"\r\n..', "full", "a-b-c-d-fr.pdf"),
    ],
)
def test_a_dossier_has_a_name_for_every_system(number: str, version: str, name: str) -> None:
    assert dossier_name(number, version, "fr") == name
