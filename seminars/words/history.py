"""The history of a record in words: who did what, and what it was before and after."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts import formats
from accounts.models import HistoryEntry
from seminars import models as records
from seminars.choices import Eligibility, SeminarState
from seminars.words import evaluation

Words = str | Promise

DEEDS: Mapping[str, Words] = {
    "started": _("Started the record"),
    "edited": _("Changed the record"),
    "row_added": _("Added a row"),
    "row_changed": _("Changed a row"),
    "row_removed": _("Removed a row"),
    "attached": _("Attached a file"),
    "detached": _("Removed an attached file"),
    "invited": _("Invited the partner"),
    "invitation_revoked": _("Took the invitation back"),
    "invitation_accepted": _("Accepted the invitation"),
    "invitation_declined": _("Declined the invitation"),
    "pair_confirmed": _("Confirmed the pair"),
    "paired": _("The pair is confirmed by both coordinators"),
    "pair_left": _("Left the pair"),
    "matched": _("Paired with the other half"),
    "linked": _("Paired by hand with the other half"),
    "match_rejected": _("Rejected a candidate for the other half"),
    "match_restored": _("Took back that a candidate was rejected"),
    "match_taken_apart": _("Took the pair apart"),
    "partner_value_taken": _("Took the partner's value"),
    "partner_told": _("Told the partner about differences"),
    "submit": _("Submitted the record"),
    "send_to_institution": _("Sent the record to the institution"),
    "approve": _("Approved the record for the institution"),
    "return_for_correction": _("Returned the record for correction"),
    "reopen": _("Reopened the record"),
    "withdraw": _("Withdrew the record"),
    "lapse": _("The record lapsed at the deadline"),
    "admit_late": _("Admitted the record late"),
    "end_admission": _("Took the late admission back"),
    "written_to": _("Wrote to the coordinator"),
    "created": _("Made it"),
    "preferences_changed": _("Changed their language or time zone"),
    "mails_chosen": _("Chose which reminders to get"),
    "role_taken": _("Took a role away"),
    "factor_taken": _("Took a second factor away"),
    "erased": _("Erased a person"),
    "note_written": _("Wrote an internal note"),
    "note_edited": _("Changed an internal note"),
    "note_deleted": _("Deleted an internal note"),
    "feed_made": _("Made a calendar feed"),
    "feed_revoked": _("Revoked a calendar feed"),
    "token_made": _("Made an API token"),
    "token_revoked": _("Revoked an API token"),
    "reminders_changed": _("Changed the rules of reminders"),
    "list_uploaded": _("Uploaded the list"),
    "list_discarded": _("Threw the list away"),
    "list_imported": _("Imported the list"),
    "list_undone": _("Undid the import"),
    "list_shared": _("Shared the list with the other agency"),
    "list_unshared": _("Took the sharing back"),
    "copied": _("Made as a copy of another call"),
    "eligibility_decided": _("Decided on eligibility"),
    "eligibility_reopened": _("Reopened the decision on eligibility"),
    "find_eligible": _("Both agencies find the pair eligible"),
    "find_ineligible": _("The agencies find the pair ineligible"),
    "reopen_eligibility": _("The pair's eligibility is open again"),
    "corrected": _("The corrected record counts as submitted"),
    "correction_ended": _("The correction ended; the earlier submission stands"),
    "eligibility_told": _("Told the coordinator about eligibility"),
    "notice_planned": _("Planned when coordinators are told"),
    "notice_moved": _("Moved when coordinators are told"),
    "notice_agreed": _("Agreed to when coordinators are told"),
    "notice_cancelled": _("Cancelled the notice"),
    "notice_sent": _("The notice went"),
    "data_ended": _("Took the people out: the period had ended"),
    "pack_asked_for": _("Asked for a pack of dossiers"),
    "pack_downloaded": _("Downloaded a pack of dossiers"),
    "pack_deleted": _("Deleted a pack of dossiers"),
    "confirm_seminar": _("The seminar is confirmed"),
    "cancel": _("The seminar is cancelled"),
    "cancellation_asked": _("Asked the other agency to cancel the seminar"),
    "cancellation_kept": _("Did not agree to cancel the seminar"),
    "cancellation_taken_back": _("Took the request to cancel back"),
    "listed_budget_settled": _("Noted that the budget of the listed half is settled"),
    "people_change_asked": _("Asked for a change of participants"),
    "change_withdrawn": _("Took the asked change back"),
    "change_asked": _("Asked for other dates or another venue"),
    "change_agreed": _("Agreed to the change"),
    "change_refused": _("Refused the change"),
    "change_applied": _("The approved change is in force"),
    "report_signed": _("Signed the final report"),
    "report_signature_voided": _("Changed the final report: its signature no longer stands"),
    "hand_in_report": _("The final report is handed in"),
    "return_report": _("Returned the final report for correction"),
    "report_accepted_by_one": _("Accepted the final report"),
    "accept_report": _("Both agencies have accepted the final report"),
    "reopen_report": _("Opened the accepted final report again"),
    "report_photo_withdrawn": _("Deleted a photo of the final report"),
    "summary_agreed": _("Agreed to publish the summary"),
    "summary_agreement_taken_back": _("Took the agreement to publish back"),
    "report_agreements_voided": _("Changed the public summary or its photos: nobody's agreement stands"),
    "summary_published": _("The public summary is published"),
    "summary_taken_down": _("Took the public summary down"),
    "loaded": _("Loaded from a file"),
    "added": _("Added"),
    "changed": _("Changed"),
    "removed": _("Removed"),
    "sent_again": _("Sent the message again"),
    "copy_asked_for": _("Asked for a copy of their personal data"),
    "copy_downloaded": _("Downloaded the copy of their personal data"),
    **evaluation.DEEDS,
}
OF_ELIGIBILITY = (
    "submit",
    "approve",
    "withdraw",
    "lapse",
    "admit_late",
    "end_admission",
    "paired",
    "eligibility_decided",
    "eligibility_reopened",
    "find_eligible",
    "find_ineligible",
    "reopen_eligibility",
    "corrected",
    "correction_ended",
    "eligibility_told",
)
"""The deeds that the page on a case's eligibility tells."""
MATCHING = ("matched", "linked", "match_rejected", "match_restored", "match_taken_apart")
"""Deeds of officers who look for the other halves of records."""
INTERNAL = ("admit_late", "end_admission", "written_to", "match_rejected", "match_restored")
"""Deeds whose reasons and words stay with the agency that did them."""
INTERNAL_WORDS = ("admission_reason", "subject", "candidate")

