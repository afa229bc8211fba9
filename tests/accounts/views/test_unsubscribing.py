"""One click refuses further mail of a kind, without a session; nobody else's, and no GET."""

from typing import Any

import pytest
from django.test import Client

from accounts.actions.unsubscribing import unsubscribe_address
from accounts.models import MailPreference
from tests.cast import marie

pytestmark = pytest.mark.django_db


def path(*kinds: str) -> str:
    return unsubscribe_address(marie(), kinds).removeprefix("http://127.0.0.1:8000")


def refused() -> list[Any]:
    return list(MailPreference.objects.values_list("user", "refused"))


def test_mail_program_unsubscribes_with_one_post() -> None:
    mail_program = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = mail_program.post(path("b", "a"), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert refused() == [(marie().pk, ["a", "b"])]


def test_looking_changes_nothing(client: Client) -> None:
    answer = client.get(path("a"))
    assert (answer.status_code, refused()) == (200, [])
    assert "Ne plus recevoir" in answer.content.decode()


def test_address_of_another_hand_is_not_found(client: Client) -> None:
    assert client.post(path("a")[:-3] + "x/").status_code == 404
    assert refused() == []
