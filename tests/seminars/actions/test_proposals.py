"""Starting a record and saving a section."""

from datetime import datetime, timedelta

import pytest

from accounts.models import HistoryEntry
from seminars.actions.proposals import EditConflict, save_section, start_proposal
from seminars.choices import ProposalState
from seminars.models import CallAgency, PriorityArea, Proposal
from seminars.permissions import Refused
from tests.cast import BEFORE, DEADLINE, OPENING, call_2026, draft_of, kenji, marie, reread, side_of
from tests.racing import done_at_once

pytestmark = pytest.mark.django_db
A_MOMENT = timedelta(microseconds=1)


@pytest.fixture
def draft() -> Proposal:
    """Marie's new record."""
    return reread(draft_of(marie()))


def test_a_new_record_names_its_coordinator_as_in_the_profile() -> None:
    proposal = start_proposal(side_of(call_2026(), "JP"), by=kenji(), at=BEFORE)
    [own] = proposal.participants.all()
    assert (own.role, own.side, own.country_of_work) == ("coordinator", "JP", "JP")
    assert (own.kanji_name, own.kana_name, own.email) == ("田中 健二", "タナカ ケンジ", "kenji.tanaka@kyoto.example")
    assert HistoryEntry.objects.about(proposal).get().verb == "started"


@pytest.mark.parametrize("at", [OPENING, DEADLINE])
def test_starting_is_possible_from_the_opening_to_the_deadline(at: datetime) -> None:
    assert draft_of(marie(), at=at).state == ProposalState.DRAFT


@pytest.mark.parametrize("at", [OPENING - A_MOMENT, DEADLINE + A_MOMENT])
def test_starting_is_refused_before_and_after(at: datetime) -> None:
    with pytest.raises(Refused):
        draft_of(marie(), at=at)


def test_starting_is_refused_in_a_call_that_is_not_published() -> None:
    with pytest.raises(Refused):
        draft_of(marie(), call=call_2026(is_published=False))


def test_one_record_under_way_per_coordinator_agency_and_call(draft: Proposal) -> None:
    with pytest.raises(Refused):
        draft_of(marie())
    Proposal.objects.filter(pk=draft.pk).update(state=ProposalState.WITHDRAWN)
    assert draft_of(marie()).pk != draft.pk


def test_saving_returns_the_record_with_its_new_version(draft: Proposal) -> None:
    saved = save_section(draft, "facts", {"title_en": "Ageing"}, version=0, by=marie(), at=BEFORE)
    assert (saved.title_en, saved.facts_version, saved.facts_saved_at) == ("Ageing", 1, BEFORE)
    stored = reread(draft)
    assert (stored.title_en, stored.facts_version, stored.changed_at) == ("Ageing", 1, BEFORE)


def test_areas_are_written_and_told_in_the_history(draft: Proposal) -> None:
    areas = list(PriorityArea.objects.filter(code="cancer"))
    save_section(draft, "facts", {"areas": areas}, version=0, by=marie(), at=BEFORE)
    assert list(reread(draft).areas.all()) == areas
    assert HistoryEntry.objects.about(draft).get(verb="edited").after == {"areas": ["Cancer"]}


def test_an_old_version_writes_nothing(draft: Proposal) -> None:
    save_section(draft, "case", {"objectives": "One"}, version=0, by=marie(), at=BEFORE)
    areas = list(PriorityArea.objects.all())
    with pytest.raises(EditConflict):
        save_section(reread(draft), "case", {"objectives": "Two", "areas": areas}, version=0, by=marie(), at=BEFORE)
    stored = reread(draft)
    assert (stored.objectives, stored.case_version, list(stored.areas.all())) == ("One", 1, [])


def test_sections_have_versions_of_their_own(draft: Proposal) -> None:
    save_section(draft, "case", {"objectives": "One"}, version=0, by=marie(), at=BEFORE)
    save_section(draft, "facts", {"title_en": "Title"}, version=0, by=marie(), at=BEFORE)
    stored = reread(draft)
    assert (stored.objectives, stored.title_en) == ("One", "Title")


def test_a_record_submitted_meanwhile_is_not_written_to(draft: Proposal) -> None:
    Proposal.objects.filter(pk=draft.pk).update(state=ProposalState.SUBMITTED)
    with pytest.raises(EditConflict):
        save_section(draft, "case", {"objectives": "One"}, version=0, by=marie(), at=BEFORE)


def test_saving_is_refused_to_others_and_after_the_deadline(draft: Proposal) -> None:
    with pytest.raises(Refused):
        save_section(draft, "case", {"objectives": "One"}, version=0, by=kenji(), at=BEFORE)
    with pytest.raises(Refused):
        save_section(draft, "case", {"objectives": "One"}, version=0, by=marie(), at=DEADLINE + A_MOMENT)
    CallAgency.objects.update(deadline_at=DEADLINE)
    save_section(draft, "case", {"objectives": "One"}, version=0, by=marie(), at=DEADLINE)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_gets_through() -> None:
    draft = draft_of(marie())
    texts = ("One", "Two")
    tabs = [reread(draft) for _ in texts]
    done = done_at_once(
        *(
            lambda tab=tab, text=text: save_section(tab, "case", {"objectives": text}, version=0, by=marie(), at=BEFORE)
            for tab, text in zip(tabs, texts, strict=True)
        )
    )
    stored = reread(draft)
    assert sorted(done) == [False, True]
    assert (stored.objectives, stored.case_version) == (texts[done.index(True)], 1)
