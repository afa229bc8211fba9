"""Inviting, accepting, confirming and leaving: to the exact address, once, in time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.db import connections

from accounts.models import HistoryEntry, Message, User
from accounts.tokens import hashed
from seminars.actions import pairing, submission
from seminars.actions.proposals import EditConflict
from seminars.choices import PairingStep, ProposalState, SeminarState
from seminars.dossiers import differences_of
from seminars.models import CallAgency, Invitation, Proposal, Seminar
from seminars.permissions import Refused
from seminars.permissions.invitation import INVITATIONS_A_DAY
from seminars.steps import pairing_line, pairing_step
from tests import cast

pytestmark = pytest.mark.django_db
MICROSECOND = timedelta(microseconds=1)
LATER = cast.BEFORE + timedelta(hours=2)


def accept(invitation: Invitation, by: User, at: datetime = LATER, attach: Proposal | None = None) -> Proposal:
    return pairing.accept_invitation(invitation, by=by, at=at, attach=attach)


def step_of(proposal: Proposal, at: datetime = LATER) -> PairingStep:
    return pairing_step(Proposal.objects.with_dossier().with_pairing().get(pk=proposal.pk), at=at)


def stranger(email: str = "yuki.sato@kyoto.example") -> User:
    return cast.user(email, family_name="Sato", given_name="Yuki")


def test_invite_keeps_only_the_hash_of_the_secret() -> None:
    invitation = cast.invited(cast.draft_of(cast.marie()), cast.kenji())
    token = cast.token_of(invitation)
    assert len(token) >= 43
    assert invitation.token_hash == hashed(token)
    assert token not in str(list(Invitation.objects.values()) + list(HistoryEntry.objects.values()))


def test_invite_writes_the_address_in_small_letters() -> None:
    assert cast.invited(cast.draft_of(cast.marie()), "Kenji.Tanaka@Kyoto.example").email == cast.kenji().email


@pytest.mark.parametrize(
    ("at", "expires_at"),
    [
        (cast.BEFORE, cast.BEFORE + timedelta(days=30)),
        (cast.DEADLINE - timedelta(days=30), cast.DEADLINE),
        (cast.DEADLINE - timedelta(days=2), cast.DEADLINE),
    ],
)
def test_invite_ends_after_30_days_or_at_the_partners_deadline(at: datetime, expires_at: datetime) -> None:
    proposal = cast.draft_of(cast.marie())
    assert cast.invited(proposal, cast.kenji(), at=at).expires_at == expires_at


def test_invite_again_takes_the_earlier_invitation_back() -> None:
    proposal = cast.draft_of(cast.marie())
    first = cast.invited(proposal, cast.kenji())
    second = cast.invited(proposal, cast.kenji(), at=LATER)
    first.refresh_from_db()
    assert (first.revoked_at, second.revoked_at) == (LATER, None)
    with pytest.raises(Refused, match="taken back"):
        accept(first, cast.verified(cast.kenji()))


def test_invite_is_history_and_mail() -> None:
    proposal = cast.draft_of(cast.marie())
    cast.invited(proposal, cast.kenji())
    entry = HistoryEntry.objects.about(proposal).get(verb="invited")
    assert (entry.actor, entry.after) == (cast.marie(), {"email": cast.kenji().email})
    assert Message.objects.get(kind="invitation").address == cast.kenji().email


@pytest.mark.parametrize(
    "email", ["marie.lefevre@inserm.example", "Marie.Lefevre@INSERM.example", "mıke@kyoto.example"]
)
def test_invite_oneself_or_an_address_with_other_letters_is_refused(email: str) -> None:
    proposal = cast.draft_of(cast.marie())
    with pytest.raises(Refused, match=r"own address|plain letters"):
        cast.invited(proposal, email)


def test_invite_a_second_own_address_is_refused() -> None:
    EmailAddress.objects.create(user=cast.marie(), email="marie@example.org", verified=False)
    with pytest.raises(Refused, match="own address"):
        cast.invited(cast.draft_of(cast.marie()), "marie@example.org")


def test_invite_by_somebody_else_is_refused() -> None:
    proposal = cast.draft_of(cast.marie())
    with pytest.raises(Refused, match="Only the coordinator"):
        pairing.invite(
            proposal, email="a@b.example", name="", language="en", message="", by=cast.kenji(), at=cast.BEFORE
        )


def test_invite_after_the_partners_deadline_is_refused() -> None:
    proposal = cast.draft_of(cast.marie())
    CallAgency.objects.filter(agency__country="JP").update(deadline_at=LATER)
    cast.invited(proposal, cast.kenji(), at=LATER)
    with pytest.raises(Refused, match="deadline of your partner's agency"):
        cast.invited(proposal, cast.kenji(), at=LATER + MICROSECOND)


def test_invite_from_an_ended_record_is_refused() -> None:
    proposal = cast.draft_of(cast.marie())
    submission.withdraw(proposal.pk, reason="", by=cast.marie(), at=cast.BEFORE)
    with pytest.raises(Refused, match="ended"):
        cast.invited(proposal, cast.kenji())


def test_invite_too_often_is_refused_until_the_next_day() -> None:
    proposal = cast.draft_of(cast.marie())
    for _ in range(INVITATIONS_A_DAY):
        cast.invited(proposal, cast.kenji())
    with pytest.raises(Refused, match="tomorrow"):
        cast.invited(proposal, cast.kenji(), at=cast.BEFORE + timedelta(days=1) - MICROSECOND)
    cast.invited(proposal, cast.kenji(), at=cast.BEFORE + timedelta(days=1))


def test_invite_with_a_partner_is_refused() -> None:
    french, japanese = cast.forming_pair()
    for proposal in (french, japanese):
        with pytest.raises(Refused, match="partner already"):
            cast.invited(proposal, "third@example.org")


def test_revoke_shuts_the_link() -> None:
    proposal = cast.draft_of(cast.marie())
    invitation = cast.invited(proposal, cast.kenji())
    pairing.revoke_invitation(proposal, by=cast.marie(), at=LATER)
    with pytest.raises(Refused, match="taken back"):
        accept(invitation, cast.verified(cast.kenji()), LATER + MICROSECOND)
    with pytest.raises(Refused, match="no invitation"):
        pairing.revoke_invitation(proposal, by=cast.marie(), at=LATER)


def test_revoke_by_somebody_else_is_refused() -> None:
    proposal = cast.draft_of(cast.marie())
    cast.invited(proposal, cast.kenji())
    with pytest.raises(Refused, match="no invitation"):
        pairing.revoke_invitation(proposal, by=cast.kenji(), at=LATER)


def test_open_is_noted_the_first_time_only() -> None:
    proposal = cast.draft_of(cast.marie())
    invitation = cast.invited(proposal, cast.kenji())
    assert step_of(proposal) == PairingStep.INVITED
    assert pairing.open_invitation(invitation, at=cast.BEFORE) is True
    assert pairing.open_invitation(invitation, at=LATER) is False
    invitation.refresh_from_db()
    assert invitation.opened_at == cast.BEFORE
    assert step_of(proposal) == PairingStep.OPENED


def test_accept_makes_the_partners_record_with_the_shared_facts() -> None:
    french, japanese = cast.forming_pair()
    assert (japanese.side.agency, japanese.coordinator) == (cast.jsps(), cast.kenji())
    for fact in ("title_en", "abstract_en", "keywords", "theme", "start_on", "end_on", "venue_name", "venue_city"):
        assert getattr(japanese, fact) == getattr(french, fact), fact
    assert japanese.venue_country == "FR"
    assert list(japanese.areas.all()) == list(french.areas.all()) != []
    assert [(s.on, s.starts, s.ends, s.kind, s.title, s.speaker) for s in japanese.sessions.all()] == [
        (s.on, s.starts, s.ends, s.kind, s.title, s.speaker) for s in french.sessions.all()
    ]
    assert japanese.seminar == french.seminar
    assert french.seminar is not None
    assert (french.seminar.state, french.seminar.formed_at) == (SeminarState.FORMING, cast.BEFORE)
    assert not japanese.objectives


def test_accept_names_both_coordinators_with_their_laboratories() -> None:
    _french, japanese = cast.forming_pair()
    people = {person.side: person for person in japanese.participants.all()}
    assert {side: person.email for side, person in people.items()} == {
        "FR": cast.marie().email,
        "JP": cast.kenji().email,
    }
    assert (people["JP"].family_name_kanji, people["JP"].position) == ("田中", "教授")
    assert {side: person.laboratory and person.laboratory.city for side, person in people.items()} == {
        "FR": "Bordeaux",
        "JP": "Kyoto",
    }
    assert japanese.laboratories.count() == 2


def test_accept_leaves_no_difference() -> None:
    for proposal in cast.forming_pair():
        assert differences_of(proposal) == ()


def test_accept_of_an_empty_draft_makes_an_empty_record() -> None:
    french = cast.draft_of(cast.marie())
    japanese = accept(cast.invited(french, cast.kenji()), cast.verified(cast.kenji()))
    assert japanese.title_en == ""
    assert [person.email for person in japanese.participants.order_by("side")] == [
        cast.marie().email,
        cast.kenji().email,
    ]


def test_accept_is_mail_to_the_inviter_and_history_on_both_sides() -> None:
    french, japanese = cast.forming_pair()
    assert Message.objects.get(kind="invitation_accepted").recipient == cast.marie()
    for proposal in (french, japanese):
        assert HistoryEntry.objects.about(proposal).get(verb="invitation_accepted").actor == cast.kenji()


@pytest.mark.parametrize("at", [cast.BEFORE, cast.BEFORE + timedelta(days=30) - MICROSECOND])
def test_accept_in_time_passes(at: datetime) -> None:
    invitation = cast.invited(cast.draft_of(cast.marie()), cast.kenji())
    assert accept(invitation, cast.verified(cast.kenji()), at).coordinator == cast.kenji()


@pytest.mark.parametrize("late", [timedelta(0), MICROSECOND, timedelta(days=1)])
def test_accept_at_the_end_or_later_is_refused_and_makes_nothing(late: timedelta) -> None:
    invitation = cast.invited(cast.draft_of(cast.marie()), cast.kenji())
    with pytest.raises(Refused, match="expired"):
        accept(invitation, cast.verified(cast.kenji()), cast.BEFORE + timedelta(days=30) + late)
    assert (Proposal.objects.count(), Seminar.objects.count()) == (1, 0)


def test_accept_twice_is_refused() -> None:
    invitation = cast.invited(cast.draft_of(cast.marie()), cast.kenji())
    accept(invitation, cast.verified(cast.kenji()))
    with pytest.raises(Refused, match="works once"):
        accept(invitation, cast.kenji())
    assert Proposal.objects.count() == 2


def test_accept_with_an_address_that_is_not_confirmed_is_refused() -> None:
    invitation = cast.invited(cast.draft_of(cast.marie()), cast.kenji())
    EmailAddress.objects.create(user=cast.kenji(), email=cast.kenji().email, verified=False)
    with pytest.raises(Refused, match="another e-mail address"):
        accept(invitation, cast.kenji())


@pytest.mark.parametrize(
    ("invited", "has"),
    [
        ("mike@kyoto.example", "mıke@kyoto.example"),
        ("mike@kyoto.example", "Mike@kyoto.example"),
        ("mike@kyoto.example", "mike@kyoto.example.org"),
        ("mike@kyoto.example", "mike+x@kyoto.example"),
        ("kelvin@kyoto.example", "\u212aelvin@kyoto.example"),
    ],
)
def test_accept_with_an_address_that_only_looks_the_same_is_refused(invited: str, has: str) -> None:
    """SAFETY 14: equal letter for letter."""
    invitation = cast.invited(cast.draft_of(cast.marie()), invited)
    EmailAddress.objects.create(user=stranger(), email=has, verified=True, primary=True)
    with pytest.raises(Refused, match="another e-mail address"):
        accept(invitation, stranger())


def test_accept_by_the_inviter_is_refused() -> None:
    """R10: two different people, even if the inviter later confirms the invited address."""
    invitation = cast.invited(cast.draft_of(cast.marie()), cast.kenji())
    EmailAddress.objects.create(user=cast.marie(), email=cast.kenji().email, verified=True)
    with pytest.raises(Refused, match="two different people"):
        accept(invitation, cast.marie())


def test_accept_of_a_record_that_lapsed_meanwhile_is_refused() -> None:
    invitation = cast.invited(cast.draft_of(cast.marie()), cast.kenji())
    CallAgency.objects.filter(agency__country="FR").update(deadline_at=LATER - MICROSECOND)
    with pytest.raises(Refused, match="has ended"):
        accept(invitation, cast.verified(cast.kenji()))


def test_accept_with_an_open_record_of_ones_own_is_refused_unless_it_joins() -> None:
    """R20: one proposal per coordinator, agency and call."""
    own = cast.draft_of(cast.verified(cast.kenji()), "JP")
    invitation = cast.invited(cast.draft_of(cast.marie()), cast.kenji())
    with pytest.raises(Refused, match="already have a proposal"):
        accept(invitation, cast.kenji())
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert accept(invitation, cast.kenji(), attach=own) == own


def test_accept_after_withdrawing_the_own_record_starts_a_new_one() -> None:
    """R20: a withdrawn record holds nobody."""
    old = cast.draft_of(cast.verified(cast.kenji()), "JP")
    submission.withdraw(old.pk, reason="", by=cast.kenji(), at=cast.BEFORE)
    assert accept(cast.invited(cast.draft_of(cast.marie()), cast.kenji()), cast.kenji()) != old


def test_attach_keeps_the_own_values() -> None:
    french = cast.complete_draft(cast.marie())
    own = cast.complete_draft(cast.verified(cast.kenji()), "JP", title_en="Another title", venue_city="Lyon")
    joined = accept(cast.invited(french, cast.kenji()), cast.kenji(), attach=own)
    assert (joined, joined.title_en, joined.venue_city) == (own, "Another title", "Lyon")
    assert cast.reread(french).partner == own


def test_attach_takes_a_submitted_record_too() -> None:
    own = cast.complete_draft(cast.verified(cast.kenji()), "JP")
    submission.submit(own.pk, form_uuid=uuid4(), by=cast.kenji(), at=cast.BEFORE)
    joined = accept(cast.invited(cast.draft_of(cast.marie()), cast.kenji()), cast.kenji(), attach=own)
    assert joined.state == ProposalState.AWAITING_INSTITUTION


def attach_of_somebody_else() -> tuple[Proposal, str]:
    return cast.draft_of(stranger(), "JP"), "Only the coordinator"


def attach_of_the_same_side() -> tuple[Proposal, str]:
    return cast.draft_of(cast.kenji(), "FR"), "other agency"


def attach_of_an_ended_record() -> tuple[Proposal, str]:
    own = cast.draft_of(cast.kenji(), "JP")
    submission.withdraw(own.pk, reason="", by=cast.kenji(), at=cast.BEFORE)
    return own, "ended"


def attach_of_a_paired_record() -> tuple[Proposal, str]:
    other = cast.invited(cast.draft_of(cast.verified(stranger()), "FR"), cast.kenji())
    return accept(other, cast.kenji()), "partner already"


@pytest.mark.parametrize(
    "prepare",
    [attach_of_somebody_else, attach_of_the_same_side, attach_of_an_ended_record, attach_of_a_paired_record],
)
def test_attach_of_another_record_is_refused(prepare: Callable[[], tuple[Proposal, str]]) -> None:
    cast.verified(cast.kenji())
    own, reason = prepare()
    invitation = cast.invited(cast.draft_of(cast.marie()), cast.kenji())
    with pytest.raises(Refused, match=reason):
        accept(invitation, cast.kenji(), attach=own)
    assert Seminar.objects.filter(proposals=invitation.proposal).count() == 0


def test_two_invitations_that_cross_end_in_one_pair() -> None:
    french = cast.draft_of(cast.verified(cast.marie()))
    japanese = cast.draft_of(cast.verified(cast.kenji()), "JP")
    to_kenji = cast.invited(french, cast.kenji())
    to_marie = cast.invited(japanese, cast.marie())
    accept(to_kenji, cast.kenji(), attach=japanese)
    with pytest.raises(Refused, match="taken back"):
        accept(to_marie, cast.marie(), attach=french)
    assert Seminar.objects.count() == 1
    assert cast.reread(french).partner == japanese


def test_decline_shuts_the_link_and_tells_the_inviter() -> None:
    proposal = cast.draft_of(cast.marie())
    invitation = cast.invited(proposal, cast.kenji())
    pairing.decline_invitation(invitation, at=LATER)
    with pytest.raises(Refused, match="declined"):
        accept(invitation, cast.verified(cast.kenji()), LATER + MICROSECOND)
    with pytest.raises(Refused, match="declined"):
        pairing.decline_invitation(invitation, at=LATER)
    entry = HistoryEntry.objects.about(proposal).get(verb="invitation_declined")
    assert (entry.actor, entry.actor_label) == (None, cast.kenji().email)
    assert Message.objects.get(kind="invitation_declined").recipient == cast.marie()
    assert step_of(proposal) == PairingStep.NOT_INVITED


def test_confirm_by_one_waits_for_the_other() -> None:
    french, japanese = cast.forming_pair()
    pairing.confirm_pair(french, by=cast.marie(), at=LATER)
    assert cast.reread(french).pair_confirmed_at == LATER
    assert step_of(japanese) == PairingStep.ACCEPTED
    assert Message.objects.get(kind="pair_awaits_you").recipient == cast.kenji()


def test_confirm_by_both_makes_the_pair() -> None:
    french, japanese = cast.forming_pair()
    pairing.confirm_pair(japanese, by=cast.kenji(), at=cast.BEFORE)
    pairing.confirm_pair(french, by=cast.marie(), at=LATER)
    seminar = cast.reread(french).seminar
    assert seminar is not None
    assert (seminar.state, seminar.paired_at) == (SeminarState.PAIRED, LATER)
    assert {message.recipient for message in Message.objects.filter(kind="pair_confirmed")} == {
        cast.marie(),
        cast.kenji(),
    }
    assert HistoryEntry.objects.about(seminar).get().verb == "paired"


@pytest.mark.parametrize("who", [cast.kenji, stranger])
def test_confirm_for_somebody_else_is_refused(who: Callable[[], User]) -> None:
    french, _japanese = cast.forming_pair()
    with pytest.raises(Refused, match="Only the coordinator"):
        pairing.confirm_pair(french, by=who(), at=LATER)


def test_confirm_twice_or_without_a_partner_is_refused() -> None:
    french, _japanese = cast.forming_pair()
    pairing.confirm_pair(french, by=cast.marie(), at=LATER)
    with pytest.raises(Refused, match="already"):
        pairing.confirm_pair(french, by=cast.marie(), at=LATER)
    with pytest.raises(Refused, match="no partner"):
        pairing.confirm_pair(cast.draft_of(stranger()), by=stranger(), at=LATER)


def test_confirm_with_a_withdrawn_partner_is_refused() -> None:
    french, japanese = cast.forming_pair()
    submission.withdraw(japanese.pk, reason="", by=cast.kenji(), at=cast.BEFORE)
    with pytest.raises(Refused, match="partner's record has ended"):
        pairing.confirm_pair(french, by=cast.marie(), at=LATER)


def test_leave_keeps_both_records_and_tells_both() -> None:
    french, japanese = cast.confirmed_pair()
    pairing.leave_pair(french, reason="We go separate ways.", by=cast.marie(), at=LATER)
    for proposal in (cast.reread(french), cast.reread(japanese)):
        assert (proposal.seminar, proposal.pair_confirmed_at, proposal.state) == (None, None, ProposalState.DRAFT)
        assert proposal.title_en == "Ageing neurons"
        assert HistoryEntry.objects.about(proposal).get(verb="pair_left").reason == "We go separate ways."
    assert Seminar.objects.count() == 0
    texts = {message.recipient: message.text for message in Message.objects.filter(kind="pair_left")}
    assert "> We go separate ways." in texts[cast.kenji()]
    assert set(texts) == {cast.marie(), cast.kenji()}
    cast.invited(french, cast.kenji(), at=LATER)


def test_leave_once_something_is_submitted_is_refused() -> None:
    french, japanese = cast.confirmed_pair()
    submission.submit(french.pk, form_uuid=uuid4(), by=cast.marie(), at=cast.BEFORE)
    with pytest.raises(Refused, match="Reopen your record first"):
        pairing.leave_pair(french, reason="x", by=cast.marie(), at=LATER)
    with pytest.raises(Refused, match="partner has submitted"):
        pairing.leave_pair(japanese, reason="x", by=cast.kenji(), at=LATER)


def test_leave_a_withdrawn_partner_is_possible_even_after_submitting() -> None:
    french, japanese = cast.confirmed_pair()
    submission.submit(french.pk, form_uuid=uuid4(), by=cast.marie(), at=cast.BEFORE)
    submission.withdraw(japanese.pk, reason="", by=cast.kenji(), at=cast.BEFORE)
    with pytest.raises(Refused, match="ended"):
        pairing.leave_pair(japanese, reason="x", by=cast.kenji(), at=LATER)
    left = pairing.leave_pair(french, reason="x", by=cast.marie(), at=LATER)
    assert (left.seminar, left.state) == (None, ProposalState.SUBMITTED)


def test_leave_after_the_deadline_is_refused() -> None:
    """R21: frozen afterwards."""
    french, _japanese = cast.confirmed_pair()
    with pytest.raises(Refused, match="deadline"):
        pairing.leave_pair(french, reason="x", by=cast.marie(), at=cast.DEADLINE + MICROSECOND)


def test_steps_follow_the_pair_to_its_end() -> None:
    french, japanese = cast.confirmed_pair()
    assert step_of(french) == step_of(japanese) == PairingStep.CONFIRMED
    submission.submit(french.pk, form_uuid=uuid4(), by=cast.marie(), at=cast.BEFORE)
    assert step_of(french) == step_of(japanese) == PairingStep.ONE_SIDE_SUBMITTED
    Proposal.objects.update(state=ProposalState.SUBMITTED)
    assert step_of(french) == step_of(japanese) == PairingStep.COMPLETE


def test_the_line_of_steps_is_the_same_for_both() -> None:
    pair = cast.forming_pair()
    lines = [
        pairing_line(Proposal.objects.with_dossier().with_pairing().get(pk=proposal.pk), at=LATER) for proposal in pair
    ]
    assert [(step.key, step.state) for step in lines[0]] == [
        ("invited", "done"),
        ("opened", "done"),
        ("accepted", "now"),
        ("confirmed", "todo"),
        ("one_side", "todo"),
        ("complete", "todo"),
    ]
    assert lines[0] == lines[1]
    assert [step.at for step in lines[0]] == [cast.BEFORE, cast.BEFORE, cast.BEFORE, None, None, None]


def test_a_record_submitted_before_it_has_a_partner_shows_both_truths() -> None:
    proposal = cast.complete_draft(cast.marie())
    submission.submit(proposal.pk, form_uuid=uuid4(), by=cast.marie(), at=cast.BEFORE)
    line = pairing_line(Proposal.objects.with_dossier().with_pairing().get(pk=proposal.pk), at=LATER)
    assert [step.state for step in line] == ["todo", "todo", "todo", "todo", "now", "todo"]
    assert step_of(proposal) == PairingStep.ONE_SIDE_SUBMITTED


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do all at the same moment, each on a connection of its own; return results, refusals, conflicts of edits."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        start.wait()
        try:
            return deed()
        except EditConflict as conflict:
            return conflict
        except Refused as refused:
            return str(refused.args[0])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@pytest.mark.django_db(transaction=True)
def test_accept_at_once_in_two_windows_makes_one_record() -> None:
    invitation = cast.invited(cast.complete_draft(cast.marie()), cast.kenji())
    cast.verified(cast.kenji())
    results = at_once(*[lambda: accept(invitation, cast.kenji())] * 4)
    assert sum(isinstance(result, Proposal) for result in results) == 1
    assert (Proposal.objects.count(), Seminar.objects.count()) == (2, 1)
    assert Message.objects.filter(kind="invitation_accepted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_accept_at_once_of_invitations_that_cross_makes_one_pair() -> None:
    french = cast.draft_of(cast.verified(cast.marie()))
    japanese = cast.draft_of(cast.verified(cast.kenji()), "JP")
    to_kenji, to_marie = cast.invited(french, cast.kenji()), cast.invited(japanese, cast.marie())
    results = at_once(
        lambda: accept(to_kenji, cast.kenji(), attach=japanese), lambda: accept(to_marie, cast.marie(), attach=french)
    )
    assert sum(isinstance(result, Proposal) for result in results) == 1
    assert Seminar.objects.count() == 1
    assert cast.reread(french).partner == japanese


@pytest.mark.django_db(transaction=True)
def test_accept_and_revoke_at_once_leave_no_half_pair() -> None:
    proposal = cast.draft_of(cast.marie())
    invitation = cast.invited(proposal, cast.kenji())
    cast.verified(cast.kenji())
    results = at_once(
        lambda: accept(invitation, cast.kenji()),
        lambda: pairing.revoke_invitation(proposal, by=cast.marie(), at=LATER),
    )
    accepted = isinstance(results[0], Proposal)
    assert Seminar.objects.count() == Proposal.objects.count() - 1 == accepted
    assert (results[1] is None) is not accepted


@pytest.mark.django_db(transaction=True)
def test_confirm_at_once_by_both_makes_the_pair_once() -> None:
    french, japanese = cast.forming_pair()
    at_once(
        lambda: pairing.confirm_pair(french, by=cast.marie(), at=LATER),
        lambda: pairing.confirm_pair(japanese, by=cast.kenji(), at=LATER),
    )
    assert Seminar.objects.get().state == SeminarState.PAIRED
    assert Message.objects.filter(kind="pair_confirmed").count() == 2
    assert HistoryEntry.objects.filter(verb="paired").count() == 1
