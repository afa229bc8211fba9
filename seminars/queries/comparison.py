"""The two records of a pair side by side, in the reader's language: what differs, word by word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import formats
from accounts.models import HistoryEntry, User
from seminars.models import Proposal
from seminars.permissions import take_refusal, tell_refusal
from seminars.queries.shared import coordinator_row, differing, fingerprint, is_takeable
from seminars.rules.apart import Piece, lines_apart, words_apart
from seminars.words.wording import field_label

TEXTS = ("title_en", "title_fr", "title_ja", "abstract_en", "venue_name", "venue_city")
LANGUAGES = {"title_en": "en", "title_fr": "fr", "title_ja": "ja", "abstract_en": "en"}
SHORT = 240
Lines = tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class Fact:
    """One fact that differs: both values as lines of pieces, and the fingerprint that taking it must name."""

    name: str
    label: str
    blocking: bool
    own: Lines
    partner: Lines
    takeable: bool
    fingerprint: str

    @property
    def language(self) -> str:
        """The language the values are in, or "" for the reader's."""
        return LANGUAGES.get(self.name, "")

    @property
    def own_text(self) -> str:
        """The own value in plain words."""
        return _joined(self.own)

    @property
    def partner_text(self) -> str:
        """The partner's value in plain words."""
        return _joined(self.partner)

    @property
    def short(self) -> bool:
        """Whether both values are short enough to be written in a mail."""
        return len(self.own_text) + len(self.partner_text) <= SHORT


def _joined(lines: Lines) -> str:
    return " · ".join("".join(piece.text for piece in line) for line in lines)


def _language() -> str:
    return (get_language() or "en")[:2]


def _dates(proposal: Proposal) -> tuple[str, ...]:
    start, end = proposal.start_on, proposal.end_on
    if start and end:
        return (formats.days(start, end, _language()),)
    return tuple(formats.day(day, _language()) for day in (start, end) if day)


def _coordinators(proposal: Proposal) -> tuple[str, ...]:
    named = [coordinator_row(proposal, side.agency.country) for side in proposal.side.call.sides.all()]
    return tuple(
        formats.labelled(
            formats.country(person.side, _language()),
            ", ".join(filter(None, (str(person), person.email))),
            _language(),
        )
        for person in named
        if person
    )


def _sessions(proposal: Proposal) -> tuple[str, ...]:
    return tuple(
        f"{formats.day(session.on, _language(), long=False)} {session.starts:%H:%M}–{session.ends:%H:%M} "
        + " – ".join(filter(None, (session.title, session.speaker)))
        for session in proposal.sessions.all()
    )


def written(proposal: Proposal, fact: str) -> tuple[str, ...]:
    """Return what a record says of a shared fact as lines in the active language; nothing said is no line."""
    match fact:
        case "dates":
            return _dates(proposal)
        case "venue_country":
            code = proposal.venue_country
            return (formats.country(code, _language()),) if code else ()
        case "theme":
            return (proposal.theme.title,) if proposal.theme else ()
        case "areas":
            return tuple(area.title for area in proposal.areas.all())
        case "keywords":
            return tuple(proposal.keywords)
        case "sessions":
            return _sessions(proposal)
        case "coordinators":
            return _coordinators(proposal)
    return (text,) if (text := getattr(proposal, fact)) else ()


def fact_label(fact: str) -> str:
    """Return what people call a shared fact, in the active language."""
    return str(_("Dates")) if fact == "dates" else field_label(fact)


def facts_of(proposal: Proposal) -> tuple[Fact, ...]:
    """Return the facts on which a record and its partner's differ, blocking ones first.

    Fetch the record ``with_dossier().with_pairing()``.
    """
    partner = proposal.partner
    if partner is None:
        return ()
    return tuple(_fact(proposal, partner, name, blocking) for name, blocking in differing(proposal).items())


def _fact(proposal: Proposal, partner: Proposal, name: str, blocking: bool) -> Fact:
    mine, theirs = written(proposal, name), written(partner, name)
    if name in TEXTS:
        own, other = words_apart("".join(mine), "".join(theirs))
        lines: tuple[Lines, Lines] = ((own,) if own else (), (other,) if other else ())
    else:
        lines = lines_apart(mine, theirs)
    taken = is_takeable(proposal, name)
    return Fact(name, fact_label(name), blocking, *lines, taken, fingerprint(proposal, name))


def comparison_context(proposal: Proposal, *, by: User, at: datetime) -> Mapping[str, Any]:
    """Return what ``seminars/pairing/_differences.html`` shows ``by`` at ``at``.

    Fetch the record with ``Proposal.objects.owned_by(user).with_dossier().with_pairing()``.
    """
    return {
        "proposal": proposal,
        "partner": proposal.partner,
        "facts": facts_of(proposal),
        "take_refusal": take_refusal(proposal, by, at),
        "tell_refusal": tell_refusal(proposal, by, at),
    }


@dataclass(frozen=True)
class Taken:
    """A value that was taken from the partner: what the own record said before, and says since ``at``."""

    at: datetime
    label: str
    before: str
    after: str


def taken_from_partner(proposal: Proposal) -> tuple[Taken, ...]:
    """Return the last ten values taken from the partner, the newest first."""
    entries = HistoryEntry.objects.about(proposal).filter(verb="partner_value_taken")[:10]
    return tuple(
        Taken(entry.at, field_label(field), _recorded(entry.before[field]), _recorded(entry.after[field]))
        for entry in entries
        for field in entry.before
    )


def _recorded(value: Any) -> str:
    """Return a value of the history in words: days in the reader's language, lists on one line."""
    if isinstance(value, list):
        return " · ".join(value)
    try:
        return formats.day(date.fromisoformat(value), _language())
    except (TypeError, ValueError):
        return value or ""
