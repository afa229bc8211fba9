"""Signing up and in through the pages, without a browser: what strangers may learn, what mail goes where."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import HistoryEntry, Message, User
from tests.cast import PASSWORD, kenji, marie, user
from tests.signing import sign_in

NEW_PASSWORD = "an other horse entirely"


def verified(person: User) -> User:
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_up(client: Client, address: str, **changes: str) -> Any:
    typed = {
        "given_name": "Zoé",
        "family_name": "Petit",
        "email": address,
        "password1": PASSWORD,
        "password2": PASSWORD,
        **changes,
    }
    return client.post(reverse("account_signup"), typed, headers={"accept-language": "fr"})


def link_in(message: Message) -> str:
    """The path of the first link of a message."""
    return re.findall(r"http://127\.0\.0\.1:8000(\S+)", message.text)[0]


def shown(client: Client, answer: Any) -> tuple[int, str, str]:
    """What a stranger sees of an answer and of the page it leads to, without tokens."""
    page = client.get(answer["Location"]).text if answer.status_code == 302 else answer.text
    return answer.status_code, answer.get("Location", ""), re.sub(r'value="\w{64}"', "", page)


@pytest.mark.django_db
def test_signing_up_keeps_name_language_and_clock() -> None:
    client = Client()
    client.cookies["time_zone"] = "Asia/Tokyo"
    sign_up(client, "Zoe.Petit@Example.org", given_name="ＺＯＥ", family_name="Petit\u3000Lefe\u0300vre")
    person = User.objects.get(email="zoe.petit@example.org")
    assert (person.given_name, person.family_name) == ("ZOE", "Petit Lefèvre")
    assert (person.language, person.time_zone) == ("fr", "Asia/Tokyo")
    assert (person.is_staff, person.agency_roles) == (False, {})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("family_name", "田中"),
        ("given_name", ""),
        ("given_name", "a\x00"),
        ("email", "mıke@example.org"),
        ("email", "Kenji@example.org".replace("K", "\u212a")),
        ("email", "nobody"),
        ("password1", "short"),
        ("password1", "123456789012"),
        ("password2", "something else altogether"),
    ],
)
def test_signing_up_refuses_beside_the_field_and_keeps_the_rest(client: Client, name: str, typed: str) -> None:
    answer = sign_up(client, "zoe@example.org", **({"email": typed} if name == "email" else {name: typed}))
    assert name in answer.context["form"].errors
    assert answer.context["form"]["family_name"].value() == (typed if name == "family_name" else "Petit")
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_forged_rights_at_sign_up_are_ignored(client: Client) -> None:
    sign_up(client, "zoe@example.org", is_staff="on", is_superuser="on", role="officer")
    assert User.objects.get().is_staff is False


@pytest.mark.django_db
def test_address_is_confirmed_by_post_then_one_may_sign_in(client: Client) -> None:
    sign_up(client, "zoe@example.org")
    credentials = {"login": "ZOE@example.org", "password": PASSWORD}
    assert client.post(reverse("account_login"), credentials)["Location"] == reverse("account_email_verification_sent")
    message = Message.objects.get(kind="account_email_confirmation_signup")
    assert (message.address, message.language) == ("zoe@example.org", "fr")
    other = Client()
    other.get(link_in(message))
    assert not EmailAddress.objects.get().verified
    other.post(link_in(message))
    assert EmailAddress.objects.get().verified
    assert other.post(reverse("account_login"), credentials)["Location"] == reverse("home")


@pytest.mark.django_db
def test_signing_up_does_not_tell_whether_the_address_is_known() -> None:
    verified(marie())
    known, unknown = Client(), Client()
    seen = shown(known, sign_up(known, marie().email))
    assert shown(unknown, sign_up(unknown, "zoe@example.org")) == (
        seen[0],
        seen[1],
        seen[2].replace(marie().email, "zoe@example.org"),
    )
    kinds = Message.objects.order_by("pk").values_list("kind", "address")
    assert list(kinds) == [
        ("account_account_already_exists", marie().email),
        ("account_email_confirmation_signup", "zoe@example.org"),
    ]


@pytest.mark.django_db
def test_signing_in_does_not_tell_whether_the_address_is_known() -> None:
    verified(marie())
    known, unknown = Client(), Client()
    texts = [
        shown(browser, browser.post(reverse("account_login"), {"login": address, "password": "wrong wrong wrong"}))
        for browser, address in ((known, marie().email), (unknown, "zoe@example.org"))
    ]
    assert texts[0][2].replace(marie().email, "zoe@example.org") == texts[1][2]


@pytest.mark.django_db
def test_reset_does_not_tell_whether_the_address_is_known() -> None:
    verified(marie())
    known, unknown = Client(), Client()
    seen = [
        shown(browser, browser.post(reverse("account_reset_password"), {"email": address}))
        for browser, address in ((known, marie().email), (unknown, "zoe@example.org"))
    ]
    assert seen[0] == seen[1]
    kinds = Message.objects.order_by("pk").values_list("kind", "address", "language")
    assert list(kinds) == [
        ("account_password_reset_key", marie().email, "fr"),
        ("account_unknown_account", "zoe@example.org", "en"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("alike", ["mıke@example.org", "ｍike@example.org", "mi\u212ae@example.org"])
def test_addresses_that_look_alike_are_not_alike(client: Client, alike: str) -> None:
    verified(user("mike@example.org"))
    answer = client.post(reverse("account_login"), {"login": alike, "password": PASSWORD})
    assert answer.status_code == 200
    client.post(reverse("account_reset_password"), {"email": alike})
    assert not Message.objects.filter(kind="account_password_reset_key").exists()


@pytest.mark.django_db
def test_new_password_by_the_link_which_works_once(client: Client) -> None:
    verified(kenji())
    client.post(reverse("account_reset_password"), {"email": kenji().email})
    message = Message.objects.get()
    assert message.language == "ja"
    form = client.get(link_in(message))["Location"]
    assert "set-password" in form
    client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert kenji().check_password(NEW_PASSWORD)
    assert Message.objects.filter(kind="account_password_reset", address=kenji().email).count() == 1
    assert client.get(link_in(message)).status_code == 200


@pytest.mark.django_db
def test_links_do_not_come_from_the_host_header(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    verified(kenji())
    client.post(reverse("account_reset_password"), {"email": kenji().email}, headers={"host": "evil.example"})
    client.post(reverse("account_reset_password"), {"email": "zoe@example.org"}, headers={"host": "evil.example"})
    sign_up(client, "ana@example.org")
    sign_up(client, kenji().email)
    texts = " ".join(message.text + message.html for message in Message.objects.all())
    assert "evil.example" not in texts
    assert Message.objects.count() == 4


@pytest.mark.django_db
def test_changing_the_address_tells_the_old_one(client: Client) -> None:
    person = verified(marie())
    sign_in(client, person)
    client.post(reverse("account_email"), {"email": "marie@new.example", "action_add": ""})
    assert client.get(reverse("account")).context["pending"].email == "marie@new.example"
    message = Message.objects.get(kind="account_email_confirmation")
    assert message.address == "marie@new.example"
    client.post(link_in(message))
    assert User.objects.get(pk=person.pk).email == "marie@new.example"
    told = Message.objects.get(kind="account_email_changed")
    assert (told.address, "marie@new.example" in told.text) == ("marie.lefevre@inserm.example", True)
    assert HistoryEntry.objects.about(person).get(verb="email_changed").after["to_email"] == "marie@new.example"


@pytest.mark.django_db
def test_changing_the_address_asks_for_the_password_again(client: Client) -> None:
    verified(marie())
    client.post(reverse("account_login"), {"login": marie().email, "password": PASSWORD})
    answer = client.post(reverse("account_email"), {"email": "marie@new.example", "action_add": ""})
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not EmailAddress.objects.filter(email="marie@new.example").exists()


@pytest.mark.django_db
def test_somebody_elses_address_cannot_be_taken_nor_told(client: Client) -> None:
    verified(marie())
    verified(kenji())
    sign_in(client, marie())
    answer = client.post(reverse("account_email"), {"email": kenji().email, "action_add": ""})
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_email"))
    Client().post(link_in(Message.objects.get()))
    assert EmailAddress.objects.get(user=kenji()).verified
    assert not EmailAddress.objects.get(user=marie(), email=kenji().email).verified
    assert User.objects.filter(email=marie().email).count() == 1


@pytest.mark.django_db
def test_password_change_is_told_and_ends_other_sessions(client: Client) -> None:
    verified(marie())
    elsewhere = sign_in(Client(), marie())
    sign_in(client, marie())
    typed = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(reverse("account_change_password"), typed)
    assert Message.objects.get().kind == "account_password_changed"
    assert client.get(reverse("account")).status_code == 200
    assert elsewhere.get(reverse("account")).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_next_after_signing_in_leads_nowhere_else(client: Client, elsewhere: str) -> None:
    verified(marie())
    typed = {"login": marie().email, "password": PASSWORD, "next": elsewhere}
    assert client.post(reverse("account_login"), typed)["Location"] == reverse("home")


@pytest.mark.django_db
def test_many_wrong_passwords_are_slowed_down(client: Client) -> None:
    verified(marie())
    for _ in range(6):
        answer = client.post(reverse("account_login"), {"login": marie().email, "password": "wrong wrong wrong"})
    assert answer.context["form"].non_field_errors() == [
        "Too many attempts. Please wait a few minutes, then try again."
    ]
    assert client.post(reverse("account_login"), {"login": marie().email, "password": PASSWORD}).status_code == 200


@pytest.mark.django_db
def test_forged_forwarding_header_escapes_no_limit(client: Client) -> None:
    """SAFETY 15: without a proxy of ours, X-Forwarded-For is what anybody writes."""
    for number in range(12):
        typed = {"login": f"nobody{number}@example.org", "password": "wrong wrong wrong"}
        answer = client.post(reverse("account_login"), typed, headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert answer.context["form"].non_field_errors() == [
        "Too many attempts. Please wait a few minutes, then try again."
    ]


@pytest.mark.django_db
def test_closed_account_does_not_sign_in(client: Client) -> None:
    person = verified(marie())
    User.objects.filter(pk=person.pk).update(is_active=False)
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert answer["Location"] == reverse("account_inactive")
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.django_db
def test_nul_in_the_address_is_refused_beside_it(client: Client) -> None:
    answer = client.post(reverse("account_login"), {"login": "a\x00@example.org", "password": PASSWORD})
    assert list(answer.context["form"].errors) == ["login"]
