"""A call's dates one after the other, in words: the table beside the picture of its year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import formats
from seminars.drawings.timeline import Timeline
from seminars.models import Call, CallAgency


@dataclass(frozen=True)
class Step:
    """One line: what happens, when by each clock or calendar, whose it is, and where it stands today."""

    name: str | Promise
    when: tuple[str, ...]
    state: str
    """``done``, ``now`` or ``ahead``."""
    side: CallAgency | None = None

    @property
    def is_tentative(self) -> bool:
        """Whether it is a deadline that its agency has not confirmed."""
        return self.side is not None and not self.side.deadline_confirmed


def schedule(
    call: Call, timeline: Timeline, at: datetime, sides: Sequence[CallAgency] | None = None
) -> tuple[Step, ...]:
    """Return the steps of a call as they stand at ``at``, for the reader's clock and language.

    ``timeline`` is its picture; ``sides`` are those of a call that is not stored yet.
    """
    language, zone = (get_language() or "en")[:2], timezone.get_current_timezone_name()

    def moment(name: str, instant: datetime, side: CallAgency | None = None) -> Step:
        return Step(name, formats.clocks(instant, language, zone), "done" if at > instant else "ahead", side)

    steps = [moment(_("Opening date"), call.opens_at)]
    for side in call.sides.all() if sides is None else sides:
        steps.append(moment(_("Deadline of %(agency)s") % {"agency": side.agency.acronym}, side.deadline_at, side))
    for stretch in timeline.stretches:
        if stretch.key == "evaluation":
            words = _("Reconciliation, eligibility, evaluation on each side, joint selection")
            steps.append(Step(words, (stretch.dates,), stretch.state))
        elif stretch.key == "report":
            last = formats.day(call.window_end_on + timedelta(days=call.report_days), language)
            latest = _("At the latest on %(date)s") % {"date": last}
            steps.append(Step(stretch.name, (stretch.dates, latest), stretch.state))
        elif stretch.key != "filing":
            steps.append(Step(stretch.name, (stretch.dates,), stretch.state))
    return tuple(steps)
