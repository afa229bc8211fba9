from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import HistoryEntry, User
from tests.cast import inserm_officer, kenji, marie
from tests.signing import sign_in


def filled(**changes: str) -> dict[str, str]:
    return {
        "title": "Dr",
        "given_name": "Kenji",
        "family_name": "Tanaka",
        "family_name_kanji": "田中",
        "given_name_kanji": "健二",
        "family_name_kana": "タナカ",
        "given_name_kana": "ケンジ",
        "position": "教授",
        "institution": "京都大学",
        "department": "",
        "laboratory": "",
        "orcid": "0000-0002-1825-0097",
        "phone": "075-753-7531",
        "language": "ja",
        "time_zone": "Asia/Tokyo",
        **changes,
    }


def save(client: Client, **changes: str) -> Any:
    return sign_in(client, kenji()).post(reverse("profile"), filled(**changes))


@pytest.mark.django_db
def test_profile_is_saved_and_said(client: Client) -> None:
    answer = save(client)
    assert (answer.status_code, answer["Location"]) == (303, reverse("profile"))
    person = kenji()
    assert (person.institution, person.orcid, person.phone.as_e164) == (
        "京都大学",
        "0000-0002-1825-0097",
        "+81757537531",
    )
    assert 'class="alert alert-success"' in client.get(reverse("profile")).text


@pytest.mark.django_db
def test_profile_change_is_in_the_history(client: Client) -> None:
    save(client)
    entry = HistoryEntry.objects.about(kenji()).get(verb="profile_changed")
    assert entry.actor == kenji()
    assert (entry.before["institution"], entry.after["institution"]) == ("", "京都大学")
    assert "language" not in entry.after


@pytest.mark.django_db
def test_saving_the_same_twice_is_one_entry(client: Client) -> None:
    save(client)
    save(client)
    assert HistoryEntry.objects.about(kenji()).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("orcid", "https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("family_name_kana", "ﾀﾅｶ", "タナカ"),
        ("given_name_kana", "けんじ", "ケンジ"),
        ("family_name", "ＴＡＮＡＫＡ", "TANAKA"),
        ("family_name", "Lefe\u0300vre", "Lefèvre"),
        ("phone", "+33 1 44 23 60 00", "+33144236000"),
        ("institution", "a" * 200, "a" * 200),
    ],
)
def test_good_input_is_tidied(client: Client, name: str, typed: str, kept: str) -> None:
    assert save(client, **{name: typed}).status_code == 303
    assert str(getattr(kenji(), name)) == kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("orcid", "0000-0002-1825-0098"),
        ("orcid", "0000-0002-1825"),
        ("family_name", "田中"),
        ("family_name", ""),
        ("family_name_kanji", "Tanaka"),
        ("family_name_kana", "田中"),
        ("given_name_kana", ""),
        ("phone", "123"),
        ("phone", "+99 1234"),
        ("institution", "a\x00b"),
        ("institution", "\u202egpj.exe"),
        ("institution", "a" * 201),
        ("institution", "a" * 1_000_000),
        ("language", "xx"),
        ("time_zone", "Mars/Olympus"),
        ("title", "King"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_kept(client: Client, name: str, typed: str) -> None:
    answer = save(client, **{name: typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]
    assert answer.context["form"][name].value() == typed
    assert kenji().institution == ""


@pytest.mark.django_db
def test_rights_and_address_are_not_for_their_owner(client: Client) -> None:
    forged = {"is_staff": "on", "is_active": "", "email": "x@evil.example", "memberships": "1", "role": "officer"}
    assert save(client, **forged).status_code == 303
    person = kenji()
    assert (person.is_staff, person.is_active, person.email) == (False, True, "kenji.tanaka@kyoto.example")
    assert person.memberships.count() == 0


@pytest.mark.django_db
def test_typed_rubbish_does_not_reach_the_rest_of_the_page(client: Client) -> None:
    text = save(client, family_name="<script>", family_name_kanji="<b>").text
    assert "<script>" not in text.replace("<script src", "")
    assert '<span class="label label-wide">田中 健二</span>' in text


@pytest.mark.django_db
def test_confirmation_is_in_the_language_just_chosen(client: Client) -> None:
    save(client, language="fr", time_zone="Europe/Paris")
    answer = client.get(reverse("profile"))
    assert '<html lang="fr">' in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account", "profile"])
def test_stranger_is_sent_to_sign_in(client: Client, name: str) -> None:
    address = reverse(name)
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={address}")


@pytest.mark.django_db
def test_overview_shows_roles_with_the_name_of_the_side(client: Client) -> None:
    text = sign_in(client, inserm_officer()).get(reverse("account")).text
    assert '<span class="side-1">Inserm</span>' in text


@pytest.mark.django_db
def test_overview_of_a_coordinator_recommends_a_second_factor(client: Client) -> None:
    assert reverse("mfa_activate_totp") in sign_in(client, marie()).get(reverse("account")).text


@pytest.mark.django_db
def test_page_needs_no_more_queries_for_more_people(client: Client, django_assert_max_num_queries: Any) -> None:
    User.objects.bulk_create(User(email=f"p{number}@example.org") for number in range(20))
    sign_in(client, marie())
    with django_assert_max_num_queries(8):
        client.get(reverse("account"))
