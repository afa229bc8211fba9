"""Participants of a record, by side (R10, R12, R18, R19)."""

from typing import Any

import pytest
from django.test import Client

from seminars.models import Participant, Proposal
from tests.cast import complete_draft, kenji
from tests.seminars import typed
from tests.seminars.typed import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_deadline")]


def add(client: Client, proposal: Proposal, **changes: Any) -> Any:
    return client.post(url(proposal, "participants/add/"), typed.participant(**changes))


def newest(proposal: Proposal) -> Participant:
    return proposal.participants.order_by("-pk")[0]


def test_everything_is_saved(client: Client, draft: Proposal) -> None:
    where = draft.laboratories.get(country="JP")
    answer = add(
        client,
        draft,
        side="JP",
        role="speaker",
        family_name="Ｓａｔō",
        given_name="  Haruka ",
        family_name_kanji="佐藤",
        given_name_kanji="春香",
        family_name_kana="さとう",
        given_name_kana="ﾊﾙｶ",
        title="Prof.",
        position="教授",
        career_stage="professor",
        email="Haruka.Sato@kyoto.example",
        orcid="https://orcid.org/0000-0002-1825-0097",
        laboratory=where.pk,
        country_of_work="",
        phd_year="２０１０",
        statutory="on",
        young="on",
        talk_title="Calcium",
    )
    person = newest(draft)
    assert answer.status_code == 303
    assert (person.side, person.role, person.latin_name) == ("JP", "speaker", "Haruka SATŌ")
    assert (person.kanji_name, person.kana_name) == ("佐藤 春香", "サトウ ハルカ")
    assert (person.title, person.position, person.career_stage) == ("Prof.", "教授", "professor")
    assert (person.email, person.orcid) == ("Haruka.Sato@kyoto.example", "0000-0002-1825-0097")
    assert (person.laboratory, person.country_of_work, person.phd_year) == (where, "JP", 2010)
    assert (person.statutory, person.young, person.talk_title) == (True, True, "Calcium")


@pytest.mark.parametrize(("statutory", "young"), [(True, False), (False, True), (True, True), (False, False)])
def test_young_and_statutory_are_two_questions(client: Client, draft: Proposal, statutory: bool, young: bool) -> None:
    ticked = {name: "on" for name, value in (("statutory", statutory), ("young", young)) if value}
    add(client, draft, **ticked)
    assert (newest(draft).statutory, newest(draft).young) == (statutory, young)
    counted = client.get(url(draft, "participants/")).context["teams"][0].young_statutory
    assert counted == int(statutory and young)


@pytest.mark.parametrize(
    ("typed_in", "field"),
    [
        ({"side": "US"}, "side"),
        ({"role": "coordinator"}, "role"),
        ({"role": ""}, "role"),
        ({"family_name": ""}, "family_name"),
        ({"family_name": "佐藤"}, "family_name"),
        ({"family_name": "a" * 81}, "family_name"),
        ({"family_name": "a\u202eb"}, "family_name"),
        ({"given_name_kanji": "Haruka"}, "given_name_kanji"),
        ({"family_name_kana": "Sato"}, "family_name_kana"),
        ({"title": "King"}, "title"),
        ({"career_stage": "boss"}, "career_stage"),
        ({"email": "not an address"}, "email"),
        ({"email": "a@exa\u202emple.org"}, "email"),
        ({"email": "a\x00@example.org"}, "email"),
        ({"email": f"{'a' * 250}@example.org"}, "email"),
        ({"orcid": "0000-0002-1825-0098"}, "orcid"),
        ({"laboratory": "0"}, "laboratory"),
        ({"laboratory": "x"}, "laboratory"),
        ({"laboratory": "9" * 30}, "laboratory"),
        ({"country_of_work": "XX"}, "country_of_work"),
        ({"country_of_work": "France"}, "country_of_work"),
        ({"phd_year": "1949"}, "phd_year"),
        ({"phd_year": "2101"}, "phd_year"),
        ({"phd_year": "-1"}, "phd_year"),
        ({"phd_year": "9" * 5000}, "phd_year"),
        ({"talk_title": "a" * 201}, "talk_title"),
    ],
)
def test_wrong_value_is_told_beside_its_field(
    client: Client, draft: Proposal, typed_in: dict[str, str], field: str
) -> None:
    answer = add(client, draft, **typed_in)
    form = answer.context["open"].form
    assert (answer.status_code, list(form.errors), draft.participants.count()) == (422, [field], 2)
    assert form[field].value() == typed_in[field]


@pytest.mark.parametrize("typed_in", [{"family_name": "a" * 80}, {"phd_year": "1950"}, {"phd_year": "2100"}])
def test_value_at_its_bound_is_saved(client: Client, draft: Proposal, typed_in: dict[str, str]) -> None:
    assert add(client, draft, **typed_in).status_code == 303


def test_name_in_kanji_is_name_enough(client: Client, draft: Proposal) -> None:
    assert add(client, draft, side="JP", family_name="", given_name="", family_name_kanji="佐藤").status_code == 303


def test_laboratory_of_another_record_is_refused(client: Client, draft: Proposal) -> None:
    theirs = complete_draft(kenji(), "JP").laboratories.all()[0]
    answer = add(client, draft, laboratory=theirs.pk)
    assert (answer.status_code, list(answer.context["open"].form.errors)) == (422, ["laboratory"])


