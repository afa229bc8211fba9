"""The officers' desk: who sees which call and which numbers, and that every number is the length of its list."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from seminars.choices import ProposalState, SeminarState, Track
from seminars.models import Call, Proposal
from tests import cast
from tests.desk_records import AFTER, pair, proposal
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
CODE = "inserm-jsps-2026"


class Links(HTMLParser):
    """The links of a page with their words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.href: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.href = dict(attrs).get("href") if tag == "a" else self.href
        if tag == "a":
            self.found.append((self.href or "", ""))

    def handle_data(self, data: str) -> None:
        if self.href is not None:
            href, words = self.found[-1]
            self.found[-1] = (href, f"{words} {data.strip()}".strip())

    def handle_endtag(self, tag: str) -> None:
        self.href = None if tag == "a" else self.href


def page(user: User, address: str) -> str:
    answer = sign_in(Client(), user).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def mixed() -> Call:
    """Records of every state, alone, in forming pairs and in confirmed ones."""
    call = cast.call_2026()
    for number, state in enumerate(ProposalState.values):
        proposal(call, cast.inserm(), state, title_en=f"French alone {number}")
        proposal(call, cast.jsps(), state, title_en=f"Japanese alone {number}", track=Track.OTHER)
        pair(proposal(call, cast.inserm(), state), proposal(call, cast.jsps(), ProposalState.SUBMITTED))
        pair(proposal(call, cast.inserm(), state), proposal(call, cast.jsps(), state), SeminarState.FORMING)
    return call


def test_desk_without_a_call_says_what_comes() -> None:
    assert "Your agency takes part in no call yet" in page(cast.in_english(cast.inserm_officer()), reverse("desk"))


def test_desk_shows_the_calls_of_the_agency_newest_first() -> None:
    cast.call_2026()
    newer = Call.objects.create(
        code="2027",
        title_en="Newer",
        title_fr="Nouveau",
        title_ja="新",
        year=2027,
        seminar_year=2028,
        opens_at=AFTER,
        window_start_on=AFTER,
        window_end_on=AFTER,
        announce_from_on=AFTER,
        announce_until_on=AFTER,
    )
    cast.side_of(cast.call_2026(), "FR")
    shown = page(cast.inserm_officer(), reverse("desk"))
    assert CODE in shown
    assert "Newer" not in shown
    side = cast.side_of(cast.call_2026(), "FR")
    side.pk, side.call = None, newer
    side.save()
    shown = page(cast.inserm_officer(), reverse("desk"))
    assert shown.index("Nouveau") < shown.index(CODE)
    assert reverse("desk_call", args=["2027"]) not in page(cast.jsps_officer(), reverse("desk"))
    answer = sign_in(Client(), cast.jsps_officer()).get(reverse("desk_call", args=["2027"]))
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("agency", "at"), [("inserm", AFTER), ("jsps", AFTER), ("inserm", cast.DEADLINE - timedelta(hours=1))]
)
def test_every_number_is_the_length_of_the_list_behind_it(mixed: Call, agency: str, at: object) -> None:
    user = cast.inserm_officer() if agency == "inserm" else cast.jsps_officer()
    list_address = reverse("desk_proposals", args=[CODE])
    with time_machine.travel(at, tick=False):
        client = sign_in(Client(), user)
        links = Links(page(user, reverse("desk_call", args=[CODE]))).found
        numbers = {
            href: int(found[0])
            for href, words in links
            if href.startswith(list_address) and (found := re.findall(r"\d+", words))
        }
        assert len(numbers) > 20
        for href, number in numbers.items():
            assert client.get(href).context["page"].paginator.count == number, href


def test_the_numbers_tell_nothing_of_what_the_officer_may_not_see(mixed: Call) -> None:
    address = reverse("desk_call", args=[CODE])
    with time_machine.travel(AFTER, tick=False):
        before = page(cast.inserm_officer(), address)
        proposal(mixed, cast.jsps(), ProposalState.SUBMITTED, title_en="Unseen")
        forming = Proposal.objects.filter(side__agency=cast.jsps(), seminar__state=SeminarState.FORMING)
        forming.update(state=ProposalState.WITHDRAWN, changed_at=AFTER, start_on=AFTER, track=Track.OTHER)
        after = page(cast.inserm_officer(), address)
    assert re.sub(r'value="[^"]+"|nonce="[^"]+"', "", before) == re.sub(r'value="[^"]+"|nonce="[^"]+"', "", after)


def test_what_needs_attention_shows_both_halves_of_a_pair_once() -> None:
    call = cast.call_2026()
    french = proposal(call, cast.inserm(), ProposalState.SUBMITTED, title_en="Half a pair")
    japanese = proposal(call, cast.jsps(), title_en="Half a pair", title_ja="半分")
    pair(french, japanese)
    with time_machine.travel(AFTER, tick=False):
        answer = sign_in(Client(), cast.jsps_officer()).get(reverse("desk_call", args=[CODE]))
    [case] = answer.context["cases"]
    assert list(case.halves) == [japanese, french]
    assert [half.situation.reasons for half in case.halves] == [("partner_alone",), ("one_sided",)]


def test_a_calm_call_says_so() -> None:
    cast.call_2026()
    shown = page(_english_officer(), reverse("desk_call", args=[CODE]))
    assert "Nothing at the moment" in shown
    assert "No record yet." in shown


def _english_officer() -> User:
    return cast.officer_of(cast.inserm(), "english@inserm.example", language="en")


def test_the_curves_end_at_the_numbers_of_the_overview() -> None:
    call = cast.call_2026()
    cast.complete_draft(cast.marie())
    proposal(call, cast.inserm())
    proposal(call, cast.jsps())
    with time_machine.travel(AFTER, tick=False):
        answer = sign_in(Client(), _english_officer()).get(reverse("desk_call", args=[CODE]))
    french, japanese = answer.context["progress"]
    assert (french.started, french.submitted) == (2, 0)
    assert (japanese.started, japanese.submitted) == (0, 0)
    shown = answer.content.decode()
    assert "Inserm: records started and submitted so far, by day" in shown
    assert shown.count('<svg class="chart"') == 1


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_overview_costs_the_same_queries_however_many_records(number: int) -> None:
    call = cast.call_2026()
    for _ in range(number):
        pair(proposal(call, cast.inserm(), ProposalState.SUBMITTED), proposal(call, cast.jsps()))
    user = _english_officer()
    client = sign_in(Client(), user)
    with time_machine.travel(AFTER, tick=False), CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("desk_call", args=[CODE])).status_code == 200
    assert len(queries) == 15
    with time_machine.travel(AFTER, tick=False), CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("desk")).status_code == 200
    assert len(queries) == 8
