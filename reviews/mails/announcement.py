"""The letters of an announcement: to each pair's coordinators, by their own agency, in their own language."""

from collections.abc import Sequence
from datetime import datetime

from accounts.actions.messages import queue_message, render_message
from reviews.models import Announcement, Told
from reviews.models.closed import officers_who_see_any
from reviews.queries.letter import Half, Letters, context_of, halves_of, letters_of
from reviews.queries.outcomes import PairBlocked
from reviews.queries.summaries import Summary, summaries_of

Letter = tuple[str, str]
"""A subject and a text."""


def outcomes_told(announcement: Announcement, told: Sequence[Told], *, at: datetime) -> dict[int, Letter]:
    """Queue one letter for each coordinator of each pair; raises PairBlocked.

    Who is known from a list only has given this site no address of their own: their letters are returned by the id of
    the pair, for their agency to hand on, and its officers are told that there are some.
    """
    by_pair = {item.seminar_id: item for item in told}
    summaries = summaries_of(by_pair.keys(), shows_scores=announcement.shows_scores)
    letters = letters_of(announcement.call)
    handed: dict[int, Letter] = {}
    rows: list[Half] = []
    for half in halves_of(by_pair.keys()):
        summary = summaries.get((half.pair, half.side.pk), Summary())
        try:
            if half.is_listed:
                handed[half.pair] = preview(letters, by_pair[half.pair], half, summary, at=at)
                rows.append(half)
            else:
                context = context_of(letters, by_pair[half.pair], half, summary)
                queue_message("outcome_told", to=half.to, about=by_pair[half.pair], context=context, at=at)
        except Exception as error:  # whatever it is, the officers must know which pair it concerns
            raise PairBlocked(half.pair) from error
    _tell_who_hands_on(announcement, rows, at)
    return handed


def preview(letters: Letters, told: Told, half: Half, summary: Summary, *, at: datetime) -> Letter:
    """Return subject and text of a letter exactly as it will be sent, or handed on."""
    kind = "outcome_handed" if half.is_listed else "outcome_told"
    context = context_of(letters, told, half, summary)
    subject, text, _html = render_message(kind, to=half.to, about=told, context=context, at=at)
    return subject, text


def _tell_who_hands_on(announcement: Announcement, rows: Sequence[Half], at: datetime) -> None:
    """Write to the officers of the agencies whose halves these are, except who is shut out of all of them."""
    for side in {half.side.pk: half.side for half in rows}.values():
        pairs = {half.pair for half in rows if half.side.pk == side.pk}
        context = {"call": announcement.call, "agency": side.agency}
        for officer in officers_who_see_any(pairs, side):
            queue_message("outcome_to_hand_on", to=officer, about=announcement, context=context, at=at)