def test_new_laboratory_is_added_with_the_person(client: Client, draft: Proposal) -> None:
    described = {f"lab-{name}": value for name, value in typed.laboratory(name="IPBS", unit="").items()}
    data = typed.participant(laboratory="new", country_of_work="", **described)
    answers = [client.post(url(draft, "participants/add/"), data).status_code for _time in range(2)]
    person = newest(draft)
    assert (answers, draft.participants.count(), draft.laboratories.count()) == ([303, 303], 3, 3)
    assert (str(person.laboratory), person.country_of_work) == ("IPBS", "FR")


def test_neither_is_added_when_the_new_laboratory_is_incomplete(client: Client, draft: Proposal) -> None:
    described = {f"lab-{name}": value for name, value in typed.laboratory(name="", rnsr="12").items()}
    answer = add(client, draft, laboratory="new", **described)
    form = answer.context["open"].form
    assert (answer.status_code, list(form.errors)) == (422, ["laboratory"])
    assert list(form.laboratory_form.errors) == ["name", "rnsr"]
    assert (draft.participants.count(), draft.laboratories.count()) == (2, 2)


def test_what_was_typed_of_a_laboratory_counts_for_nothing_unless_chosen(client: Client, draft: Proposal) -> None:
    add(client, draft, laboratory="", **{"lab-name": "IPBS", "lab-kind": "inserm", "lab-country": "FR"})
    assert (newest(draft).laboratory, draft.laboratories.count()) == (None, 2)


def test_person_moves_to_a_new_laboratory(client: Client, draft: Proposal) -> None:
    add(client, draft, laboratory=draft.laboratories.all()[0].pk)
    described = {f"lab-{name}": value for name, value in typed.laboratory(name="IPBS", unit="").items()}
    person = newest(draft)
    data = typed.shown(person, "participants", laboratory="new", **described)
    answers = [client.post(url(draft, f"participants/{person.pk}/"), data).status_code for _time in range(2)]
    assert (answers, str(newest(draft).laboratory), draft.laboratories.count()) == ([303, 303], "IPBS", 3)


def test_coordinators_are_shown_and_edited_elsewhere(client: Client, draft: Proposal) -> None:
    page = client.get(url(draft, "participants/"))
    listed = [(team.country, [str(item.row) for item in team.people]) for team in page.context["teams"]]
    assert listed == [("FR", ["Marie LEFÈVRE"]), ("JP", ["Kenji TANAKA"])]
    assert f'href="{url(draft, "coordinators/")}"' in page.content.decode()
    own = draft.participants.get(side="FR")
    for path in ("", "remove/"):
        assert client.get(url(draft, f"participants/{own.pk}/{path}")).status_code == 404


def test_people_of_other_countries_have_a_place_of_their_own(client: Client, draft: Proposal) -> None:
    add(client, draft, side="", country_of_work="US")
    teams = client.get(url(draft, "participants/")).context["teams"]
    assert [(team.country, len(team.people)) for team in teams] == [("FR", 1), ("JP", 1), ("", 1)]


@pytest.mark.parametrize(("asked", "side"), [("", "FR"), ("?side=JP", "JP"), ("?side=other", ""), ("?side=XX", "XX")])
def test_new_person_is_typed_at_the_side_that_was_asked_for(
    client: Client, draft: Proposal, asked: str, side: str
) -> None:
    page = client.get(url(draft, f"participants/add/{asked}"))
    opened = page.context["open"]
    assert (page.status_code, opened.place, opened.form["side"].value()) == (200, side, side)
    assert page.content.decode().count("data-row") == 1


def test_names_in_japanese_open_where_they_are_asked_for(client: Client, draft: Proposal) -> None:
    shown = {
        side: '<details class="names-ja" data-side="JP" open>'
        in client.get(url(draft, f"participants/add/?side={side}")).content.decode()
        for side in ("FR", "JP")
    }
    assert shown == {"FR": False, "JP": True}


def test_person_in_the_budget_is_not_removed(client: Client, draft: Proposal) -> None:
    person = typed.somebody(draft, given_name="Zoé")
    client.post(url(draft, "lines/add/"), typed.line(participant=person.pk))
    answer = client.post(url(draft, f"participants/{person.pk}/remove/"), {"version": "0"})
    assert (answer.status_code, draft.participants.count()) == (409, 3)
    assert answer.context["error"] == ("“Zoé ROUX” is still used in this record: change or remove what uses it first.")


def test_more_than_ten_a_side_are_warned_of(client: Client, draft: Proposal) -> None:
    for number in range(9):
        typed.somebody(draft, email=f"{number}@x.fr")
    before = client.get(url(draft, "participants/")).context["current"].warnings
    typed.somebody(draft, email="eleventh@x.fr")
    after = client.get(url(draft, "participants/")).context["current"].warnings
    assert {violation.code for violation in after} - {violation.code for violation in before} == {"many_participants"}


def test_rules_speak_at_the_row(client: Client, draft: Proposal) -> None:
    where = typed.somewhere(draft, name="Institut Pasteur")
    typed.somebody(draft, role="speaker", laboratory=where, career_stage="cr", country_of_work="FR")
    team = client.get(url(draft, "participants/")).context["teams"][0]
    assert [problem.code for problem in team.people[1].problems] == ["talk_title", "workplace"]
