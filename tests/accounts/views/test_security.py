import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from accounts import urls
from accounts.models import HistoryEntry, Membership, Message, User
from accounts.policies import ENROLMENT, PUBLIC, REAUTHENTICATION, TOKEN
from tests.cast import PASSWORD, inserm, inserm_officer, kenji, marie, user
from tests.signing import sign_in

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(secret: str = SECRET, *, ago: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - ago))


def with_app(person: User) -> User:
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    return person


def administrator() -> User:
    return user("admin@example.org", family_name="Roux", given_name="Ada", is_staff=True)


def address_of(pattern: URLPattern) -> str:
    values = {"key": "k", "uidb36": "1", "pk": 1}
    return reverse(pattern.name, kwargs={name: values[name] for name in pattern.pattern.converters or {}})


GUARDED = [pattern for pattern in urls.urlpatterns if pattern.callback.policy not in (PUBLIC, TOKEN, REAUTHENTICATION)]


def leads_to_second_factor(client: Client, address: str, method: str = "get") -> bool:
    answer = getattr(client, method)(address)
    return answer.status_code == 302 and answer["Location"].startswith(reverse("second_factor") + "?")


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", GUARDED, ids=lambda pattern: pattern.name)
@pytest.mark.parametrize("method", ["get", "post"])
def test_password_alone_opens_no_page_to_an_officer(client: Client, pattern: URLPattern, method: str) -> None:
    sign_in(client, inserm_officer(), method="password")
    is_enrolment = pattern.callback.policy is ENROLMENT
    assert leads_to_second_factor(client, address_of(pattern), method) is not is_enrolment


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", GUARDED, ids=lambda pattern: pattern.name)
def test_password_alone_opens_nothing_once_there_is_a_factor(client: Client, pattern: URLPattern) -> None:
    sign_in(client, with_app(inserm_officer()), method="password")
    assert leads_to_second_factor(client, address_of(pattern))


@pytest.mark.django_db
def test_password_alone_does_not_change_how_a_coordinator_with_a_factor_signs_in(client: Client) -> None:
    sign_in(client, with_app(marie()), method="password")
    guarded = ["account_email", "account_change_password", "mfa_view_recovery_codes", "mfa_deactivate_totp"]
    assert [leads_to_second_factor(client, reverse(name)) for name in [*guarded, "mfa_add_webauthn"]] == [True] * 5
    assert client.get(reverse("account")).status_code == 200


@pytest.mark.django_db
def test_coordinator_needs_no_second_factor(client: Client) -> None:
    sign_in(client, marie(), method="password")
    assert client.get(reverse("home")).status_code == 200


@pytest.mark.django_db
def test_second_factor_opens_the_pages(client: Client) -> None:
    assert sign_in(client, inserm_officer()).get(reverse("account")).status_code == 200


@pytest.mark.django_db
def test_role_given_meanwhile_asks_for_the_factor_at_the_next_page(client: Client) -> None:
    person = marie()
    sign_in(client, person, method="password")
    assert client.get(reverse("account")).status_code == 200
    Membership.objects.create(user=person, agency=inserm(), role="reviewer", given_at=timezone.now())
    assert leads_to_second_factor(client, reverse("account"))


@pytest.mark.django_db
def test_factor_shown_by_somebody_else_in_this_browser_does_not_count(client: Client) -> None:
    sign_in(client, inserm_officer())
    session = client.session
    session["account_authentication_methods_user"] = str(kenji().pk)
    session.save()
    assert leads_to_second_factor(client, reverse("account"))


@pytest.mark.django_db
def test_sign_in_of_the_demonstration_does_not_count_elsewhere(client: Client) -> None:
    sign_in(client, inserm_officer(), method="demo")
    assert leads_to_second_factor(client, reverse("account"))


@pytest.mark.django_db
def test_partial_request_is_told_and_not_sent_away(client: Client) -> None:
    headers = {"HX-Request": "true"}
    assert client.get(reverse("account"), headers=headers).status_code == 401
    sign_in(client, inserm_officer(), method="password")
    assert client.get(reverse("account"), headers=headers).status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "no-such-view"])
def test_second_factor_page_leads_nowhere_else(client: Client, elsewhere: str) -> None:
    sign_in(client, inserm_officer())
    answer = client.get(reverse("second_factor"), {"next": elsewhere})
    assert answer["Location"] == reverse("account")


@pytest.mark.django_db
def test_next_does_not_lead_past_the_second_factor(client: Client) -> None:
    sign_in(client, inserm_officer(), method="password")
    answer = client.get(reverse("second_factor"), {"next": reverse("home")})
    assert answer.status_code == 200


