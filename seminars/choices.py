"""The closed lists of the programme."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallState(models.TextChoices):
    """Whether a call can be filed to; follows from its dates, never stored."""

    UPCOMING = "upcoming", _("Not open yet")
    OPEN = "open", _("Open for applications")
    CLOSED = "closed", _("Closed")


class ProposalState(models.TextChoices):
    """Where one agency's record stands."""

    DRAFT = "draft", _("Draft")
    AWAITING_INSTITUTION = "awaiting", _("Awaiting institution's approval")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")


class SeminarState(models.TextChoices):
    """Where a pair stands."""

    FORMING = "forming", _("To be confirmed by both coordinators")
    PAIRED = "paired", _("Paired")
    ELIGIBLE = "eligible", _("Eligible")
    INELIGIBLE = "ineligible", _("Ineligible")
    IN_REVIEW = "in_review", _("Under review")
    SELECTED = "selected", _("Selected")
    RESERVE = "reserve", _("Reserve list")
    NOT_SELECTED = "not_selected", _("Not selected")
    CONFIRMED = "confirmed", _("Confirmed")
    CANCELLED = "cancelled", _("Cancelled")


CONFIRMED = tuple(state for state in SeminarState if state is not SeminarState.FORMING)
"""The states of a pair that both coordinators have confirmed, whatever has become of it since."""
ANNOUNCED = (
    SeminarState.SELECTED,
    SeminarState.RESERVE,
    SeminarState.NOT_SELECTED,
    SeminarState.CONFIRMED,
    SeminarState.CANCELLED,
)
"""The states of a pair whose outcome everybody concerned has been told: none is entered before (R26)."""

FUNDED = (SeminarState.SELECTED, SeminarState.CONFIRMED)
"""The states of a pair that the public page of a call names."""

SELECTED = (*FUNDED, SeminarState.CANCELLED)
"""The states of a pair that has been announced as selected, the cancelled ones included."""


class Eligibility(models.TextChoices):
    """What one agency's officer decides about a record."""

    ELIGIBLE = "eligible", _("Eligible")
    INELIGIBLE = "ineligible", _("Ineligible")
    CORRECTION = "correction", _("Needs correction")


class CaseStand(models.TextChoices):
    """What officers look for among the cases of a call; derived, never stored."""

    MINE = "mine", _("To decide by your agency")
    CLEAR = "clear", _("Clear: every rule holds")
    VOID = "void", _("Void: one half only")
    CORRECTED = "corrected", _("Correction has come in")
    CORRECTING = "correcting", _("Correction under way")
    OTHER = "other", _("Waiting for the other agency")
    LATE = "late", _("Admitted late")
    ELIGIBLE = "eligible", _("Eligible")
    INELIGIBLE = "ineligible", _("Ineligible")
    UNTOLD = "untold", _("Decided, not told yet")


class ProposedOutcome(models.TextChoices):
    """What the application proposes for a case."""

    ELIGIBLE = "eligible", _("Eligible")
    LOOK = "look", _("An officer should look")
    INELIGIBLE = "ineligible", _("Ineligible")


class SideDecision(models.TextChoices):
    """Where one side's decision on a case stands."""

    NONE = "none", _("Not decided")
    ELIGIBLE = "eligible", _("Eligible")
    INELIGIBLE = "ineligible", _("Ineligible")
    CORRECTION = "correction", _("Needs correction")


class ToldOutcome(models.TextChoices):
    """What a coordinator has been told about a record's eligibility."""

    ELIGIBLE = "eligible", _("Eligible")
    INELIGIBLE = "ineligible", _("Ineligible")
    REOPENED = "reopened", _("Being examined again")


class PairingStep(models.TextChoices):
    """How far the two records have come towards each other; derived, never stored."""

    NOT_INVITED = "not_invited", _("Partner not invited")
    INVITED = "invited", _("Partner invited")
    OPENED = "opened", _("Invitation opened")
    ACCEPTED = "accepted", _("Invitation accepted")
    CONFIRMED = "confirmed", _("Pair confirmed")
    ONE_SIDE_SUBMITTED = "one_side", _("One side submitted")
    COMPLETE = "complete", _("Both sides submitted")


class Section(models.TextChoices):
    """The sections of a proposal, in their order."""

    FACTS = "facts", _("Seminar facts")
    COORDINATORS = "coordinators", _("Coordinator and partner")
    CASE = "case", _("Scientific case")
    PROGRAMME = "programme", _("Seminar programme")
    PARTICIPANTS = "participants", _("Participants and laboratories")
    BUDGET = "budget", _("Budget")
    ATTACHMENTS = "attachments", _("Attachments")
    DECLARATIONS = "declarations", _("Declarations")


class Track(models.TextChoices):
    """The JSPS call a Japanese record is filed under (R4)."""

    COUNTERPART = "counterpart", _("Joint Research Projects/Seminars with JSPS's Counterpart Agencies")
    OPEN_PARTNERSHIP = "open", _("Open Partnership Joint Research Projects/Seminars")
    OTHER = "other", _("Another call")


class LaboratoryKind(models.TextChoices):
    """Whose laboratory it is."""

    INSERM = "inserm", _("Inserm laboratory")
    OTHER = "other", _("Other laboratory")


class ParticipantRole(models.TextChoices):
    """What a participant does at the seminar."""

    COORDINATOR = "coordinator", _("Coordinator")
    SPEAKER = "speaker", _("Speaker")
    ATTENDEE = "attendee", _("Participant")


