"""Accepting an invitation: with the exact address, once, in time, with a new record or one that there is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress

from accounts.models import HistoryEntry, Message
from seminars.actions import pairing, submission
from seminars.choices import ProposalState, SeminarState
from seminars.models import CallAgency, Proposal, Seminar
from seminars.permissions import Refused
from seminars.queries.dossiers import differences_of
from tests import cast
from tests.racing import done_at_once
from tests.seminars.inviting import LATER, MICROSECOND, accept, stranger

pytestmark = pytest.mark.django_db


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


@pytest.mark.django_db(transaction=True)
def test_accept_at_once_in_two_windows_makes_one_record() -> None:
    invitation = cast.invited(cast.complete_draft(cast.marie()), cast.kenji())
    cast.verified(cast.kenji())
    done = done_at_once(*[lambda: accept(invitation, cast.kenji())] * 4)
    assert sorted(done) == [False, False, False, True]
    assert (Proposal.objects.count(), Seminar.objects.count()) == (2, 1)
    assert Message.objects.filter(kind="invitation_accepted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_accept_at_once_of_invitations_that_cross_makes_one_pair() -> None:
    french = cast.draft_of(cast.verified(cast.marie()))
    japanese = cast.draft_of(cast.verified(cast.kenji()), "JP")
    to_kenji, to_marie = cast.invited(french, cast.kenji()), cast.invited(japanese, cast.marie())
    done = done_at_once(
        lambda: accept(to_kenji, cast.kenji(), attach=japanese), lambda: accept(to_marie, cast.marie(), attach=french)
    )
    assert sorted(done) == [False, True]
    assert Seminar.objects.count() == 1
    assert cast.reread(french).partner == japanese


@pytest.mark.django_db(transaction=True)
def test_accept_and_revoke_at_once_leave_no_half_pair() -> None:
    proposal = cast.draft_of(cast.marie())
    invitation = cast.invited(proposal, cast.kenji())
    cast.verified(cast.kenji())
    accepted, revoked = done_at_once(
        lambda: accept(invitation, cast.kenji()),
        lambda: pairing.revoke_invitation(proposal, by=cast.marie(), at=LATER),
    )
    assert Seminar.objects.count() == Proposal.objects.count() - 1 == accepted
    assert revoked is not accepted
