"""Where a record stands: each section's state, what is missing, and the steps of the whole way."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from seminars.choices import ParticipantRole, ProposalState, Section, SeminarState, ToldOutcome
from seminars.models import Proposal
from seminars.queries.dossiers import violations_of
from seminars.rules.dossier import Violation

COMPLETE, MEND, EMPTY = "complete", "mend", "empty"
DONE, NOW, AHEAD, STOP = "done", "now", "todo", "stop"
WORDS = {COMPLETE: pgettext_lazy("section", "complete"), EMPTY: pgettext_lazy("section", "empty")}
OPTIONAL = pgettext_lazy("section", "optional")
ICONS = {COMPLETE: "check", MEND: "alert", EMPTY: "circle"}
WAY = (
    ("proposal", _("Proposal")),
    ("pairing", _("Pairing")),
    ("submission", _("Submission")),
    ("eligibility", _("Eligibility")),
    ("review", _("Review")),
    ("selection", _("Joint selection")),
    ("budget", _("Budget validation")),
    ("seminar", _("Joint seminar")),
    ("report", _("Final report")),
)
BEFORE_RESULTS = ("eligibility", "review", "selection")
ENDED_AT = {SeminarState.NOT_SELECTED: "selection", SeminarState.CANCELLED: "seminar"}
"""Where the way of an announced pair ended."""


@dataclass(frozen=True)
class SectionStanding:
    """One section of a record: what stops a submission, what is only a warning, and whether anything is there."""

    section: Section
    url: str
    blocking: tuple[Violation, ...]
    warnings: tuple[Violation, ...]
    is_started: bool

    @property
    def label(self) -> str | Promise:
        """The section's name."""
        return self.section.label

    @property
    def words(self) -> str | Promise:
        """How the section stands, in words."""
        if self.state == MEND:
            number = len(self.blocking)
            return ngettext("%(number)s to mend", "%(number)s to mend", number) % {"number": number}
        if self.state == EMPTY and self.section == Section.ATTACHMENTS:
            return OPTIONAL
        return WORDS[self.state]

    @property
    def icon(self) -> str:
        """The picture beside the words."""
        return ICONS[self.state]

    @property
    def state(self) -> str:
        """``complete``, ``mend`` (something stops a submission), or ``empty`` (nothing entered yet)."""
        if not self.is_started:
            return EMPTY
        return MEND if self.blocking else COMPLETE


@dataclass(frozen=True)
class Step:
    """One step of the way from proposal to report: ``done``, ``now``, ``todo`` or ``stop`` where it ended."""

    key: str
    label: str | Promise
    state: str


@dataclass(frozen=True)
class Standing:
    """A whole record: ``state`` counts at the instant it was asked for."""

    sections: tuple[SectionStanding, ...]
    steps: tuple[Step, ...]
    state: ProposalState
    is_being_corrected: bool = False
    is_over: bool = False
    """Whether the seminar is confirmed and its last day has passed: what remains is the final report (R29)."""

    @property
    def is_open(self) -> bool:
        """Whether the coordinator has something to write: a draft, or a correction that an officer asked for."""
        return self.state == ProposalState.DRAFT or self.is_being_corrected

    @property
    def missing(self) -> int:
        """How many things stop a submission."""
        return sum(len(section.blocking) for section in self.sections)

    @property
    def warnings(self) -> int:
        """How many things are worth a look and stop nothing."""
        return sum(len(section.warnings) for section in self.sections)

    @property
    def is_complete(self) -> bool:
        """Whether nothing stops a submission."""
        return not self.missing

    @property
    def first_to_mend(self) -> SectionStanding:
        """The first section with something missing, else the first section."""
        return next((section for section in self.sections if section.blocking), self.sections[0])


def is_started(proposal: Proposal, section: Section) -> bool:
    """Say whether anything was entered in a section: saved once, or holding a row."""
    rows = {Section.PROGRAMME: "sessions", Section.BUDGET: "lines", Section.ATTACHMENTS: "attachments"}
    if section == Section.PARTICIPANTS:
        people = proposal.participants.all()
        return any(person.laboratory_id or person.role != ParticipantRole.COORDINATOR for person in people)
    if section in rows:
        return bool(getattr(proposal, rows[section]).all())
    return getattr(proposal, f"{section}_saved_at") is not None


def _is_over(proposal: Proposal, at: datetime) -> bool:
    """Say whether a confirmed seminar's last day has passed at ``at`` on both sides' calendars."""
    if proposal.seminar is None or proposal.seminar.state != SeminarState.CONFIRMED or proposal.end_on is None:
        return False
    zones = [side.deadline_zone for side in proposal.side.call.sides.all()]
    return min(at.astimezone(ZoneInfo(zone)).date() for zone in zones) > proposal.end_on


def steps_of(proposal: Proposal, *, is_complete: bool, state: str, is_over: bool = False) -> tuple[Step, ...]:
    """Return the line of steps with where the project stands, as far as its coordinators have been told (R26)."""
    filed = state == ProposalState.SUBMITTED
    partner = proposal.partner
    done = {
        "proposal": is_complete or state in (ProposalState.AWAITING_INSTITUTION, ProposalState.SUBMITTED),
        "pairing": proposal.seminar is not None and proposal.seminar.state != SeminarState.FORMING,
        "submission": filed
        and (proposal.listed is not None or (partner is not None and partner.state == ProposalState.SUBMITTED)),
        "eligibility": proposal.told_outcome == ToldOutcome.ELIGIBLE,
    }
    outcome = proposal.seminar.state if proposal.seminar and proposal.seminar.is_announced else ""
    stop = ENDED_AT.get(SeminarState(outcome), "") if outcome else ""
    if outcome:
        done |= dict.fromkeys(BEFORE_RESULTS, True)
        done["selection"] = outcome not in (SeminarState.RESERVE, SeminarState.NOT_SELECTED)
        done["budget"] = outcome == SeminarState.CONFIRMED
        done["seminar"] = is_over
    elif proposal.told_outcome == ToldOutcome.INELIGIBLE:
        stop = "eligibility"
    elif state in (ProposalState.WITHDRAWN, ProposalState.LAPSED):
        stop = "submission"
    current = next((key for key, _label in WAY if not done.get(key)), "")

    def step_state(key: str) -> str:
        if done.get(key):
            return DONE
        if stop:
            return STOP if key == stop else AHEAD
        return NOW if key == current else AHEAD

    return tuple(Step(key, label, step_state(key)) for key, label in WAY)


def standing_of(proposal: Proposal, *, at: datetime) -> Standing:
    """Return where a record stands at ``at``; fetch it with ``Proposal.objects.with_dossier()``."""
    violations = violations_of(proposal)
    sections = tuple(
        SectionStanding(
            section=section,
            url=reverse("section", kwargs={"pk": proposal.pk, "section": section.value}),
            blocking=tuple(v for v in violations if v.section == section and v.blocking),
            warnings=tuple(v for v in violations if v.section == section and not v.blocking),
            is_started=is_started(proposal, section),
        )
        for section in Section
    )
    state = ProposalState(proposal.state_at(at))
    is_complete = not any(section.blocking for section in sections)
    is_over = _is_over(proposal, at)
    steps = steps_of(proposal, is_complete=is_complete, state=state, is_over=is_over)
    return Standing(sections, steps, state, proposal.is_being_corrected(at), is_over)
