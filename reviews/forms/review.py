"""A review as a form: one row of choices per criterion, two comments, a recommendation; it may be incomplete."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.fields import BlockInput
from reviews.actions.review import CANNOT_JUDGE, Judgement
from reviews.choices import Recommendation
from reviews.models import Review
from reviews.models.review import COMMENT, HIGHEST, LOWEST
from reviews.queries.review import read_rows
from seminars.models import Criterion

VALUES = [str(value) for value in range(HIGHEST, LOWEST - 1, -1)]
SCORES = [(value, value) for value in VALUES] + [(str(CANNOT_JUDGE), _("Cannot judge"))]


class ReviewForm(forms.Form):
    """What a reviewer enters. Nothing is required until the review is sealed."""

    comment_coordinators = BlockInput(label=_("Comment for the coordinators"), max_length=COMMENT, required=False)
    comment_panel = BlockInput(label=_("Comment for the panel only"), max_length=COMMENT, required=False)
    recommendation = forms.ChoiceField(
        label=_("Overall recommendation"), choices=Recommendation.choices, required=False, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, criteria: Sequence[Criterion], review: Review | None) -> None:
        """Take what was posted, the criteria of the call, and the review as it is saved, with its scores."""
        self.criteria = criteria
        self.review = review
        super().__init__(data, initial=self._saved())
        for criterion in criteria:
            field = forms.ChoiceField(label=criterion.title, choices=SCORES, required=False, widget=forms.RadioSelect)
            self.fields[f"criterion_{criterion.pk}"] = field
        self.order_fields([f"criterion_{criterion.pk}" for criterion in criteria])
        for name in ("comment_coordinators", "comment_panel"):
            # What is too long is told, never cut by the browser.
            self.fields[name].widget.attrs = {"class": "form-control", "rows": 7}

    def _saved(self) -> dict[str, str]:
        if self.review is None:
            return {}
        scores = {
            f"criterion_{score.criterion_id}": str(CANNOT_JUDGE if score.cannot_judge else score.value)
            for score in self.review.scores.all()
        }
        names = ("comment_coordinators", "comment_panel", "recommendation")
        return scores | {name: getattr(self.review, name) for name in names}

    @property
    def forms(self) -> tuple[forms.Form, ...]:
        """The forms that make up the page."""
        return (self,)

    @property
    def version(self) -> str:
        """The version of the review that the page shows."""
        return str(self.review.version if self.review else 0)

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """The scores that every criterion offers, the best first, then “cannot judge”."""
        return SCORES

    @property
    def comments(self) -> list[BoundField]:
        """The two comments."""
        return [self["comment_coordinators"], self["comment_panel"]]

    @property
    def read_rows(self) -> list[dict[str, Any]]:
        """Each criterion with its saved score, to be read."""
        return read_rows(self.review, self.criteria)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """Each criterion with its choices, which one is chosen, and what is wrong with it."""
        return [self._row(criterion) for criterion in self.criteria]

    def _row(self, criterion: Criterion) -> dict[str, Any]:
        field = self[f"criterion_{criterion.pk}"]
        return {
            "criterion": criterion,
            "name": field.html_name,
            "value": str(field.value() or ""),
            "errors": field.errors,
        }

    def values(self) -> Iterator[tuple[Criterion, int | None]]:
        """Return each criterion with its cleaned score: from 1 to 5, CANNOT_JUDGE, or None while it is open."""
        for criterion in self.criteria:
            said = self.cleaned_data[f"criterion_{criterion.pk}"]
            yield criterion, int(said) if said else None

    @property
    def judgement(self) -> Judgement:
        """The cleaned review."""
        cleaned = self.cleaned_data
        return Judgement(
            scores={criterion.pk: value for criterion, value in self.values() if value is not None},
            comment_coordinators=cleaned["comment_coordinators"],
            comment_panel=cleaned["comment_panel"],
            recommendation=cleaned["recommendation"],
        )
