"""The facts as they are posted: every wrong value is told beside its field, kept, and nothing is saved."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from seminars.models import Call, PriorityArea, Proposal, Theme
from tests.cast import complete_draft, draft_of, in_english, marie, reread
from tests.seminars.filled import filled
from tests.signing import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_deadline")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(client: Client) -> Proposal:
    """Marie's new record; Marie is signed in and reads English."""
    sign_in(client, in_english(marie()))
    return draft_of(marie())


def post(client: Client, proposal: Proposal, **typed: Any) -> Any:
    return client.post(f"/proposals/{proposal.pk}/facts/", filled(proposal, "facts", **typed))


def test_everything_is_saved(client: Client, draft: Proposal) -> None:
    call = draft.side.call
    theme, area = Theme.objects.get(call=call, code="life"), PriorityArea.objects.get(call=call, code="cancer")
    answer = post(
        client,
        draft,
        title_en="  Ageing   neurons ",
        title_fr="Neurones",
        title_ja="神経の老化",
        abstract_en="First line\r\nSecond line",
        keywords="ageing、 neurons; imaging，ageing",
        theme=theme.pk,
        areas=[area.pk],
        start_on="2027-06-14",
        end_on="2027-06-16",
        venue_name="Neurocampus",
        venue_city="Bordeaux",
        venue_country="FR",
    )
    assert answer.status_code == 303
    saved = reread(draft)
    assert (saved.title_en, saved.title_fr, saved.title_ja) == ("Ageing neurons", "Neurones", "神経の老化")
    assert saved.abstract_en == "First line\nSecond line"
    assert saved.keywords == ["ageing", "neurons", "imaging"]
    assert (saved.theme, list(saved.areas.all())) == (theme, [area])
    assert (saved.start_on, saved.end_on) == (date(2027, 6, 14), date(2027, 6, 16))
    assert (saved.venue_name, saved.venue_city, saved.venue_country) == ("Neurocampus", "Bordeaux", "FR")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("title_en", "x" * 201),
        ("title_en", "a\u0000b"),
        ("title_fr", "a\u0007b"),
        ("title_ja", "abc\u202edef"),
        ("abstract_en", "x" * 3001),
        ("abstract_en", "x" * 1_000_000),
        ("abstract_en", "a\u2066b"),
        ("keywords", "a, b, c, d, e, f, g"),
        ("keywords", "k" * 61),
        ("keywords", "a\u0000b"),
        ("theme", "999999"),
        ("theme", "x"),
        ("areas", ["999999"]),
        ("areas", ["x"]),
        ("start_on", "2027-02-29"),
        ("start_on", "tomorrow"),
        ("end_on", "2027-13-01"),
        ("venue_country", "XX"),
        ("venue_country", "France"),
        ("venue_name", "x" * 201),
        ("venue_city", "x\u200fy"),
    ],
)
def test_wrong_value_is_told_kept_and_nothing_is_saved(
    client: Client, draft: Proposal, name: str, typed: str | list[str]
) -> None:
    answer = post(client, draft, **{"venue_city": "Bordeaux", "title_en": "Good title", name: typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]
    assert answer.context["form"][name].value() == typed
    saved = reread(draft)
    assert (saved.title_en, saved.venue_city, saved.facts_version, saved.facts_saved_at) == ("", "", 0, None)


def test_end_before_start_is_told_beside_the_end(client: Client, draft: Proposal) -> None:
    answer = post(client, draft, start_on="2027-06-16", end_on="2027-06-14")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["end_on"]
    assert reread(draft).start_on is None


def test_a_day_outside_the_window_is_saved_and_listed(client: Client, draft: Proposal) -> None:
    assert post(client, draft, start_on="2027-03-31", end_on="2027-04-02").status_code == 303
    assert "must take place between 1 April 2027 and 31 December 2027" in _page(client, draft)


def test_six_keywords_of_sixty_characters_are_saved(client: Client, draft: Proposal) -> None:
    words = [letter * 60 for letter in "abcdef"]
    assert post(client, draft, keywords=", ".join(words)).status_code == 303
    assert reread(draft).keywords == words


def test_ids_of_another_call_are_refused(client: Client, draft: Proposal) -> None:
    other = Call.objects.create(
        **{
            field.name: getattr(draft.side.call, field.name)
            for field in Call._meta.fields
            if field.name not in ("id", "code")
        },
        code="other",
    )
    names = {"title_en": "Other", "title_fr": "Autre", "title_ja": "他"}
    theme = Theme.objects.create(call=other, code="life", **names)
    area = PriorityArea.objects.create(call=other, code="cancer", **names)
    answer = post(client, draft, theme=theme.pk, areas=[area.pk])
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"theme", "areas"}