class CareerStage(models.TextChoices):
    """A participant's grade."""

    CR = "cr", _("Research scientist (CR)")
    DR = "dr", _("Research director (DR)")
    MCUPH = "mcuph", _("Associate professor-hospital practitioner (MCU-PH)")
    PUPH = "puph", _("Professor-hospital practitioner (PU-PH)")
    PROFESSOR = "professor", _("Professor")
    ASSOCIATE = "associate", _("Associate professor or lecturer")
    ASSISTANT = "assistant", _("Assistant professor")
    POSTDOC = "postdoc", _("Postdoctoral researcher")
    PHD = "phd", _("Doctoral student")
    ENGINEER = "engineer", _("Engineer or technician")
    CLINICIAN = "clinician", _("Clinician")
    OTHER = "other", _("Other")


class SessionKind(models.TextChoices):
    """What a part of the programme is; only seminar days count as duration (R8)."""

    SEMINAR = "seminar", _("Seminar session")
    TRAVEL = "travel", _("Travel")
    PREPARATORY = "preparatory", _("Preparatory meeting")
    DEBRIEFING = "debriefing", _("Debriefing")


class CostKind(models.TextChoices):
    """Budget categories; each call says which an agency pays (R15)."""

    INTERNATIONAL_TRAVEL = "intl_travel", _("International travel")
    LOCAL_TRAVEL = "local_travel", _("Local travel")
    ACCOMMODATION = "accommodation", _("Accommodation")
    MEALS = "meals", _("Meals")
    DAILY_ALLOWANCE = "daily_allowance", _("Daily allowance (per diem)")
    ORGANISATION = "organisation", _("Organisation costs")


class Unit(models.TextChoices):
    """What a budget line counts."""

    TRIP = "trip", _("return trip")
    LEG = "leg", _("single trip")
    NIGHT = "night", _("night")
    DAY = "day", _("day")
    MEAL = "meal", _("meal")
    ITEM = "item", _("item")


class Currency(models.TextChoices):
    """Currencies and their decimals: euro with cents, yen whole (R16)."""

    EUR = "EUR", _("euro")
    JPY = "JPY", _("yen")

    @property
    def decimals(self) -> int:
        """How many decimals an amount may have."""
        return 0 if self is Currency.JPY else 2


class Situation(models.TextChoices):
    """What officers look for in a call besides the states; derived, never stored."""

    ATTENTION = "attention", _("Needs attention")
    PAIRED = "paired", _("Paired")
    ONE_SIDED = "one_sided", _("Submitted on this side only")
    MISMATCHING = "mismatching", _("Blocking differences")
    PARTNER_ALONE = "partner_alone", _("Submitted on the partner's side only")
    WRONG_TRACK = "wrong_track", _("Wrong track")
    AWAITING = "awaiting", _("Awaiting institution's approval")
    ADMITTED = "admitted", _("Admitted late, not submitted yet")


class Population(models.TextChoices):
    """Which records statistics count."""

    SUBMITTED = "submitted", _("Submitted records")
    COMPLETE = "complete", _("Pairs submitted on both sides")
    ALL = "all", _("All records")


class ListState(models.TextChoices):
    """Where the import of the other agency's list stands."""

    UPLOADED = "uploaded", _("Being prepared")
    IMPORTING = "importing", _("Being imported")
    IMPORTED = "imported", _("Imported")
    UNDONE = "undone", _("Import undone")


class SheetKind(models.TextChoices):
    """What kind of file a list came in."""

    XLSX = "xlsx", _("Excel workbook (XLSX)")
    CSV = "csv", _("Text with separators (CSV)")


class KnownChoice(models.TextChoices):
    """What an import does with an application that is listed already."""

    KEEP = "keep", _("Keep what is known")
    UPDATE = "update", _("Update with what the file says")


class Audience(models.TextChoices):
    """Which officers read an internal note."""

    OWN = "own", _("Officers of my agency only")
    BOTH = "both", _("Officers of both agencies")


class ApiRight(models.TextChoices):
    """What a token of an agency may read."""

    CALLS = "calls", _("Calls")
    PROPOSALS = "proposals", _("Records")
    PAIRS = "pairs", _("Pairs")
    DECISIONS = "decisions", _("Decisions, once told")
    CONTACTS = "contacts", _("Contact details of people")


class DossierVersion(models.TextChoices):
    """For whom a dossier is made."""

    FULL = "full", _("Full version")
    REVIEWERS = "reviewers", _("Reviewers' version")


class PackState(models.TextChoices):
    """How far a pack of dossiers has come."""

    WAITING = "waiting", _("Waiting for its turn")
    MAKING = "making", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")


class ReminderAudience(models.TextChoices):
    """As what a person is reminded."""

    COORDINATOR = "coordinator", _("Coordinators")
    INSTITUTION = "institution", _("Institutions' officers")
    OFFICER = "officer", _("Programme officers")
    REVIEWER = "reviewer", _("Reviewers")
    CHAIR = "chair", _("Panel chair")


class ReminderState(models.TextChoices):
    """Where a reminder stands."""

    PLANNED = "planned", pgettext_lazy("a reminder", "Planned")
    SENT = "sent", pgettext_lazy("a reminder", "Sent")
    DROPPED = "dropped", pgettext_lazy("a reminder", "Dropped")


class DropReason(models.TextChoices):
    """Why a reminder was dropped."""

    SETTLED = "settled", _("No longer needed")
    REPLACED = "replaced", _("A later one was sent in its place")
    SWITCHED_OFF = "off", _("Switched off, or its dates were changed")
    DECLINED = "declined", _("Not wanted by this person")