LABELS: Mapping[str, Words] = {
    "number": _("Receipt number"),
    "sha256": _("Fingerprint (SHA-256)"),
    "closed_at": _("Deadline"),
    "email": _("E-mail address"),
    "facts": _("What it was about"),
    "outcome": _("Decision"),
    "seminar": _("Pair"),
    "candidate": _("Candidate"),
    "admission_reason": _("Reason for late admission"),
    "subject": _("Subject"),
    "rules": _("Rules"),
    "due_at": _("Coordinators are told"),
    "letters": _("Letters"),
}
LEFT_OUT = ("partner", "proposals", "values")
"""Keys that are not written as a field of their own: ids of other records, and the values of whole rows."""

ROWS = (records.Participant, records.Laboratory, records.Session, records.BudgetLine, records.Attachment)
ROW_NAMES = {row._meta.model_name: row for row in ROWS}
COUNTRIES = ("side", "country", "country_of_work", "venue_country")
LONG = 160


@dataclass(frozen=True)
class Change:
    """One field: what it was and what it became, in words; "" for nothing."""

    label: str
    before: str
    after: str

    @property
    def is_long(self) -> bool:
        """Whether both texts need room of their own."""
        return len(self.before) + len(self.after) > LONG


@dataclass(frozen=True)
class Line:
    """One deed: its instant (UTC), who did it ("" for the application itself), and on which record."""

    at: datetime
    deed: str
    who: str
    subject: str
    changes: tuple[Change, ...]
    reason: str

    @property
    def brief(self) -> Change | None:
        """The only change, where it is short and nothing was there before or nothing is after."""
        if len(self.changes) != 1 or self.changes[0].is_long or (self.changes[0].before and self.changes[0].after):
            return None
        return self.changes[0]


