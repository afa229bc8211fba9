"""The dossier of a pair as its reviewers read it: what was filed, without what they do not need (R23, I16)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from accounts.models import Agency
from seminars.choices import Section
from seminars.exports.pdf.halves import Half, half_of, listed_half, with_halves
from seminars.models import Attachment, ListedApplication, Proposal, Seminar, Submission
from seminars.queries.readable import read
from seminars.queries.snapshots import FILING
from seminars.rules.redaction import for_reviewers
from seminars.words.wording import contact_marks

LEFT_OUT = (Section.ATTACHMENTS, Section.DECLARATIONS)
LISTED = ("institution", "title_en", "title_ja", "title_original", "start_on", "end_on", "venue_city")
REMEMBERED = 500
"""How many readings a process keeps: a frozen record reads the same for ever."""


@dataclass(frozen=True)
class ReadHalf:
    """One side's record to read: its agency, the text, and its attached files; or the facts of a list."""

    agency: Agency
    number: str
    text: str = ""
    files: tuple[Attachment, ...] = ()
    facts: tuple[tuple[str, Any], ...] = ()


def filed_of(seminar: Seminar) -> Iterable[Submission]:
    """Return what counts as filed by each side of a pair, the first accent first."""
    found = Submission.objects.filter(proposal__seminar=seminar, ended_at__isnull=True, counted_at__isnull=False)
    return found.select_related("proposal__side__agency").order_by("proposal__side__agency__accent")


def dossier_of(seminar: Seminar) -> list[ReadHalf]:
    """Return the halves of a pair as reviewers read them, in the active language; three queries at most."""
    filed = list(filed_of(seminar))
    attached: dict[int, list[Attachment]] = {}
    for file in Attachment.objects.filter(proposal__in=[submission.proposal_id for submission in filed]):
        attached.setdefault(file.proposal_id, []).append(file)
    language = (get_language() or "en")[:2]
    halves = [
        ReadHalf(
            submission.proposal.side.agency,
            submission.number,
            _text(submission.snapshot, submission.proposal.side.agency.acronym, language),
            tuple(attached.get(submission.proposal_id, ())),
        )
        for submission in filed
    ]
    if len(halves) < 2:
        for row in ListedApplication.objects.filter(seminar=seminar).select_related("side__agency"):
            halves.append(_listed(row))
    return halves


@lru_cache(maxsize=REMEMBERED)
def _text(snapshot: str, agency: str, language: str) -> str:
    said = for_reviewers({"snapshot": json.loads(snapshot)}, contact_marks())["snapshot"]
    whole = said | {"filing": dict.fromkeys(FILING, "") | said["filing"], "attachments": [], "declarations": {}}
    parts = [part for part in read(whole) if part.key not in LEFT_OUT]
    # What is left out must not read as something that nobody has entered.
    parts = [part for part in parts if part.key != Section.COORDINATORS or part.fields]
    return render_to_string("seminars/_readable.html", {"parts": parts, "agency": agency, "level": "4"})


def _listed(row: ListedApplication) -> ReadHalf:
    said = for_reviewers({"listed": {name: getattr(row, name) for name in LISTED}}, contact_marks())["listed"]
    facts = tuple((_label(name), said[name]) for name in LISTED if said.get(name))
    return ReadHalf(row.side.agency, row.application_number, facts=facts)


def _label(name: str) -> str:
    return str(ListedApplication._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def halves_of(seminar: Seminar, at: datetime) -> list[Half]:
    """Return the halves of a pair for its dossier as PDF, the same as on the page: what is filed, never a draft.

    The caller has made sure that the pair may be read.
    """
    filed = [submission.proposal_id for submission in filed_of(seminar)]
    halves = [half_of(record, at=at) for record in with_halves(Proposal.objects.filter(pk__in=filed))]
    if len(halves) < 2:
        halves += [listed_half(row) for row in ListedApplication.objects.filter(seminar=seminar).with_side()]
    return sorted(halves, key=lambda half: half.agency.accent)
