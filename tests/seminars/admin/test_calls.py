"""Editing calls in Django admin."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import HistoryEntry, User
from seminars.actions.call_files import load_call
from seminars.imports.calls import read_call, real_calls
from seminars.models import Call
from tests.cast import draft_of, inserm_officer, marie, user
from tests.signing import sign_in

pytestmark = pytest.mark.django_db
LOADED = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
PREFIXES = ("sides", "countries", "themes", "areas", "criteria", "scale")


@pytest.fixture
def call() -> Call:
    [path] = real_calls()
    return load_call(read_call(path), by=None, at=LOADED).call


@pytest.fixture
def administrator(client: Client) -> User:
    person = user("admin@example.org", family_name="Roux", given_name="Ada", is_staff=True, time_zone="UTC")
    sign_in(client, person)
    return person


def page_of(call: Call) -> str:
    return reverse("admin:seminars_call_change", args=[call.pk])


def typed(client: Client, call: Call, **changes: Any) -> dict[str, Any]:
    """Return the whole form of a call as a browser would send it back, with ``changes`` by name.

    The page itself need not be drawn for that, which takes long.
    """
    request = RequestFactory().get(page_of(call))
    request.user, request.session = User.objects.get(is_staff=True), client.session
    context = admin.site.get_model_admin(Call).change_view(request, str(call.pk)).context_data
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    values: dict[str, Any] = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is None or value is False:
                continue
            if isinstance(value, datetime):
                values |= {f"{bound.html_name}_0": f"{value:%Y-%m-%d}", f"{bound.html_name}_1": f"{value:%H:%M:%S}"}
            else:
                values[bound.html_name] = "on" if value is True else value
    return {name: value for name, value in (values | changes).items() if value is not None}


def number(call: Call, prefix: str, **values: Any) -> int:
    """Return the place of a part of the call in its formset."""
    rows = list(getattr(call, prefix).all())
    return next(place for place, row in enumerate(rows) if all(getattr(row, k) == v for k, v in values.items()))


def latest(call: Call) -> HistoryEntry:
    entry = HistoryEntry.objects.about(call).first()
    assert entry is not None
    return entry


def errors(answer: Any) -> dict[str, list[str]]:
    found = dict(answer.context["adminform"].form.errors)
    for inline in answer.context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            found |= {f"{form.prefix}-{name}": words for name, words in form.errors.items()}
        if inline.formset.non_form_errors():
            found[inline.formset.prefix] = inline.formset.non_form_errors()
    return {name: list(words) for name, words in found.items()}


def test_page_saved_unchanged_changes_nothing(client: Client, administrator: User, call: Call) -> None:
    answer = client.post(page_of(call), typed(client, call))
    assert answer.status_code == 302, errors(answer)
    assert latest(call).verb == "loaded"


def test_note_is_shown_at_the_top(client: Client, administrator: User, call: Call) -> None:
    page = client.get(page_of(call)).text
    assert page.index("HOST COUNTRY") < page.index('name="code"')
    assert reverse("admin:seminars_call_host", args=[call.pk, "JP"]) in page
    assert reverse("admin:seminars_call_host", args=[call.pk, "FR"]) not in page


def test_deadline_is_recomputed_and_recorded(client: Client, administrator: User, call: Call) -> None:
    place = f"sides-{number(call, 'sides', currency='JPY')}"
    changes = {
        f"{place}-deadline_on": "2026-09-10",
        f"{place}-deadline_time": "12:00",
        f"{place}-deadline_confirmed": "on",
    }
    answer = client.post(page_of(call), typed(client, call, **changes))
    assert answer.status_code == 302, errors(answer)
    side = call.sides.get(currency="JPY")
    assert side.deadline_at == datetime(2026, 9, 10, 3, tzinfo=UTC)
    entry = latest(call)
    assert (entry.verb, entry.actor) == ("changed", administrator)
    assert entry.before == {
        "sides.jsps.deadline_on": "2026-09-03",
        "sides.jsps.deadline_time": "17:00:00",
        "sides.jsps.deadline_confirmed": False,
    }
    assert entry.after["sides.jsps.deadline_time"] == "12:00:00"


def test_earlier_deadline_warns_while_there_are_records(client: Client, administrator: User, call: Call) -> None:
    draft_of(marie(), call=call, at=LOADED)
    place = f"sides-{number(call, 'sides', currency='EUR')}"
    answer = client.post(page_of(call), typed(client, call, **{f"{place}-deadline_on": "2026-09-01"}), follow=True)
    words = [str(message) for message in answer.context["messages"]]
    assert words[0] == "The deadline of Inserm is earlier now. Please warn: 1 record has begun."
    assert call.sides.get(currency="EUR").deadline_on == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("sides-EUR-deadline_time", None, "This field is required."),
        ("sides-EUR-deadline_on", "2026-05-01", "The deadline is before the opening of the call."),
        ("sides-EUR-deadline_on", "2026-02-30", "Enter a valid date."),
        ("sides-EUR-cap", "-0.01", "An amount cannot be negative."),
        ("sides-EUR-cap", "12000.001", "Ensure that there are no more than 2 decimal places."),
        ("sides-JPY-cap", "1000.50", "This currency has no decimals: write a whole amount."),
        ("sides-EUR-deadline_zone", "Paris", "Select a valid choice. Paris is not one of the available choices."),
        ("sides-EUR-cost_kinds", ["wine"], "Select a valid choice. wine is not one of the available choices."),
        ("window_end_on", "2027-03-31", "The last possible day is before the first."),
        ("max_days", "1", "The fewest days are more than the most."),
        ("announce_until_on", "2026-12-31", "The results would end before they begin."),
        ("capacity", "0", "Ensure this value is greater than or equal to 1."),
        ("title_fr", "\u202eSéminaire", "This text holds characters that cannot be kept: U+202E. Please remove them."),
        ("countries-FR-country", "XX", "Select a valid choice. XX is not one of the available choices."),
    ],
)
def test_wrong_term_is_refused_beside_its_field(
    client: Client, administrator: User, call: Call, field: str, value: Any, words: str
) -> None:
    if field.startswith("sides-"):
        _, currency, name = field.split("-")
        field = f"sides-{number(call, 'sides', currency=currency)}-{name}"
    if field.startswith("countries-"):
        field = f"countries-{number(call, 'countries', country='FR')}-country"
    answer = client.post(page_of(call), typed(client, call, **{field: value}))
    assert answer.status_code == 200
    assert errors(answer) == {field: [words]}
    assert latest(call).verb == "loaded"


@pytest.mark.parametrize(("on", "at"), [("2026-10-25", "02:30"), ("2027-03-28", "02:30")])
def test_doubtful_local_time_is_refused_beside_its_field(
    client: Client, administrator: User, call: Call, on: str, at: str
) -> None:
    place = f"sides-{number(call, 'sides', currency='EUR')}"
    changes = {f"{place}-deadline_on": on, f"{place}-deadline_time": at}
    answer = client.post(page_of(call), typed(client, call, **changes))
    words = "The clocks of this time zone skip this time on that day, or show it twice. Choose another one."
    assert errors(answer) == {f"{place}-deadline_time": [words]}
    assert call.sides.get(currency="EUR").deadline_at == datetime(2026, 9, 3, 8, tzinfo=UTC)


def test_published_call_needs_a_host_and_two_sides(client: Client, administrator: User, call: Call) -> None:
    host = f"countries-{number(call, 'countries', country='FR')}-may_host"
    answer = client.post(page_of(call), typed(client, call, **{host: None}))
    assert errors(answer) == {"countries": ["At least one country of a published call may host the seminar."]}
    gone = {f"sides-{number(call, 'sides', currency='JPY')}-DELETE": "on"}
    answer = client.post(page_of(call), typed(client, call, **gone))
    assert errors(answer) == {"sides": ["A published call has two sides, with agencies of two countries."]}
    same = {f"sides-{number(call, 'sides', currency='JPY')}-agency": call.sides.get(currency="EUR").agency_id}
    assert "sides" in errors(client.post(page_of(call), typed(client, call, **same)))


def test_costs_and_cap_of_a_side_are_changed(client: Client, administrator: User, call: Call) -> None:
    place = f"sides-{number(call, 'sides', currency='EUR')}"
    changes = {f"{place}-cap": "15000.50", f"{place}-cost_kinds": ["meals", "organisation"]}
    assert client.post(page_of(call), typed(client, call, **changes)).status_code == 302
    side = call.sides.get(currency="EUR")
    assert side.cap == Decimal("15000.50")
    assert sorted(cost.kind for cost in side.cost_kinds.all()) == ["meals", "organisation"]
    verbs = [(entry.verb, sorted(entry.after)) for entry in HistoryEntry.objects.about(call)[:2]]
    assert verbs == [("changed", ["sides.inserm.cost_kinds"]), ("changed", ["sides.inserm.cap"])]


def test_area_is_added_and_removed(client: Client, administrator: User, call: Call) -> None:
    added = {
        "areas-TOTAL_FORMS": "7",
        "areas-6-code": "sleep",
        "areas-6-position": "6",
        "areas-6-title_en": "Sleep",
        "areas-6-title_fr": "Sommeil",
        "areas-6-title_ja": "睡眠",
        "areas-0-DELETE": "on",
    }
    answer = client.post(page_of(call), typed(client, call, **added))
    assert answer.status_code == 302, errors(answer)
    assert not call.areas.filter(code="cancer").exists()
    entries = HistoryEntry.objects.about(call)[:2]
    assert [(entry.verb, entry.actor) for entry in entries] == [("added", administrator), ("removed", administrator)]


def test_parts_cannot_be_removed_once_there_are_records(client: Client, administrator: User, call: Call) -> None:
    draft_of(marie(), call=call, at=LOADED)
    client.post(page_of(call), typed(client, call, **{"areas-0-DELETE": "on"}))
    assert call.areas.count() == 6


def test_call_is_created_whole_and_unpublished(client: Client, administrator: User, call: Call) -> None:
    values = typed(client, call, code="inserm-jsps-2027", year="2027", is_published=None)
    values = {
        name: value
        for name, value in values.items()
        if not name.endswith(("-id", "-call")) and not name.startswith(PREFIXES)
    }
    for prefix in PREFIXES:
        values |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    answer = client.post(reverse("admin:seminars_call_add"), values)
    assert answer.status_code == 302, errors(answer)
    made = Call.objects.get(code="inserm-jsps-2027")
    assert (made.year, made.is_published) == (2027, False)
    assert [entry.verb for entry in HistoryEntry.objects.about(made)] == ["added"]


def test_erratum_is_confirmed_then_done(client: Client, administrator: User, call: Call) -> None:
    address = reverse("admin:seminars_call_host", args=[call.pk, "JP"])
    page = client.get(address)
    assert "Change the host country to Japan?" in page.text
    assert Call.objects.get().host_countries == ("FR",)
    assert client.post(address).status_code == 302
    assert Call.objects.get().host_countries == ("JP",)
    assert latest(call).actor == administrator


def test_erratum_to_a_country_outside_the_call_does_not_exist(client: Client, administrator: User, call: Call) -> None:
    assert client.post(reverse("admin:seminars_call_host", args=[call.pk, "DE"])).status_code == 404


def test_call_is_never_deleted(client: Client, administrator: User, call: Call) -> None:
    address = reverse("admin:seminars_call_delete", args=[call.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403
    assert Call.objects.exists()


def test_others_do_not_reach_the_administration(client: Client, call: Call) -> None:
    for person in (marie(), inserm_officer()):
        sign_in(client, person)
        assert client.get(page_of(call)).status_code == 404
        assert client.post(reverse("admin:seminars_call_host", args=[call.pk, "JP"])).status_code == 404
    assert Call.objects.get().host_countries == ("FR",)


def test_administrator_without_second_factor_is_stopped(client: Client, administrator: User, call: Call) -> None:
    sign_in(client, administrator, method="password")
    client.post(reverse("admin:seminars_call_host", args=[call.pk, "JP"]))
    assert Call.objects.get().host_countries == ("FR",)


def test_list_takes_the_same_queries_for_1_3_and_30_calls(client: Client, administrator: User, call: Call) -> None:
    counts = []
    for total in (1, 3, 30):
        for copy in range(Call.objects.count(), total):
            row = Call.objects.get(code="inserm-jsps-2026")
            countries = list(row.countries.all())
            row.pk, row.code = None, f"copy-{copy}"
            row.save()
            for country in countries:
                country.pk, country.call = None, row
                country.save()
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("admin:seminars_call_changelist"))
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
