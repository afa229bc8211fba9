"""What the coordinator declares before filing."""

from typing import Any

from seminars.forms.section import SectionForm
from seminars.models import Proposal


class DeclarationsForm(SectionForm):
    """The declarations, and the unit director's agreement where the side asks for it."""

    section = "declarations"

    class Meta:
        model = Proposal
        fields = ["declares_accuracy", "declares_partner_files", "declares_data_use", "director_agrees"]

    def __init__(self, data: Any = None, *, proposal: Proposal) -> None:
        """Leave out what the side does not ask for."""
        super().__init__(data, proposal=proposal)
        if not proposal.side.asks_director_agreement:
            del self.fields["director_agrees"]
