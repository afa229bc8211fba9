"""Erasing a person: what goes, what stays, and who may not be."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db.models import Q
from django.test import Client

from accounts.actions.erasure import address_of, is_erased
from accounts.models import HistoryEntry, Membership, Message, User
from reviews.models import Reviewer
from reviews.models.reviewer import Affiliation
from seminars.actions.erasure import erase_person
from seminars.choices import SeminarState
from seminars.models import Seminar, Submission
from seminars.permissions import Refused
from seminars.queries.snapshots import sha256
from tests import cast, keys
from tests.seminars import filed
from tests.sessions import sign_in

AT = datetime(2027, 3, 1, tzinfo=UTC)


def admin() -> User:
    known = User.objects.filter(email="admin@example.org").first()
    return known or User.objects.create_superuser("admin@example.org")


def not_selected() -> User:
    """Marie, whose filed pair was not selected."""
    seminar = filed.filed_pair()
    Seminar.objects.filter(pk=seminar.pk).update(state=SeminarState.NOT_SELECTED)
    return cast.marie()


def erase(user: User) -> User:
    erase_person(user, by=admin(), reason="Asked by letter.", at=AT)
    return User.objects.get(pk=user.pk)


@pytest.mark.django_db
def test_an_erased_person_is_a_number_and_what_was_filed_stays() -> None:
    marie = not_selected()
    cast.verified(marie)
    keys.feed_of(marie)
    filings = list(Submission.objects.order_by("pk").values_list("number", "sha256", "snapshot"))
    deeds = HistoryEntry.objects.filter(actor=marie).count()
    mails = Message.objects.filter(recipient=marie)
    mails.filter(pk=mails.first().pk).update(state="sent", sent_at=AT)
    address = marie.email
    gone = erase(marie)
    assert is_erased(gone)
    assert (gone.email, gone.latin_name, gone.phone, gone.is_active) == (address_of(gone), "", "", False)
    assert not gone.has_usable_password()
    assert not EmailAddress.objects.filter(user=gone).exists()
    assert not gone.feeds.exists()
    assert [(mail.address, mail.subject, mail.text) for mail in Message.objects.filter(recipient=gone)] == [
        (address_of(gone), "", "")
    ]
    assert not Message.objects.filter(Q(address=address) | Q(key__contains=address)).exists()
    assert list(Submission.objects.order_by("pk").values_list("number", "sha256", "snapshot")) == filings
    assert all(sha256(text) == sha for _number, sha, text in filings)
    assert HistoryEntry.objects.filter(actor=gone).count() == deeds
    told = HistoryEntry.objects.about(gone).get(verb="erased")
    assert (told.actor, told.reason) == (admin(), "Asked by letter.")


@pytest.mark.django_db
def test_a_reviewers_ties_go_and_the_row_of_reviews_stays() -> None:
    person = cast.user("old.reviewer@inserm.example", family_name="Ancien", given_name="Rémi")
    row = Reviewer.objects.create(
        side=cast.side_of(cast.call_2026(), "FR"),
        user=person,
        email=person.email,
        name="Rémi Ancien",
        state="accepted",
        keywords=["neurons"],
        invited_at=AT,
        invited_by=cast.inserm_officer(),
    )
    Affiliation.objects.create(reviewer=row, institution="Institut Cochin")
    erase(person)
    row.refresh_from_db()
    assert (row.email, row.name, row.keywords, row.affiliations.count()) == (address_of(person), "", [], 0)


@pytest.mark.django_db
def test_who_is_still_needed_is_not_erased() -> None:
    officer, draft = cast.inserm_officer(), cast.draft_of(cast.kenji(), "JP")
    for person, by in ((officer, admin()), (draft.coordinator, admin()), (admin(), admin()), (cast.marie(), officer)):
        with pytest.raises(Refused):
            erase_person(person, by=by, reason="", at=cast.BEFORE)
    Membership.objects.all().delete()
    assert is_erased(erase(officer))
    with pytest.raises(Refused, match="already"):
        erase(User.objects.get(pk=officer.pk))


@pytest.mark.django_db
def test_a_funded_coordinator_is_needed_until_the_report_is_past() -> None:
    marie = not_selected()
    Seminar.objects.update(state=SeminarState.CONFIRMED)
    with pytest.raises(Refused):
        erase(marie)
    erase_person(marie, by=admin(), reason="", at=AT + timedelta(days=3 * 365))


@pytest.mark.django_db
def test_the_page_says_what_it_does_and_wants_the_address_again(client: Client) -> None:
    marie = not_selected()
    sign_in(client, admin(), second_factor=True)
    path = f"/people/{marie.pk}/erase/"
    page = client.get(path).content.decode()
    assert "What goes, for good" in page
    assert "1 filed record:" in page
    assert client.post(path, {"address": "other@example.org", "reason": "Asked"}).status_code == 422
    assert not is_erased(User.objects.get(pk=marie.pk))
    assert client.post(path, {"address": marie.email.upper(), "reason": "Asked"}).status_code == 303
    assert is_erased(User.objects.get(pk=marie.pk))
    assert client.post(path, {"address": address_of(marie), "reason": "Asked"}).status_code == 409


@pytest.mark.django_db
def test_nobody_but_administrators_reaches_the_page(client: Client) -> None:
    marie = cast.marie()
    for person in (marie, cast.inserm_officer()):
        sign_in(client, person, second_factor=True)
        assert client.get(f"/people/{marie.pk}/erase/").status_code == 404
