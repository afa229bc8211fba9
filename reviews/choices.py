"""The closed lists of evaluation and selection."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReviewerState(models.TextChoices):
    """Where an invitation to review stands."""

    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    REMOVED = "removed", _("Removed")


class ConflictState(models.TextChoices):
    """Where a conflict of interest stands (R23)."""

    DECLARED = "declared", _("Declared")
    DETECTED = "detected", _("Detected, to be decided on")
    CONFIRMED = "confirmed", _("Confirmed")
    SET_ASIDE = "set_aside", _("Set aside")
    WITHDRAWN = "withdrawn", _("Declaration withdrawn")


CONFLICTED = (ConflictState.DECLARED, ConflictState.DETECTED, ConflictState.CONFIRMED)
"""The states in which a conflict shuts a person out: what was detected does until an officer sets it aside."""


class AssignmentState(models.TextChoices):
    """Where an assignment stands."""

    GIVEN = "given", _("To be acknowledged")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ACTIVE = (AssignmentState.GIVEN, AssignmentState.ACKNOWLEDGED)
"""The states of an assignment that counts."""


class Recommendation(models.TextChoices):
    """What a reviewer recommends, and what a panel proposes."""

    FUND = "fund", _("Fund")
    RESERVE = "reserve", _("Reserve list")
    REJECT = "reject", _("Do not fund")


class Outcome(models.TextChoices):
    """What both agencies decide about a pair."""

    SELECTED = "selected", _("Selected")
    RESERVE = "reserve", _("Reserve list")
    NOT_SELECTED = "not_selected", _("Not selected")


class LetterPart(models.TextChoices):
    """What officers write of the letters: one subject for all of them, and a text for each outcome."""

    SUBJECT = "subject", _("Subject of all letters")
    SELECTED = "selected", _("Selected")
    RESERVE = "reserve", _("Reserve list")
    NOT_SELECTED = "not_selected", _("Not selected")


class AwardState(models.TextChoices):
    """Where the validation of a budget stands (R27)."""

    VALIDATING = "validating", _("Being validated")
    PROPOSED = "proposed", _("With the coordinator")
    ANSWERED = "answered", _("Answered by the coordinator")
    ACCEPTED = "accepted", pgettext_lazy("a budget", "Accepted")


SHOWN = (AwardState.PROPOSED, AwardState.ANSWERED, AwardState.ACCEPTED)
"""The states in which the coordinator reads the amounts."""


class ChangeState(models.TextChoices):
    """Where an asked change stands (R28)."""

    ASKED = "asked", _("With both agencies")
    APPROVED = "approved", pgettext_lazy("a change", "Approved")
    REFUSED = "refused", pgettext_lazy("a change", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("a change", "Withdrawn")


class ChangeDeed(models.TextChoices):
    """What becomes of a participant by a change."""

    ADD = "add", _("Add a participant")
    REPLACE = "replace", _("Replace a participant")
    REMOVE = "remove", _("Remove a participant")


class CancelState(models.TextChoices):
    """Where an officer's request to cancel a seminar stands."""

    ASKED = "asked", _("With the other agency")
    AGREED = "agreed", pgettext_lazy("a cancellation", "Agreed to")
    KEPT = "kept", pgettext_lazy("a cancellation", "Not agreed to: the seminar stays")
    WITHDRAWN = "withdrawn", pgettext_lazy("a cancellation", "Taken back")


class ReportState(models.TextChoices):
    """Where the final report of a seminar stands (R29)."""

    DRAFT = "draft", pgettext_lazy("a report", "Being written")
    SUBMITTED = "submitted", pgettext_lazy("a report", "With the agencies")
    RETURNED = "returned", pgettext_lazy("a report", "Returned for correction")
    ACCEPTED = "accepted", pgettext_lazy("a report", "Accepted by both agencies")


WRITING = (ReportState.DRAFT, ReportState.RETURNED)
"""The states in which the coordinators write the report."""


class ReportFileKind(models.TextChoices):
    """What a file of a report is."""

    PDF = "pdf", _("Report as a PDF")
    RECEIPT = "receipt", pgettext_lazy("of spending", "Receipt")
    PHOTO = "photo", _("Photo")
