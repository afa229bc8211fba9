from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import HistoryEntry
from tests.cast import kenji, marie
from tests.signing import sign_in

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "javascript:alert(1)",
    "https:///evil.example",
    "\\\\evil.example",
    "front",
    "no-such-view",
]


@pytest.fixture
def somewhere() -> str:
    return reverse("account_login")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr", "ja"])
def test_stranger_changes_the_language(client: Client, somewhere: str, language: str) -> None:
    answer = client.post(reverse("set_language"), {"language": language, "next": somewhere})
    assert (answer.status_code, answer["Location"]) == (303, somewhere)
    assert f'<html lang="{language}">' in client.get(somewhere).text


@pytest.mark.django_db
def test_stranger_changes_the_time_zone(client: Client, somewhere: str) -> None:
    client.post(reverse("set_time_zone"), {"time_zone": "America/New_York", "next": somewhere})
    assert '<span class="label label-wide">New York</span>' in client.get(somewhere).text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("browser", "language", "clock"),
    [
        ("", "en", "Paris"),
        ("fr-CA,fr;q=0.9", "fr", "heure de Paris"),
        ("ja", "ja", "日本時間"),
        ("de,es", "en", "Paris"),
        ("x" * 600, "en", "Paris"),
    ],
)
def test_first_visit_follows_the_browser(
    client: Client, somewhere: str, browser: str, language: str, clock: str
) -> None:
    answer = client.get(somewhere, headers={"accept-language": browser})
    assert f'<html lang="{language}">' in answer.text
    assert f'<span class="label label-wide">{clock}</span>' in answer.text
    assert answer["Content-Language"] == language
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value"), [("language", "xx"), ("language", ""), ("time_zone", "Mars/Olympus")])
def test_unknown_preference_changes_nothing(client: Client, somewhere: str, name: str, value: str) -> None:
    sign_in(client, kenji())
    answer = client.post(reverse(f"set_{name}"), {name: value, "next": somewhere})
    assert (answer.status_code, answer["Location"], name in answer.cookies) == (303, somewhere, False)
    assert getattr(kenji(), name) in {"ja", "Asia/Tokyo"}


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["xx", "../../etc", "ja\x00"])
def test_forged_cookies_are_ignored(client: Client, somewhere: str, cookie: str) -> None:
    client.cookies["language"] = client.cookies["time_zone"] = cookie
    assert '<html lang="en">' in client.get(somewhere).text


@pytest.mark.django_db
def test_person_keeps_the_choice(client: Client, somewhere: str) -> None:
    sign_in(client, marie())
    client.post(reverse("set_language"), {"language": "ja", "next": somewhere})
    client.post(reverse("set_time_zone"), {"time_zone": "Asia/Tokyo", "next": somewhere})
    person = marie()
    assert (person.language, person.time_zone) == ("ja", "Asia/Tokyo")
    entries = HistoryEntry.objects.about(person).filter(verb="preferences_changed").order_by("pk")
    assert [(entry.before, entry.after) for entry in entries] == [
        ({"language": "fr"}, {"language": "ja"}),
        ({"time_zone": "Europe/Paris"}, {"time_zone": "Asia/Tokyo"}),
    ]


@pytest.mark.django_db
def test_person_comes_before_cookie_and_browser(client: Client) -> None:
    sign_in(client, kenji())
    client.cookies["language"] = "fr"
    assert '<html lang="ja">' in client.get(reverse("account"), headers={"accept-language": "en"}).text


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_next_leads_nowhere_else(client: Client, elsewhere: str) -> None:
    answer = client.post(reverse("set_language"), {"language": "fr", "next": elsewhere})
    assert answer["Location"] == reverse("home")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["set_language", "set_time_zone"])
def test_get_changes_nothing(client: Client, name: str) -> None:
    assert client.get(reverse(name), {"language": "fr"}).status_code == 405


@pytest.mark.django_db
def test_preferences_end_with_the_request(client: Client, somewhere: str) -> None:
    client.get(somewhere, headers={"accept-language": "ja"})
    assert (translation.get_language(), timezone.get_current_timezone_name()) == ("en", "UTC")


@pytest.mark.django_db
def test_language_of_a_stranger_costs_no_query(client: Client, somewhere: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get(somewhere)
