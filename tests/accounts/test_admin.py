from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.actions import roles
from accounts.actions.messages import queue_message
from accounts.models import Agency, HistoryEntry, Membership, Message, User
from tests.cast import BEFORE, inserm, inserm_officer, marie, user
from tests.signing import sign_in


@pytest.fixture
def administrator(client: Client, db: None) -> User:
    person = user("admin@example.org", family_name="Roux", given_name="Ada", is_staff=True)
    sign_in(client, person)
    return person


def deeds(subject: Any) -> list[tuple[str, str, Any, Any]]:
    entries = HistoryEntry.objects.about(subject).order_by("pk")
    return [(entry.verb, entry.actor.email, entry.before, entry.after) for entry in entries]


def person_form(person: User, **changes: str) -> dict[str, str]:
    names = ["title", "given_name", "family_name", "family_name_kanji", "given_name_kanji", "family_name_kana"]
    names += ["given_name_kana", "position", "institution", "department", "laboratory", "orcid", "phone"]
    values = {name: str(getattr(person, name)) for name in [*names, "language", "time_zone"]}
    formset = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    return {**values, "is_active": "on", **formset, **changes}


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model.__name__)
def test_list_and_page_of_everything_open(client: Client, administrator: User, model: Any) -> None:
    inserm_officer()
    queue_message("account_factor_taken", to=marie(), about=None, context={}, at=BEFORE)
    TOTP.activate(marie(), "JBSWY3DPEHPK3PXP")
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert client.get(reverse(f"{name}_changelist"), {"q": "x"}).status_code == 200
    first = model._default_manager.first()
    if first:
        assert client.get(reverse(f"{name}_change", args=[first.pk])).status_code == 200


def test_year_beyond_all_calendars_is_a_bad_request(client: Client, administrator: User) -> None:
    address = reverse("admin:accounts_historyentry_changelist")
    assert client.get(address, {"at__year": "9" * 30}).status_code == 400


def test_role_is_given_through_the_action(client: Client, administrator: User) -> None:
    typed = {"user": marie().pk, "agency": inserm().pk, "role": "reviewer"}
    assert client.post(reverse("admin:accounts_membership_add"), typed).status_code == 302
    membership = Membership.objects.get()
    assert (membership.user, membership.role, membership.given_by) == (marie(), "reviewer", administrator)
    assert deeds(marie()) == [("role_given", administrator.email, {}, {"agency": "inserm", "role": "reviewer"})]


def test_role_is_taken_through_the_action(client: Client, administrator: User) -> None:
    officer = inserm_officer()
    address = reverse("admin:accounts_membership_delete", args=[officer.memberships.get().pk])
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert deeds(officer) == [("role_taken", administrator.email, {"agency": "inserm", "role": "officer"}, {})]
    assert not officer.memberships.exists()


def test_several_roles_are_taken_at_once(client: Client, administrator: User) -> None:
    officer = inserm_officer()
    typed = {"action": "delete_selected", "_selected_action": officer.memberships.get().pk, "post": "yes"}
    client.post(reverse("admin:accounts_membership_changelist"), typed)
    assert [deed[0] for deed in deeds(officer)] == ["role_taken"]


def test_own_roles_are_given_and_taken_by_another_administrator(client: Client, administrator: User) -> None:
    """SAFETY 13: role and agency are never editable by their owner."""
    typed = {"user": administrator.pk, "agency": inserm().pk, "role": "officer"}
    answer = client.post(reverse("admin:accounts_membership_add"), typed)
    assert list(answer.context["errors"]) != []
    assert not administrator.memberships.exists()
    own = Membership.objects.create(user=administrator, agency=inserm(), role="reviewer", given_at=BEFORE)
    client.post(reverse("admin:accounts_membership_delete", args=[own.pk]), {"post": "yes"})
    selected = {"action": "delete_selected", "_selected_action": own.pk, "post": "yes"}
    client.post(reverse("admin:accounts_membership_changelist"), selected)
    assert list(administrator.memberships.all()) == [own]
    for deed in (
        lambda: roles.give_role(administrator, inserm(), "chair", by=administrator, at=BEFORE),
        lambda: roles.take_role(own, by=administrator, at=BEFORE),
    ):
        with pytest.raises(roles.OwnRole):
            deed()


