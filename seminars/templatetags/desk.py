"""How the officers' pages write codes."""

from django import template

from seminars.choices import PairingStep, ProposalState

register = template.Library()


@register.filter
def state_name(state: str) -> str:
    """Write a record's state: ``{{ record.state_now|state_name }}``."""
    return str(ProposalState(state).label)


@register.filter
def step_name(step: str) -> str:
    """Write how far a pair has come: ``{{ record.step|step_name }}``."""
    return str(PairingStep(step).label)
