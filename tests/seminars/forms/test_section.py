"""What the forms of the sections share."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils.translation import override

from seminars.forms.case import CaseForm
from seminars.forms.coordinators import CoordinatorsForm
from seminars.forms.declarations import DeclarationsForm
from seminars.forms.facts import FactsForm
from seminars.forms.section import bound_fields, choices_between, raw, settled, typed_texts
from seminars.models import PriorityArea, Proposal
from tests.cast import complete_draft, draft_of, kenji, marie, reread

pytestmark = pytest.mark.django_db


@pytest.fixture
def complete() -> Proposal:
    """Marie's complete record."""
    return complete_draft(marie())


def test_no_field_is_required_and_no_browser_cuts_what_is_typed(complete: Proposal) -> None:
    for form in (FactsForm, CaseForm, CoordinatorsForm, DeclarationsForm):
        for field in bound_fields(form(proposal=complete).forms):
            assert not field.field.required
            assert "maxlength" not in field.field.widget.attrs


def test_binding_a_form_changes_nothing_in_the_record(complete: Proposal) -> None:
    form = FactsForm(QueryDict("title_en=Another+title&start_on=2027-06-20"), proposal=complete)
    assert form.is_valid()
    assert (complete.title_en, complete.start_on) == ("Ageing neurons", date(2027, 6, 14))


def test_raw_values_bring_the_form_back_as_it_is(complete: Proposal) -> None:
    for make in (FactsForm, CaseForm, CoordinatorsForm, DeclarationsForm):
        saved = make(proposal=complete)
        data = QueryDict(mutable=True)
        for field in bound_fields(saved.forms):
            data.setlist(field.html_name, raw(field))
        again = make(data, proposal=complete)
        assert again.is_valid()
        assert choices_between(again.forms, saved.forms, ()) == []


def test_choices_are_shown_in_words(complete: Proposal) -> None:
    area = PriorityArea.objects.get(code="cancer")
    data = QueryDict(f"title_en=Ageing+neurons&areas={area.pk}&start_on=2027-06-15&venue_country=JP&keywords=a,b,c")
    form = FactsForm(data, proposal=complete)
    assert form.is_valid()
    with override("en"):
        found = {
            choice.name: (choice.mine, choice.saved) for choice in choices_between(form.forms, _saved(complete), ())
        }
    assert found["areas"] == ("Cancer", "Healthy ageing")
    assert found["start_on"] == ("Tuesday 15 June 2027", "Monday 14 June 2027")
    assert found["venue_country"] == ("Japan", "France")
    assert found["keywords"] == ("a, b, c", "ageing, neurons, imaging")
    assert found["theme"] == ("", "Life and Health Sciences")
    assert "title_en" not in found


def _saved(proposal: Proposal) -> tuple[FactsForm, ...]:
    return (FactsForm(proposal=proposal),)


def test_what_was_saved_is_taken_where_it_was_chosen(complete: Proposal) -> None:
    data = QueryDict("objectives=Mine&novelty=Mine+too&keep-objectives=saved&keep-novelty=mine&keep-feasibility=x")
    taken = settled(data, CaseForm(proposal=complete).forms)
    assert (taken["objectives"], taken["novelty"]) == (complete.objectives, "Mine too")


def test_typed_texts_are_given_back_even_when_wrong(complete: Proposal) -> None:
    data = QueryDict(mutable=True)
    data.update({"title_en": "x" * 300, "start_on": "2027-02-29", "venue_city": "Bordeaux"})
    form = FactsForm(data, proposal=complete)
    typed = dict(typed_texts(form.forms, FactsForm(proposal=complete).forms))
    assert typed == {"Seminar title in English": "x" * 300, "Start date": "2027-02-29"}


def test_versions_tell_one_saving_from_the_next(complete: Proposal) -> None:
    assert [make(proposal=complete).version for make in (FactsForm, CaseForm, DeclarationsForm)] == ["1", "1", "1"]
    assert CoordinatorsForm(proposal=complete).version != CoordinatorsForm(proposal=reread(draft_of(kenji()))).version
