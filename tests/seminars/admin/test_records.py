"""Records in Django admin: to look at, quickly, without secrets."""

import uuid
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from seminars.actions import submission
from seminars.choices import CostKind, ParticipantRole, SeminarState, SessionKind, Unit
from seminars.models import (
    Approval,
    Attachment,
    BudgetLine,
    Call,
    Invitation,
    Laboratory,
    Participant,
    Proposal,
    Seminar,
    Session,
    Submission,
)
from tests.cast import BEFORE, complete_draft, confirmed_pair, inserm, marie, user
from tests.desk_records import proposal as new_record
from tests.signing import sign_in

pytestmark = pytest.mark.django_db
RECORDS = [model for model in admin.site._registry if model._meta.app_label == "seminars" and model is not Call]
SECRETS = ("token_hash", "snapshot", "form_uuid")


@pytest.fixture
def administrator(client: Client) -> User:
    person = user("admin@example.org", family_name="Roux", given_name="Ada", is_staff=True)
    sign_in(client, person)
    return person


def lists(model: type[Model]) -> str:
    return reverse(f"admin:seminars_{model._meta.model_name}_changelist")


def page(record: Model) -> str:
    return reverse(f"admin:seminars_{record._meta.model_name}_change", args=[record.pk])


def filed() -> tuple[Proposal, Proposal]:
    """Marie's and Kenji's pair; Marie's record is submitted."""
    french, japanese = confirmed_pair()
    submission.submit(french.pk, form_uuid=uuid.uuid4(), by=marie(), at=BEFORE)
    return french, japanese


def attachment(proposal: Proposal, number: int) -> Attachment:
    values = {"name": f"plan-{number}.pdf", "size": 9, "pages": 1, "uploaded_at": BEFORE, "uploaded_by": marie()}
    return Attachment.objects.create(proposal=proposal, file=f"kept-{number}", sha256=f"{number:064}", **values)


def submitted(proposal: Proposal, number: int) -> Submission:
    values = {"arrived_at": BEFORE, "ended_at": BEFORE, "by": marie(), "snapshot": '{"frozen": 1}', "sha256": "0" * 64}
    return Submission.objects.create(proposal=proposal, form_uuid=uuid.uuid4(), number=f"X-{number}", **values)


BUILDERS: dict[type[Model], Callable[[Proposal, int], Model]] = {
    Proposal: lambda proposal, number: new_record(proposal.side.call, inserm()),
    Seminar: lambda proposal, number: Seminar.objects.create(
        call=proposal.side.call, state=SeminarState.FORMING, formed_at=BEFORE
    ),
    Submission: submitted,
    Approval: lambda proposal, number: Approval.objects.create(
        submission=submitted(proposal, number),
        officer_name="Ito",
        officer_email="ito@kyoto.example",
        asked_at=BEFORE,
    ),
    Invitation: lambda proposal, number: Invitation.objects.create(
        proposal=proposal,
        email="kenji@kyoto.example",
        language="ja",
        token_hash=f"{number:064}",
        sent_at=BEFORE,
        sent_by=marie(),
        expires_at=BEFORE,
        revoked_at=BEFORE,
    ),
    Laboratory: lambda proposal, number: Laboratory.objects.create(
        proposal=proposal, name=f"Laboratory {number}", country="FR", saved_at=BEFORE
    ),
    Participant: lambda proposal, number: Participant.objects.create(
        proposal=proposal,
        side="FR",
        role=ParticipantRole.SPEAKER,
        family_name="Petit",
        given_name="Léa",
        laboratory=BUILDERS[Laboratory](proposal, number),
        saved_at=BEFORE,
    ),
    Session: lambda proposal, number: Session.objects.create(
        proposal=proposal,
        on=date(2027, 6, 14),
        starts=time(9),
        ends=time(10),
        kind=SessionKind.SEMINAR,
        title="Talk",
        saved_at=BEFORE,
    ),
    BudgetLine: lambda proposal, number: BudgetLine.objects.create(
        proposal=proposal,
        kind=CostKind.MEALS,
        participant=BUILDERS[Participant](proposal, number),
        quantity=2,
        unit=Unit.MEAL,
        unit_cost=Decimal("20.00"),
        saved_at=BEFORE,
    ),
    Attachment: attachment,
}


