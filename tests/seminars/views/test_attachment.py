"""Attaching files in a browser, and who may download them (I2, I3)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from seminars.actions.attachments import attach
from seminars.choices import SeminarState
from seminars.models import Attachment, Proposal, Seminar
from seminars.rules import bounds
from tests import cast, pdfs
from tests.cast import BEFORE, DEADLINE, draft_of, kenji, marie
from tests.seminars.typed import HTMX, url
from tests.signing import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_deadline")]


@pytest.fixture
def draft(client: Client, files_root: Path) -> Proposal:
    """Marie's new record; Marie is signed in."""
    sign_in(client, marie())
    draft = draft_of(marie())
    User.objects.update(language="en")
    return draft


def post(client: Client, proposal: Proposal, data: bytes, name: str = "cv.pdf", **options: Any) -> Any:
    upload = SimpleUploadedFile(name, data, "application/pdf")
    return client.post(url(proposal, "attachments/"), {"file": upload}, **options)


def kept(proposal: Proposal, data: bytes = b"%PDF-1", name: str = "cv.pdf") -> Attachment:
    return attach(proposal, name=name, data=data, pages=1, by=proposal.coordinator, at=BEFORE)


def test_pdf_is_attached_and_listed(client: Client, draft: Proposal, files_root: Path) -> None:
    answer = post(client, draft, pdfs.plain(2), "発表 abstract.pdf")
    attached = draft.attachments.get()
    assert (answer.status_code, answer["Location"]) == (303, url(draft, f"attachments/?done={attached.pk}"))
    assert (attached.name, attached.pages, attached.size) == ("発表 abstract.pdf", 2, len(pdfs.plain(2)))
    page = client.get(answer["Location"]).content.decode()
    assert "発表 abstract.pdf" in page
    assert "2 pages" in page
    assert "row-done" in page


def test_file_that_is_not_what_it_says_is_told_beside_the_field(
    client: Client, draft: Proposal, files_root: Path
) -> None:
    answer = post(client, draft, pdfs.page_of_html())
    assert (answer.status_code, draft.attachments.count(), list(files_root.iterdir())) == (422, 0, [])
    assert "This file is not a PDF, whatever its name says." in answer.content.decode()


@pytest.mark.parametrize(
    ("size", "status", "said"),
    [
        (bounds.ATTACHMENT_BYTES, 303, ""),
        (bounds.ATTACHMENT_BYTES + 1, 422, "This file is too large: 10.1 MB. At most 10 MB are allowed."),
    ],
)
def test_ten_megabytes_are_the_most(client: Client, draft: Proposal, size: int, status: int, said: str) -> None:
    answer = post(client, draft, pdfs.of_size(size))
    assert (answer.status_code, draft.attachments.count()) == (status, int(status == 303))
    assert said in answer.content.decode()


def test_file_far_too_large_is_let_go_and_told(client: Client, draft: Proposal) -> None:
    answer = post(client, draft, b"%PDF-" + bytes(30 * 1024 * 1024))
    assert (answer.status_code, draft.attachments.count()) == (422, 0)
    assert "This file is too large: 30.1 MB." in answer.content.decode()


def test_same_file_is_attached_once(client: Client, draft: Proposal) -> None:
    post(client, draft, pdfs.plain(), "one.pdf")
    answer = post(client, draft, pdfs.plain(), "two.pdf")
    first = draft.attachments.get()
    assert (answer.status_code, answer["Location"]) == (303, url(draft, f"attachments/?done={first.pk}&same=yes"))
    assert "“one.pdf” is this very file" in client.get(answer["Location"]).content.decode()


def test_sixth_file_is_refused(client: Client, draft: Proposal) -> None:
    for number in range(5):
        assert post(client, draft, pdfs.plain(number + 1)).status_code == 303
    assert 'type="file"' not in client.get(url(draft, "attachments/")).content.decode()
    answer = post(client, draft, pdfs.plain(6))
    assert (answer.status_code, draft.attachments.count()) == (409, 5)
    assert "There are 5 attachments already" in answer.content.decode()


@pytest.mark.parametrize("data", [{}, {"file": "not a file"}, {"other": "x"}])
def test_form_without_a_file_is_told(client: Client, draft: Proposal, data: dict[str, str]) -> None:
    answer = client.post(url(draft, "attachments/"), data)
    assert (answer.status_code, answer.context["upload"].errors) == (422, {"file": ["This field is required."]})


def test_after_the_deadline_nothing_is_attached(client: Client, draft: Proposal, files_root: Path) -> None:
    with time_machine.travel(DEADLINE + timedelta(microseconds=1), tick=False):
        sign_in(client, marie())
        answer = post(client, draft, pdfs.plain())
        partial = post(client, draft, pdfs.plain(), headers=HTMX)
    assert (answer.status_code, draft.attachments.count(), list(files_root.iterdir())) == (409, 0, [])
    assert partial["HX-Retarget"] == ".section-main"


