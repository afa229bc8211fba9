"""What one agency has judged, at random: rows of an evaluation, and deeds through the real actions."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import transaction
from hypothesis import strategies as st

from accounts.actions.history import record
from accounts.choices import Role
from accounts.models import Membership, Message, MessageState, User
from reviews.actions import assignment, conflict, panel, review, reviewer
from reviews.choices import CONFLICTED, AssignmentState, ConflictState, Recommendation
from reviews.models import Assignment, Conflict, Panel, PanelMember, PanelNote, Ranking, Review, Reviewer, Score
from seminars.actions.proposals import EditConflict
from seminars.models import CallAgency, Criterion, Recusal, Seminar
from seminars.permissions import Refused
from tests import cast
from tests.reviews import world
from tests.seminars.filed import officer

AT = world.AFTER_DUE
"""The moment at which all is done and looked at: reviews were due, so that panels can be sealed."""
PAIRS = REVIEWERS = 3
GIVEN = PAIRS * (REVIEWERS - 1)
DEEDS = (
    *("invite", "enrol", "describe", "assign", "chase", "acknowledge", "decline", "decide", "declare", "save", "seal"),
    *("reopen", "rank", "sit", "note", "seal_panel", "unseal_panel", "remove"),
)
"""What can be done, in the order of the world in which all is: who declares a conflict then stays shut out."""


@dataclass(frozen=True)
class Work:
    """What one agency has done: by assignment its state and review, by pair its rank and a conflict; and deeds."""

    states: Sequence[str]
    reviews: Sequence[tuple[bool, Sequence[int], str] | None]
    ranks: Sequence[tuple[int | None, str] | None]
    conflicts: Sequence[str | None]
    notes: Sequence[int]
    minutes: str
    sits: bool
    seals: bool
    deeds: Sequence[str]


def _each(values: Any, number: int) -> Any:
    return st.lists(values, min_size=number, max_size=number)


def _at_least_one(values: Any, number: int) -> Any:
    """Return lists of ``values`` or nothing of which the first is something: each world differs in everything."""
    return st.tuples(values, _each(st.none() | values, number - 1)).map(lambda drawn: [drawn[0], *drawn[1]])


works = st.builds(
    Work,
    states=_each(st.sampled_from(AssignmentState.values), GIVEN),
    reviews=_at_least_one(
        st.tuples(st.booleans(), _each(st.integers(0, 5), 6), st.sampled_from(Recommendation.values)), GIVEN
    ),
    ranks=_at_least_one(st.tuples(st.integers(1, PAIRS), st.sampled_from(Recommendation.values)), PAIRS),
    conflicts=_at_least_one(st.sampled_from(ConflictState.values), PAIRS),
    notes=st.lists(st.integers(0, PAIRS - 1), min_size=1, max_size=4),
    minutes=st.sampled_from(["We met.", "Nous nous sommes réunis.\n\nLe premier est le meilleur."]),
    sits=st.booleans(),
    seals=st.booleans(),
    deeds=st.lists(st.sampled_from(DEEDS), max_size=2),
)
IDLE = Work(["given"] * GIVEN, [None] * GIVEN, [None] * PAIRS, [None] * PAIRS, [], "", False, False, [])
BUSY = Work(
    ["acknowledged"] * GIVEN,
    [None, (True, (5, 4, 3, 2, 1, 0), "fund"), (False, (1,) * 6, "reject"), *[(True, (2,) * 6, "fund")] * (GIVEN - 3)],
    [(place, "fund") for place in range(1, PAIRS + 1)],
    ["declared", "set_aside", None],
    [0, 1],
    "We met.",
    sits=True,
    seals=False,
    deeds=DEEDS[: DEEDS.index("unseal_panel")],
)
"""The world in which everything is done, the sealing of the panel last."""


@dataclass
class Agency:
    """One agency in a call under review: its people, and what it has given whom."""

    country: str
    pairs: Sequence[Seminar]
    side: CallAgency = field(init=False)
    reviewers: list[Reviewer] = field(init=False)
    chair: User = field(init=False)
    given: list[Assignment] = field(init=False)

    def __post_init__(self) -> None:
        held = world.panel(self.country)
        CallAgency.objects.filter(pk=held.side_id).update(quorum=1, minimum_reviews=1)
        self.side = world.panel(self.country).side
        self.reviewers = [world.reviewer(self.country) for _ in range(REVIEWERS)]
        name = f"chair.{self.country.lower()}@example.org"
        self.chair = User.objects.create_user(name, cast.PASSWORD, family_name="Chair", given_name="Ada")
        Membership.objects.create(user=self.chair, agency=self.side.agency, role=Role.CHAIR, given_at=world.BEGUN)
        judges = self.reviewers[:-1]
        self.given = [world.assigned(one, pair, AssignmentState.GIVEN) for one in judges for pair in self.pairs]


class InWorld:
    """A savepoint within which the other agency has done something; leaving it undoes everything."""

    def __init__(self, agency: Agency, work: Work) -> None:
        """Keep who does what."""
        self.agency, self.work, self.country = agency, work, agency.country
        self.block = transaction.atomic()

    def __enter__(self) -> None:
        """Do the work."""
        self.block.__enter__()
        self._write()
        for name in self.work.deeds:
            with suppress(Refused, EditConflict, panel.Changed, IndexError), transaction.atomic():
                self.deeds[name]()

    def __exit__(self, *told: Any) -> None:
        """Undo it."""
        transaction.set_rollback(True)
        self.block.__exit__(*told)

    def _write(self) -> None:
        work, given = self.work, self.agency.given
        for row, state in zip(given, work.states, strict=True):
            row.state, row.reason = state, "No time." if state == AssignmentState.DECLINED else ""
            row.answered_at = None if state == AssignmentState.GIVEN else world.REVIEWED
        Assignment.objects.bulk_update(given, ["state", "reason", "answered_at"])
        said = [(row, said) for row, said in zip(given, work.reviews, strict=True) if said]
        reviews = Review.objects.bulk_create(
            Review(
                assignment=row,
                recommendation=advice,
                comment_coordinators="A secret of theirs.",
                comment_panel="Another.",
                saved_at=world.REVIEWED,
                sealed_at=world.REVIEWED if sealed else None,
            )
            for row, (sealed, _scores, advice) in said
        )
        criteria = list(Criterion.objects.filter(call=self.agency.side.call_id).order_by("position"))
        Score.objects.bulk_create(
            Score(review=made, criterion=criterion, value=value or None, cannot_judge=not value)
            for made, (_row, (_sealed, scores, _advice)) in zip(reviews, said, strict=True)
            for criterion, value in zip(criteria, scores, strict=True)
        )
        self._write_panel()
        self._write_conflicts()
        self._write_traces()

    def _write_panel(self) -> None:
        work, held, pairs = self.work, world.panel(self.country), self.agency.pairs
        Ranking.objects.bulk_create(
            Ranking(panel=held, seminar=pair, rank=said[0], proposal=said[1])
            for pair, said in zip(pairs, work.ranks, strict=True)
            if said
        )
        PanelNote.objects.bulk_create(
            PanelNote(
                panel=held,
                seminar=pairs[place],
                author=self.agency.chair,
                text="A secret of theirs.",
                written_at=world.REVIEWED,
                form_uuid=uuid4(),
            )
            for place in work.notes
        )
        if work.sits:
            PanelMember.objects.create(panel=held, user=self.agency.chair, is_present=True)
        Panel.objects.filter(pk=held.pk).update(
            minutes=work.minutes,
            chair=self.agency.chair if work.sits else None,
            sealed_at=AT if work.seals else None,
            sealed_by=officer(self.country) if work.seals else None,
        )

    def _write_conflicts(self) -> None:
        judge = self.agency.reviewers[-1].user
        for pair, state in zip(self.agency.pairs, self.work.conflicts, strict=True):
            if not state:
                continue
            Conflict.objects.create(
                side=self.agency.side,
                user=judge,
                seminar=pair,
                state=state,
                reasons=[{"code": "email", "seen": "a@example.org"}],
                noted_at=world.REVIEWED,
                decided_at=world.REVIEWED,
                decided_by=officer(self.country),
                decision_reason="So it is.",
            )
            if state in CONFLICTED:
                Recusal.objects.create(user=judge, seminar=pair, since=world.REVIEWED)

    def _write_traces(self) -> None:
        """Leave a mail and an entry in the history for each note, as such work does."""
        judge, about = self.agency.reviewers[0], self.agency.given[0]
        for place, _pair in enumerate(self.work.notes):
            record(about, "chased", by=officer(self.country), at=world.REVIEWED, reason="A secret of theirs.")
            Message.objects.create(
                kind="assignments_chased",
                about=f"reviews.assignment:{about.pk}",
                key=f"trace {place}",
                recipient=judge.user,
                address=judge.email,
                language="en",
                subject="A secret of theirs",
                text="A secret of theirs.",
                message_id=f"<trace{place}@example.org>",
                state=MessageState.SENT,
                queued_at=world.REVIEWED,
                due_at=world.REVIEWED,
                sent_at=world.REVIEWED,
            )

    @property
    def deeds(self) -> Mapping[str, Callable[[], object]]:
        """What the agency can do, by the name of the deed."""
        side, by, everything = self.agency.side, officer(self.country), self.agency.given
        first, *_others, last = self.agency.reviewers
        given, other = everything[:2]
        who, held, pair = {"by": by, "at": AT}, world.panel(self.country), self.agency.pairs[0]
        scores = dict.fromkeys(Criterion.objects.filter(call=side.call_id).values_list("pk", flat=True), 3)
        said = review.Judgement(scores, "A secret of theirs.", "Another.", "fund")
        nothing: dict[str, Any] = {"areas": [], "maximum_load": None, "affiliations": []}
        sitting: dict[str, Any] = {"members": [], "minutes": "A secret of theirs.", "version": held.version}
        return {
            "invite": lambda: reviewer.invite_reviewer(side, email="new@example.org", name="", language="en", **who),
            "enrol": lambda: reviewer.enrol_officer(side, **who),
            "describe": lambda: reviewer.describe_reviewer(
                last, keywords=["x"], collaborators=[("Ana DURAND", "", "")], **nothing, by=last.user, at=AT
            ),
            "remove": lambda: reviewer.remove_reviewer(first, **who),
            "assign": lambda: assignment.assign(side, [(last.pk, pair.pk)], **who),
            "chase": lambda: assignment.chase(side, [row.pk for row in everything], **who),
            "acknowledge": lambda: assignment.acknowledge(given, by=first.user, at=AT),
            "decline": lambda: assignment.decline(other, reason="No time.", by=first.user, at=AT),
            "declare": lambda: conflict.declare_conflict(side, pair, statement="A friend.", by=last.user, at=AT),
            "decide": lambda: [
                conflict.decide_conflict(found, stands=False, reason="No.", **who)
                for found in Conflict.objects.filter(side=side)
            ],
            "save": lambda: review.save_review(given, said, version=0, by=first.user, at=AT),
            "seal": lambda: review.seal_review(given, version=0, by=first.user, at=AT),
            "reopen": lambda: review.reopen_review(
                Review.objects.filter(assignment__reviewer__side=side, sealed_at__isnull=False)[0], reason="A.", **who
            ),
            "rank": lambda: panel.save_ranking(held, {pair.pk: panel.Place(1, "reject")}, version=0, **who),
            "sit": lambda: panel.save_sitting(held, chair=by, present=[by.pk], **sitting, **who),
            "note": lambda: panel.write_panel_note(held, pair, text="A secret of theirs.", form_uuid=uuid4(), **who),
            "seal_panel": lambda: panel.seal_panel(held, exception="A secret of theirs.", **who),
            "unseal_panel": lambda: panel.unseal_panel(held, reason="A secret of theirs.", **who),
        }
