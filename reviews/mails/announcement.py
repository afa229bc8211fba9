"""The letters of an announcement: to each pair's coordinators, by their own agency, in their own language."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation

from accounts.actions.messages import addressee_of, queue_message
from reviews.letters import letter_of
from reviews.models import Announcement, Told
from reviews.outcomes import PairBlocked
from reviews.summaries import Summary, summaries_of
from seminars.choices import ProposalState
from seminars.models import Proposal


def outcomes_told(announcement: Announcement, told: Sequence[Told], *, at: datetime) -> None:
    """Queue one letter for each coordinator of each pair. The subject never tells the outcome. Raises PairBlocked."""
    by_pair = {item.seminar_id: item for item in told}
    summaries = summaries_of(by_pair.keys(), shows_scores=announcement.shows_scores)
    filed = Proposal.objects.filter(seminar__in=by_pair, state=ProposalState.SUBMITTED)
    for proposal in filed.select_related("coordinator", "side__agency", "side__call", "seminar").order_by("pk"):
        assert proposal.seminar_id is not None  # noqa: S101 - they were found by their pair
        summary = summaries.get((proposal.seminar_id, proposal.side_id), Summary())
        try:
            _write(by_pair[proposal.seminar_id], proposal, summary, at)
        except Exception as error:  # whatever it is, the officers must know which pair it concerns
            raise PairBlocked(proposal.seminar_id) from error


def _write(item: Told, proposal: Proposal, summary: Summary, at: datetime) -> None:
    to = proposal.coordinator
    with translation.override(to.language):
        letter = letter_of(item, proposal, summary, name=addressee_of(to).name)
    queue_message("outcome_told", to=to, about=item, context={"letter": letter}, at=at)