def test_role_cannot_be_edited(client: Client, administrator: User) -> None:
    membership = inserm_officer().memberships.get()
    address = reverse("admin:accounts_membership_change", args=[membership.pk])
    client.post(address, {"user": marie().pk, "agency": inserm().pk, "role": "chair"})
    membership.refresh_from_db()
    assert (membership.role, membership.user) == ("officer", inserm_officer())


def test_change_of_a_person_is_in_the_history(client: Client, administrator: User) -> None:
    address = reverse("admin:accounts_user_change", args=[marie().pk])
    answer = client.post(address, person_form(marie(), institution="Université", is_staff="on"))
    assert answer.status_code == 302
    before = {"institution": "", "is_staff": False}
    assert deeds(marie()) == [("changed", administrator.email, before, {"institution": "Université", "is_staff": True})]


def test_address_and_own_rights_stay(client: Client, administrator: User) -> None:
    for person in (marie(), administrator):
        form = person_form(person, email="other@example.org", is_active="")
        client.post(reverse("admin:accounts_user_change", args=[person.pk]), form)
    assert User.objects.filter(email="other@example.org").count() == 0
    administrator.refresh_from_db()
    assert (administrator.is_staff, administrator.is_active) == (True, True)


def test_person_added_has_no_password(client: Client, administrator: User) -> None:
    form = person_form(User(), email="New.Person@Example.org", language="ja", time_zone="Asia/Tokyo")
    assert client.post(reverse("admin:accounts_user_add"), form).status_code == 302
    person = User.objects.get(email="new.person@example.org")
    assert person.has_usable_password() is False
    assert [deed[0] for deed in deeds(person)] == ["created"]


def test_address_beyond_ascii_is_refused(client: Client, administrator: User) -> None:
    answer = client.post(reverse("admin:accounts_user_add"), person_form(User(), email="mıke@example.org"))
    assert "email" in answer.context["adminform"].errors


def test_agency_change_is_in_the_history(client: Client, administrator: User) -> None:
    agency = inserm()
    names = ["code", "acronym", "name_en", "name_fr", "name_ja", "country", "time_zone", "accent"]
    form = {name: getattr(agency, name) for name in names}
    address = reverse("admin:accounts_agency_change", args=[agency.pk])
    client.post(address, {**form, "contact_email": "seminars@inserm.example"})
    assert Agency.objects.get().contact_email == "seminars@inserm.example"
    assert deeds(agency) == [
        ("changed", administrator.email, {"contact_email": ""}, {"contact_email": "seminars@inserm.example"})
    ]


@pytest.mark.parametrize("name", ["message", "historyentry"])
def test_what_happened_is_read_only(client: Client, administrator: User, name: str) -> None:
    queue_message("account_factor_taken", to=marie(), about=None, context={}, at=BEFORE)
    assert client.get(reverse(f"admin:accounts_{name}_add")).status_code == 403
    pk = Message.objects.get().pk
    assert client.post(reverse("admin:accounts_message_delete", args=[pk]), {"post": "yes"}).status_code == 403


def test_text_of_mail_is_not_shown_for_it_may_hold_a_link(client: Client, administrator: User) -> None:
    message = queue_message("account_factor_taken", to=marie(), about=None, context={}, at=BEFORE)
    page = client.get(reverse("admin:accounts_message_change", args=[message.pk])).text
    assert "/account/second-factor/" not in page
    assert message.subject in page


def test_lost_factor_is_taken_away_and_told(client: Client, administrator: User) -> None:
    officer = inserm_officer()
    app = TOTP.activate(officer, "JBSWY3DPEHPK3PXP").instance
    RecoveryCodes.activate(officer)
    page = client.get(reverse("admin:mfa_authenticator_change", args=[app.pk])).text
    assert "JBSWY3DPEHPK3PXP" not in page
    client.post(reverse("admin:mfa_authenticator_delete", args=[app.pk]), {"post": "yes"})
    assert Authenticator.objects.count() == 0
    assert deeds(officer) == [("factor_taken", administrator.email, {"type": "totp"}, {})]
    assert Message.objects.get().address == officer.email


def test_people_are_not_deleted(client: Client, administrator: User) -> None:
    address = reverse("admin:accounts_user_delete", args=[marie().pk])
    assert client.post(address, {"post": "yes"}).status_code == 403
