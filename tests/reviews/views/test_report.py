"""The pages of final reports: writing, conflicts, files, signing, deciding, lists, figures and the public page."""

import io
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from accounts.models import User
from reviews.choices import ReportState
from reviews.models import Report, ReportFile
from seminars.models import Proposal
from tests import cast, images, pdfs
from tests.listed_rows import application_list, listed
from tests.reviews.reported import (
    AFTER,
    TEXT,
    accepted,
    complete,
    confirmed,
    contents,
    handed_in,
    reread,
    writer,
)
from tests.seminars.filed import officer
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
DESK = "/desk/inserm-jsps-2026/reports/"


@pytest.fixture(autouse=True)
def _after() -> Any:
    with time_machine.travel(AFTER, tick=False):
        yield


def base(report: Report, country: str = "FR") -> str:
    return f"/proposals/{Proposal.objects.get(seminar=report.seminar, side__agency__country=country).pk}/report/"


def enter(client: Client, person: User) -> User:
    sign_in(client, cast.in_english(person))
    return person


def text(answer: HttpResponse, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.content.decode()


def facts(version: int = 0, **changes: str) -> dict[str, str]:
    return {
        "version": str(version),
        "start_on": "2027-05-10",
        "end_on": "2027-05-12",
        "venue_name": "Institut Cochin",
        "venue_city": "Paris",
        "venue_country": "FR",
        **changes,
    }


def at(instant: datetime) -> Any:
    return time_machine.travel(instant, tick=False)


def test_a_section_is_saved_by_button_and_by_itself(client: Client) -> None:
    report = confirmed()
    enter(client, writer(report))
    path = f"{base(report)}facts/"
    page = text(client.get(path))
    assert ("It is filled in as planned" in page, 'value="2027-05-12"' in page) == (True, True)
    assert reread(report).end_on is None, "nothing is saved by reading"
    told = []
    for country in ("JP", "FR"):
        enter(client, writer(report, country))
        told.append(text(client.get(base(report, country))).count("Your partner writes this."))
    assert told == [1, 0], "only the French half asks for money"
    assert client.post(path, facts(onward="1")).headers["Location"] == f"{base(report)}narrative/"
    answer = text(client.post(path, facts(1, venue_city="Lyon"), headers={"HX-Request": "true"}))
    assert 'value="2"' in answer
    assert "things are still missing" in answer
    assert reread(report).venue_city == "Lyon"
    wrong = client.post(path, facts(2, end_on="2027-05-09"), headers={"HX-Request": "true"})
    assert (wrong.status_code, wrong.json()["errors"]) == (422, {"id_end_on": ["The last day is before the first."]})
    assert client.get(f"{base(report)}nowhere/").status_code == 404


def test_the_second_of_two_editors_chooses_between_both_texts(client: Client) -> None:
    report = confirmed()
    enter(client, writer(report))
    client.post(f"{base(report)}facts/", facts(venue_city="Lyon"))
    enter(client, writer(report, "JP"))
    path = f"{base(report, 'JP')}facts/"
    page = text(client.post(path, facts(0, venue_city="Tours")), 409)
    assert ("What I typed" in page, "Lyon" in page, "Tours" in page) == (True, True, True)
    assert reread(report).venue_city == "Lyon"
    client.post(path, facts(1, venue_city="Tours", **{"keep-venue_city": "saved"}))
    assert reread(report).venue_city == "Lyon"


def test_every_section_takes_what_is_typed(client: Client) -> None:
    report = confirmed()
    enter(client, writer(report))
    sides = [side.side_id for side in report.sides.all()]
    typed = {
        "attendance": {f"attended-{sides[0]}": "8", f"young-{sides[0]}": "3", f"statutory-{sides[0]}": "8"},
        "publications": {"citation-0": "A paper.", "doi-0": "https://doi.org/10.1000/ABC", "citation-5": "Another."},
        "spending": {contents(report).sides[0].lines[0].key: "999.5", "spending_note": "Cheaper."},
        "summary": {"public_text": TEXT, "public_language": "fr"},
    }
    for section, data in typed.items():
        assert client.post(f"{base(report)}{section}/", {"version": "0", **data}).status_code == 303
    said = contents(report)
    assert (said.sides[0].held.attended, str(said.sides[0].spent)) == (8, "999.50")
    assert [one.doi for one in said.report.publications.all()] == ["10.1000/abc", ""]
    assert said.report.public_language == "fr"
    for section, data, words in (
        ("attendance", {f"attended-{sides[0]}": "8", f"young-{sides[0]}": "9"}, "More than all participants"),
        ("publications", {"citation-9": "Kept", "doi-9": "10.1/x"}, "This is not a DOI"),
        ("spending", {contents(report).sides[0].lines[0].key: "lots"}, "Enter an amount in figures"),
    ):
        assert words in text(client.post(f"{base(report)}{section}/", {"version": "1", **data}), 422)
    conflict = text(client.post(f"{base(report)}publications/", {"version": "0", "citation-7": "Mine."}), 409)
    assert ("Mine." in conflict, "A paper." in conflict) == (True, True)


def test_nothing_is_written_before_the_end_and_what_was_typed_comes_back(client: Client) -> None:
    report = confirmed()
    enter(client, writer(report))
    with at(cast.DEADLINE):
        assert "last day is over" in text(client.get(f"{base(report)}narrative/"))
        answer = client.post(f"{base(report)}narrative/", {"version": "0", "narrative": "Typed too early"})
        assert "Typed too early" in text(answer, 403)
        answer = client.post(f"{base(report)}narrative/", {"narrative": "x"}, headers={"HX-Request": "true"})
        assert "last day is over" in answer.json()["message"]


def test_files_are_checked_kept_and_handed_out(client: Client) -> None:
    report = confirmed()
    enter(client, writer(report))
    path = f"{base(report)}files/"
    photo = {
        "kind": "photo",
        "photo-file": SimpleUploadedFile("équipe.JPEG", images.photo()),
        "photo-alt": "Both teams on the stairs.",
        "photo-has_consent": "on",
    }
    assert "Without everybody" in text(client.post(path, {**photo, "photo-has_consent": ""}), 422)
    photo["photo-file"] = SimpleUploadedFile("équipe.JPEG", images.photo())
    assert client.post(path, photo).status_code == 303
    kept = ReportFile.objects.get()
    assert (kept.name, kept.content_type, kept.alt) == ("équipe.jpg", "image/jpeg", "Both teams on the stairs.")
    answer = client.get(f"/reports/{report.pk}/files/{kept.pk}/")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert dict(Image.open(io.BytesIO(answer.content)).getexif()) == {}
    for kind, name, data, words in (
        ("photo", "a.gif", images.gif(), "the name must end in .jpg"),
        ("photo", "a.jpg", images.gif(), "not a JPEG or PNG photo"),
        ("receipt", "a.docx", b"x", "the name must end in .pdf, .jpg"),
        ("receipt", "a.pdf", b"x", "not a PDF"),
        ("pdf", "a.jpg", images.photo(), "the name must end in .pdf"),
    ):
        given = {"kind": kind, f"{kind}-file": SimpleUploadedFile(name, data), "photo-alt": "x"}
        assert words in text(client.post(path, {**given, "photo-has_consent": "on"}), 422)
    for _time in range(2):
        answer = client.post(path, {"kind": "receipt", "receipt-file": SimpleUploadedFile("train.pdf", pdfs.plain(1))})
    assert "this very file" in text(answer, 409)
    enter(client, writer(report, "JP"))
    receipt = ReportFile.objects.get(kind="receipt")
    assert "train.pdf" not in text(client.get(f"{base(report, 'JP')}files/"))
    assert client.get(f"/reports/{report.pk}/files/{receipt.pk}/").status_code == 404
    client.post(f"{base(report, 'JP')}files/{receipt.pk}/remove/")
    client.post(f"{base(report, 'JP')}files/{kept.pk}/remove/")
    assert list(ReportFile.objects.all()) == [receipt]
    enter(client, officer("FR"))
    assert client.get(f"/reports/{report.pk}/files/{receipt.pk}/").status_code == 404, "nothing is handed in yet"
    handed_in(complete(report))
    assert client.get(f"/reports/{report.pk}/files/{receipt.pk}/").status_code == 200
    version = f"/reports/{report.pk}/versions/1/"
    assert "train.pdf</bdi></a>" in text(client.get(version))
    for country, is_own in (("FR", True), ("JP", False)):
        enter(client, writer(report, country))
        assert ("train.pdf</bdi></a>" in text(client.get(version))) is is_own


def test_both_sign_officers_return_and_accept(client: Client) -> None:
    report = complete(confirmed())
    for country in ("FR", "JP"):
        enter(client, writer(report, country))
        page = text(client.get(f"{base(report, country)}sign/"))
        assert TEXT in page
        report = reread(report)
        assert client.post(f"{base(report, country)}sign/", {"version": str(report.version)}).status_code == 303
    assert "with both agencies" in text(client.post(f"{base(report, 'JP')}sign/", {"version": "x"}), 409)
    enter(client, officer("FR"))
    path = f"{DESK}{report.pk}/"
    assert "Accept the report" in text(client.get(path))
    assert "Say what has to be corrected" in text(client.post(path, {"return": "1", "version": "1"}), 409)
    done = text(client.post(path, {"return": "1", "version": "1", "comment": "Name the lab."}, follow=True))
    assert ("Name the lab." in done, "correcting it" in done) == (True, True)
    enter(client, writer(report))
    assert "Name the lab." in text(client.get(base(report)))
    report = handed_in(reread(report))
    for country in ("FR", "JP"):
        enter(client, officer(country))
        assert client.post(path, {"accept": "1", "version": "2"}).status_code == 303
    assert reread(report).state == ReportState.ACCEPTED
    version = text(client.get(f"/reports/{report.pk}/versions/1/"))
    assert report.versions.get(number=1).sha256 in version
    enter(client, cast.user("stranger@example.org"))
    assert client.get(f"/reports/{report.pk}/versions/1/").status_code == 404


def test_the_public_page_opens_with_the_last_agreement_and_closes_again(client: Client) -> None:
    report = confirmed()
    enter(client, writer(report))
    photo = {"kind": "photo", "photo-file": SimpleUploadedFile("a.png", images.photo("PNG"))}
    client.post(f"{base(report)}files/", {**photo, "photo-alt": "Both teams.", "photo-has_consent": "on"})
    client.post(f"{base(report)}summary/", {"version": "0", "public_text": TEXT, "public_language": "en"})
    accepted(handed_in(complete(report)))
    public = f"/seminars/{report.seminar_id}/summary/"
    kept = ReportFile.objects.get()
    for country in ("FR", "JP"):
        enter(client, writer(report, country))
        client.post(f"{base(report, country)}agree/", {"agree": "1", "version": "1"})
        enter(client, officer(country))
        assert client.get(public).status_code == 404
        client.post(f"{DESK}{report.pk}/", {"agree": "1", "version": "1"})
    client.logout()
    page = text(client.get(public))
    assert (TEXT in page, 'alt="Both teams."' in page) == (True, True)
    assert client.get(f"{public}photos/{kept.pk}/").status_code == 200
    assert "What came of it" in text(client.get("/calls/inserm-jsps-2026/selected/"))
    enter(client, officer("FR"))
    client.post(f"{DESK}{report.pk}/", {"withdraw_photo": str(kept.pk), "comment": "Somebody objects."})
    assert client.get(f"{public}photos/{kept.pk}/").status_code == 404
    client.post(f"{DESK}{report.pk}/", {"take_down": "1", "comment": "Wrong."})
    assert client.get(public).status_code == 404


def test_a_listed_half_leaves_the_present_coordinator_to_sign_alone(client: Client) -> None:
    report = confirmed()
    partner = Proposal.objects.get(seminar=report.seminar, side__agency__country="JP")
    Proposal.objects.filter(pk=partner.pk).update(seminar=None, pair_confirmed_at=None)
    listed(
        application_list(partner.side.call, partner.side.agency),
        seminar=report.seminar,
        matched_at=AFTER,
        matched_by=officer("JP"),
    )
    marie = enter(client, writer(report))
    for section, data in (
        ("facts", facts()),
        ("narrative", {"version": "0", "narrative": TEXT, "follow_up": "More."}),
        ("attendance", {f"{name}-{side.side_id}": "4" for side in report.sides.all() for name in COUNTS}),
        ("spending", {line.key: "1" for line in contents(report).sides[0].lines if line.line}),
    ):
        assert client.post(f"{base(report)}{section}/", {"version": "0", **data}).status_code == 303
    report = reread(report)
    assert "known from a list" in text(client.get(base(report)))
    client.post(f"{base(report)}sign/", {"version": str(report.version)})
    assert (reread(report).state, marie.email in str(report.versions.get().submitted_by.email)) == ("submitted", True)


COUNTS = ("attended", "young", "statutory")
