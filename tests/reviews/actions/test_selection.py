"""Opening the joint selection, proposing, signing and refusing; races leave one outcome (R25)."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from accounts.models import Agency, HistoryEntry, Message, User
from reviews.actions.decision import propose, refuse, sign
from reviews.actions.selection import add_note, open_selection, save_minutes
from reviews.models import Decision, Panel, Selection, SelectionNote, Signature
from reviews.queries.outcomes import outcomes_of
from reviews.rules.proposals import NOT_SELECTED, RESERVE, SELECTED, Place
from seminars.actions.proposals import EditConflict
from seminars.choices import SeminarState
from seminars.models import Call, Recusal, Seminar
from seminars.permissions import Refused
from tests import cast
from tests.racing import at_once, done_at_once
from tests.reviews import selecting, world
from tests.seminars.filed import officer

pytestmark = pytest.mark.django_db
AT = selecting.LATER
NOT_YET = "This is not possible yet."


def put(pair: Seminar, outcome: str, rank: int | None = None, country: str = "FR") -> Decision:
    """Propose an outcome for one pair, and return the decision."""
    propose(cast.call_2026(), {pair.pk: Place(outcome, rank)}, by=officer(country), at=AT)
    return Decision.objects.get(seminar=pair)


def signed(decision: Decision, country: str, by: User | None = None) -> int:
    decision.refresh_from_db()
    return sign(cast.call_2026(), {decision.pk: decision.version}, by=by or officer(country), at=AT)


def standing(pairs: list[Seminar]) -> list[tuple[str, int | None]]:
    found = {decision.seminar_id: (decision.outcome, decision.reserve_rank) for decision in Decision.objects.all()}
    return [found[pair.pk] for pair in pairs]


def refused(deed: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        deed()
    return str(caught.value.args[0])


def open_it(country: str = "FR") -> Selection:
    return open_selection(cast.call_2026(), by=officer(country), at=selecting.OPENED)


def test_it_opens_only_when_both_are_sealed_and_tells_nothing_of_the_other_side() -> None:
    world.pairs_in_review()
    assert refused(open_it) == "Your own panel is not sealed yet."
    selecting.seal("JP")
    assert refused(open_it) == "Your own panel is not sealed yet."
    Panel.objects.update(sealed_at=None, sealed_by=None)
    selecting.seal("FR")
    assert refused(open_it) == NOT_YET
    Panel.objects.filter(side__agency__country="JP").update(opened_at=world.BEGUN, version=7, chair=officer("JP"))
    assert refused(open_it) == NOT_YET
    selecting.seal("JP")
    selection = open_it()
    assert (selection.opened_by, selection.opened_at) == (officer("FR"), selecting.OPENED)
    assert HistoryEntry.objects.about(selection).get().verb == "opened"
    told = Message.objects.filter(kind="selection_opened").values_list("recipient__email", flat=True)
    assert set(told) == {"officer@inserm.example", "officer@jsps.example"}
    assert refused(open_it) == "The joint selection is open already."


def test_strangers_open_and_change_nothing() -> None:
    pairs = world.pairs_in_review()
    stranger = cast.marie()
    call = cast.call_2026()
    assert "officer" in refused(lambda: open_selection(call, by=stranger, at=AT))
    wish = {pairs[0].pk: Place(SELECTED)}
    assert "not open" in refused(lambda: propose(call, wish, by=officer("FR"), at=AT))
    assert "officer" in refused(lambda: propose(call, wish, by=stranger, at=AT))


def test_an_outcome_holds_when_both_have_signed() -> None:
    pairs = selecting.opened(2)
    decision = put(pairs[0], SELECTED)
    assert [signed(decision, "FR"), signed(decision, "FR")] == [1, 0]
    assert outcomes_of(cast.call_2026()).missing == {pair.pk for pair in pairs}
    assert signed(decision, "JP") == 1
    found = outcomes_of(cast.call_2026())
    assert found.ready == {pairs[0].pk: (SELECTED, None)}
    assert found.missing == {pairs[1].pk}


def test_a_change_voids_the_signatures_and_the_others_are_told() -> None:
    pairs = selecting.opened(2)
    decision = put(pairs[0], SELECTED)
    signed(decision, "JP")
    put(pairs[0], SELECTED)
    assert Signature.objects.standing().count() == 1
    put(pairs[0], RESERVE)
    signature = Signature.objects.get()
    verbs = HistoryEntry.objects.about(signature).values_list("verb", flat=True)
    assert (signature.voided_at, set(verbs)) == (AT, {"signed", "voided"})
    assert Message.objects.filter(kind="signatures_voided").get().recipient == officer("JP")
    assert "changed meanwhile" in refused(lambda: sign(cast.call_2026(), {decision.pk: 1}, by=officer("FR"), at=AT))
    assert signed(decision, "JP") == 1


def test_a_refusal_means_not_selected_and_closes_the_reserve_list() -> None:
    pairs = selecting.opened()
    first, second = put(pairs[0], RESERVE), put(pairs[1], RESERVE)
    signed(second, "FR")
    call = cast.call_2026()
    assert "Say why" in refused(lambda: refuse(call, first, version=1, reason=" ", by=officer("JP"), at=AT))
    refuse(call, first, version=1, reason="Too far.", by=officer("JP"), at=AT)
    assert standing(pairs[:2]) == [(NOT_SELECTED, None), (RESERVE, 1)]
    assert Signature.objects.standing().get().reason == "Too far."
    assert outcomes_of(call).ready == {pairs[0].pk: (NOT_SELECTED, None)}
    assert "is refused" in refused(lambda: signed(first, "FR"))
    first.refresh_from_db()
    version = first.version
    assert "already" in refused(lambda: refuse(call, first, version=version, reason="No.", by=officer("FR"), at=AT))
    put(pairs[0], SELECTED)
    assert outcomes_of(call).ready == {}


def test_no_more_are_selected_than_the_call_funds() -> None:
    pairs = selecting.opened(2)
    Call.objects.update(capacity=1)
    put(pairs[0], SELECTED)
    assert "funds 1" in refused(lambda: put(pairs[1], SELECTED))
    both = {pairs[0].pk: Place(NOT_SELECTED), pairs[1].pk: Place(SELECTED)}
    assert propose(cast.call_2026(), both, by=officer("JP"), at=AT) == 2


def test_a_reserve_moves_up_for_a_cancelled_seminar() -> None:
    pairs = selecting.opened(2)
    Call.objects.update(capacity=1)
    put(pairs[0], SELECTED)
    put(pairs[1], RESERVE)
    Seminar.objects.filter(pk=pairs[1].pk).update(state=SeminarState.RESERVE)
    assert "funds 1" in refused(lambda: put(pairs[1], SELECTED))
    Seminar.objects.filter(pk=pairs[0].pk).update(state=SeminarState.CANCELLED)
    put(pairs[1], SELECTED)
    assert standing(pairs) == [(SELECTED, None), (SELECTED, None)]


def test_the_reserve_list_can_be_turned_round() -> None:
    pairs = selecting.opened()
    for pair in pairs:
        put(pair, RESERVE)
    put(pairs[2], RESERVE, 1)
    assert standing(pairs) == [(RESERVE, 2), (RESERVE, 3), (RESERVE, 1)]


def test_one_person_never_signs_for_both() -> None:
    pair = selecting.opened(1)[0]
    decision = put(pair, SELECTED)
    both = cast.officer_of(Agency.objects.get(country="FR"), "both@example.org")
    signed(decision, "FR", by=both)
    both.memberships.update(agency=Agency.objects.get(country="JP"))
    again = User.objects.get(pk=both.pk)
    assert refused(lambda: signed(decision, "JP", by=again)) == "Nobody signs for both agencies."


def test_a_pair_one_is_shut_out_of_is_beyond_reach() -> None:
    pair = selecting.opened(1)[0]
    decision = put(pair, SELECTED)
    Recusal.objects.create(user=officer("JP"), seminar=pair, since=world.BEGUN)
    assert "not in review" in refused(lambda: put(pair, RESERVE, country="JP"))
    assert "changed" in refused(lambda: signed(decision, "JP"))
    values = {"text": "Hm.", "form_uuid": uuid4(), "by": officer("JP"), "at": AT}
    assert "not in review" in refused(lambda: add_note(cast.call_2026(), pair, **values))


def test_a_note_is_written_once_and_minutes_are_not_overwritten() -> None:
    pair, call = selecting.opened(1)[0], cast.call_2026()
    uuid = uuid4()
    for _turn in range(2):
        add_note(call, pair, text="Strong.", form_uuid=uuid, by=officer("JP"), at=AT)
    assert SelectionNote.objects.visible_to(officer("FR")).get().text == "Strong."
    assert save_minutes(call, text="One.", version=0, by=officer("FR"), at=AT).version == 1
    with pytest.raises(EditConflict):
        save_minutes(call, text="Two.", version=0, by=officer("JP"), at=AT)
    assert save_minutes(call, text="One.", version=0, by=officer("JP"), at=AT).version == 1
    assert (selecting.selection().minutes, selecting.selection().saved_at) == ("One.", AT)


def test_nothing_that_one_is_shut_out_of_moves_or_loses_its_signature() -> None:
    pairs = selecting.opened()
    for pair in pairs:
        put(pair, RESERVE)
    hidden = Decision.objects.get(seminar=pairs[1])
    signed(hidden, "JP")
    Recusal.objects.create(user=officer("FR"), seminar=pairs[1], since=world.BEGUN)
    put(pairs[0], NOT_SELECTED)
    assert standing(pairs) == [(NOT_SELECTED, None), (RESERVE, 2), (RESERVE, 1)]
    put(pairs[2], RESERVE, 2)
    assert standing(pairs)[1:] == [(RESERVE, 2), (RESERVE, 1)]
    assert Signature.objects.standing().get().decision == hidden
    put(pairs[2], NOT_SELECTED)
    assert standing(pairs)[1] == (RESERVE, 2)
    put(pairs[0], SELECTED, country="JP")
    assert standing(pairs)[1] == (RESERVE, 1)
    assert Signature.objects.standing().count() == 0


def test_who_is_shut_out_is_not_told_of_a_voided_signature() -> None:
    pairs = selecting.opened(2)
    colleague = cast.officer_of(Agency.objects.get(country="JP"), "second@jsps.example")
    Recusal.objects.create(user=colleague, seminar=pairs[0], since=world.BEGUN)
    told = Message.objects.filter(kind="signatures_voided").values_list("recipient__email", flat=True)
    for place, pair in enumerate(pairs):
        signed(put(pair, SELECTED), "JP")
        put(pair, NOT_SELECTED)
        assert set(told.all()) == {"officer@jsps.example"} | ({colleague.email} if place else set())
        Message.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_two_signatures_of_one_agency_at_once_are_one() -> None:
    decision = put(selecting.opened(1)[0], SELECTED)
    colleague = cast.officer_of(Agency.objects.get(country="FR"), "second@inserm.example")
    people = [officer("FR"), colleague, officer("JP")]
    call = cast.call_2026()
    found = at_once(*(lambda by=by: sign(call, {decision.pk: 1}, by=by, at=AT) for by in people))
    assert sorted(found) == [0, 1, 1]
    assert outcomes_of(call).ready == {decision.seminar_id: (SELECTED, None)}


@pytest.mark.django_db(transaction=True)
def test_a_signature_against_a_change_never_holds_for_what_was_not_read() -> None:
    pair = selecting.opened(1)[0]
    decision = put(pair, SELECTED)
    call, people = cast.call_2026(), (officer("FR"), officer("JP"))
    at_once(
        lambda: sign(call, {decision.pk: 1}, by=people[0], at=AT),
        lambda: propose(call, {pair.pk: Place(RESERVE)}, by=people[1], at=AT),
    )
    decision.refresh_from_db()
    assert (decision.outcome, decision.version, Signature.objects.standing().count()) == (RESERVE, 2, 0)


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_never_exceed_the_capacity() -> None:
    pairs = selecting.opened(2)
    Call.objects.update(capacity=1)
    call, people = Call.objects.with_sides().get(), (officer("FR"), officer("JP"))
    wishes = zip(pairs, people, strict=True)
    done = done_at_once(*(lambda p=p, by=by: propose(call, {p.pk: Place(SELECTED)}, by=by, at=AT) for p, by in wishes))
    assert sorted(done) == [False, True]
    assert Decision.objects.filter(outcome=SELECTED).count() == 1


def test_a_rank_on_the_reserve_list_counts_among_the_pairs_one_sees() -> None:
    pairs = selecting.opened(4)
    for pair in pairs[:3]:
        put(pair, RESERVE)
    Recusal.objects.create(user=officer("FR"), seminar=pairs[0], since=world.BEGUN)
    put(pairs[3], RESERVE, 2)
    assert standing(pairs) == [(RESERVE, 1), (RESERVE, 2), (RESERVE, 4), (RESERVE, 3)]
    put(pairs[3], RESERVE)
    assert standing(pairs) == [(RESERVE, 1), (RESERVE, 2), (RESERVE, 4), (RESERVE, 3)]