@pytest.mark.parametrize("name", ["state", "coordinator", "side", "seminar", "admitted_until", "pair_confirmed_at"])
def test_what_no_form_offers_cannot_be_set(client: Client, draft: Proposal, name: str) -> None:
    before = getattr(reread(draft), name)
    assert post(client, draft, title_en="Title", **{name: "1"}).status_code == 303
    assert getattr(reread(draft), name) == before


def test_what_is_wrong_is_told_by_field_to_a_page_that_saves_by_itself(client: Client, draft: Proposal) -> None:
    data = filled(draft, "facts", title_en="x" * 201, start_on="2027-02-29")
    answer = client.post(f"/proposals/{draft.pk}/facts/", data, headers=HTMX)
    assert answer.status_code == 422
    assert answer.json()["message"] == "Not saved: 2 fields need attention."
    assert set(answer.json()["errors"]) == {"id_title_en", "id_start_on"}


def test_abstract_of_exactly_the_limit_counts_characters_not_bytes(client: Client, draft: Proposal) -> None:
    text = "漢\U00020bb7" * 1500
    assert post(client, draft, abstract_en=text).status_code == 303
    assert reread(draft).abstract_en == text
    assert ">3000</span> characters" in _page(client, draft)


def _page(client: Client, proposal: Proposal) -> str:
    return client.get(f"/proposals/{proposal.pk}/facts/").content.decode()


def dates(client: Client, proposal: Proposal, start_on: str, end_on: str) -> str:
    return client.get(
        f"/proposals/{proposal.pk}/facts/dates/", {"start_on": start_on, "end_on": end_on}
    ).content.decode()


def test_dates_tell_days_window_and_holidays_of_both_countries(client: Client, draft: Proposal) -> None:
    text = dates(client, draft, "2027-04-29", "2027-05-01")
    assert "3 seminar days" in text
    assert "Inside the call" in text
    assert "public holiday in Japan (Showa Day)" in text
    assert "public holiday in France (Labor Day)" in text
    assert "Saturday 1 May 2027 is on a weekend" in text


@pytest.mark.parametrize(
    ("start_on", "end_on", "said"),
    [
        ("2027-06-14", "2027-06-14", "must last 2 to 3 days"),
        ("2027-06-14", "2027-06-17", "must last 2 to 3 days"),
        ("2027-03-31", "2027-04-01", "must take place between"),
        ("2027-12-31", "2028-01-01", "must take place between"),
        ("2027-06-16", "2027-06-14", "The end date is before the start date."),
        ("2027-02-29", "2027-03-01", "With both dates"),
        ("", "2027-03-01", "With both dates"),
        ("0001-01-01", "9999-12-31", "must take place between"),
        ("9999-12-30", "9999-12-31", "must take place between"),
    ],
)
def test_dates_say_what_is_wrong(client: Client, draft: Proposal, start_on: str, end_on: str, said: str) -> None:
    assert said in dates(client, draft, start_on, end_on)


def test_saved_dates_are_told_without_javascript(client: Client) -> None:
    sign_in(client, in_english(marie()))
    proposal = complete_draft(marie())
    assert "3 seminar days" in _page(client, proposal)
