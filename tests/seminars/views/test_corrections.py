"""A correction as its coordinator and the officers see it."""

from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from seminars.choices import Eligibility
from tests import cast
from tests.seminars.actions.test_corrections import LATER, UNTIL, asked, file_again, retitle
from tests.seminars.filed import AFTER, decide, filed_pair, officer
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db


def english(user: User) -> Client:
    User.objects.filter(pk=user.pk).update(language="en")
    return sign_in(Client(), User.objects.get(pk=user.pk))


def get(client: Client, address: str, at: datetime = AFTER) -> str:
    with time_machine.travel(at, tick=False):
        return client.get(address).content.decode()


def test_the_coordinator_is_asked_writes_files_and_sees_what_is_in_force() -> None:
    _seminar, record = asked()
    marie, address = english(cast.marie()), reverse("proposal", args=[record.pk])
    shown, home = get(marie, address), get(marie, reverse("home"))
    assert "asks you to correct this record" in shown
    assert "Wrong track." in shown
    assert "11 Sept 2026" in shown
    assert "Needs correction" in home
    section = get(marie, reverse("section", args=[record.pk, "facts"]))
    assert 'name="title_fr"' in section
    with time_machine.travel(LATER, tick=False):
        assert "What submitting means" in marie.get(reverse("submit", args=[record.pk])).content.decode()
        old = record.submissions.get()
        receipt = marie.get(reverse("receipt", args=[record.pk, old.pk])).content.decode()
    assert "no longer in force" not in receipt
    over = get(marie, reverse("section", args=[record.pk, "facts"]), UNTIL.replace(hour=23))
    assert "The time for the correction is over." in over
    partner = get(english(cast.kenji()), reverse("home"))
    assert "Needs correction" not in partner


def test_the_officer_sees_what_the_correction_changed() -> None:
    seminar, record = asked()
    file_again(retitle(record, "Neurones âgés"))
    shown = get(english(officer("JP")), reverse("desk_eligibility_seminar", args=[seminar.pk]), LATER)
    assert "What the correction changed (Inserm)" in shown
    assert "Neurones âgés" in shown
    assert "Correction has come in" in shown
    assert "as the agency had asked" in shown


def test_the_other_coordinator_learns_nothing_of_a_correction() -> None:
    seminar = filed_pair()
    japanese = seminar.proposals.get(side__agency__country="JP")
    kenji, address = english(cast.kenji()), reverse("proposal", args=[japanese.pk])
    before = get(kenji, address)
    decide(seminar, "FR", Eligibility.CORRECTION)
    assert _lines(get(kenji, address)) == _lines(before)


def _lines(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf" not in line and "nonce" not in line]
