"""How pages write what the rules find."""

from django import template

from seminars import wording
from seminars.models import Proposal
from seminars.rules.dossier import Violation

register = template.Library()


@register.filter
def words(violation: Violation) -> str:
    """Write a violation as one sentence: ``{{ violation|words }}``."""
    return wording.words(violation)


@register.simple_tag
def violation_url(proposal: Proposal, violation: Violation) -> str:
    """Give the address at which a violation is mended."""
    return wording.section_url(proposal, violation)


@register.filter
def field_label(field: str) -> str:
    """Write the name of a field of a record."""
    return wording.field_label(field)
