"""How pages write what the rules find."""

from datetime import datetime
from typing import Any

from django import template

from seminars.drawings import timeline
from seminars.forms.dossier import DossierForm
from seminars.models import Proposal
from seminars.queries.standing import SectionStanding
from seminars.rules.dossier import Violation
from seminars.words import wording

register = template.Library()
MARKS = {"draft": "draft", "awaiting": "wait", "submitted": "done", "withdrawn": "none", "lapsed": "stop"}
PAIR_MARKS = {
    "forming": "wait",
    "paired": "wait",
    "eligible": "done",
    "ineligible": "stop",
    "in_review": "wait",
    "selected": "done",
    "reserve": "warn",
    "not_selected": "none",
    "confirmed": "done",
    "cancelled": "stop",
}


@register.filter
def words(violation: Violation) -> str:
    """Write a violation as one sentence: ``{{ violation|words }}``."""
    return wording.words(violation)


@register.simple_tag
def violation_url(proposal: Proposal, violation: Violation) -> str:
    """Give the address at which a violation is mended."""
    return wording.section_url(proposal, violation)


@register.simple_tag
def time_left(deadline_at: datetime, at: datetime) -> str:
    """Say how many days are left until a deadline: ``{% time_left proposal.closes_at at %}``."""
    return timeline.time_left(deadline_at, at)


@register.filter
def field_label(field: str) -> str:
    """Write the name of a field of a record."""
    return wording.field_label(field)


@register.filter
def state_mark(state: str) -> str:
    """Give the class of the mark beside a record's state: ``<span class="state state-{{ state|state_mark }}">``."""
    return MARKS[state]


@register.filter
def pair_mark(state: str) -> str:
    """Give the class of the mark beside a pair's state: ``<span class="state state-{{ state|pair_mark }}">``."""
    return PAIR_MARKS[state]


@register.simple_tag
def place_of(section: SectionStanding, proposal: Proposal, violation: Violation) -> str:
    """Give the address at which a violation of ``section`` is mended; as ``violation_url``, for long lists."""
    if violation.code in wording.AT_PAIRING:
        return wording.section_url(proposal, violation)
    place = wording.anchor(violation.field)
    return f"{section.url}#{place}" if place else section.url


@register.inclusion_tag("seminars/dossiers/_download.html")
def dossier_download(action: str, label: str, *, officer: bool = False, key: str = "dossier") -> dict[str, Any]:
    """Offer the dossier at ``action`` as PDF, in a language, for officers also the reviewers' version."""
    return {"action": action, "label": label, "form": DossierForm(for_officer=officer, key=key)}
