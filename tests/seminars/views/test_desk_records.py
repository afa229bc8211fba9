"""The pages of a record and of a pair: who sees which, all that is in them, and nothing of a partner too early."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions.history import record as note
from accounts.models import User
from seminars.actions import pairing, submission
from seminars.actions.admission import admit_late, end_admission
from seminars.actions.proposals import save_section
from seminars.choices import ProposalState, SeminarState
from seminars.models import Attachment, Invitation, Proposal, Seminar
from tests import cast
from tests.desk_records import AFTER, BEFORE, pair, person, proposal
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db


def french_officer() -> User:
    return cast.officer_of(cast.inserm(), "english@inserm.example", family_name="Roy", given_name="Zoé", language="en")


def japanese_officer() -> User:
    return cast.officer_of(cast.jsps(), "english@jsps.example", family_name="Sato", given_name="Yuki", language="en")


def status(user: User, name: str, pk: int) -> int:
    return sign_in(Client(), user).get(reverse(name, args=[pk])).status_code


def page(user: User, name: str, pk: int, query: str = "") -> str:
    answer = sign_in(Client(), user).get(reverse(name, args=[pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def filed() -> tuple[Proposal, Proposal]:
    """Marie's and Kenji's confirmed pair: hers submitted with an attachment, his awaiting his institution."""
    marie, kenji = cast.marie(), cast.kenji()
    kenji.emailaddress_set.create(email=kenji.email, verified=True, primary=True)
    french, japanese = cast.complete_draft(marie), cast.complete_draft(kenji, "JP")
    sent = pairing.invite(french, email=kenji.email, name="", language="ja", message="Bonjour", by=marie, at=BEFORE)
    pairing.accept_invitation(sent, by=kenji, at=BEFORE, attach=japanese)
    for half in (french, japanese):
        pairing.confirm_pair(half, by=half.coordinator, at=BEFORE)
        submission.submit(half.pk, form_uuid=uuid4(), by=half.coordinator, at=BEFORE)
    Attachment.objects.create(
        proposal=french, name="letter.pdf", size=2048, pages=3, sha256="a" * 64, uploaded_at=BEFORE, uploaded_by=marie
    )
    return cast.reread(french), cast.reread(japanese)


@pytest.mark.parametrize("state", ProposalState.values)
def test_officers_see_their_own_records_and_the_others_once_paired(state: str) -> None:
    call = cast.call_2026()
    alone, their_alone = proposal(call, cast.inserm(), state), proposal(call, cast.jsps(), state)
    forming, their_forming = proposal(call, cast.inserm(), state), proposal(call, cast.jsps(), state)
    unconfirmed = pair(forming, their_forming, SeminarState.FORMING)
    paired, their_paired = proposal(call, cast.inserm(), state), proposal(call, cast.jsps(), state)
    confirmed = pair(paired, their_paired)
    records = (alone, their_alone, forming, their_forming, paired, their_paired)
    seen = {
        user: [status(user, "desk_proposal", record.pk) for record in records]
        for user in (french_officer(), japanese_officer())
    }
    assert seen == {
        french_officer(): [200, 404, 200, 404, 200, 200],
        japanese_officer(): [404, 200, 404, 200, 200, 200],
    }
    for user in seen:
        assert status(user, "desk_seminar", unconfirmed.pk) == 404
        assert status(user, "desk_seminar", confirmed.pk) == 200
        assert status(user, "desk_seminar", confirmed.pk + 999) == 404
    coordinator = paired.coordinator
    assert (status(coordinator, "desk_proposal", paired.pk), status(coordinator, "desk_seminar", confirmed.pk)) == (
        404,
        404,
    )


def test_an_officer_who_coordinates_for_the_other_agency_has_no_desk_page_of_that_record() -> None:
    user = french_officer()
    own = proposal(cast.call_2026(), cast.jsps(), coordinator=user)
    assert status(user, "desk_proposal", own.pk) == 404


def test_the_page_of_a_record_holds_everything(filed: tuple[Proposal, Proposal]) -> None:
    french, japanese = filed
    sent = french.submissions.get()
    shown = page(french_officer(), "desk_proposal", french.pk)
    for said in (
        "Ageing neurons",
        "Nothing is missing, and nothing is against the rules.",
        sent.number,
        sent.sha256,
        "2026-08-04T08:00:00Z",
        "Monday 14 June 2027",
        "Institut des neurosciences (U1215)",
        "Neural Systems Laboratory",
        "marie.lefevre@inserm.example",
        "kenji.tanaka@kyoto.example",
        "€60.00",
        "€12,000.00",
        "letter.pdf",
        reverse("attachment", args=[french.pk, french.attachments.get().pk]),
        reverse("desk_seminar", args=[french.seminar_id]),
        reverse("desk_proposal", args=[japanese.pk]),
        "Invited the partner",
        "Submitted the record",
        "Confirmed the pair",
        "Accepted",
        "One side submitted",
    ):
        assert said in shown, said
    invitation = Invitation.objects.get()
    assert invitation.token_hash not in shown
    assert "Bonjour" not in shown


def test_the_other_agencys_record_shows_the_same(filed: tuple[Proposal, Proposal]) -> None:
    _french, japanese = filed
    shown = page(french_officer(), "desk_proposal", japanese.pk)
    for said in ("Awaiting institution", "Haruka Ito", "120269901", "¥150,000", "Sent the record to the institution"):
        assert said in shown, said
    assert reverse("admit_late", args=[japanese.pk]) not in shown


def test_the_page_of_a_pair_holds_both_halves(filed: tuple[Proposal, Proposal]) -> None:
    french, japanese = filed
    for user in (french_officer(), japanese_officer()):
        shown = page(user, "desk_seminar", french.seminar_id)
        for said in (
            str(french.seminar),
            reverse("desk_proposal", args=[french.pk]),
            reverse("desk_proposal", args=[japanese.pk]),
            "€60.00",
            "¥150,000",
            "letter.pdf",
            "Nowhere: both records tell the shared facts alike.",
            "The pair is confirmed by both coordinators",
            "Sent the record to the institution",
        ):
            assert said in shown, said


def test_differences_stand_side_by_side() -> None:
    call = cast.call_2026()
    french = proposal(call, cast.inserm(), start_on=date(2027, 6, 14), end_on=date(2027, 6, 16), title_en="One")
    japanese = proposal(call, cast.jsps(), start_on=date(2027, 6, 21), end_on=date(2027, 6, 23), title_en="One two")
    seminar = pair(french, japanese)
    for name, pk in (("desk_proposal", french.pk), ("desk_seminar", seminar.pk)):
        shown = page(french_officer(), name, pk)
        assert "Where the two records differ" in shown
        assert "14–16 June 2027" in shown
        assert "21–23 June 2027" in shown
        assert "Blocking" in shown
        assert "The partner&#x27;s record says something else: Start date." in shown
        assert "Your partner" not in shown


def test_nothing_of_a_partner_shows_before_both_have_confirmed() -> None:
    call = cast.call_2026()
    french = proposal(call, cast.inserm(), start_on=date(2027, 6, 14), title_en="Ours")
    address = reverse("desk_proposal", args=[french.pk])
    secret = person(family_name="Secret", given_name="Very")
    japanese = proposal(call, cast.jsps(), coordinator=secret, title_en="Theirs")
    seminar = pair(french, japanese, SeminarState.FORMING, named=False)
    client = sign_in(Client(), french_officer())
    before = client.get(address).content.decode()
    note(seminar, "paired", by=secret, at=BEFORE)
    note(japanese, "edited", by=secret, at=BEFORE, after={"title_en": "Theirs"})
    Proposal.objects.filter(pk=japanese.pk).update(
        state=ProposalState.SUBMITTED, start_on=date(2027, 9, 9), venue_country="JP", title_en="Changed"
    )
    after = client.get(address).content.decode()
    for said in ("Secret", "SECRET", "Theirs", "Changed", "Where the two records differ", secret.email):
        assert said not in before
        assert said not in after
    assert "so the record is judged on its own" in after


def test_reasons_of_a_late_admission_stay_with_the_agency(filed: tuple[Proposal, Proposal]) -> None:
    french, japanese = filed
    admit_late(japanese, reason="A family matter", until=AFTER + timedelta(days=2), by=japanese_officer(), at=AFTER)
    with time_machine.travel(AFTER, tick=False):
        for name, pk in (("desk_proposal", japanese.pk), ("desk_seminar", french.seminar_id)):
            own, other = page(japanese_officer(), name, pk), page(french_officer(), name, pk)
            assert "A family matter" in own
            assert "A family matter" not in other
            assert "Admitted the record late" in own
            assert "Admitted the record late" in other
    end_admission(japanese, by=japanese_officer(), at=AFTER)
    assert "A family matter" in page(japanese_officer(), "desk_proposal", japanese.pk)
    assert "A family matter" not in page(french_officer(), "desk_proposal", japanese.pk)


def test_the_history_says_who_did_what_and_what_was_before() -> None:
    record = cast.draft_of(cast.marie())
    marie = cast.marie()
    for number, title in enumerate(("Old <b>title</b>", "New title")):
        at = cast.BEFORE + timedelta(hours=number)
        save_section(record, "facts", {"title_en": title}, version=number, by=marie, at=at)
    shown = page(french_officer(), "desk_proposal", record.pk)
    assert "Old &lt;b&gt;title&lt;/b&gt;" in shown
    assert "Marie LEFÈVRE" in shown
    assert shown.index("New title") < shown.index("Started the record")


def test_a_long_history_shows_the_newest_first_and_all_when_asked() -> None:
    record = proposal(cast.call_2026(), cast.inserm())
    for number in range(103):
        note(record, "reopen", by=record.coordinator, at=BEFORE + timedelta(hours=number), reason=f"Reason-{number:03}")
    shown = page(french_officer(), "desk_proposal", record.pk)
    assert "Reason-102" in shown
    assert "Reason-003" in shown
    assert "Reason-002" not in shown
    assert "Show 3 earlier entries" in shown
    everything = page(french_officer(), "desk_proposal", record.pk, "?history=all")
    assert "Reason-000" in everything
    assert "earlier entries" not in everything


def test_only_what_is_possible_is_offered() -> None:
    record = proposal(cast.call_2026(), cast.inserm())
    admit, end = reverse("admit_late", args=[record.pk]), reverse("end_admission", args=[record.pk])
    with time_machine.travel(BEFORE, tick=False):
        shown = page(french_officer(), "desk_proposal", record.pk)
        assert (admit in shown, end in shown) == (False, False)
    with time_machine.travel(AFTER, tick=False):
        shown = page(french_officer(), "desk_proposal", record.pk)
        assert (admit in shown, end in shown) == (True, False)
        admit_late(record, reason="Power cut", until=AFTER + timedelta(days=1), by=french_officer(), at=AFTER)
        shown = page(french_officer(), "desk_proposal", record.pk)
        assert (admit in shown, end in shown) == (False, True)
        assert "Power cut" in shown


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_page_costs_the_same_queries_however_many_records_and_deeds(number: int) -> None:
    call = cast.call_2026()
    for _ in range(number):
        pair(proposal(call, cast.inserm()), proposal(call, cast.jsps()))
    record, seminar = Proposal.objects.filter(side__agency=cast.inserm())[0], Seminar.objects.all()[0]
    for deed in range(number):
        note(record, "reopen", by=record.coordinator, at=BEFORE, reason=str(deed))
    client = sign_in(Client(), french_officer())
    costs = []
    for name, pk in (("desk_proposal", record.pk), ("desk_seminar", seminar.pk)):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name, args=[pk])).status_code == 200
        costs.append(len(queries))
    assert costs == [26, 24]
