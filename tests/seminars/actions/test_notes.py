"""Internal notes: who may write, change and delete them, whom they reach, and what stays."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.models import HistoryEntry, Message, User
from seminars.actions import pairing
from seminars.actions.notes import delete_note, edit_note, write_note
from seminars.choices import Audience, SeminarState
from seminars.models import Note, Proposal
from seminars.permissions import Refused
from tests import cast
from tests.desk_records import BEFORE, pair, person, proposal

pytestmark = pytest.mark.django_db
MINUTES_15 = timedelta(minutes=15)


def claire() -> User:
    return cast.inserm_officer()


def zoe() -> User:
    return cast.officer_of(cast.inserm(), "zoe@inserm.example", family_name="Roy", given_name="Zoé", language="en")


def yuki() -> User:
    return cast.jsps_officer()


@pytest.fixture
def french() -> Proposal:
    """An Inserm record in a confirmed pair."""
    call = cast.call_2026()
    made = proposal(call, cast.inserm(), coordinator=cast.marie())
    pair(made, proposal(call, cast.jsps(), coordinator=cast.kenji()))
    return Proposal.objects.get(pk=made.pk)


def note(on: Proposal, by: User, **values: Any) -> Note:
    options = {"on_pair": False, "text": "Call her.", "audience": "own", "mentioned": [], "form_uuid": uuid4()}
    return write_note(on, **{**options, **values}, by=by, at=BEFORE)


def readers(found: Note) -> list[str]:
    people = (claire(), zoe(), yuki(), cast.marie(), cast.kenji())
    return [user.given_name for user in people if Note.objects.visible_to(user).filter(pk=found.pk).exists()]


def test_a_note_is_read_by_ones_own_agency_or_by_both_as_chosen(french: Proposal) -> None:
    assert readers(note(french, claire())) == ["Claire", "Zoé"]
    assert readers(note(french, claire(), audience="both")) == ["Claire", "Zoé", "Yuki"]
    assert readers(note(french, yuki())) == ["Yuki"]
    assert readers(note(french, yuki(), audience="both")) == ["Claire", "Zoé", "Yuki"]
    assert readers(note(french.partner, claire(), on_pair=True)) == ["Claire", "Zoé"]


def test_a_note_is_hidden_from_officers_who_coordinate_the_seminar(french: Proposal) -> None:
    found = note(french, claire(), audience="both", on_pair=True)
    for half, officer in ((french, zoe()), (french.partner, yuki())):
        Proposal.objects.filter(pk=half.pk).update(coordinator=officer)
        assert officer.given_name not in readers(found)
        with pytest.raises(Refused):
            note(french, officer)


def test_both_agencies_need_a_confirmed_pair() -> None:
    call = cast.call_2026()
    alone, forming = proposal(call, cast.inserm()), proposal(call, cast.inserm())
    pair(forming, proposal(call, cast.jsps()), SeminarState.FORMING)
    for record in (alone, forming):
        for widened in ({"audience": "both"}, {"on_pair": True}):
            with pytest.raises(Refused):
                note(record, claire(), **widened)
        with pytest.raises(Refused):
            note(record, yuki())
        assert readers(note(record, claire())) == ["Claire", "Zoé"]


def test_nobody_but_officers_writes_notes(french: Proposal) -> None:
    for user in (cast.marie(), cast.kenji(), person()):
        with pytest.raises(Refused):
            note(french, user)


def test_a_pair_taken_apart_leaves_each_agency_its_own_notes() -> None:
    french, japanese = cast.confirmed_pair()
    shared = note(french, claire(), on_pair=True, audience="both")
    theirs = note(japanese, claire())
    assert readers(shared) == ["Claire", "Zoé", "Yuki"]
    pairing.leave_pair(french, reason="Too early.", by=french.coordinator, at=BEFORE)
    assert readers(shared) == ["Claire", "Zoé"]
    assert readers(theirs) == []
    assert Note.objects.get(pk=shared.pk).seminar is None


def test_a_mention_is_mailed_once_and_tells_nothing(french: Proposal) -> None:
    found = note(french, claire(), mentioned=[zoe().pk], text="Budget doubtful")
    mail = Message.objects.get(kind="mentioned")
    assert (mail.recipient, mail.subject) == (zoe(), "You are mentioned in an internal note")
    assert f"/desk/proposals/{french.pk}/#note-{found.pk}" in mail.text
    assert "Budget" not in mail.text + mail.html
    edit_note(found, text="Other", audience="own", mentioned=[zoe().pk], by=claire(), at=BEFORE)
    assert Message.objects.filter(kind="mentioned").count() == 1


def test_nobody_is_mentioned_who_could_not_read_the_note(french: Proposal) -> None:
    for user in (yuki(), cast.marie(), person(), claire()):
        with pytest.raises(Refused), transaction.atomic():
            note(french, claire(), mentioned=[user.pk])
    assert not Note.objects.exists()
    note(french, claire(), mentioned=[yuki().pk], audience="both")
    assert Message.objects.get(kind="mentioned").recipient == yuki()


def test_pressed_twice_it_is_one_note(french: Proposal) -> None:
    uuid = uuid4()
    assert note(french, claire(), form_uuid=uuid) == note(french, claire(), form_uuid=uuid)
    assert Note.objects.count() == 1
    with pytest.raises(Refused):
        note(french, zoe(), form_uuid=uuid)


def test_only_the_author_changes_a_note_and_only_for_15_minutes(french: Proposal) -> None:
    found = note(french, claire(), audience="both")
    change: dict[str, Any] = {"text": "New", "audience": "own", "mentioned": []}
    for user in (zoe(), yuki(), cast.marie()):
        with pytest.raises(Refused):
            edit_note(found, **change, by=user, at=BEFORE)
    with pytest.raises(Refused):
        edit_note(found, **change, by=claire(), at=BEFORE + MINUTES_15 + timedelta(microseconds=1))
    edit_note(found, **change, by=claire(), at=BEFORE + MINUTES_15)
    found.refresh_from_db()
    assert (found.text, found.audience, found.edited_at) == ("New", Audience.OWN, BEFORE + MINUTES_15)


def test_a_deleted_note_leaves_that_it_existed(french: Proposal) -> None:
    found = note(french, claire(), mentioned=[zoe().pk])
    for user in (zoe(), yuki()):
        with pytest.raises(Refused):
            delete_note(found, by=user, at=BEFORE)
    delete_note(found, by=claire(), at=BEFORE + MINUTES_15 * 9)
    found.refresh_from_db()
    assert (found.text, list(found.mentioned.all())) == ("", [])
    verbs = HistoryEntry.objects.about(found).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["note_written", "note_deleted"]
    assert not HistoryEntry.objects.about(french).filter(verb__startswith="note").exists()
    with pytest.raises(Refused):
        edit_note(found, text="x", audience="own", mentioned=[], by=claire(), at=BEFORE)
    with pytest.raises(Refused):
        delete_note(found, by=claire(), at=BEFORE)


def test_the_database_keeps_deleted_notes_empty(french: Proposal) -> None:
    found = note(french, claire())
    for broken in ({"text": ""}, {"deleted_at": BEFORE}, {"audience": "all"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Note.objects.filter(pk=found.pk).update(**broken)
