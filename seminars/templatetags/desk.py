"""How the officers' pages write codes."""

from datetime import date

from babel.dates import format_date
from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import formats
from seminars import wording
from seminars.choices import CostKind, PairingStep, ProposalState, Situation
from seminars.rules.dossier import Violation

register = template.Library()

OF_SOMEBODY_ELSE = {
    "no_partner": _("No record of the other agency is paired with this one."),
    "difference": _("The partner's record says something else: %(fact)s."),
    "charged_twice": _("%(kind)s for %(name)s is in the partner's budget too: only one side may pay it."),
}
"""What the rules find about a pair, said to somebody who is neither of its coordinators."""


@register.filter
def finding(violation: Violation) -> str:
    """Write a violation as one sentence to an officer: ``{{ violation|finding }}``."""
    sentence = OF_SOMEBODY_ELSE.get(violation.code)
    if sentence is None:
        return wording.words(violation)
    fact, kind = str(violation.params.get("fact", "")), str(violation.params.get("kind", ""))
    return str(sentence) % {
        "fact": wording.field_label(fact),
        "kind": CostKind(kind).label if kind else "",
        "name": violation.params.get("name", ""),
    }


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
