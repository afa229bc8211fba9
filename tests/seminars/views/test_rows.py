"""What all lists of rows share: who reaches them, forms posted twice, two editors, removal, closing time."""

from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import HistoryEntry, User
from seminars.models import BudgetLine, Laboratory, Participant, Proposal, Session
from tests import cast
from tests.cast import BEFORE, DEADLINE, complete_draft, kenji, marie, reread
from tests.seminars import typed
from tests.seminars.typed import HTMX, url
from tests.signing import sign_in

pytestmark = pytest.mark.django_db
NEW = {
    "sessions": ("sessions", typed.session),
    "participants": ("participants", typed.participant),
    "laboratories": ("laboratories", typed.laboratory),
    "lines": ("lines", typed.line),
}
SECTION = {"sessions": "programme", "participants": "participants", "laboratories": "participants", "lines": "budget"}


@pytest.fixture(autouse=True)
def _before_the_deadline() -> Any:
    with time_machine.travel(BEFORE + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def draft(client: Client) -> Proposal:
    """Marie's complete draft; Marie is signed in."""
    sign_in(client, marie())
    draft = Proposal.objects.get(pk=complete_draft(marie()).pk)
    User.objects.update(language="en")
    return draft


def last(proposal: Proposal, kind: str) -> Any:
    return getattr(proposal, NEW[kind][0]).order_by("pk").last()


@pytest.mark.parametrize("kind", NEW)
def test_new_row_is_added_and_shown(client: Client, draft: Proposal, kind: str) -> None:
    rows, form = NEW[kind]
    before = getattr(draft, rows).count()
    answer = client.post(url(draft, f"{kind}/add/"), form())
    added = last(draft, kind)
    assert (answer.status_code, answer["Location"]) == (303, url(draft, f"{SECTION[kind]}/?done={kind}-{added.pk}"))
    assert getattr(draft, rows).count() == before + 1
    page = client.get(answer["Location"])
    assert (page.status_code, page.content.decode().count('class="row-done"')) == (200, 1)
    entry = HistoryEntry.objects.about(draft).first()
    assert entry is not None
    assert (entry.verb, entry.actor, entry.at) == ("row_added", marie(), BEFORE + timedelta(hours=1))


@pytest.mark.parametrize("kind", NEW)
def test_same_form_posted_twice_adds_one_row(client: Client, draft: Proposal, kind: str) -> None:
    rows, form = NEW[kind]
    before, data = getattr(draft, rows).count(), form()
    answers = [client.post(url(draft, f"{kind}/add/"), data) for _time in range(2)]
    assert getattr(draft, rows).count() == before + 1
    assert answers[0]["Location"] == answers[1]["Location"]


def test_same_form_with_other_words_is_asked_about(client: Client, draft: Proposal) -> None:
    data = typed.session()
    client.post(url(draft, "sessions/add/"), data)
    answer = client.post(url(draft, "sessions/add/"), data | {"title": "Neurons in a mouse"})
    assert answer.status_code == 409
    form = answer.context["open"].form
    assert form["title"].value() == "Neurons in a mouse"
    assert draft.sessions.count() == 2
    again = client.post(url(draft, "sessions/add/"), data | {"title": "Neurons in a mouse"} | _hidden(form))
    assert again.status_code == 303
    assert [session.title for session in draft.sessions.all()] == ["Opening", "Neurons in a dish", "Neurons in a mouse"]


def _hidden(form: Any) -> dict[str, Any]:
    return {name: form[name].value() or "" for name in ("version", "form_uuid")}


def test_form_id_of_another_record_means_nothing(client: Client, draft: Proposal) -> None:
    other = complete_draft(kenji(), "JP")
    theirs = other.sessions.get()
    answer = client.post(url(draft, "sessions/add/"), typed.session(form_uuid=str(theirs.form_uuid)))
    assert answer.status_code == 303
    assert (draft.sessions.count(), other.sessions.count()) == (2, 1)


@pytest.mark.parametrize("hidden", [{"version": "x"}, {"version": "-1"}, {"form_uuid": "1; drop table"}])
def test_hidden_field_that_was_tampered_with_is_told(client: Client, draft: Proposal, hidden: dict[str, str]) -> None:
    answer = client.post(url(draft, "sessions/add/"), typed.session() | hidden)
    assert (answer.status_code, draft.sessions.count()) == (422, 1)
    assert answer.context["open"].form.non_field_errors() == ["This form is out of date. Please reload the page."]


@pytest.mark.parametrize("kind", NEW)
def test_row_is_changed(client: Client, draft: Proposal, kind: str) -> None:
    client.post(url(draft, f"{kind}/add/"), NEW[kind][1]())
    row = last(draft, kind)
    name = {"sessions": "title", "participants": "position", "laboratories": "city", "lines": "note"}[kind]
    answer = client.post(url(draft, f"{kind}/{row.pk}/"), typed.shown(row, kind, **{name: "Changed"}))
    assert answer.status_code == 303
    row.refresh_from_db()
    assert (getattr(row, name), row.version) == ("Changed", 1)


def test_row_saved_meanwhile_shows_both_texts(client: Client, draft: Proposal) -> None:
    row = draft.sessions.get()
    mine, other = typed.shown(row, "sessions", title="Mine"), typed.shown(row, "sessions", title="Other", speaker="X")
    client.post(url(draft, f"sessions/{row.pk}/"), other)
    answer = client.post(url(draft, f"sessions/{row.pk}/"), mine)
    assert answer.status_code == 409
    opened = answer.context["open"]
    assert [(one.label, one.typed, one.saved) for one in opened.apart] == [
        ("Title", "Mine", "Other"),
        ("Speaker", "Marie Lefèvre", "X"),
    ]
    assert (opened.form["title"].value(), draft.sessions.get().title) == ("Mine", "Other")
    answer = client.post(url(draft, f"sessions/{row.pk}/"), mine | _hidden(opened.form))
    assert (answer.status_code, draft.sessions.get().title) == (303, "Mine")


def test_change_posted_twice_is_no_conflict(client: Client, draft: Proposal) -> None:
    row = draft.sessions.get()
    data = typed.shown(row, "sessions", title="Twice")
    answers = [client.post(url(draft, f"sessions/{row.pk}/"), data).status_code for _time in range(2)]
    assert (answers, draft.sessions.get().version) == ([303, 303], 1)


def test_row_removed_meanwhile_keeps_what_was_typed(client: Client, draft: Proposal) -> None:
    row = draft.sessions.get()
    data = typed.shown(row, "sessions", title="Still here")
    address = url(draft, f"sessions/{row.pk}/")
    row.delete()
    answer = client.post(address, data)
    assert (answer.status_code, answer.context["open"].form["title"].value()) == (409, "Still here")
    again = client.post(answer.context["open"].url, data | _hidden(answer.context["open"].form))
    assert (again.status_code, draft.sessions.get().title) == (303, "Still here")


@pytest.mark.parametrize("kind", NEW)
def test_removal_is_asked_about_and_done(client: Client, draft: Proposal, kind: str) -> None:
    client.post(url(draft, f"{kind}/add/"), NEW[kind][1]())
    row = last(draft, kind)
    page = client.get(url(draft, f"{kind}/{row.pk}/remove/"))
    assert (page.status_code, page.context["open"].version) == (200, 0)
    assert last(draft, kind) == row
    answer = client.post(url(draft, f"{kind}/{row.pk}/remove/"), {"version": "0"})
    assert (answer.status_code, answer["Location"]) == (303, url(draft, f"{SECTION[kind]}/"))
    assert last(draft, kind) != row
    entry = HistoryEntry.objects.about(draft).first()
    assert entry is not None
    assert (entry.verb, entry.before["values"].keys() >= {"proposal"}) == ("row_removed", False)


@pytest.mark.parametrize("version", ["", "x", "٣", "9" * 30, "1"])
def test_row_changed_meanwhile_is_not_removed_unseen(client: Client, draft: Proposal, version: str) -> None:
    row = draft.sessions.get()
    answer = client.post(url(draft, f"sessions/{row.pk}/remove/"), {"version": version})
    assert (answer.status_code, draft.sessions.count()) == (409, 1)
    assert "look at it once more" in answer.context["open"].notice


def test_row_removed_twice_is_gone(client: Client, draft: Proposal) -> None:
    row = draft.sessions.get()
    answers = [client.post(url(draft, f"sessions/{row.pk}/remove/"), {"version": "0"}).status_code for _time in "ab"]
    assert answers == [303, 404]


@pytest.mark.parametrize("kind", NEW)
@pytest.mark.parametrize("path", ["{kind}/{row}/", "{kind}/{row}/remove/"])
def test_row_of_another_record_does_not_exist(client: Client, draft: Proposal, kind: str, path: str) -> None:
    theirs = last(complete_draft(kenji(), "JP"), kind)
    address = url(draft, path.format(kind=kind, row=theirs.pk))
    assert client.get(address).status_code == 404
    data = NEW[kind][1](version="0")
    assert client.post(address, data).status_code == (404 if "remove" in path else 409)
    theirs.refresh_from_db()
    assert theirs.version == 0


@pytest.mark.parametrize(
    "path",
    [
        "programme/",
        "participants/",
        "budget/",
        "attachments/",
        "sessions/add/",
        "participants/add/",
        "laboratories/add/",
        "lines/add/",
        "lines/preview/",
    ],
)
@pytest.mark.parametrize("who", [cast.kenji, cast.inserm_officer, cast.jsps_officer])
def test_others_do_not_reach_the_forms(draft: Proposal, path: str, who: Any) -> None:
    client = sign_in(Client(), who())
    statuses = {client.get(url(draft, path)).status_code, client.post(url(draft, path)).status_code}
    assert statuses <= {404, 405}
    assert 404 in statuses


@pytest.mark.parametrize("kind", NEW)
def test_after_the_deadline_nothing_is_saved_and_the_text_comes_back(
    client: Client, draft: Proposal, kind: str
) -> None:
    rows, form = NEW[kind]
    before = getattr(draft, rows).count()
    data = form(**{"title": "Kept words"} if kind == "sessions" else {})
    with time_machine.travel(DEADLINE + timedelta(microseconds=1), tick=False):
        sign_in(client, marie())
        answer = client.post(url(draft, f"{kind}/add/"), data)
        partial = client.post(url(draft, f"{kind}/add/"), data, headers=HTMX)
    assert (answer.status_code, getattr(draft, rows).count()) == (409, before)
    assert answer.context["parts"][0].key == "typed"
    assert (kind != "sessions") or "Kept words" in [field.value for field in answer.context["parts"][0].fields]
    assert (partial["HX-Retarget"], partial["HX-Reselect"]) == (".section-main", ".section-main")


def test_at_the_deadline_itself_a_row_is_saved(client: Client, draft: Proposal) -> None:
    with time_machine.travel(DEADLINE, tick=False):
        sign_in(client, marie())
        assert client.post(url(draft, "sessions/add/"), typed.session()).status_code == 303


def test_submitted_record_keeps_its_rows(client: Client, draft: Proposal) -> None:
    row = draft.sessions.get()
    Proposal.objects.filter(pk=draft.pk).update(state="submitted")
    change = client.post(url(draft, f"sessions/{row.pk}/"), typed.shown(row, "sessions", title="Late"))
    removal = client.post(url(draft, f"sessions/{row.pk}/remove/"), {"version": "0"})
    assert (change.status_code, removal.status_code, draft.sessions.get().title) == (409, 409, "Opening")
    assert client.get(url(draft, "programme/")).context["refusal"]


def fill(proposal: Proposal, rows: int) -> None:
    """Bring every list of a record to ``rows`` rows."""
    for number in range(proposal.sessions.count(), rows):
        times = {"starts": time(8 + number // 6, number % 6 * 10), "ends": time(8 + number // 6, number % 6 * 10 + 9)}
        at = {"proposal": proposal, "saved_at": BEFORE}
        Session.objects.create(on=date(2027, 6, 15), title=f"Talk {number}", **times, **at)
        where = Laboratory.objects.create(name="Institut Roux", country="FR", city=f"Place {number}", **at)
        who = Participant.objects.create(family_name="Roux", email=f"{number}@x.fr", side="FR", laboratory=where, **at)
        BudgetLine.objects.create(kind="meals", participant=who, quantity=1, unit="meal", unit_cost=20, **at)


def test_number_of_queries_does_not_grow(client: Client, draft: Proposal) -> None:
    counts: dict[str, list[int]] = {}
    for rows in (1, 3, 30):
        fill(draft, rows)
        for path in ("programme/", "participants/", "budget/", "lines/add/", "participants/add/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url(draft, path)).status_code == 200
            counts.setdefault(path, []).append(len(queries))
    assert {path: len(set(numbers)) for path, numbers in counts.items()} == dict.fromkeys(counts, 1)


@pytest.mark.parametrize(
    "done",
    ["sessions-1", "sessions-", "sessions-x", "-", "٣-٣", "sessions-99999999999999999999", "sessions-" + "9" * 5000],
)
def test_any_word_on_what_was_done_is_harmless(client: Client, draft: Proposal, done: str) -> None:
    assert client.get(url(draft, "programme/"), {"done": done}).status_code == 200


@pytest.mark.parametrize("kind", NEW)
def test_bad_characters_are_told_beside_their_field(client: Client, draft: Proposal, kind: str) -> None:
    field = {"sessions": "title", "participants": "position", "laboratories": "name", "lines": "note"}[kind]
    before = getattr(draft, kind).count()
    for value in typed.BAD_LINES.values():
        answer = client.post(url(draft, f"{kind}/add/"), NEW[kind][1](**{field: value}))
        assert answer.status_code == 422
        form = answer.context["open"].form
        assert list(form.errors) == [field]
        assert form[field].value() == value
    assert getattr(draft, kind).count() == before


def test_lone_surrogate_is_no_character(client: Client, draft: Proposal) -> None:
    body = "&".join(f"{name}={value}" for name, value in typed.session(title="").items()) + "a%ED%A0%80b"
    body = body.replace("title=", "title=a%ED%A0%80b")
    answer = client.post(url(draft, "sessions/add/"), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {303, 422}
    assert reread(draft)