@pytest.mark.django_db
def test_way_back_is_kept_for_pages_and_not_for_forms(client: Client) -> None:
    sign_in(client, inserm_officer(), method="password")
    assert client.get(reverse("home") + "?a=1")["Location"].endswith("next=%2F" + reverse("home")[1:-1] + "%2F%3Fa%3D1")
    assert client.post(reverse("profile"))["Location"].endswith("next=%2Faccount%2F")


@pytest.mark.django_db(transaction=True)
def test_officer_sets_an_app_up_and_may_go_on(client: Client) -> None:
    officer = inserm_officer()
    sign_in(client, officer, method="password")
    page = client.get(reverse("mfa_activate_totp"))
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(page.context["form"].secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(reverse("profile")).status_code == 200
    assert HistoryEntry.objects.about(officer).filter(verb="totp_activated").count() == 1


@pytest.mark.django_db
def test_wrong_code_sets_nothing_up(client: Client) -> None:
    sign_in(client, inserm_officer(), method="password")
    client.get(reverse("mfa_activate_totp"))
    answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert list(answer.context["form"].errors) == ["code"]
    assert leads_to_second_factor(client, reverse("home"))
    assert Authenticator.objects.count() == 0


@pytest.mark.django_db
def test_enrolment_asks_for_the_password_again_after_a_while(client: Client) -> None:
    sign_in(client, inserm_officer(), method="password")
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    answer = client.post(answer["Location"], {"password": PASSWORD})
    assert answer["Location"] == reverse("mfa_activate_totp")


@pytest.mark.django_db
def test_second_factor_shown_later_opens_the_pages(client: Client) -> None:
    sign_in(client, with_app(inserm_officer()), method="password")
    answer = client.post(reverse("mfa_reauthenticate") + "?next=" + reverse("profile"), {"code": code()})
    assert answer["Location"] == reverse("profile")
    assert client.get(reverse("profile")).status_code == 200


@pytest.mark.django_db
def test_password_given_again_is_no_second_factor(client: Client) -> None:
    sign_in(client, with_app(inserm_officer()), method="password")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert leads_to_second_factor(client, reverse("mfa_view_recovery_codes"))
    assert leads_to_second_factor(client, reverse("home"))


@pytest.mark.django_db
def test_signing_in_asks_for_the_factor_and_takes_a_code_once(client: Client) -> None:
    officer = with_app(inserm_officer())
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    credentials = {"login": officer.email, "password": PASSWORD}
    answer = client.post(reverse("account_login"), credentials)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("account")).status_code == 302
    answer = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert answer["Location"] == reverse("home")
    other = Client()
    other.post(reverse("account_login"), credentials)
    assert other.post(reverse("mfa_authenticate"), {"code": code()}).status_code == 200


@pytest.mark.django_db
def test_taking_the_app_away_is_told_by_mail(client: Client) -> None:
    officer = with_app(inserm_officer())
    sign_in(client, officer)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.count() == 0
    assert list(Message.objects.values_list("kind", "address", "language")) == [
        ("account_totp_deactivated", officer.email, "fr")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("credential", ["", "{}", "[]", "null", '{"id": "x"}', '"\\u0000"', "not json", "[" * 5000])
@pytest.mark.parametrize("name", ["mfa_login_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"])
def test_rubbish_for_a_passkey_is_refused(client: Client, name: str, credential: str) -> None:
    if name != "mfa_login_webauthn":
        sign_in(client, with_app(marie()))
        client.get(reverse(name))
    answer = client.post(reverse(name), {"credential": credential})
    assert answer.status_code in {200, 302}
    assert Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).count() == 0


@pytest.mark.django_db
def test_admin_sends_strangers_to_the_one_sign_in(client: Client) -> None:
    for name in ("admin:index", "admin:login", "admin:accounts_user_changelist"):
        assert client.get(reverse(name))["Location"].startswith(reverse("account_login") + "?next=")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["admin:index", "admin:login", "admin:accounts_user_changelist", "admin:jsi18n"])
def test_admin_asks_administrators_for_the_second_factor(client: Client, name: str) -> None:
    sign_in(client, administrator(), method="password")
    assert leads_to_second_factor(client, reverse(name))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["admin:index", "admin:login", "admin:accounts_user_changelist", "admin:jsi18n"])
def test_admin_does_not_exist_for_others(client: Client, name: str) -> None:
    assert sign_in(client, inserm_officer()).get(reverse(name)).status_code == 404


@pytest.mark.django_db
def test_admin_is_open_to_administrators_with_their_second_factor(client: Client) -> None:
    sign_in(client, administrator())
    assert client.get(reverse("admin:index")).status_code == 200
    assert client.get(reverse("admin:login"))["Location"] == reverse("admin:index")
    assert client.get(reverse("admin:password_change"))["Location"] == reverse("account_change_password")
    assert client.get("/admin/nothing/").status_code == 404
