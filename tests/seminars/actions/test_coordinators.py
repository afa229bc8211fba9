"""Saving who coordinates: both people, their laboratories and the filing data, whole or not at all."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import HistoryEntry
from seminars.actions.coordinators import Entry, Place, coordinator, save_coordinators, version_of
from seminars.actions.proposals import EditConflict
from seminars.actions.rows import change_row
from seminars.choices import LaboratoryKind, ProposalState
from seminars.models import Laboratory, Proposal
from seminars.permissions import Refused
from tests.cast import BEFORE, DEADLINE, complete_draft, draft_of, kenji, marie, reread

pytestmark = pytest.mark.django_db
UNIT = {
    "name": "Institut des neurosciences",
    "kind": LaboratoryKind.INSERM,
    "unit": "U1215",
    "rnsr": "",
    "institution": "Inserm",
    "city": "Bordeaux",
    "country": "FR",
}


@pytest.fixture
def draft() -> Proposal:
    """Marie's new record."""
    return reread(draft_of(marie()))


def save(proposal: Proposal, own: Entry, partner: Entry | None = None, **changes: Any) -> Proposal:
    options = {"version": version_of(proposal), "by": marie(), "at": BEFORE, **changes}
    save_coordinators(proposal, {"director_name": "Anne Petit"}, own, partner or Entry({}), **options)
    return reread(proposal)


def test_everything_is_written_at_once(draft: Proposal) -> None:
    partner = Entry({"given_name": "Kenji", "family_name": "Tanaka", "email": "kenji.tanaka@kyoto.example"})
    saved = save(draft, Entry({"position": "DR1"}, Place(values=UNIT)), partner)
    own, other = coordinator(saved, "FR"), coordinator(saved, "JP")
    assert own is not None
    assert other is not None
    assert (own.position, str(own.laboratory), own.country_of_work) == (
        "DR1",
        "Institut des neurosciences (U1215)",
        "FR",
    )
    assert (other.email, other.laboratory, other.side) == ("kenji.tanaka@kyoto.example", None, "JP")
    assert (saved.director_name, saved.coordinators_version, saved.coordinators_saved_at) == ("Anne Petit", 1, BEFORE)


def test_history_tells_each_side_apart(draft: Proposal) -> None:
    save(draft, Entry({"position": "DR1"}), Entry({"email": "k@kyoto.example"}))
    [entry] = HistoryEntry.objects.about(draft).filter(verb="edited")
    assert entry.after == {
        "director_name": "Anne Petit",
        "own-position": "DR1",
        "partner-email": "k@kyoto.example",
    }


def test_nobody_is_named_as_partner_while_nothing_is_said(draft: Proposal) -> None:
    saved = save(draft, Entry({}), Entry({"given_name": "", "email": ""}))
    assert coordinator(saved, "JP") is None


def test_laboratory_is_chosen_changed_and_left(draft: Proposal) -> None:
    saved = save(draft, Entry({}, Place(values=UNIT)))
    laboratory = saved.laboratories.get()
    saved = save(saved, Entry({}, Place(laboratory.pk, {"city": "Pessac"})))
    assert [(item.city, item.version) for item in saved.laboratories.all()] == [("Pessac", 1)]
    saved = save(saved, Entry({}, Place()))
    own = coordinator(saved, "FR")
    assert own is not None
    assert own.laboratory is None
    assert saved.laboratories.count() == 1


def test_a_laboratory_of_another_record_cannot_be_taken(draft: Proposal) -> None:
    other = complete_draft(kenji(), "JP").laboratories.first()
    assert other is not None
    with pytest.raises(Laboratory.DoesNotExist):
        save(draft, Entry({"position": "DR1"}, Place(other.pk)))
    assert reread(draft).coordinators_version == 0


def test_saving_the_same_again_changes_nothing(draft: Proposal) -> None:
    saved = save(draft, Entry({"position": "DR1"}))
    again = save(saved, Entry({"position": "DR1"}), at=BEFORE + timedelta(hours=1))
    assert (version_of(again), again.coordinators_saved_at) == (version_of(saved), BEFORE)


def test_an_old_version_writes_nothing(draft: Proposal) -> None:
    old = version_of(draft)
    save(draft, Entry({"position": "DR1"}))
    with pytest.raises(EditConflict):
        save(draft, Entry({"position": "DR2"}, Place(values=UNIT)), version=old)
    saved = reread(draft)
    own = coordinator(saved, "FR")
    assert own is not None
    assert (own.position, saved.laboratories.count()) == ("DR1", 0)


def test_a_change_among_the_participants_counts_as_another_version() -> None:
    proposal = complete_draft(marie())
    old = version_of(proposal)
    own = coordinator(proposal, "FR")
    assert own is not None
    change_row(own, {"position": "PU-PH"}, version=own.version, by=marie(), at=BEFORE)
    assert version_of(reread(proposal)) != old
    with pytest.raises(EditConflict):
        save(proposal, Entry({"position": "DR2"}), version=old)


@pytest.mark.parametrize("state", [state for state in ProposalState if state is not ProposalState.DRAFT])
def test_only_a_draft_can_be_changed(draft: Proposal, state: ProposalState) -> None:
    Proposal.objects.filter(pk=draft.pk).update(state=state)
    with pytest.raises(Refused):
        save(draft, Entry({"position": "DR1"}))


def test_refused_after_the_deadline_and_to_others(draft: Proposal) -> None:
    with pytest.raises(Refused):
        save(draft, Entry({"position": "DR1"}), at=DEADLINE + timedelta(microseconds=1))
    with pytest.raises(Refused):
        save(draft, Entry({"position": "DR1"}), by=kenji())
    assert reread(draft).coordinators_version == 0
