"""The scientific case: the narrative for the criteria."""

from crispy_forms.layout import Layout
from django import forms
from django.utils.html import format_html

from seminars.forms.section import Counted, SectionForm
from seminars.models import Proposal
from seminars.rules import bounds
from seminars.rules.case import PARTS

CRITERION_OF = {"objectives": "excellence"}
"""The criterion that a part answers, by its code in the call, where it has not the part's own name."""


class CaseForm(SectionForm):
    """Five parts, each with the guidance of the criterion that it answers."""

    section = "case"

    class Meta:
        model = Proposal
        fields = list(PARTS)
        widgets = dict.fromkeys(PARTS, forms.Textarea(attrs={"rows": 10}))

    def layout(self) -> Layout:
        """Return how the fields stand on the page, with the call's guidance in the reader's language."""
        criteria = {criterion.code: criterion for criterion in self.proposal.side.call.criteria.all()}
        for part in PARTS:
            criterion = criteria.get(CRITERION_OF.get(part, part))
            if criterion:
                self.fields[part].help_text = format_html("<b>{}</b> {}", criterion.title, criterion.guidance)
        return Layout(*(Counted(part, bounds.NARRATIVE) for part in PARTS))
