"""A third call to measure eligibility on: 200 pairs whose halves are all submitted."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from seminars.choices import ProposalState, SeminarState
from seminars.models import CallAgency, Proposal, Seminar, Submission
from tests import cast
from tests.bench.world import copies, twin

CODE = "eligibility"
PAIRS = 200


def build(at: datetime) -> None:
    """Copy the call, which ``world`` has made, with 200 pairs of its two full records."""
    call = cast.call_2026()
    # Not published, so that the other pages measured show what they would without it.
    other: Any = twin(call, code=CODE, is_published=False)
    other.save()
    sides = [twin(side, call=other) for side in CallAgency.objects.filter(call=call)]
    for side in sides:
        side.save()
    seminars = Seminar.objects.bulk_create(
        Seminar(call=other, state=SeminarState.PAIRED, formed_at=at, paired_at=at) for _ in range(PAIRS)
    )
    for person, side in zip((cast.marie(), cast.kenji()), sides, strict=True):
        original = Proposal.objects.get(coordinator=person)
        filed = {"side": side, "state": ProposalState.SUBMITTED, "seminar": None, "pair_confirmed_at": None}
        records = copies(original, PAIRS + 1, f"{CODE}-{side.agency.code}-", **filed)[1:]
        for record, seminar in zip(records, seminars, strict=True):
            record.seminar, record.pair_confirmed_at = seminar, at
        Proposal.objects.bulk_update(records, ["seminar", "pair_confirmed_at"])
        Submission.objects.bulk_create(
            Submission(
                proposal=record,
                form_uuid=uuid4(),
                number=f"{CODE}-{record.pk}",
                arrived_at=at,
                counted_at=at,
                by=record.coordinator,
                snapshot="{}",
                sha256="0" * 64,
            )
            for record in records
        )
