"""How a call fills up: records started and submitted by day, side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F
from django.db.models.functions import TruncDate

from seminars.drawings.charts import Chart, Day, chart, days
from seminars.models import Call, CallAgency, Submission
from seminars.models.proposal_queries import ProposalQuerySet


@dataclass(frozen=True)
class Progress:
    """One side's days and their drawing."""

    side: CallAgency
    days: tuple[Day, ...]
    chart: Chart

    @property
    def started(self) -> int:
        """How many records have been started."""
        return self.days[-1].started_so_far if self.days else 0

    @property
    def submitted(self) -> int:
        """How many records count as submitted."""
        return self.days[-1].submitted_so_far if self.days else 0


def _by_side_and_day(rows: Iterable[tuple[int, date, int]]) -> dict[int, dict[date, int]]:
    found: dict[int, dict[date, int]] = {}
    for side_id, on, number in rows:
        found.setdefault(side_id, {})[on] = number
    return found


def progress(call: Call, records: ProposalQuerySet, *, zone: ZoneInfo, at: datetime) -> tuple[Progress, ...]:
    """Return each side's progress up to ``at``, by days of ``zone``, from the records given.

    Counted are all records that were started, and the filings in force that count as submitted, so that the last
    sums are those of the overview. Fetch the call with its sides.
    """
    filed = Submission.objects.filter(
        proposal__in=records.order_by().values("pk"), ended_at__isnull=True, counted_at__isnull=False
    )
    started = _by_side_and_day(
        records.order_by().values_list("side_id", TruncDate("created_at", tzinfo=zone)).annotate(number=Count("pk"))
    )
    submitted = _by_side_and_day(
        filed.order_by()
        .annotate(side_id=F("proposal__side_id"))
        .values_list("side_id", TruncDate("counted_at", tzinfo=zone))
        .annotate(number=Count("pk"))
    )
    by_side = {side: days(started.get(side.pk, {}), submitted.get(side.pk, {})) for side in call.sides.all()}
    happened = [day.on for counted in by_side.values() for day in counted]
    deadlines = {side: side.deadline_at.astimezone(zone).date() for side in by_side}
    first_on = min([call.opens_at.astimezone(zone).date(), *happened])
    last_on = max([first_on + timedelta(days=1), *deadlines.values(), *happened])
    most = max((counted[-1].started_so_far for counted in by_side.values() if counted), default=0)
    today = max(first_on, at.astimezone(zone).date())
    return tuple(
        Progress(
            side,
            counted,
            chart(
                counted,
                first_on=first_on,
                last_on=last_on,
                deadline_on=deadlines[side],
                today=today,
                most=most,
            ),
        )
        for side, counted in by_side.items()
    )
