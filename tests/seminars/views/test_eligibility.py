"""The officers' pages on eligibility: what they show, what they post, what stays out of sight, how many queries."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from seminars.actions import eligibility_notice
from seminars.choices import CaseStand, Eligibility
from seminars.models import Call, EligibilityDecision, EligibilityNotice, Proposal, Seminar
from seminars.queries.case_list import counts
from seminars.queries.eligibility import cases, waiting
from tests import cast
from tests.desk_records import proposal
from tests.seminars.filed import AFTER, WHY, bare_pair, decide, filed, filed_pair, officer, side
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
CODE = "inserm-jsps-2026"
LIST = reverse("desk_eligibility", args=[CODE])
NOTICE = reverse("desk_eligibility_notice", args=[CODE])


def client_of(country: str = "FR") -> Client:
    user = officer(country)
    User.objects.filter(pk=user.pk).update(language="en", time_zone="Europe/Paris")
    return sign_in(Client(), User.objects.get(pk=user.pk))


def get(client: Client, address: str) -> str:
    with time_machine.travel(AFTER, tick=False):
        answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, address: str, data: dict[str, Any]) -> Any:
    with time_machine.travel(AFTER, tick=False):
        return client.post(address, data)


def test_each_sees_the_own_records_and_the_pairs() -> None:
    cast.call_2026()
    filed("FR", title_en="Lonely French")
    filed("JP", title_en="Lonely Japanese")
    bare_pair("Both together")
    proposal(cast.call_2026(), cast.inserm(), title_en="Only a draft")
    french, japanese = get(client_of("FR"), LIST), get(client_of("JP"), LIST)
    for shown, mine, theirs in ((french, "French", "Japanese"), (japanese, "Japanese", "French")):
        assert f"Lonely {mine}" in shown
        assert "Both together" in shown
        assert f"Lonely {theirs}" not in shown
        assert "Only a draft" not in shown
        assert "2 cases" in shown


def test_every_number_is_the_length_of_its_list() -> None:
    decided, _open = bare_pair(), bare_pair()
    decide(decided, "FR")
    decide(decided, "JP", Eligibility.INELIGIBLE)
    decide(bare_pair(), "FR", Eligibility.INELIGIBLE)
    filed("FR")
    client, user = client_of(), officer("FR")
    call = Call.objects.with_terms().get()
    found = {count.stand: count for count in counts(cases(user, call, AFTER))}
    expected = {CaseStand.MINE: 2, CaseStand.VOID: 1, CaseStand.OTHER: 1, CaseStand.INELIGIBLE: 1, CaseStand.UNTOLD: 1}
    assert {stand: count.value for stand, count in found.items() if count.value} == expected
    for count in found.values():
        shown = get(client, f"{LIST}?{count.query}")
        assert shown.count('role="rowheader"') == count.value
    assert waiting(user, [call]) == {call.pk: 2}
    assert "2 cases to decide by your agency" in get(client, reverse("desk_call", args=[CODE]))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("sort=-title", ["Zebra", "Apple"]),
        ("sort=title", ["Apple", "Zebra"]),
        ("q=zEb", ["Zebra"]),
        ("proposed=eligible", []),
        ("own=none&other=none&sort=title", ["Apple", "Zebra"]),
        ("sort=proposed", ["Apple", "Zebra"]),
        ("sort=decided", ["Apple", "Zebra"]),
        ("sort=nonsense&stand=nonsense", ["Apple", "Zebra"]),
        ("page=99", ["Apple", "Zebra"]),
    ],
)
def test_the_address_narrows_and_sorts(query: str, titles: list[str]) -> None:
    for title in ("Apple", "Zebra"):
        bare_pair(title)
    shown = get(client_of(), f"{LIST}?{query}")
    places = sorted((shown.index(f"<bdi>{title}</bdi>"), title) for title in ("Apple", "Zebra") if title in shown)
    assert [title for _place, title in places] == titles


def test_queries_stay_the_same_whatever_the_rows() -> None:
    client, numbers, taken = client_of(), [], 0
    for rows in (1, 3, 30):
        while taken < rows:
            seminar = bare_pair()
            decide_bare(seminar)
            filed("FR")
            taken += 1
        get(client, LIST)
        pages = (LIST, reverse("desk_eligibility_bulk", args=[CODE, "void"]), NOTICE)
        counted = []
        for page in (*pages, reverse("desk_eligibility_seminar", args=[Seminar.objects.first().pk])):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                get(client, page)
            counted.append(len(queries))
        numbers.append(counted)
    assert numbers[0] == numbers[1] == numbers[2]


def decide_bare(seminar: Seminar) -> None:
    """Both sides find a pair eligible, without the locks and the history."""
    for record in seminar.proposals.select_related("side__agency"):
        EligibilityDecision.objects.create(
            side=record.side,
            seminar=seminar,
            proposal=record,
            outcome=Eligibility.ELIGIBLE,
            decided_at=AFTER,
            decided_by=officer(record.side.agency.country),
        )
    Seminar.objects.filter(pk=seminar.pk).update(state="eligible")


def case_page(seminar: Seminar) -> str:
    return reverse("desk_eligibility_seminar", args=[seminar.pk])


def test_the_case_shows_every_rule_and_the_form_comes_filled_in() -> None:
    seminar = filed_pair()
    Proposal.objects.filter(seminar=seminar, side__agency__country="JP").update(track="open")
    shown = get(client_of("JP"), case_page(seminar))
    for number in range(1, 21):
        assert f">R{number}</span>" in shown
    assert "Applications under this JSPS track are not accepted in this call. (R4)" in shown
    assert "Decide for JSPS" in shown
    assert "Decide for Inserm" not in shown
    assert 'value="R4" id' in shown.replace("checked", "").replace("  ", " ") or 'value="R4"' in shown


def test_posting_decides_and_a_second_time_says_why_not() -> None:
    seminar = filed_pair()
    client, typed = client_of(), {"side": side("FR").pk, "outcome": "eligible"}
    answer = post(client, case_page(seminar), typed)
    assert (answer.status_code, answer.headers["Location"]) == (303, case_page(seminar))
    assert EligibilityDecision.objects.get().outcome == Eligibility.ELIGIBLE
    assert post(client, case_page(seminar), typed).status_code == 409


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"outcome": ""}, "This field is required."),
        (
            {"outcome": "ineligible", "reason_ja": ""},
            "all three languages",
        ),
        ({"outcome": "correction", "until_on": ""}, "until when the record"),
        ({"outcome": "correction", "until_on": "2026-09-03"}, "within 30 days"),
        ({"outcome": "correction", "until_on": "2026-10-05"}, "within 30 days"),
        ({"outcome": "correction", "until_on": "0001-01-01"}, "within 30 days"),
        ({"outcome": "ineligible", "rules": "R99"}, "Select a valid choice"),
        ({"outcome": "ineligible", "reason_en": "null\x00"}, "U+0000"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(typed: dict[str, str], words: str) -> None:
    seminar = bare_pair()
    why = {f"reason_{language}": text for language, text in WHY.items()}
    asked = {"side": side("FR").pk, "until_on": "2026-09-10", "until_time": "17:00", **why, **typed}
    answer = post(client_of(), case_page(seminar), asked)
    shown = answer.content.decode()
    assert (answer.status_code, EligibilityDecision.objects.count()) == (422, 0)
    assert words in shown
    assert asked["reason_fr"] in shown


def test_nobody_decides_for_another_side_or_out_of_sight() -> None:
    seminar, lonely = bare_pair(), filed("JP")
    client = client_of("FR")
    assert post(client, case_page(seminar), {"side": side("JP").pk, "outcome": "eligible"}).status_code == 400
    for address in (
        reverse("desk_eligibility_record", args=[lonely.pk]),
        reverse("reopen_record_decision", args=[lonely.pk, side("JP").pk]),
        reverse("reopen_seminar_decision", args=[seminar.pk, side("JP").pk]),
        reverse("desk_eligibility_bulk", args=[CODE, "everything"]),
        reverse("eligibility_letter", args=[CODE, lonely.pk]),
    ):
        assert post(client, address, {"side": side("JP").pk}).status_code in (404, 405)
        with time_machine.travel(AFTER, tick=False):
            assert client.get(address).status_code == 404
    stranger = sign_in(Client(), cast.marie())
    for address in (LIST, NOTICE, case_page(seminar)):
        assert stranger.get(address).status_code == 404


def test_reopening_asks_why_first() -> None:
    seminar = bare_pair()
    decide(seminar, "FR")
    client, address = client_of(), reverse("reopen_seminar_decision", args=[seminar.pk, side("FR").pk])
    assert "no longer holds" in get(client, address)
    assert post(client, address, {"reason": " "}).status_code == 422
    assert post(client, address, {"reason": "A new fact."}).status_code == 303
    assert post(client, address, {"reason": "A new fact."}).status_code == 409
    assert "A new fact." in get(client, case_page(seminar))


def test_the_void_are_decided_together_and_what_changed_is_left_alone() -> None:
    first, second = filed("FR", title_en="First"), filed("FR", title_en="Second")
    client, address = client_of(), reverse("desk_eligibility_bulk", args=[CODE, "void"])
    shown = get(client, address)
    assert shown.count('name="case"') == 2
    decide(second, "FR", Eligibility.INELIGIBLE)
    answer = post(client, address, {"case": [f"r{first.pk}", f"r{second.pk}", "r999999", "nonsense"]})
    assert (answer.status_code, answer.headers["Location"]) == (303, LIST)
    shown = get(client, LIST)
    assert "1 case is decided." in shown
    assert "Left alone: “Second”. Somebody has decided meanwhile." in shown
    assert EligibilityDecision.objects.get(proposal=first).rules[0] == "R3"
    post(client, address, {})
    assert "Nothing was ticked" in get(client, LIST)
    assert "Nothing to decide together" in get(client, address)


def test_a_record_of_a_pair_leads_to_the_pair_and_one_alone_has_its_own_page() -> None:
    seminar, lonely = bare_pair(), filed("FR", title_en="Lonely")
    client, record = client_of(), seminar.proposals.first()
    with time_machine.travel(AFTER, tick=False):
        answer = client.get(reverse("desk_eligibility_record", args=[record.pk]))
    assert answer.headers["Location"] == case_page(seminar)
    address = reverse("desk_eligibility_record", args=[lonely.pk])
    assert "No record of the other agency is paired" in get(client, address)
    why = {f"reason_{language}": text for language, text in WHY.items()}
    answer = post(client, address, {"side": side("FR").pk, "outcome": "ineligible", "rules": ["R3"], **why})
    assert answer.headers["Location"] == address
    reopen = reverse("reopen_record_decision", args=[lonely.pk, side("FR").pk])
    assert post(client, reopen, {"reason": "Why not."}).headers["Location"] == address


def test_the_notice_is_planned_moved_agreed_to_and_cancelled_on_its_page() -> None:
    seminar = bare_pair()
    decide_bare(seminar)
    french, japanese = client_of("FR"), client_of("JP")
    shown = get(french, NOTICE)
    assert "1 letter of your agency" in shown
    record = seminar.proposals.get(side__agency__country="FR")
    letter = get(french, reverse("eligibility_letter", args=[CODE, record.pk]))
    assert "is eligible. It goes on to review." in letter
    assert post(french, NOTICE, {"plan": "1", "until_on": "2026-09-01", "until_time": "10:00"}).status_code == 422
    assert post(french, NOTICE, {"agree": "1"}).status_code == 422
    assert post(french, NOTICE, {"plan": "1", "until_on": "2026-09-10", "until_time": "10:00"}).status_code == 303
    notice = EligibilityNotice.objects.get()
    seen = notice.due_at.isoformat()
    assert "Agree to this moment" not in get(french, NOTICE)
    assert "10 Sept 2026, 10:00 Paris" in get(japanese, NOTICE)
    assert post(french, NOTICE, {"agree": "1", "due_at": seen}).status_code == 409
    assert post(japanese, NOTICE, {"agree": "1", "due_at": "x"}).status_code == 400
    assert post(japanese, NOTICE, {"agree": "1", "due_at": seen}).status_code == 303
    assert post(japanese, NOTICE, {"plan": "1", "until_on": "2026-09-11", "until_time": "10:00"}).status_code == 303
    assert post(french, NOTICE, {"cancel": "1"}).status_code == 303
    assert eligibility_notice.send_due(at=AFTER + timedelta(days=30)) == 0
    assert "Cancelled" in get(french, NOTICE)