def test_removal_is_asked_about_and_done(
    client: Client, draft: Proposal, files_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    attached = kept(draft)
    page = client.get(url(draft, f"attachments/{attached.pk}/remove/"))
    assert "Remove “cv.pdf” from this record?" in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url(draft, f"attachments/{attached.pk}/remove/"))
    assert (answer.status_code, draft.attachments.count()) == (303, 0)
    assert [path for path in files_root.rglob("*") if path.is_file()] == []
    assert client.post(url(draft, f"attachments/{attached.pk}/remove/")).status_code == 404


def test_nothing_is_removed_after_the_deadline(client: Client, draft: Proposal) -> None:
    attached = kept(draft)
    with time_machine.travel(DEADLINE + timedelta(microseconds=1), tick=False):
        sign_in(client, marie())
        answer = client.post(url(draft, f"attachments/{attached.pk}/remove/"))
    assert (answer.status_code, draft.attachments.count()) == (409, 1)


def test_attachment_of_another_record_does_not_exist(client: Client, draft: Proposal) -> None:
    theirs = kept(draft_of(kenji(), "JP"))
    for path in ("", "remove/"):
        assert client.get(url(draft, f"attachments/{theirs.pk}/{path}")).status_code == 404
    assert client.post(url(draft, f"attachments/{theirs.pk}/remove/")).status_code == 404


def test_number_of_queries_does_not_grow(client: Client, draft: Proposal) -> None:
    counts = []
    for number in range(5):
        kept(draft, f"%PDF-{number}".encode())
        with CaptureQueriesContext(connection) as queries:
            client.get(url(draft, "attachments/"))
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_download_is_saved_and_never_shown_inside_the_site(client: Client, draft: Proposal) -> None:
    attached = kept(draft, pdfs.plain(), 'résumé "x" 佐藤.pdf')
    answer = client.get(url(draft, f"attachments/{attached.pk}/"))
    assert (answer.status_code, answer.content) == (200, pdfs.plain())
    assert {
        name: answer[name]
        for name in (
            "Content-Type",
            "Content-Length",
            "Content-Disposition",
            "Cache-Control",
            "X-Content-Type-Options",
            "Content-Security-Policy",
        )
    } == {
        "Content-Type": "application/pdf",
        "Content-Length": str(attached.size),
        "Content-Disposition": "attachment; filename*=utf-8''r%C3%A9sum%C3%A9%20%22x%22%20%E4%BD%90%E8%97%A4.pdf",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }


def test_nginx_hands_out_the_file_in_production(client: Client, draft: Proposal, settings: Any) -> None:
    settings.FILES_ACCEL_PREFIX = "/private/"
    attached = kept(draft)
    answer = client.get(url(draft, f"attachments/{attached.pk}/"))
    assert (answer["X-Accel-Redirect"], answer.content) == (f"/private/{attached.file.name}", b"")
    assert answer["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_file_that_is_lost_is_not_found_and_reported(
    client: Client, draft: Proposal, files_root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    attached = kept(draft)
    (files_root / str(attached.file.name)).unlink()
    assert client.get(url(draft, f"attachments/{attached.pk}/")).status_code == 404
    assert f"The file {attached.file.name} is gone." in caplog.messages


def test_downloads_follow_the_record(draft: Proposal) -> None:
    theirs = draft_of(kenji(), "JP")
    mine, other = kept(draft), kept(theirs)
    addresses = [reverse("attachment", kwargs={"pk": one.proposal_id, "attachment": one.pk}) for one in (mine, other)]
    people = [marie, kenji, cast.inserm_officer, cast.jsps_officer]

    def status(who: Callable[[], User], address: str) -> int:
        return sign_in(Client(), who()).get(address).status_code

    def statuses() -> dict[str, list[int]]:
        return {who.__name__: [status(who, address) for address in addresses] for who in people}

    apart = {"marie": [200, 404], "kenji": [404, 200], "inserm_officer": [200, 404], "jsps_officer": [404, 200]}
    assert statuses() == apart
    seminar = Seminar.objects.create(call=draft.side.call, state=SeminarState.FORMING, formed_at=BEFORE)
    Proposal.objects.update(seminar=seminar)
    assert statuses() == apart
    Seminar.objects.update(state=SeminarState.PAIRED, paired_at=BEFORE)
    assert statuses() == apart | {"inserm_officer": [200, 200], "jsps_officer": [200, 200]}
    assert Client().get(addresses[0]).status_code == 302
    cross = reverse("attachment", kwargs={"pk": draft.pk, "attachment": other.pk})
    assert status(cast.inserm_officer, cross) == 404
