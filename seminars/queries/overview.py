"""The records of a call as one officer sees them: counted, filtered and listed by the same situations.

One pass over a few columns of all records serves numbers, list and export alike, so that a number is always the
length of the list behind it; the rules that judge each record are in ``rules.situation``.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Q

from accounts.models import User
from seminars.choices import CONFIRMED
from seminars.models import Call, Invitation, Proposal
from seminars.models.proposal_queries import ProposalQuerySet, fetch_listed
from seminars.queries.fetching import ROW, fetch_partners, with_row
from seminars.queries.mismatches import mismatching_pairs
from seminars.rules.situation import RecordFacts, RecordSituation, situation


class Overview:
    """The records of some calls that an officer oversees, at one instant; fetch the calls with their sides."""

    def __init__(self, user: User, calls: Sequence[Call], at: datetime) -> None:
        """Keep what is asked; the records are read when they are first needed."""
        self.user, self.calls, self.at = user, calls, at
        self.sides = {side.pk: side for call in calls for side in call.sides.all()}

    @property
    def records(self) -> ProposalQuerySet:
        """The records themselves, in no particular order."""
        return Proposal.objects.overseen_by(self.user, self.sides)

    @cached_property
    def situations(self) -> Mapping[int, RecordSituation]:
        """Where each record stands, by its id; three queries."""
        listed = ("seminar__listed", "seminar__listed__track")
        columns = ("pk", "side_id", "state", "seminar_id", "seminar__state", "admitted_until", "track", *listed)
        facts = [self._facts(*row) for row in self.records.values_list(*columns)]
        return self._situations(facts, Q(side__in=self.sides), Q(proposal__side__in=self.sides))

    def _facts(
        self,
        pk: int,
        side_id: int,
        state: str,
        seminar_id: int | None,
        seminar_state: str | None,
        admitted_until: datetime | None,
        track: str,
        listed_id: int | None,
        listed_track: str | None,
    ) -> RecordFacts:
        side = self.sides[side_id]
        accepted = self.counterpart_tracks[side_id]
        return RecordFacts(
            id=pk,
            call_id=side.call_id,
            side_id=side_id,
            state=state,
            seminar_id=seminar_id,
            is_paired=seminar_state in CONFIRMED,
            deadline_at=side.deadline_at,
            counterpart_deadline_at=self.counterpart_deadlines[side_id],
            admitted_until=admitted_until,
            required_track=side.required_track,
            track=track,
            is_listed=listed_id is not None,
            listed_track_is_wrong=bool(accepted and listed_track and listed_track != accepted),
        )

    @cached_property
    def counterpart_deadlines(self) -> Mapping[int, datetime | None]:
        """The deadline of the other side of the same call, by the id of each side."""
        sides = self.sides.values()
        return {
            side.pk: max((o.deadline_at for o in sides if o.call_id == side.call_id and o != side), default=None)
            for side in sides
        }

    @cached_property
    def counterpart_tracks(self) -> Mapping[int, str]:
        """The track that the other side of the same call asks for, by the id of each side; "" for none."""
        sides = self.sides.values()
        return {
            side.pk: next((o.required_track for o in sides if o.call_id == side.call_id and o != side), "")
            for side in sides
        }

    def _situations(self, facts: Sequence[RecordFacts], compared: Q, invited: Q) -> dict[int, RecordSituation]:
        """Return where records stand, of which every confirmed pair is there whole or not at all.

        ``compared`` finds at least these records, ``invited`` at least their invitations: what they find besides
        is not looked at.
        """
        halves: dict[int | None, list[RecordFacts]] = {}
        for record in facts:
            if record.is_paired:
                halves.setdefault(record.seminar_id, []).append(record)
        opened, mismatching = self._opened(invited), mismatching_pairs(Proposal.objects.filter(compared))

        def partner(record: RecordFacts) -> RecordFacts | None:
            pair = halves[record.seminar_id] if record.is_paired else ()
            return next((other for other in pair if other.id != record.id), None)

        return {
            record.id: situation(
                record,
                partner(record),
                opened=opened.get(record.id),
                mismatching=record.seminar_id in mismatching,
                at=self.at,
            )
            for record in facts
        }

    def _opened(self, invited: Q) -> Mapping[int, bool]:
        """Say of each record with a pending invitation whether that was opened."""
        pending = Invitation.objects.filter(
            invited,
            accepted_at__isnull=True,
            declined_at__isnull=True,
            revoked_at__isnull=True,
            expires_at__gt=self.at,
        )
        return {pk: opened_at is not None for pk, opened_at in pending.values_list("proposal_id", "opened_at")}

    def where(self, holds: Callable[[RecordSituation], object]) -> list[int]:
        """Return the ids of the records whose situation is such."""
        return [pk for pk, situation in self.situations.items() if holds(situation)]

    def count(self, holds: Callable[[RecordSituation], object]) -> int:
        """Return how many records are in such a situation."""
        return len(self.where(holds))

    def urgent(self) -> list[int]:
        """Return the ids of the records that need attention, the most urgent first."""
        found = self.where(lambda situation: situation.reasons)
        return sorted(found, key=lambda pk: (self.situations[pk].urgency, pk))

    def situate(self, records: Sequence[Any]) -> Sequence[Any]:
        """Give each record its ``situation``, and return them: every confirmed pair among them is there whole.

        Where the situations of all records are not known yet, two queries find these.
        """
        known = self.__dict__.get("situations")
        if known is None:
            facts = [
                self._facts(
                    record.pk,
                    record.side_id,
                    record.state,
                    record.seminar_id,
                    record.seminar.state if record.seminar else None,
                    record.admitted_until,
                    record.track,
                    record.listed.pk if record.listed else None,
                    record.listed.track if record.listed else None,
                )
                for record in records
            ]
            pairs = {fact.seminar_id for fact in facts if fact.is_paired}
            known = self._situations(facts, Q(seminar__in=pairs), Q(proposal__in=[fact.id for fact in facts]))
        for record in records:
            record.situation = known[record.pk]
        return records

    def fetch(self, ids: Sequence[int], needs: Collection[str] = ROW, **counted: Any) -> list[Any]:
        """Return records as lines of a list, in the order of ``ids``: ``with_row``, each half with its situation."""
        rows = {row.pk: row for row in with_row(self.records.filter(pk__in=ids), needs).annotate(**counted)}
        fetch_listed(rows.values())
        partners = fetch_partners(rows.values()) if "partner" in needs else []
        for record in self.situate([*rows.values(), *partners]):
            record.side = self.sides[record.side_id]
            if record.seminar_id:
                record.seminar.call = record.side.call
        return [rows[pk] for pk in ids if pk in rows]
