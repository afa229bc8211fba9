"""Asking for packs, watching them, downloading them: for who asked, and for nobody else."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from accounts.models import HistoryEntry, User
from seminars import packing
from seminars.actions import packs
from seminars.models import Pack
from seminars.models.pack import KEPT
from tests import cast
from tests.sessions import sign_in

pytestmark = pytest.mark.usefixtures("files_root")
PACKS = "/desk/inserm-jsps-2026/packs/"


def client_of(user: User) -> Client:
    return sign_in(Client(), cast.in_english(user))


@pytest.fixture
def officer(db: None) -> Client:
    """Inserm's officer, with Marie's and Kenji's pair and a record of somebody alone to see."""
    cast.confirmed_pair()
    cast.draft_of(cast.user("alone@inserm.example", family_name="Seul", given_name="Ana"))
    return client_of(cast.inserm_officer())


def asking(officer: Client, **changes: object) -> Pack:
    data = {"which": "pairs", "languages": ["en"], "version": "full", **changes}
    query = data.pop("query", "")
    answer = officer.post(f"{PACKS}{query}", data)
    assert answer.status_code == 302, answer.content.decode()
    return Pack.objects.latest("pk")


def make(pack: Pack) -> Pack:
    claimed = packs.claim_pack(pack.pk, at=timezone.now())
    assert claimed is not None
    assert packing.make(claimed, clock=timezone.now)
    return Pack.objects.get(pk=pack.pk)


def test_the_list_leads_to_a_pack_of_itself(officer: Client) -> None:
    page = officer.get("/desk/inserm-jsps-2026/proposals/?side=inserm&page=1").content.decode()
    assert f'href="{PACKS}?side=inserm"' in page
    page = officer.get(f"{PACKS}?side=inserm").content.decode()
    assert "The list you come from (2 dossiers)" in page
    assert "Every confirmed pair (1)" in page


def test_asking_writes_the_list_down(officer: Client) -> None:
    pack = asking(officer, which="list", query="?side=inserm&nonsense=1", languages=["fr", "ja"], version="reviewers")
    assert (pack.query, pack.languages, pack.version) == ("side=inserm", ["fr", "ja"], "reviewers")
    assert asking(officer, which="list", query="?all=1").query == packing.EVERYTHING
    assert asking(officer).query == ""


@pytest.mark.parametrize("wrong", [{"languages": []}, {"languages": ["de"]}, {"which": "list"}, {"version": "x"}])
def test_what_cannot_be_made_is_asked_again(officer: Client, wrong: dict[str, object]) -> None:
    answer = officer.post(PACKS, {"which": "pairs", "languages": ["en"], "version": "full", **wrong})
    assert (answer.status_code, Pack.objects.count()) == (422, 0)


def test_the_page_says_how_far_it_is_and_asks_again_by_itself(officer: Client) -> None:
    pack = asking(officer)
    page = officer.get(reverse("desk_pack", args=[pack.pk])).content.decode()
    assert "Waiting for its turn" in page
    assert 'hx-trigger="every 2s"' in page
    make(pack)
    page = officer.get(reverse("desk_pack", args=[pack.pk])).content.decode()
    assert "1 of 1" in page
    assert "hx-trigger" not in page
    assert reverse("desk_pack_file", args=[pack.pk]) in page


def test_who_asked_downloads_the_pack_and_the_history_says_so(officer: Client) -> None:
    pack = make(asking(officer))
    answer = officer.get(reverse("desk_pack_file", args=[pack.pk]))
    assert zipfile.ZipFile(io.BytesIO(answer.getvalue())).testzip() is None
    assert (answer["Content-Type"], answer["Cache-Control"], answer["X-Content-Type-Options"]) == (
        "application/zip",
        "private, no-store",
        "nosniff",
    )
    assert answer["Content-Disposition"].startswith('attachment; filename="inserm-jsps-2026-')
    assert HistoryEntry.objects.about(pack.call).filter(verb="pack_downloaded").count() == 1


def test_nobody_else_finds_the_pack(officer: Client) -> None:
    pack = make(asking(officer))
    for other in (cast.officer_of(cast.inserm(), "second@inserm.example"), cast.jsps_officer(), cast.marie()):
        client = client_of(other)
        for name in ("desk_pack", "desk_pack_file", "delete_pack"):
            assert client.get(reverse(name, args=[pack.pk])).status_code == 404
        assert client.post(reverse("delete_pack", args=[pack.pk])).status_code == 404
    assert Pack.objects.count() == 1


def test_who_asked_deletes_the_pack_with_its_file(officer: Client, files_root: Path) -> None:
    pack = make(asking(officer))
    address = reverse("delete_pack", args=[pack.pk])
    assert "Its file is removed at once." in officer.get(address).content.decode()
    assert Pack.objects.count() == 1
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert officer.post(address).headers["Location"] == PACKS
    assert (Pack.objects.count(), list((files_root / "packs").glob("*/*"))) == (0, [])
    assert HistoryEntry.objects.about(pack.call).filter(verb="pack_deleted").count() == 1
    assert officer.post(address).status_code == 404


def test_deleting_stops_what_is_being_made(officer: Client, files_root: Path) -> None:
    claimed = packs.claim_pack(asking(officer).pk, at=timezone.now())
    assert claimed is not None
    page = officer.get(reverse("desk_pack", args=[claimed.pk])).content.decode()
    assert "Stop and delete this pack" in page
    officer.post(reverse("delete_pack", args=[claimed.pk]))
    assert not packing.make(claimed, clock=timezone.now)
    assert list((files_root / "packs").glob("*/*")) == []


def test_a_pack_whose_time_is_over_is_not_found_even_before_it_is_swept(officer: Client, files_root: Path) -> None:
    pack = make(asking(officer))
    assert pack.ready_at is not None
    Pack.objects.filter(pk=pack.pk).update(ready_at=pack.ready_at - KEPT, expires_at=pack.ready_at)
    for name in ("desk_pack", "desk_pack_file"):
        assert officer.get(reverse(name, args=[pack.pk])).status_code == 404


def test_a_pack_without_its_file_is_not_found(officer: Client, files_root: Path) -> None:
    pack = make(asking(officer))
    (files_root / pack.file).unlink()
    assert officer.get(reverse("desk_pack_file", args=[pack.pk])).status_code == 404


def test_nginx_hands_out_the_pack_in_production(officer: Client, settings: Any) -> None:
    pack = make(asking(officer))
    settings.FILES_ACCEL_PREFIX = "/private/"
    answer = officer.get(reverse("desk_pack_file", args=[pack.pk]))
    assert (answer["X-Accel-Redirect"], answer.content) == (f"/private/{pack.file}", b"")
