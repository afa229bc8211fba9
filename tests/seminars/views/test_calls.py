"""The public pages of calls."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from seminars.actions.call_files import load_call
from seminars.actions.calls import save_part, set_deadline, set_host_country
from seminars.imports.calls import read_call, read_demonstration, real_calls
from seminars.models import Call, Proposal
from tests.cast import draft_of, inserm_officer, marie, user
from tests.signing import sign_in

pytestmark = pytest.mark.django_db
OPEN = datetime(2026, 8, 22, 12, 0, tzinfo=UTC)
CLOSED = datetime(2026, 9, 3, 8, 0, 0, 1, tzinfo=UTC)
EARLY = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
CODE = "inserm-jsps-2026"
PAGE = reverse("call", args=[CODE])


@pytest.fixture
def call() -> Call:
    [path] = real_calls()
    return load_call(read_call(path), by=None, at=EARLY).call


def read(client: Client, address: str = PAGE, at: datetime = OPEN, language: str = "en") -> str:
    """Return the words of a page, without its marks and with single spaces."""
    with time_machine.travel(at, tick=False):
        answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


@pytest.mark.parametrize(
    ("language", "inserm", "jsps"),
    [
        ("en", "Thursday 3 September 2026, 10:00 (Paris time) 17:00 Tokyo", "17:00 (Tokyo time) 10:00 Paris"),
        ("fr", "jeudi 3 septembre 2026", "10:00 heure de Paris"),
        ("ja", "2026年9月3日（木）", "17:00 日本時間"),
    ],
)
def test_deadlines_are_shown_as_announced_and_by_the_other_clock(
    client: Client, call: Call, language: str, inserm: str, jsps: str
) -> None:
    words = read(client, language=language)
    assert inserm in words
    assert jsps in words


def test_deadline_is_given_to_machines_in_utc(client: Client, call: Call) -> None:
    assert client.get(PAGE).text.count('datetime="2026-09-03T08:00:00') == 2


def test_deadline_announced_to_the_second_is_shown_to_the_second(client: Client, call: Call) -> None:
    side = call.sides.get(agency__code="inserm")
    set_deadline(side, on=date(2026, 9, 3), time=time(23, 59, 59), zone="Europe/Paris", by=None, at=OPEN)
    assert "Thursday 3 September 2026, 23:59:59 (Paris time)" in read(client)


def test_unconfirmed_deadline_is_marked_on_its_side_only(client: Client, call: Call) -> None:
    assert read(client).count("To be confirmed") == 1
    assert re.search(r"\(Tokyo time\) 10:00 Paris To be confirmed", read(client))


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (EARLY, "Opens on 1 June 2026"),
        (OPEN, "Closes in 12 days"),
        (datetime(2026, 9, 2, 12, tzinfo=UTC), "Closes in 1 day"),
        (datetime(2026, 9, 3, 8, tzinfo=UTC), "Closes today"),
        (CLOSED, "This call is closed"),
    ],
)
def test_page_says_how_long_there_is(client: Client, call: Call, at: datetime, words: str) -> None:
    assert words in read(client, at=at)


@pytest.mark.parametrize("language", ["en", "fr", "ja"])
def test_page_says_everything_of_the_call_in_each_language(client: Client, call: Call, language: str) -> None:
    words = read(client, language=language)
    texts = [getattr(call, f"{name}_{language}") for name in ("title", "summary", "format")]
    for side in call.sides.all():
        texts += [getattr(side, f"{name}_{language}") for name in ("pays", "filing")]
        texts.append(getattr(side.agency, f"name_{language}"))
    for criterion in call.criteria.all():
        texts += [getattr(criterion, f"{name}_{language}") for name in ("title", "guidance")]
    texts += [getattr(area, f"title_{language}") for area in call.areas.all()]
    page = words.replace("&#x27;", "'")
    assert [text for text in texts if " ".join(text.split()) not in page] == []


def test_terms_are_shown(client: Client, call: Call) -> None:
    words = read(client)
    for fact in (
        "2 to 3 days",
        "1 April – 31 December 2027",
        "Host country France",
        "At least 2 different laboratories in all France: at least 1 Japan: at least 1",
        "At most €12,000 for the seminar",
        "No maximum amount has been announced.",
        "January 2027",
        "Within 60 days after the seminar",
        "international.dpre@inserm.fr",
    ):
        assert fact in words, fact
    assert "Another field" not in words


def test_erratum_shows_at_once(client: Client, call: Call) -> None:
    assert "Host country France" in read(client)
    set_host_country(call, "JP", by=None, at=OPEN)
    assert "Host country Japan" in read(client)


def test_change_of_an_agency_shows_at_once(client: Client, call: Call) -> None:
    administrator = user("admin@example.org", is_staff=True)
    read(client)
    agency = call.sides.get(agency__code="jsps").agency
    names = ["code", "acronym", "name_en", "name_fr", "name_ja", "country", "time_zone", "accent"]
    form = {name: getattr(agency, name) for name in names} | {"contact_email": "seminars@jsps.example"}
    sign_in(Client(), administrator).post(reverse("admin:accounts_agency_change", args=[agency.pk]), form)
    agency.refresh_from_db()
    assert agency.contact_email == "seminars@jsps.example"
    assert "seminars@jsps.example" in read(client)


def test_stranger_is_asked_to_sign_in_and_comes_back(client: Client, call: Call) -> None:
    with time_machine.travel(OPEN):
        page = client.get(PAGE).text
    assert f'href="{reverse("account_login")}?next={PAGE}"' in page
    assert reverse("proposal_start", args=[CODE, "inserm"]) not in page


def signed_in(client: Client, person: User, at: datetime = OPEN) -> str:
    sign_in(client, person)
    with time_machine.travel(at, tick=False):
        return client.get(PAGE, headers={"accept-language": "en"}).text


def test_person_may_start_on_either_side(client: Client, call: Call) -> None:
    page = signed_in(client, marie())
    for agency in ("inserm", "jsps"):
        assert f'action="{reverse("proposal_start", args=[CODE, agency])}"' in page


def test_person_with_a_record_is_led_to_it(client: Client, call: Call) -> None:
    record = draft_of(marie(), call=call, at=OPEN)
    page = signed_in(client, marie())
    assert f'href="{reverse("proposal", args=[record.pk])}"' in page
    assert reverse("proposal_start", args=[CODE, "inserm"]) not in page
    assert reverse("proposal_start", args=[CODE, "jsps"]) in page


def test_record_of_somebody_else_is_not_named(client: Client, call: Call) -> None:
    draft_of(user("other@example.org"), call=call, at=OPEN)
    assert "/proposals/" not in signed_in(client, marie())


@pytest.mark.parametrize("at", [EARLY, CLOSED])
def test_nothing_can_be_started_outside_the_call(client: Client, call: Call, at: datetime) -> None:
    assert "/start/" not in signed_in(client, marie(), at)
    assert Proposal.objects.count() == 0


def test_unpublished_call_is_for_administrators_only(client: Client, call: Call) -> None:
    call.is_published = False
    save_part(call, by=None, at=OPEN)
    for person in (None, marie(), inserm_officer()):
        visitor = Client()
        if person:
            sign_in(visitor, person)
        assert visitor.get(PAGE).status_code == 404
        assert CODE not in visitor.get(reverse("call_list")).text
    sign_in(client, user("admin@example.org", is_staff=True))
    assert "Not published" in read(client)


def test_unknown_call_does_not_exist(client: Client) -> None:
    assert client.get(reverse("call", args=["nothing"])).status_code == 404


def test_demonstration_is_marked(client: Client) -> None:
    load_call(read_demonstration(OPEN), by=None, at=OPEN)
    for address in (reverse("call", args=["demonstration"]), reverse("call_list"), reverse("front")):
        assert "Demonstration: nothing reaches an agency" in read(client, address)


def test_calls_are_listed_by_state(client: Client, call: Call) -> None:
    for at, heading in ((EARLY, "Opening soon"), (OPEN, "Open now"), (CLOSED, "Closed calls")):
        words = read(client, reverse("call_list"), at)
        headings = [name for name in ("Opening soon", "Open now", "Closed calls") if name in words]
        assert headings == [heading]
        assert "Inserm/JSPS joint seminars: 2026 call for seminars in 2027" in words


def test_lists_say_so_when_they_are_empty(client: Client) -> None:
    assert "No call has been published yet" in read(client, reverse("call_list"))
    assert "No call is open at the moment" in read(client, reverse("front"))


def test_first_page_leads_on(client: Client, call: Call) -> None:
    words = read(client, reverse("front"))
    assert "Create an account" in words
    assert "Closes in 12 days" in words
    sign_in(client, marie())
    page = client.get(reverse("front")).text
    assert f'href="{reverse("home")}"' in page
    assert reverse("account_signup") not in page


@pytest.mark.parametrize("name", ["call_list", "front"])
def test_lists_take_the_same_queries_for_1_3_and_30_calls(client: Client, call: Call, name: str) -> None:
    counts = []
    for more in (0, 2, 27):
        for number in range(more):
            copy_of(CODE, f"copy-{more}-{number}")
        with time_machine.travel(OPEN), CaptureQueriesContext(connection) as queries:
            client.get(reverse(name))
        counts.append(len(queries))
    assert Call.objects.count() == 30
    assert counts[0] == counts[1] == counts[2] <= 3


def copy_of(code: str, new: str) -> None:
    call = Call.objects.get(code=code)
    rows: list[Any] = [*call.sides.all(), *call.countries.all()]
    call.pk, call.code = None, new
    call.save()
    for row in rows:
        row.pk, row.call = None, call
        row.save()


def test_page_takes_few_queries_also_with_more_of_everything(client: Client, call: Call) -> None:
    def queries() -> int:
        with time_machine.travel(OPEN), CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        return len(asked)

    first, again = queries(), queries()
    for number in range(20):
        call.areas.create(code=f"area-{number}", title_en="A", title_fr="A", title_ja="A")
        call.criteria.create(code=f"criterion-{number}", title_en="A", title_fr="A", title_ja="A")
    save_part(call, by=None, at=OPEN)
    call.report_days = 61
    save_part(call, by=None, at=OPEN)
    assert (queries(), queries()) == (first, again)
    assert again == 2
    assert first <= 9


def test_post_is_not_allowed(client: Client, call: Call) -> None:
    for name, arguments in (("front", []), ("call_list", []), ("call", [CODE]), ("call_calendar", [CODE])):
        assert client.post(reverse(name, args=arguments)).status_code == 405


def test_call_whose_dates_follow_each_other_closely_is_drawn(client: Client, call: Call) -> None:
    call.announce_from_on = date(2026, 9, 4)
    call.announce_until_on = date(2026, 9, 4)
    call.opens_at = OPEN - timedelta(days=1)
    save_part(call, by=None, at=OPEN)
    words = read(client)
    assert "Each agency evaluates, then both select together" not in words
    assert "Results 4 September 2026" in words


def test_call_without_sides_can_be_previewed(client: Client, call: Call) -> None:
    call.sides.all().delete()
    save_part(call, by=None, at=OPEN)
    assert "The year of this call" in read(client)
