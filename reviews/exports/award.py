"""The budgets of a call's selected seminars as a table."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reviews.choices import AwardState
from reviews.queries.award import Budget
from seminars.exports.workbook import Sheet


def awards_sheet(budgets: Iterable[Budget], titles: Mapping[int, str]) -> Sheet:
    """Return budgets, one a row: what was requested and approved, in the side's currency, and where it stands."""
    headings = [
        *(_("Pair"), _("Title"), _("Agency"), _("Coordinator"), _("State of the seminar"), _("State of the budget")),
        *(_("Currency"), _("Requested"), pgettext("an amount", "Approved")),
    ]
    rows = (
        [
            *(str(budget.proposal.seminar), titles.get(budget.proposal.seminar_id or 0, "")),
            *(budget.proposal.side.agency.acronym, str(budget.proposal.coordinator)),
            str(budget.proposal.seminar.get_state_display()) if budget.proposal.seminar else "",
            str(budget.award.get_state_display() if budget.award else AwardState.VALIDATING.label),
            *(budget.proposal.side.currency, budget.requested, budget.approved),
        ]
        for budget in budgets
    )
    return Sheet(_("Budget validation"), headings, rows)