def test_every_record_is_registered() -> None:
    assert set(RECORDS) == set(BUILDERS)


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_list_takes_the_same_queries_for_1_3_and_30_rows(client: Client, administrator: User, model: Any) -> None:
    record = complete_draft(marie())
    counts = []
    client.get(lists(model))
    for start, total in ((1, 1), (2, 3), (4, 30)):
        for number in range(start, total + 1):
            BUILDERS[model](record, number)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(lists(model)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] < 20


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_record_is_only_looked_at(client: Client, administrator: User, model: Any) -> None:
    record = BUILDERS[model](complete_draft(marie()), 1)
    shown = client.get(page(record))
    assert shown.status_code == 200
    assert 'type="submit"' not in shown.text.split('id="content-main"')[1]
    assert client.post(page(record), {}).status_code == 403
    assert client.get(reverse(f"admin:seminars_{model._meta.model_name}_add")).status_code == 403
    delete = reverse(f"admin:seminars_{model._meta.model_name}_delete", args=[record.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_secrets_are_not_shown(client: Client, administrator: User, model: Any) -> None:
    record = BUILDERS[model](filed()[0], 1)
    pages = client.get(lists(model)).text + client.get(page(record)).text
    hidden = [str(getattr(record, name)) for name in SECRETS if hasattr(record, name)]
    if model is Attachment:
        hidden.append(record.file.name)
    assert [secret for secret in hidden if secret in pages] == []


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_records_are_searched_and_filtered_by_each_filter(client: Client, administrator: User, model: Any) -> None:
    BUILDERS[model](filed()[0], 1)
    other = Call.objects.get()
    other.pk, other.code = None, "another"
    other.save()
    shown = client.get(lists(model), {"q": "Lefèvre 1"})
    assert shown.status_code == 200
    choices = [choice for spec in shown.context["cl"].filter_specs for choice in spec.choices(shown.context["cl"])]
    assert len(choices) > 2
    for choice in choices:
        assert client.get(lists(model) + choice["query_string"]).status_code == 200


@pytest.mark.parametrize("model", [model for model in RECORDS if hasattr(model, "proposal")], ids=lambda m: m.__name__)
def test_rows_of_one_record_are_listed(client: Client, administrator: User, model: Any) -> None:
    french, japanese = filed()
    for number, record in enumerate((french, japanese), 1):
        BUILDERS[model](record, number)
    found = client.get(lists(model), {"proposal__id__exact": french.pk}).context["cl"].queryset
    assert set(found) == set(model.objects.filter(proposal=french)) != set()


def test_history_of_a_record_ends_its_page(client: Client, administrator: User) -> None:
    french, _ = filed()
    deeds = [(line.deed, line.who) for line in client.get(page(french)).context["deeds"]]
    assert deeds[-1] == ("Started the record", str(marie()))
    assert ("Confirmed the pair", str(marie())) in deeds


def test_proposal_leads_to_its_rows(client: Client, administrator: User) -> None:
    french, _ = filed()
    assert f'href="{lists(Participant)}?proposal__id__exact={french.pk}"' in client.get(page(french)).text


def test_pair_leads_to_both_records(client: Client, administrator: User) -> None:
    pair = filed()
    shown = client.get(page(pair[0].seminar)).text
    assert [page(record) in shown for record in pair] == [True, True]


def test_others_see_nothing(client: Client) -> None:
    record = complete_draft(marie())
    sign_in(client, marie())
    for model in RECORDS:
        assert client.get(lists(model)).status_code == 404
    assert client.get(page(record)).status_code == 404
