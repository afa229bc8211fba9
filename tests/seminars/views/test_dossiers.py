"""Downloading dossiers: who gets which, how the file is handed out, and what an address may ask."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from seminars.models import Proposal
from tests import cast, pdftext
from tests.pdftext import squeezed
from tests.sessions import sign_in


@pytest.fixture
def pair(db: None, files_root: Path) -> tuple[Proposal, Proposal]:
    """Marie's and Kenji's records, confirmed as a pair."""
    return cast.confirmed_pair()


def client_of(user: User) -> Client:
    return sign_in(Client(), cast.in_english(user))


def pdf(user: User, name: str, pk: int, query: str = "") -> tuple[int, str]:
    answer = client_of(user).get(reverse(name, args=[pk]) + query)
    return answer.status_code, pdftext.text(answer.content) if answer.status_code == 200 else ""


def test_a_coordinator_downloads_the_own_record(pair: tuple[Proposal, Proposal]) -> None:
    answer = client_of(cast.marie()).get(reverse("record_pdf", args=[pair[0].pk]))
    headers = ("Content-Type", "Content-Disposition", "Cache-Control", "X-Content-Type-Options")
    assert [answer[name] for name in headers] == [
        "application/pdf",
        f'attachment; filename="record-{pair[0].pk}-en.pdf"',
        "private, no-store",
        "nosniff",
    ]
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_dossier_may_be_shown_in_the_browser(pair: tuple[Proposal, Proposal]) -> None:
    answer = client_of(cast.marie()).get(reverse("record_pdf", args=[pair[0].pk]) + "?show=1&language=ja")
    assert answer["Content-Disposition"] == f'inline; filename="record-{pair[0].pk}-ja.pdf"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; object-src 'self'; frame-ancestors 'none'"


def test_nobody_downloads_the_partners_record(pair: tuple[Proposal, Proposal]) -> None:
    assert pdf(cast.kenji(), "record_pdf", pair[0].pk) == (404, "")


def test_a_coordinators_pair_has_the_partners_shared_facts_only(pair: tuple[Proposal, Proposal]) -> None:
    status, said = pdf(cast.kenji(), "own_pair_pdf", pair[1].pk)
    assert status == 200
    theirs = said.split("RecordofInserm")[-1]
    assert squeezed("Marie LEFÈVRE") in theirs
    for words in ("Scientific case", "What the two teams bring", "Budget", "Declarations", "€"):
        assert squeezed(words) not in theirs


def test_a_record_without_a_partner_has_no_pair(db: None) -> None:
    assert pdf(cast.marie(), "own_pair_pdf", cast.complete_draft(cast.marie()).pk) == (404, "")


@pytest.mark.parametrize("officer", [cast.inserm_officer, cast.jsps_officer])
def test_both_officers_download_a_pair_whole(pair: tuple[Proposal, Proposal], officer: object) -> None:
    status, said = pdf(officer(), "desk_seminar_pdf", pair[0].seminar_id)  # type: ignore[operator]
    assert status == 200
    assert said.count(squeezed("Scientific case")) >= 1
    assert squeezed("Record of Inserm") in said
    assert squeezed("Record of JSPS") in said


def test_an_officer_has_no_pair_that_is_still_forming_and_no_unpaired_record_of_the_other(db: None) -> None:
    french, _japanese = cast.forming_pair()
    assert pdf(cast.jsps_officer(), "record_pdf", french.pk) == (404, "")
    assert pdf(cast.jsps_officer(), "desk_seminar_pdf", french.seminar_id) == (404, "")


def test_officers_download_the_reviewers_version(pair: tuple[Proposal, Proposal]) -> None:
    status, said = pdf(cast.inserm_officer(), "record_pdf", pair[1].pk, "?version=reviewers")
    assert (status, "@" in said, squeezed("Reviewers' version") in said) == (200, False, True)


@pytest.mark.parametrize("query", ["?version=reviewers", "?version=full", "?language=de", "?version=x"])
def test_what_is_not_there_is_not_found(pair: tuple[Proposal, Proposal], query: str) -> None:
    assert pdf(cast.marie(), "record_pdf", pair[0].pk, query) == (404, "")


def test_pages_offer_the_dossier(pair: tuple[Proposal, Proposal]) -> None:
    coordinator, officer = client_of(cast.marie()), client_of(cast.inserm_officer())
    page = coordinator.get(reverse("proposal", args=[pair[0].pk])).content.decode()
    assert reverse("record_pdf", args=[pair[0].pk]) in page
    assert reverse("own_pair_pdf", args=[pair[0].pk]) in page
    assert "Reviewers" not in page
    for name, pk, offered in (
        ("desk_proposal", pair[1].pk, "record_pdf"),
        ("desk_seminar", pair[0].seminar_id, "desk_seminar_pdf"),
    ):
        page = officer.get(reverse(name, args=[pk])).content.decode()
        assert reverse(offered, args=[pk]) in page
        assert "Reviewers&#x27; version" in page
