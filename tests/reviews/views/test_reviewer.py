"""Pages of reviewers and conflicts, and that a conflict beats every role on every page (R23, SAFETY 3)."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Message
from reviews.actions.conflict import declare_conflict
from reviews.models import Conflict, Reviewer
from seminars.models import Proposal, Recusal, Seminar
from tests import cast
from tests.reviews import world
from tests.seminars.filed import officer, side
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
CODE = "inserm-jsps-2026"
MISSING = 404


def client_of(person: Any) -> Client:
    return sign_in(Client(), cast.in_english(person))


def officers_page() -> str:
    cast.call_2026()
    return reverse("reviewers", args=[CODE])


def test_officers_invite_a_list_or_nobody() -> None:
    client, page = client_of(officer("FR")), officers_page()
    answer = client.post(page, {"invite": "1", "people": "Ana Roux, ana@example.fr, fr\nJun, jun\n, ana@example.fr"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 2: One e-mail address is needed." in html
    assert "Line 3: Stands above already." in html
    assert "Ana Roux, ana@example.fr, fr" in html
    assert not Reviewer.objects.exists()
    client.post(page, {"invite": "1", "people": "Ana Roux; ana@example.fr\n佐藤 純、jun@example.jp、ja"})
    told = list(Reviewer.objects.order_by("pk").values_list("name", "email", "language"))
    assert told == [("Ana Roux", "ana@example.fr", "fr"), ("佐藤 純", "jun@example.jp", "ja")]


def test_a_line_may_be_pasted_from_a_mail_program_and_an_odd_one_is_told() -> None:
    client, page = client_of(officer("FR")), officers_page()
    answer = client.post(page, {"invite": "1", "people": "Bo, bo@example.fr, xx\nUma, uma@example"})
    html = answer.content.decode()
    assert "Line 1: The language is en, fr or ja." in html
    assert "Line 2: “uma@example” is not an e-mail address." in html
    client.post(page, {"invite": "1", "people": "Aya Mori <aya@example.jp>, ja\nBo Li bo@example.fr"})
    told = list(Reviewer.objects.order_by("pk").values_list("name", "email", "language"))
    assert told == [("Aya Mori", "aya@example.jp", "ja"), ("Bo Li", "bo@example.fr", "fr")]


def test_from_the_mail_to_the_declaration() -> None:
    pair = world.pairs_in_review()[0]
    client_of(officer("FR")).post(officers_page(), {"invite": "1", "people": "Ana Roux, ana@example.fr, en"})
    token = re.findall(r"/reviews/invitations/([\w-]+)/", Message.objects.get(kind="review_invitation").text)[0]
    page = reverse("reviewer_invitation", args=[token])
    assert "Create an account" in Client().get(page).content.decode()
    person = cast.verified(cast.user("ana@example.fr", family_name="Roux", given_name="Ana"))
    client = client_of(person)
    answer = client.post(reverse("accept_reviewing", args=[token]))
    profile = reverse("reviewer_profile", args=[Reviewer.objects.get().pk])
    assert answer["Location"] == profile
    wrong = client.post(profile, {"maximum_load": "99", "collaborators": "Jun; Kyoto; 0000-0000-0000-0002"})
    html = wrong.content.decode()
    assert wrong.status_code == 422
    assert "At most 12." in html
    assert "Line 1:" in html
    saved = client.post(profile, {"keywords": "ageing, neurons", "affiliations": "Université de Bordeaux; Neurocampus"})
    assert saved["Location"] == reverse("declare_conflicts", args=[CODE])
    html = client.get(saved["Location"]).content.decode()
    assert "Seminar 001" in html
    client.post(saved["Location"], {"declare": pair.pk, "statement": "Friends"})
    assert Recusal.objects.filter(user=person, seminar=pair).exists()


def test_declining_needs_no_account() -> None:
    client_of(officer("FR")).post(officers_page(), {"invite": "1", "people": "Ana, ana@example.fr, en"})
    token = re.findall(r"/reviews/invitations/([\w-]+)/", Message.objects.get(kind="review_invitation").text)[0]
    page = reverse("reviewer_invitation", args=[token])
    assert Client().post(page, {"reason": ""}).status_code == 422
    assert Client().post(page, {"reason": "No time"}).status_code == 303
    assert "has been declined" in Client().get(page).content.decode()


def test_reviewers_are_their_own_agencys_business() -> None:
    reviewer = world.reviewer("FR")
    page = officers_page()
    assert str(reviewer.user) in client_of(officer("FR")).get(page).content.decode()
    assert str(reviewer.user) not in client_of(officer("JP")).get(page).content.decode()
    for name in ("reviewer_invite_again", "remove_reviewer"):
        assert client_of(officer("JP")).post(reverse(name, args=[reviewer.pk])).status_code == MISSING
    assert client_of(officer("FR")).get(reverse("reviewer_profile", args=[reviewer.pk])).status_code == MISSING


def test_officers_decide_on_what_was_detected() -> None:
    pair, reviewer = world.pairs_in_review()[0], world.reviewer("FR")
    values = {"side": side("FR"), "noted_at": world.BEGUN, "reasons": [{"code": "laboratory", "seen": "U1215"}]}
    conflict = Conflict.objects.create(user=reviewer.user, seminar=pair, state="detected", **values)
    page, client = reverse("conflicts", args=[CODE]), client_of(officer("FR"))
    assert "Same laboratory: U1215" in client.get(page).content.decode()
    client.post(page, {"conflict": conflict.pk, "aside": "1", "reason": ""})
    conflict.refresh_from_db()
    assert conflict.state == "detected"
    client.post(page, {"conflict": conflict.pk, "aside": "1", "reason": "Another one"})
    conflict.refresh_from_db()
    assert conflict.state == "set_aside"
    assert "Same laboratory" not in client_of(officer("JP")).get(page).content.decode()


def test_a_lone_officer_reads_what_becomes_of_a_conflict_of_their_own() -> None:
    pair, alone = world.pairs_in_review()[0], cast.in_english(officer("FR"))
    values = {"side": side("FR"), "noted_at": world.BEGUN, "reasons": [{"code": "laboratory", "seen": "U1215"}]}
    Conflict.objects.create(user=alone, seminar=pair, state="detected", **values)
    told = "ask an administrator to make somebody else an officer of your agency"
    for name in ("conflicts", "declare_conflicts"):
        assert told in client_of(alone).get(reverse(name, args=[CODE])).content.decode()
    second = cast.in_english(cast.officer_of(side("FR").agency, "second@inserm.example"))
    page = client_of(second).get(reverse("conflicts", args=[CODE])).content.decode()
    assert "Same laboratory: U1215" in page
    assert told not in page


def pages_of_officers(pair: Seminar) -> list[str]:
    """Return pages where an officer would read of a pair, and those of the pair itself."""
    record = Proposal.objects.filter(seminar=pair)[0]
    lists = [
        *(reverse(name, args=[CODE]) for name in ("desk_call", "desk_proposals", "desk_proposals_csv", "assignments")),
        *(reverse(name, args=[CODE]) for name in ("desk_eligibility", "desk_statistics", "reconciliation", "panel")),
        *(reverse(name, args=[CODE]) for name in ("desk_mailings", "selection", "announcement", "awards", "conflicts")),
        reverse("desk"),
        f"{reverse('desk_proposals', args=[CODE])}?q={pair}",
    ]
    own = [reverse("desk_seminar", args=[pair.pk]), reverse("desk_proposal", args=[record.pk])]
    own += [reverse("desk_seminar_pdf", args=[pair.pk]), reverse("desk_eligibility_seminar", args=[pair.pk])]
    own += [reverse("desk_seminar_notes", args=[pair.pk]), reverse("record_pdf", args=[record.pk])]
    return lists + own


@pytest.mark.parametrize("country", ["FR", "JP"])
def test_a_conflict_beats_every_role(country: str) -> None:
    pair, other = world.pairs_in_review(2)
    Proposal.objects.filter(seminar=pair).update(title_en="Zebrafish xyzzy")
    person = officer(country)
    client = client_of(person)
    before = {page: client.get(page) for page in pages_of_officers(pair)}
    assert sum("xyzzy" in answer.content.decode(errors="replace") for answer in before.values()) >= 6
    declare_conflict(side(country), pair, statement="", by=person, at=world.BEGUN)
    for page, earlier in before.items():
        answer = client.get(page)
        text = answer.content.decode(errors="replace")
        assert "xyzzy" not in text, page
        assert str(pair) not in re.sub(r'value="[^"]*"|q(=|%3D)[\w-]*', "", text), page
        if f"/{pair.pk}/" in page.split("?")[0] and earlier.status_code == 200:
            assert answer.status_code == MISSING, page
    assert Seminar.objects.overseen_by(person).get() == other
    assert Proposal.objects.overseen_by(person).count() == 2


def test_queries_stay_the_same_whatever_the_rows() -> None:
    counted: dict[str, set[int]] = {}
    pairs = world.pairs_in_review(30)
    names = ("reviewers", "conflicts", "declare_conflicts")
    client = client_of(officer("FR"))
    taken = 0
    for rows in (1, 3, 30):
        while taken < rows:
            reviewer = world.reviewer("FR")
            world.assigned(reviewer, pairs[taken])
            values = {"side": side("FR"), "noted_at": world.BEGUN, "reasons": [{"code": "laboratory", "seen": "U1"}]}
            Conflict.objects.create(user=reviewer.user, seminar=pairs[taken], state="detected", **values)
            taken += 1
        for name in names:
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(name, args=[CODE]))
            counted.setdefault(name, set()).add(len(queries))
    assert {name: len(numbers) for name, numbers in counted.items()} == dict.fromkeys(names, 1)
