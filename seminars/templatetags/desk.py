"""How the officers' pages write codes."""

from datetime import date

from babel.dates import format_date
from django import template
from django.urls import reverse
from django.utils.translation import get_language

from accounts import formats
from seminars import findings
from seminars.choices import PairingStep, ProposalState, ProposedOutcome, Situation
from seminars.eligibility import Case
from seminars.rules.dossier import Violation

register = template.Library()


@register.filter
def finding(violation: Violation) -> str:
    """Write a violation as one sentence to an officer: ``{{ violation|finding }}``."""
    return findings.said(violation)


@register.filter
def state_name(state: str) -> str:
    """Write a record's state: ``{{ record.situation.state|state_name }}``."""
    return str(ProposalState(state).label)


@register.filter
def step_name(step: str) -> str:
    """Write how far a pair has come: ``{{ record.situation.step|step_name }}``."""
    return str(PairingStep(step).label)


@register.filter
def situation_name(situation: str) -> str:
    """Write what is so about a record: ``{{ reason|situation_name }}``."""
    return str(Situation(situation).label)


@register.filter
def month_name(on: date) -> str:
    """Write the month of a date in short, for an axis: "Sept", "sept.", "9月"."""
    return format_date(on, "MMM", locale=formats.LOCALES[(get_language() or "en")[:2]])


OUTCOME_MARKS = {"eligible": "done", "ineligible": "stop", "correction": "warn", "look": "warn"}


@register.filter
def outcome_mark(outcome: str) -> str:
    """Give the class of the mark beside an outcome: ``<span class="state state-{{ outcome|outcome_mark }}">``."""
    return OUTCOME_MARKS[outcome]


@register.filter
def proposed_name(outcome: str) -> str:
    """Write what the application proposes, or what both agencies decided."""
    return str(ProposedOutcome(outcome).label)


@register.simple_tag
def case_url(case: Case) -> str:
    """Give the address of a case: its pair's page, or that of the record alone."""
    if case.seminar:
        return reverse("desk_eligibility_seminar", args=[case.seminar.pk])
    return reverse("desk_eligibility_record", args=[case.first.pk])
