"""The section of the coordinators as it is posted."""

from typing import Any

import pytest
from django.test import Client

from seminars.actions.coordinators import coordinator
from seminars.models import Laboratory, Proposal
from tests.cast import BEFORE, complete_draft, draft_of, in_english, kenji, marie, reread
from tests.seminars.filled import filled
from tests.signing import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_deadline")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(client: Client) -> Proposal:
    """Marie's new record; Marie is signed in."""
    sign_in(client, in_english(marie()))
    return draft_of(marie())


def post(client: Client, proposal: Proposal, headers: Any = None, **typed: Any) -> Any:
    data = filled(proposal, "coordinators", **typed)
    return client.post(f"/proposals/{proposal.pk}/coordinators/", data, headers=headers)


def laboratory_of(proposal: Proposal, side: str = "FR") -> Laboratory | None:
    person = coordinator(reread(proposal), side)
    assert person is not None
    return person.laboratory


NEW = {"own__laboratory__name": "Neurocentre", "own__laboratory__unit": "U1215", "own__laboratory__kind": "inserm"}


def test_a_laboratory_typed_in_place_joins_the_record_and_the_person(client: Client, draft: Proposal) -> None:
    assert post(client, draft, **NEW).status_code == 303
    laboratory = laboratory_of(draft)
    assert laboratory is not None
    assert (laboratory.name, laboratory.unit, laboratory.kind, laboratory.country) == (
        "Neurocentre",
        "U1215",
        "inserm",
        "FR",
    )


def test_typing_on_in_a_new_laboratory_changes_the_same_one(client: Client, draft: Proposal) -> None:
    answer = post(client, draft, HTMX, **NEW)
    laboratory = laboratory_of(draft)
    assert laboratory is not None
    text = answer.content.decode()
    assert f'<option value="{laboratory.pk}" selected>Neurocentre (U1215)</option>' in text
    assert 'id="own-laboratory-fields"' not in text
    post(client, draft, HTMX, own__laboratory__city="Bordeaux")
    assert [(item.pk, item.city) for item in reread(draft).laboratories.all()] == [(laboratory.pk, "Bordeaux")]


def test_choosing_another_laboratory_shows_its_description(client: Client) -> None:
    sign_in(client, marie())
    proposal = complete_draft(marie())
    other = proposal.laboratories.create(name="Other", country="FR", saved_at=BEFORE)
    answer = post(client, proposal, HTMX, own__laboratory=str(other.pk))
    assert answer.status_code == 200
    assert 'id="own-laboratory-fields"' in answer.content.decode()
    assert 'id="partner-laboratory-fields"' not in answer.content.decode()
    assert laboratory_of(proposal) == other


def test_changing_the_described_laboratory_while_choosing_another_is_refused(client: Client) -> None:
    sign_in(client, marie())
    proposal = complete_draft(marie())
    other = proposal.laboratories.create(name="Other", country="FR", saved_at=BEFORE)
    answer = post(client, proposal, own__laboratory=str(other.pk), own__laboratory__city="Pessac")
    assert answer.status_code == 422
    assert list(answer.context["form"].own.errors) == ["laboratory"]
    assert laboratory_of(proposal) != other


def test_describing_a_new_laboratory_over_the_old_one_adds_it(client: Client) -> None:
    sign_in(client, marie())
    proposal = complete_draft(marie())
    assert post(client, proposal, own__laboratory="", **NEW).status_code == 303
    laboratory = laboratory_of(proposal)
    assert laboratory is not None
    assert laboratory.name == "Neurocentre"
    assert reread(proposal).laboratories.count() == 3


def test_laboratory_of_another_record_is_refused(client: Client, draft: Proposal) -> None:
    other = complete_draft(kenji(), "JP").laboratories.first()
    assert other is not None
    answer = post(client, draft, own__laboratory=str(other.pk))
    assert answer.status_code == 422
    assert list(answer.context["form"].own.errors) == ["laboratory"]
    forged = {"own__laboratory__described": str(other.pk), "own__laboratory__name": "Mine"}
    assert post(client, draft, **forged).status_code == 303
    other.refresh_from_db()
    assert (other.name != "Mine", laboratory_of(draft) != other) == (True, True)


@pytest.mark.parametrize(
    ("name", "typed", "form"),
    [
        ("own__email", "not an address", "own"),
        ("own__email", "x" * 250 + "@example.org", "own"),
        ("own__orcid", "0000-0002-1825-0098", "own"),
        ("own__phone", "12", "own"),
        ("own__family_name", "Лефевр", "own"),
        ("own__family_name", "a\u0000b", "own"),
        ("own__family_name", "x" * 81, "own"),
        ("own__title", "Emperor", "own"),
        ("own__laboratory", "999999", "own"),
        ("own__laboratory__rnsr", "123", "own_laboratory"),
        ("own__laboratory__unit", "U1215", "own_laboratory"),
        ("own__laboratory__country", "XX", "own_laboratory"),
        ("partner__email", "a\u202eb@example.org", "partner"),
        ("director_name", "a\u0007b", "filing"),
        ("director_name", "Your account is locked: https://evil.example/", "filing"),
    ],
)
def test_wrong_value_is_told_kept_and_nothing_is_saved(
    client: Client, draft: Proposal, name: str, typed: str, form: str
) -> None:
    answer = post(client, draft, **{"own__position": "DR1", "director_name": "Anne Petit", name: typed})
    assert answer.status_code == 422
    wrong = answer.context["form"]
    assert [each for each in wrong.forms if each.errors] == [getattr(wrong, form)]
    assert typed.replace("\u0000", "") in answer.content.decode().replace("\u0000", "")
    saved = reread(draft)
    assert (saved.director_name, saved.coordinators_version, saved.laboratories.count()) == ("", 0, 0)


def test_half_width_kana_and_full_width_letters_are_tidied(client: Client) -> None:
    sign_in(client, kenji())
    proposal = draft_of(kenji(), "JP")
    assert post(client, proposal, own__family_name="ＴＡＮＡＫＡ", own__family_name_kana="ﾀﾅｶ").status_code == 303
    own = coordinator(reread(proposal), "JP")
    assert own is not None
    assert (own.family_name, own.family_name_kana) == ("TANAKA", "タナカ")


def test_each_side_is_asked_only_what_its_agency_asks(client: Client, draft: Proposal) -> None:
    french = client.get(f"/proposals/{draft.pk}/coordinators/").context["form"]
    assert list(french.filing.fields) == ["director_name"]
    assert "family_name_kanji" not in french.own.fields
    sign_in(client, kenji())
    japanese = client.get(f"/proposals/{draft_of(kenji(), 'JP').pk}/coordinators/").context["form"]
    asked = ["track", "application_number", "institution_officer_name", "institution_officer_email"]
    assert list(japanese.filing.fields) == asked
    assert "family_name_kanji" in japanese.own.fields


def test_what_the_side_does_not_ask_cannot_be_posted(client: Client, draft: Proposal) -> None:
    assert post(client, draft, track="open", application_number="1", own__position="DR1").status_code == 303
    assert (reread(draft).track, reread(draft).application_number) == ("", "")


def test_wrong_track_is_saved_and_listed(client: Client) -> None:
    person = in_english(kenji())
    sign_in(client, person)
    proposal = draft_of(person, "JP")
    assert post(client, proposal, track="open").status_code == 303
    text = client.get(f"/proposals/{proposal.pk}/coordinators/").content.decode()
    assert "Applications under this JSPS track are not accepted in this call." in text
