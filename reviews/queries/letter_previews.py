"""Letters as they will be sent, on real recipients, for the officers of both agencies."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from accounts.actions.messages import Addressee, addressee_of
from accounts.choices import Language
from accounts.models import Message, User
from reviews import mails
from reviews.choices import LetterPart
from reviews.models import Announcement, LetterTemplate, Panel, Told
from reviews.models.closed import pairs_run_by
from reviews.queries.letter import Half, Letters, halves_of
from reviews.queries.outcomes import Outcomes
from reviews.queries.reserve import decisions_of, reserve_ranks
from reviews.queries.summaries import Summary, summaries_of
from reviews.rules.outcome import Outcome
from seminars.models import Call, CallAgency, Seminar

STANDS_IN: Mapping[str, Outcome] = {
    LetterPart.SUBJECT: ("not_selected", None),
    LetterPart.SELECTED: ("selected", None),
    LetterPart.RESERVE: ("reserve", 1),
    LetterPart.NOT_SELECTED: ("not_selected", None),
}
"""The outcome that a letter is shown for while no pair has it."""


@dataclass(frozen=True)
class Preview:
    """One letter: to whom, and what it says. ``is_example`` where its pair does not have that outcome."""

    side: CallAgency
    to: Addressee
    subject: str
    text: str
    is_listed: bool
    is_example: bool = False
    is_sent: bool = False

    @property
    def language(self) -> str:
        """The name of the language it is in."""
        return str(Language(self.to.language).label)


def with_draft(letters: Letters, part: str, texts: Mapping[str, str]) -> Letters:
    """Return letters in which a part has other texts, which are not saved."""
    draft = LetterTemplate(part=part, **{f"text_{code}": text for code, text in texts.items()})
    return replace(letters, templates={**letters.templates, part: draft})


def _seen(call: Call, user: User, pairs: Collection[int]) -> dict[int, Seminar]:
    """Return those of ``pairs`` that an officer may read of: none one is shut out of."""
    seen = pairs_run_by(user).filter(call=call, pk__in=pairs)
    return {seminar.pk: seminar for seminar in seen.select_related("call").order_by("pk")}


def _halves(user: User, seen: Collection[int]) -> list[Half]:
    """Return the halves whose agency's reviews are open to an officer: a letter tells of them (R24)."""
    opened = set(Panel.objects.open_to(user).values_list("side", flat=True))
    return [half for half in halves_of(seen) if half.side.pk in opened]


def of_part(
    call: Call, part: str, letters: Letters, outcomes: Outcomes, *, shows_scores: bool, user: User, at: datetime
) -> list[Preview]:
    """Return the letter of one real recipient for each language. Eight queries, whatever the number of pairs.

    Pairs that have the outcome come first; while there is none, any pair that waits for its own stands in. Ranks are
    told as the officer sees them (R23).
    """
    own = {pair: held for pair, held in outcomes.ready.items() if part in (LetterPart.SUBJECT, held[0])}
    seen = _seen(call, user, own.keys() | outcomes.ready.keys() | outcomes.missing)
    first: dict[str, Half] = {}
    for half in sorted(_halves(user, seen), key=lambda half: half.pair not in own):
        first.setdefault(addressee_of(half.to).language, half)
    chosen = [first[language] for language in Language.values if language in first]
    summaries = summaries_of([half.pair for half in chosen], shows_scores=shows_scores)
    ranks, found = reserve_ranks(decisions_of(call, user)), []
    for half in chosen:
        outcome, rank = own.get(half.pair, STANDS_IN[part])
        rank = ranks.get(half.pair) if half.pair in own else rank
        told = Told(seminar=seen[half.pair], outcome=outcome, reserve_rank=rank)
        found.append(_preview(letters, told, half, summaries, at, is_example=half.pair not in own))
    return found


def _preview(
    letters: Letters,
    told: Told,
    half: Half,
    summaries: Mapping[tuple[int, int], Summary],
    at: datetime,
    *,
    is_example: bool = False,
) -> Preview:
    summary = summaries.get((half.pair, half.side.pk), Summary())
    subject, text = mails.letter_preview(letters, told, half, summary, at=at)
    return Preview(half.side, addressee_of(half.to), subject, text, half.is_listed, is_example)


def of_pair(
    seminar: Seminar, letters: Letters, outcome: Outcome, *, shows_scores: bool, user: User, at: datetime
) -> list[Preview]:
    """Return the letters to both coordinators of a pair as they will be sent, the rank as the officer sees it (R23)."""
    rank = reserve_ranks(decisions_of(seminar.call, user)).get(seminar.pk)
    told = Told(seminar=seminar, outcome=outcome[0], reserve_rank=rank)
    summaries = summaries_of([seminar.pk], shows_scores=shows_scores)
    return [_preview(letters, told, half, summaries, at) for half in _halves(user, [seminar.pk])]


def sent_of(seminar: Seminar, user: User) -> tuple[Announcement | None, list[Preview]]:
    """Return the last announcement that told of a pair, and its letters as they went out or are to be handed on."""
    told = Told.objects.filter(seminar=seminar).select_related("announcement").order_by("-announcement").first()
    if told is None:
        return None, []
    about = {"kind": "outcome_told", "about": f"{told._meta.label_lower}:{told.pk}"}
    written = {message.recipient_id: message for message in Message.objects.filter(**about)}
    found = []
    for half in _halves(user, [seminar.pk]):
        to = addressee_of(half.to)
        if half.is_listed:
            found.append(Preview(half.side, to, told.handed_subject, told.handed_text, is_listed=True))
        elif message := written.get(getattr(half.to, "pk", None)):
            to = replace(to, address=message.address, language=message.language)
            found.append(Preview(half.side, to, message.subject, message.text, is_listed=False, is_sent=True))
    return told.announcement, [preview for preview in found if preview.text]
