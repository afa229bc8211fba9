"""A copy of one's data: all of it, of nobody else, for the person alone; and the page on what is kept."""

import io
import json
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import ForeignKey
from django.test import Client
from django.utils import timezone

from accounts.models import Message, User
from seminars.actions import personal_copies
from seminars.actions.attachments import attach
from seminars.choices import PackState
from seminars.models import PersonalCopy
from seminars.models.pack import SILENCE
from seminars.models.personal_copy import KEPT
from seminars.queries.personal import gather
from seminars.rules import retention
from seminars.tasks import make_copy, tend_copies
from tests import cast, keys
from tests.pdfs import plain
from tests.seminars import filed
from tests.sessions import sign_in

AT = cast.BEFORE


def asked(user: User, at: datetime | None = None) -> PersonalCopy:
    return personal_copies.ask_for_copy(by=user, at=at or timezone.now())


def made(user: User) -> dict[str, bytes]:
    copy = asked(user)
    assert make_copy(copy.pk)
    copy.refresh_from_db()
    with default_storage.open(copy.file) as file, zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.django_db
def test_a_copy_holds_all_of_a_person_and_nothing_of_another(files_root: Path) -> None:
    marie = cast.in_english(cast.marie())
    seminar = filed.filed_pair(marie)
    record = seminar.proposals.get(coordinator=marie)
    keys.feed_of(marie)
    other = cast.draft_of(cast.user("alone@inserm.example", family_name="Seul", given_name="Ana"))
    attach(other, name="secret.pdf", data=plain(), pages=1, by=other.coordinator, at=AT)
    found = made(marie)
    assert sorted(found) == ["README.txt", "data.json"]
    data = json.loads(found["data.json"])
    assert data["profile"][0]["email"] == marie.email
    assert [(told["record"], told["facts"]["title_en"]) for told in data["proposals"]] == [
        (record.pk, "Ageing neurons")
    ]
    assert [told["number"] for told in data["submissions"]] == [record.submissions.get().number]
    assert data["submissions"][0]["snapshot"]["record"] == record.pk
    assert {told["proposal"] for told in data["named_as_participant"]} == set(
        seminar.proposals.values_list("pk", flat=True)
    )
    assert "submit" in {told["verb"] for told in data["deeds"]}
    assert {"record": "seminars.proposal", "id": record.pk, "as": "coordinator"} in data["handled"]
    text = found["data.json"].decode()
    assert "alone@inserm.example" not in text
    assert "secret.pdf" not in text
    assert marie.password not in text
    assert marie.feeds.get().token_hash not in text
    assert "all that the" in found["README.txt"].decode() or "everything that the" in found["README.txt"].decode()


@pytest.mark.django_db
def test_files_are_in_the_copy(files_root: Path) -> None:
    record = cast.draft_of(cast.marie())
    kept = attach(record, name="Projet.pdf", data=plain(2), pages=2, by=record.coordinator, at=AT)
    assert made(cast.marie())[f"files/{kept.pk}-Projet.pdf"] == plain(2)


@pytest.mark.django_db
def test_who_acts_for_an_agency_gets_no_content_of_its_work(files_root: Path) -> None:
    filed.filed_pair()
    officer = cast.inserm_officer()
    data = gather(officer)
    assert (data["proposals"], data["submissions"], data["named_as_participant"]) == ([], [], [])
    assert "Ageing neurons" not in json.dumps(data)


@pytest.mark.django_db
def test_every_table_that_names_people_is_looked_into() -> None:
    """What no source tells whole is at least named: no table is forgotten when one is added."""
    marie = cast.marie()
    cast.draft_of(marie)
    named = {row["record"] for row in gather(marie)["handled"]}
    assert {"seminars.proposal", "accounts.historyentry"} <= named
    linked = [
        model
        for model in apps.get_models()
        if any(isinstance(field, ForeignKey) and field.related_model is User for field in model._meta.concrete_fields)
    ]
    assert len(linked) > 30


@pytest.mark.django_db
def test_one_copy_at_a_time_and_made_once(files_root: Path) -> None:
    marie = cast.marie()
    first = asked(marie)
    assert asked(marie) == first
    assert make_copy(first.pk)
    assert not make_copy(first.pk)
    assert Message.objects.filter(kind="copy_ready", recipient=marie).count() == 1
    assert asked(marie) != first


@pytest.mark.django_db
def test_a_maker_that_died_is_followed_by_another(files_root: Path) -> None:
    copy = asked(cast.marie())
    assert personal_copies.claim_copy(copy.pk, at=timezone.now() - 2 * SILENCE)
    slow = PersonalCopy.objects.get(pk=copy.pk)
    assert make_copy(copy.pk)
    assert not personal_copies.finish_copy(slow, file="copies/xx/late.zip", size=1, at=timezone.now())


@pytest.mark.django_db
def test_a_copy_goes_with_its_file_when_its_time_is_over(files_root: Path) -> None:
    made(cast.marie())
    kept = PersonalCopy.objects.get()
    assert (files_root / kept.file).exists()
    PersonalCopy.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    tend_copies()
    assert not PersonalCopy.objects.exists()
    assert not (files_root / kept.file).exists()
    assert timedelta(hours=48) == KEPT


@pytest.mark.django_db
def test_a_copy_is_for_its_person_alone(client: Client, files_root: Path, settings: Any) -> None:
    made(cast.marie())
    copy = PersonalCopy.objects.get()
    path = f"/account/data/{copy.pk}/"
    assert client.get(path).status_code == 302
    for other in (cast.kenji(), cast.inserm_officer(), User.objects.create_superuser("admin@example.org")):
        sign_in(client, other, second_factor=True)
        assert client.get(path).status_code == 404
    sign_in(client, cast.marie())
    answer = client.get(path)
    assert answer["Cache-Control"] == "private, no-store"
    assert zipfile.ZipFile(io.BytesIO(answer.getvalue())).testzip() is None
    settings.FILES_ACCEL_PREFIX = "/private/"
    assert client.get(path)["X-Accel-Redirect"] == f"/private/{copy.file}"
    PersonalCopy.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_asking_by_the_page(client: Client, files_root: Path) -> None:
    sign_in(client, cast.in_english(cast.marie()))
    assert client.post("/account/data/").status_code == 303
    assert PersonalCopy.objects.get().state == PackState.WAITING
    page = client.get("/account/data/").content.decode()
    assert "Waiting for its turn" in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "Your rights"), ("fr", "Vos droits"), ("ja", "ご本人の権利")])
def test_everybody_may_read_what_is_kept_and_until_when(client: Client, language: str, words: str) -> None:
    cast.call_2026(keep_funded_years=7, keep_other_years=3)
    page = client.get("/privacy/", headers={"Accept-Language": language}).content.decode()
    assert words in page
    assert "2034" in page
    assert "2030" in page


def test_periods_end_with_a_year() -> None:
    assert retention.ends_on(date(2027, 12, 31), 10) == date(2037, 12, 31)
    assert retention.ends_on(date(2027, 1, 31), 5) == date(2032, 12, 31)
    assert not retention.is_over(date(2027, 1, 31), 5, today=date(2032, 12, 31))
    assert retention.is_over(date(2027, 1, 31), 5, today=date(2033, 1, 1))