def deed(verb: str) -> str:
    """Return a verb of the history in words; one that nobody has worded yet as it stands."""
    return str(DEEDS.get(verb, verb.replace("_", " ")))


def lines(
    entries: Iterable[HistoryEntry], subjects: Mapping[tuple[str, int], Words], *, reticent: Collection[int] = ()
) -> Iterator[Line]:
    """Return entries as lines in the active language.

    ``subjects`` names what they are about by kind and id. Internal reasons are left out for the proposals in
    ``reticent``: those of another agency.
    """
    for entry in entries:
        hidden = entry.verb in INTERNAL and entry.subject_id in reticent
        yield Line(
            at=entry.at,
            deed=deed(entry.verb),
            who=str(entry.actor) if entry.actor else entry.actor_label,
            subject=str(subjects.get((entry.subject_kind, entry.subject_id), "")),
            changes=tuple(_changes(entry, hidden=INTERNAL_WORDS if hidden else ())),
            reason="" if hidden else entry.reason,
        )


def _changes(entry: HistoryEntry, hidden: Collection[str]) -> Iterator[Change]:
    row = next((ROW_NAMES[name] for name in (*entry.before, *entry.after) if name in ROW_NAMES), None)
    holders: tuple[type[models.Model], ...] = (
        (row,) if row else (records.Proposal, records.Participant, records.ApplicationList)
    )
    for name in dict.fromkeys((*entry.before, *entry.after)):
        if name not in hidden and name not in LEFT_OUT:
            before, after = entry.before.get(name), entry.after.get(name)
            if name in ROW_NAMES and entry.verb == "row_changed":
                before, after = None, before
            yield Change(_label(name, holders), _value(name, before, holders), _value(name, after, holders))


def _field(name: str, holders: tuple[type[models.Model], ...]) -> Any:
    for holder in holders:
        try:
            found = holder._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if isinstance(found, models.Field):
            return found
    return None


def _label(name: str, holders: tuple[type[models.Model], ...]) -> str:
    if name in LABELS:
        return str(LABELS[name])
    if name in ROW_NAMES:
        return str(apps.get_model("seminars", name)._meta.verbose_name).capitalize()
    found = _field(name, holders)
    return str(found.verbose_name) if found else name.replace("_", " ")


def _value(name: str, value: Any, holders: tuple[type[models.Model], ...]) -> str:
    language = (get_language() or "en")[:2]
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, list):
        return ", ".join(_value(name, item, holders) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{_label(key, holders)} – {_value(key, item, holders)}" for key, item in value.items())
    text = str(value)
    if name in COUNTRIES:
        return formats.country(text, language)
    if name == "outcome":
        return str(Eligibility(text).label) if text in Eligibility.values else text
    if name == "state" and text in SeminarState.values:
        return str(SeminarState(text).label)
    found = _field(name, holders)
    if found is not None and found.choices:
        return str(dict(found.flatchoices).get(text, text))
    return _written(text, language, instant=name.endswith(("_at", "_until")), day=isinstance(found, models.DateField))


def _written(text: str, language: str, *, instant: bool, day: bool) -> str:
    try:
        if instant:
            return formats.separator(language).join(formats.clocks(datetime.fromisoformat(text), language, "UTC"))
        return formats.day(date.fromisoformat(text), language) if day else text
    except ValueError:
        return text
