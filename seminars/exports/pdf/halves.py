"""What a dossier is made of: for each side, what its record says and the names of its files in the storage."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from accounts.models import Agency, User
from seminars.models import Correction, ListedApplication, Proposal, Seminar, Submission
from seminars.models.proposal_queries import ProposalQuerySet
from seminars.queries.snapshots import snapshot_of

Said = Mapping[str, Any]


class HalfState(StrEnum):
    """Where a half stands that is no record in force; else it is a state of a record."""

    TAKEN_BACK = "taken_back"
    LISTED = "listed"


NAMES = ("family_name", "given_name", "family_name_kanji", "given_name_kanji", "family_name_kana", "given_name_kana")
LISTED_FIELDS = (
    *NAMES,
    "application_number",
    "title_en",
    "title_ja",
    "title_original",
    "email",
    "orcid",
    "institution",
    "department",
    "partner_family_name",
    "partner_given_name",
    "partner_email",
    "partner_institution",
    "start_on",
    "end_on",
    "venue_city",
    "venue_country",
    "track",
    "status_received",
    "approved_on",
)


@dataclass(frozen=True)
class Half:
    """One side of a dossier: ``said`` holds JSON values only; ``files`` the stored name of each attached file,
    "" where it is gone, with its SHA-256.

    ``dated_at`` is the instant the half has been as it is since: the arrival of what was filed, the last change of a
    draft.
    """

    agency: Agency
    said: Said
    dated_at: datetime
    files: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The receipt number, or the record's own where nothing is filed; never what somebody typed."""
        return str(self.said.get("number") or f"record-{self.said.get('record', '')}")

    def seen(self, redact: Callable[[Said], Said]) -> "Half":
        """Return the half as ``redact`` shows it; files that its reader does not see listed are not there."""
        said = redact(self.said)
        shows_files = "attachments" in said.get("snapshot", {})
        return replace(self, said=said, files=self.files if shows_files else ())


UNDER_WAY = Correction.objects.filter(closed_at__isnull=True)


def with_halves(records: ProposalQuerySet) -> ProposalQuerySet:
    """Fetch records with all that ``half_of`` looks at."""
    standing = Submission.objects.in_force().select_related("approval")
    # A corrected filing that awaits its approval comes after the one that counts until then.
    in_order = standing.order_by(F("counted_at").desc(nulls_last=True))
    return records.with_dossier().prefetch_related(
        Prefetch("submissions", in_order, to_attr="standing"), Prefetch("corrections", UNDER_WAY, to_attr="correcting")
    )


def with_filed(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Fetch submissions with all that ``half_as_filed`` looks at."""
    return submissions.select_related("approval", "proposal__side__call", "proposal__side__agency").prefetch_related(
        "proposal__attachments", Prefetch("proposal__corrections", UNDER_WAY, to_attr="correcting")
    )


def half_of(proposal: Any, *, at: datetime) -> Half:
    """Return a record as it stands at ``at``: frozen as it was filed, else as it is now; fetch it ``with_halves``."""
    filed = next(iter(proposal.standing), None)
    state = proposal.state_at(at)
    if filed is not None:
        return _filed(proposal, filed, state)
    said = {"record": proposal.pk, "state": state, "snapshot": _plain(snapshot_of(proposal))}
    return Half(proposal.side.agency, said, proposal.changed_at, _files(proposal, said["snapshot"]))


def half_as_filed(submission: Submission, *, at: datetime) -> Half:
    """Return a record as one submission froze it, in force or not; fetch it ``with_filed``."""
    proposal = submission.proposal
    state = HalfState.TAKEN_BACK.value if submission.ended_at else proposal.state_at(at)
    return _filed(proposal, submission, state)


def listed_half(row: ListedApplication) -> Half:
    """Return the half that another agency's list has instead of a record."""
    facts = {name: getattr(row, name) for name in LISTED_FIELDS}
    at = row.matched_at or row.application_list.uploaded_at
    return Half(row.side.agency, {"state": HalfState.LISTED.value, "listed": _plain(facts)}, at)


def pair_halves(seminars: Sequence[Seminar], *, by: User, at: datetime) -> dict[int | None, list[Half]]:
    """Return the halves of confirmed pairs by the pair's id, as far as officer ``by`` oversees them; eight queries.

    A half is a record, or the row of a list that stands for it.
    """
    ids = [seminar.pk for seminar in seminars]
    halves: dict[int | None, list[Half]] = {pk: [] for pk in ids}
    for record in with_halves(Proposal.objects.overseen_by(by).filter(seminar__in=ids)):
        halves[record.seminar_id].append(half_of(record, at=at))
    for row in ListedApplication.objects.visible_to(by).filter(seminar__in=ids).with_side():
        halves[row.seminar_id].append(listed_half(row))
    for pair in halves.values():
        pair.sort(key=lambda half: half.agency.accent)
    return halves


def _filed(proposal: Proposal, submission: Submission, state: str) -> Half:
    said: dict[str, Any] = {
        "record": proposal.pk,
        "state": state,
        "number": submission.number,
        "sha256": submission.sha256,
        "arrived_at": _iso(submission.arrived_at),
        "counted_at": _iso(submission.counted_at),
        "ended_at": _iso(submission.ended_at),
        "snapshot": json.loads(submission.snapshot),
    }
    if approval := getattr(submission, "approval", None):
        said["approval"] = {
            "officer_name": approval.officer_name,
            "officer_email": approval.officer_email,
            "asked_at": _iso(approval.asked_at),
            "approved_at": _iso(approval.approved_at),
            "returned_at": _iso(approval.returned_at),
            "reason": approval.reason,
        }
    return Half(proposal.side.agency, said, submission.arrived_at, _files(proposal, said["snapshot"]))


def _files(proposal: Any, snapshot: Said) -> tuple[tuple[str, str], ...]:
    """Return the stored name of each file of a snapshot: what was attached is known by its SHA-256.

    A file that a correction under way has taken off the record is kept for the filing that still counts.
    """
    before = [row["fields"] for correction in proposal.correcting for row in json.loads(correction.kept)]
    kept = {fields["sha256"]: fields["file"] for fields in before if "sha256" in fields}
    kept |= {attachment.sha256: str(attachment.file.name) for attachment in proposal.attachments.all()}
    return tuple((kept.get(file["sha256"], ""), file["sha256"]) for file in snapshot["attachments"])


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as JSON has them: what was filed comes from JSON too, and both are read alike."""
    plain: dict[str, Any] = json.loads(json.dumps(values, default=lambda value: value.isoformat()))
    return plain
