"""The people who must not be able to tell worlds apart, and what they compare: every page, and every mail."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice, product
from random import Random
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import transaction
from django.test import Client
from hypothesis import strategies as st

from accounts.actions.messages import send_due_messages
from accounts.models import Message, User
from reviews.actions import announcement, conflict, panel
from reviews.actions.selection import add_note, open_selection, save_minutes
from reviews.choices import AssignmentState, Outcome
from reviews.models import Assignment, Decision
from seminars.actions import reminders
from seminars.models import Proposal
from tests import cast, keys
from tests.reviews import selecting, settled, world
from tests.reviews.others_work import AT, IDLE, PAIRS, Agency, InWorld, Work
from tests.reviews.replaying import Asked, Replay, noting
from tests.reviews.walking import Answer, Map, Step, Walker, is_of_evaluation, masked
from tests.seminars.filed import officer
from tests.sessions import sign_in

Turn = tuple[Walker, Step]
NAMED = {"code": "inserm-jsps-2026", "agency": "inserm", "section": "facts", "part": "selected", "kind": "clear"} | {
    "half_kind": "row", "rest": "v1/nowhere", "key": "none", "token": "none", "app_label": "seminars",
}  # fmt: skip
"""What stands for each parameter of an address that is no number."""
LATER = AT + timedelta(days=8)
"""When what is reminded of once a week is."""
OFTEN = 3
"""How much more often a page of evaluation is drawn than any other."""


class Scene(ABC):
    """A call, those who look at it, and what varies from one world to the other."""

    idle: Any
    """The work of the world in which nothing is done."""

    def __init__(self) -> None:
        """Build what is the same in all worlds."""
        self.pairs = world.pairs_in_review(PAIRS)
        self.agencies = {country: Agency(country, self.pairs) for country in world.COUNTRIES}
        for country in world.COUNTRIES:
            cast.in_english(officer(country))
        reminders.ensure_rules(self.pairs[0].call, at=cast.OPENING)

    @abstractmethod
    def in_world(self, work: Any) -> AbstractContextManager[None]:
        """Return a context in which ``work`` is done, and after which it is not."""

    def look(self, people: dict[str, User], system: str, record: Proposal, foreign: Sequence[int] = ()) -> None:
        """Let people, a visitor and a system of one agency walk the application in the idle world."""
        self.addresses = {person.email for person in people.values()}
        self.readers, found = [], Map()
        for name, person in people.items():
            client, feed = Client(raise_request_exception=False), keys.feed_of(person, at=world.BEGUN)
            own = {"token": feed.address.split("/")[2]}
            self.readers.append(Walker(name, sign_in(client, person), person, found, own))
        visitor = Client(raise_request_exception=False)
        self.readers.append(Walker("visitor", visitor, AnonymousUser(), found))
        self.readers.append(Walker("system", keys.reader_of(self.agencies[system].side.agency), AnonymousUser(), found))
        with self.in_world(self.idle):
            for reader in self.readers:
                reader.walk(NAMED, record, foreign)
            self.mail = self.sent()
            self.replay = Replay(
                {(reader, step): reader.traces[step] for reader in self.readers for step in reader.answers}
            )
            self.rows = Replay(self.visible_rows())
        self.compared = self.made = self.letters = 0

    def coordinators(self) -> dict[str, User]:
        """Return both coordinators of the first pair."""
        records = Proposal.objects.filter(seminar=self.pairs[0]).select_related("coordinator", "side__agency")
        return {f"coordinator in {record.side.agency.country}": record.coordinator for record in records}

    def visible_rows(self) -> dict[str, list[Asked]]:
        """Return what is asked for the rows of evaluation that each person may see, shown on a page or not."""
        traces: dict[str, list[Asked]] = {}
        gated = [model for model in apps.get_app_config("reviews").get_models() if hasattr(model.objects, "visible_to")]
        for reader, model in product(self.readers, gated):
            if isinstance(reader.user, User):
                with noting(traces.setdefault(f"{reader.name}: {model._meta.verbose_name_plural}", [])):
                    list(model.objects.visible_to(reader.user).order_by("pk"))
        return traces

    def sent(self) -> list[bytes]:
        """Return every mail, as it is sent, that those who look get after the sweeps of now and of a week later."""
        mail.outbox.clear()
        for at in (AT, LATER):
            reminders.plan_all(at=at)
            reminders.send_due_reminders(at=at)
            announcement.announce_due(at=at)
        Message.objects.exclude(address__in=self.addresses).update(due_at=LATER + timedelta(days=1))
        while send_due_messages(at=LATER):
            pass
        return sorted(masked(message.message().as_bytes()) for message in mail.outbox)

    def drawn(self, number: int) -> Iterator[list[Turn]]:
        """Yield some turns at a time: a draw in which all come up, those of evaluation more often."""
        often = [turn for turn in self.replay.traces if is_of_evaluation(turn[1].path)] * (OFTEN - 1)
        turns = [*self.replay.traces, *often]
        Random(0).shuffle(turns)
        ahead = cycle(turns)
        while True:
            yield list(islice(ahead, number))

    def differences(self, work: Any, made: Iterable[Turn] = ()) -> list[str]:
        """Return what tells a world from the idle one, mails included.

        Pages of which the database answers the same are the same (``replaying``) and only made if they are of ``made``.
        """
        with self.in_world(work):
            answered = dict.fromkeys(made) | self.replay.differing()
            found = {turn: turn[0].take(turn[1]) for turn in answered}
            told = [f"rows of {whose}" for whose in self.rows.differing()]
            letters = self.sent()
        self.compared += len(self.replay.traces)
        self.made += len(found)
        self.letters += len(letters)
        told += [f"mail: {letter.decode()}" for letter in sorted({*letters} ^ {*self.mail})]
        told += ["the number of mails"] if len(letters) != len(self.mail) else []
        for (reader, step), got in found.items():
            difference = self.told_by(work, reader, step, got) if got != reader.answers[step] else ""
            if not difference:
                self.replay.settle((reader, step), answered[reader, step])
            told += filter(None, [difference])
        return told

    def told_by(self, work: Any, reader: Walker, step: Step, got: Answer) -> str:
        """Say how an answer differs; a process that has come to remember something asks the database less often."""
        with self.in_world(self.idle):
            was = reader.answers[step] = reader.take(step)
        if got != was:
            with self.in_world(work):
                got = reader.take(step)
        if got == was:
            return ""
        known = set(was.body.splitlines())
        lines = [line for line in got.body.splitlines() if line not in known]
        asked = f"{len(was.asked)} → {len(got.asked)} queries, {sorted({*got.asked} - {*was.asked})[:1]}"
        return f"{reader.name}: {step.method} {step.path} {was.status} → {got.status}, {asked}, {lines[:3]}"


class UnderReview(Scene):
    """What varies is all that the agency of one country, ``other``, judges; those of the other one look."""

    idle = IDLE

    def __init__(self, other: str) -> None:
        """Let those who look have judged a little themselves; their chair is in conflict with the last pair."""
        super().__init__()
        self.other, own = self.agencies[other], self.agencies["FR" if other == "JP" else "JP"]
        done, open_one, *_rest = own.given
        Assignment.objects.filter(pk__in=[done.pk, open_one.pk]).update(state=AssignmentState.ACKNOWLEDGED)
        world.judged(done, (5, 4, 3, 3, 4, None))
        world.judged(open_one, (2,) * 6, sealed=False)
        by = officer(own.country)
        places = {pair.pk: panel.Place(place, "fund") for place, pair in enumerate(self.pairs, start=1)}
        panel.save_ranking(world.panel(own.country), places, version=0, by=by, at=world.REVIEWED)
        conflict.declare_conflict(own.side, self.pairs[2], statement="We publish together.", by=own.chair, at=AT)
        judge = own.reviewers[0].user
        people = {"officer": by, "chair": own.chair, **({"reviewer": judge} if judge else {})}
        if other == "JP":  # Who is of neither agency looks once.
            people |= {**self.coordinators(), "administrator": User.objects.create_superuser("admin@example.org")}
        record = Proposal.objects.get(seminar=self.pairs[0], side=own.side)
        self.look(people, own.country, record, [self.other.given[0].pk, self.other.reviewers[0].pk])

    def in_world(self, work: Work) -> AbstractContextManager[None]:
        """Let the other agency do its work."""
        return InWorld(self.other, work)


@dataclass(frozen=True)
class Decided:
    """What both agencies have decided together: an outcome for each pair, who has signed, and how far it has come."""

    outcomes: Sequence[str]
    signed_by: Sequence[str]
    minutes: str
    notes: int
    planned: bool
    released_by: Sequence[str]


decisions = st.builds(
    Decided,
    outcomes=st.lists(st.sampled_from(Outcome.values), min_size=PAIRS, max_size=PAIRS),
    signed_by=st.sampled_from([(), ("FR",), ("JP",), ("FR", "JP")]),
    minutes=st.sampled_from(["", "We agree."]),
    notes=st.integers(0, 2),
    planned=st.booleans(),
    released_by=st.sampled_from([(), ("FR",), ("JP",), ("FR", "JP")]),
)


DECISIVE = Decided(["selected", "not_selected", "reserve"], ("FR", "JP"), "We agree.", 2, True, ("FR", "JP"))
"""The world in which all is done, and only the moment of the announcement has not come."""


class BeforeRelease(Scene):
    """What varies is the joint selection, which is open; all look who are no officers, until it is announced."""

    idle = None

    def __init__(self) -> None:
        """Let both agencies have judged, sealed and opened the joint selection."""
        super().__init__()
        people = {**self.coordinators(), "administrator": User.objects.create_superuser("admin@example.org")}
        for agency in self.agencies.values():
            Assignment.objects.filter(pk=agency.given[0].pk).update(state=AssignmentState.ACKNOWLEDGED)
            world.judged(agency.given[0])
        judge = self.agencies["FR"].reviewers[0].user
        people |= {"chair": self.agencies["JP"].chair, **({"reviewer": judge} if judge else {})}
        selecting.ranked(self.pairs)
        selecting.seal("FR", "JP")
        open_selection(self.pairs[0].call, by=officer("FR"), at=AT)
        record = Proposal.objects.filter(seminar=self.pairs[0])[0]
        self.look(people, "FR", record)

    @contextmanager
    def in_world(self, work: Decided | None) -> Iterator[None]:
        """Let both agencies decide."""
        with transaction.atomic():
            if work:
                self._decide(work)
            yield
            transaction.set_rollback(True)

    def _decide(self, work: Decided) -> None:
        call, by = self.pairs[0].call, {"by": officer("FR"), "at": AT}
        for place, (pair, outcome) in enumerate(zip(self.pairs, work.outcomes, strict=True), start=1):
            decision = Decision.objects.create(
                selection=call.selection,
                seminar=pair,
                outcome=outcome,
                reserve_rank=place if outcome == Outcome.RESERVE else None,
                proposed_at=AT,
                proposed_by=by["by"],
            )
            for country in work.signed_by:
                settled.sign(decision, country)
        for _ in range(work.notes):
            add_note(call, self.pairs[0], text="A secret.", form_uuid=uuid4(), **by)
        if work.minutes:
            save_minutes(call, text=work.minutes, version=0, **by)
        if work.planned:
            settled.planned(call)
            for country in work.released_by if len(work.signed_by) == len(world.COUNTRIES) else ():
                settled.release(country)
