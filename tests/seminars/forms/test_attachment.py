"""What the form says of files that are not what they say (SAFETY 11)."""

import logging
import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from seminars.files import pdf_check
from seminars.forms.attachment import WHY, AttachmentForm, CheckedFile
from seminars.rules import bounds
from tests import pdfs
from tests.clamd import EICAR, Serve, clamd


def form_with(data: bytes, name: str = "cv.pdf", content_type: str = "application/pdf") -> AttachmentForm:
    return AttachmentForm({}, {"file": SimpleUploadedFile(name, data, content_type)})


def said(data: bytes, name: str = "cv.pdf", content_type: str = "application/pdf") -> tuple[str, str]:
    """Return the code and the words with which a file is refused."""
    form = form_with(data, name, content_type)
    assert not form.is_valid()
    (error,) = form.errors.as_data()["file"]
    return error.code or "", str(error.message % (error.params or {}))


def test_pdf_is_accepted_with_its_pages_counted() -> None:
    form = form_with(pdfs.plain(2), "mon cv\u202e é.PDF", "text/html")
    assert form.is_valid()
    assert form.cleaned_data == {"file": CheckedFile("mon cv é.pdf", pdfs.plain(2), 2)}


@pytest.mark.parametrize(
    ("name", "make"),
    [("cv.pdf.exe", pdfs.plain), ("cv", pdfs.plain), ("cv.html", pdfs.page_of_html), ("cv.docx", pdfs.archive)],
)
def test_other_ending_is_refused(name: str, make: Callable[[], bytes]) -> None:
    assert said(make(), name) == ("suffix", "Only PDF files can be attached: the name must end in .pdf.")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (pdfs.png, "This is a PNG file, not a PDF, whatever its name says. Save or export it as a PDF."),
        (pdfs.archive, "This is a ZIP file, not a PDF, whatever its name says. Save or export it as a PDF."),
        (
            pdfs.page_of_html,
            "This file is not a PDF, whatever its name says. Save or export the document as a PDF.",
        ),
        (pdfs.truncated, "This PDF is damaged or cut short. Open it, save it again as a PDF, and try once more."),
        (pdfs.with_restrictions, "This PDF is protected. Save it without a password or restrictions."),
        (
            pdfs.with_javascript,
            "This PDF holds scripts (JavaScript). Print it to a new PDF, and attach that one.",
        ),
        (pdfs.with_launch, "This PDF can start programs or send data. Print it to a new PDF, and attach that one."),
        (pdfs.with_file, "This PDF holds other files. Print it to a new PDF, and attach that one."),
        (pdfs.with_film, "This PDF holds sound, film or 3D. Print it to a new PDF, and attach that one."),
        (pdfs.without_pages, "This PDF has no pages."),
        (pdfs.with_bomb, "This PDF is too heavy to be opened. Print it to a new PDF, and attach that one."),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_file_that_is_not_what_it_says_is_refused(make: Callable[[], bytes], words: str) -> None:
    assert said(make())[1] == words


def test_every_refusal_has_words() -> None:
    assert set(WHY) > pdf_check.REFUSALS


def test_empty_file_is_refused() -> None:
    assert said(b"") == ("empty", "The submitted file is empty.")


def test_missing_file_is_told() -> None:
    form = AttachmentForm({}, {})
    assert form.errors == {"file": ["This field is required."]}


def test_ten_megabytes_are_the_most() -> None:
    assert form_with(pdfs.of_size(bounds.ATTACHMENT_BYTES)).is_valid()
    assert said(pdfs.of_size(bounds.ATTACHMENT_BYTES + 1)) == (
        "too_large",
        "This file is too large: 10.1 MB. At most 10 MB are allowed.",
    )


def test_clean_file_passes_clamav(serve: Serve, settings: Any) -> None:
    settings.CLAMAV_ADDRESS = serve(clamd)
    assert form_with(pdfs.plain()).is_valid()


def test_threat_is_refused_by_its_name(serve: Serve, settings: Any) -> None:
    settings.CLAMAV_ADDRESS = serve(clamd)
    words = "A virus was found in this file (Eicar-Test-Signature). It has not been kept."
    assert said(pdfs.with_text(EICAR)) == ("threat", words)


def test_file_is_not_kept_unchecked(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.CLAMAV_ADDRESS = f"127.0.0.1:{listener.getsockname()[1]}"
    assert said(pdfs.plain()) == (
        "unchecked",
        "This file could not be checked just now. Please try again in a few minutes.",
    )
    assert [(record.levelno, record.message) for record in caplog.records] == [
        (logging.ERROR, "ClamAV gave no answer.")
    ]
