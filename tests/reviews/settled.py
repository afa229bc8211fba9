"""Calls whose pairs both agencies have decided on, in a few lines."""

from collections.abc import Sequence
from datetime import timedelta

from accounts.models import User
from reviews.actions import announcement as actions
from reviews.models import Announcement, Decision, Panel, Selection, Signature
from seminars.choices import ProposalState, SeminarState
from seminars.models import Call, Proposal, Seminar
from tests import cast, desk_records
from tests.listed_rows import application_list, listed
from tests.reviews import world
from tests.seminars.filed import filed, officer, side

DECIDED = world.DUE + timedelta(days=10)
PLANNED = DECIDED + timedelta(days=1)
DUE = DECIDED + timedelta(days=20)
BOTH = ("FR", "JP")


def decided(pairs: Sequence[Seminar], outcomes: Sequence[str], signed_by: Sequence[str] = BOTH) -> list[Decision]:
    """Seal both panels, open the joint selection, and sign one outcome for each pair; ranks count from 1."""
    call = pairs[0].call
    Panel.objects.filter(side__call=call).update(sealed_at=world.AFTER_DUE, sealed_by=officer("FR"))
    values = {"opened_at": world.AFTER_DUE, "opened_by": officer("FR")}
    selection, _made = Selection.objects.get_or_create(call=call, defaults=values)
    made = []
    for place, (pair, outcome) in enumerate(zip(pairs, outcomes, strict=True), start=1):
        rank = place if outcome == "reserve" else None
        made.append(
            Decision.objects.create(
                selection=selection,
                seminar=pair,
                outcome=outcome,
                reserve_rank=rank,
                proposed_at=DECIDED,
                proposed_by=officer("FR"),
            )
        )
        for country in signed_by:
            sign(made[-1], country)
    return made


def sign(decision: Decision, country: str, *, refuses: bool = False) -> Signature:
    """Sign, or refuse, for one agency."""
    return Signature.objects.create(
        decision=decision,
        side=side(country),
        signed_by=officer(country),
        signed_at=DECIDED,
        refuses=refuses,
        reason="No." if refuses else "",
    )


def planned(call: Call, *, shows_scores: bool = True, by: User | None = None) -> Announcement:
    """Plan the announcement."""
    return actions.plan(call, due_at=DUE, shows_scores=shows_scores, by=by or officer("FR"), at=PLANNED)


def release(*countries: str) -> None:
    """Release it for these agencies, by their officers."""
    for country in countries:
        actions.release(side(country), by=officer(country), at=PLANNED)


def announced(pairs: Sequence[Seminar], outcomes: Sequence[str], *, shows_scores: bool = True) -> None:
    """Decide, plan, release and announce."""
    decided(pairs, outcomes)
    planned(pairs[0].call, shows_scores=shows_scores)
    release(*BOTH)
    assert actions.announce_due(at=DUE) == 1


def another_call_released() -> Seminar:
    """Return the one pair of another call, which JSPS refused; its announcement is due and released by both."""
    call = Call.objects.get(pk=cast.call_2026().pk)
    sides = list(call.sides.all())
    call.pk, call.code, call.year = None, "another", call.year - 1
    call.save()
    for one in sides:
        one.pk, one.call = None, call
        one.save()
    halves = [desk_records.proposal(call, one.agency, ProposalState.SUBMITTED) for one in sides]
    refused = desk_records.pair(halves[0], halves[1])
    Seminar.objects.filter(pk=refused.pk).update(state=SeminarState.IN_REVIEW)
    selection = Selection.objects.create(call=call, opened_at=DECIDED, opened_by=officer("FR"))
    values = {"outcome": "not_selected", "proposed_at": DECIDED, "proposed_by": officer("FR")}
    decision = Decision.objects.create(selection=selection, seminar=refused, **values)
    said = {"signed_by": officer("JP"), "signed_at": DECIDED, "refuses": True, "reason": "No."}
    Signature.objects.create(decision=decision, side=sides[1], **said)
    planned(call)
    for one in sides:
        actions.release(one, by=officer(one.agency.country), at=PLANNED)
    return refused


def listed_pair(email: str = "kenji@kyoto.example") -> Seminar:
    """Return a pair in review whose Japanese half is a row of JSPS's list. Ask for it before other pairs."""
    call = cast.call_2026()
    record = filed("FR", title_en="Half listed")
    values = {"state": SeminarState.ELIGIBLE, "formed_at": world.BEGUN, "paired_at": world.BEGUN}
    seminar = Seminar.objects.create(call=call, **values)
    Proposal.objects.filter(pk=record.pk).update(seminar=seminar, pair_confirmed_at=world.BEGUN)
    row = {"seminar": seminar, "matched_at": world.BEGUN, "matched_by": officer("JP"), "email": email}
    listed(application_list(call, cast.jsps()), **row)
    world.begin()
    return Seminar.objects.get(pk=seminar.pk)
