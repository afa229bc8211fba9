"""The addresses of evaluation and selection, in the order of the flow."""

from reviews.urls import (
    announcement,
    assignment,
    award,
    change,
    evaluation,
    outbox,
    panel,
    practical,
    report,
    review,
    reviewer,
    selection,
)

urlpatterns = [
    *evaluation.urlpatterns,
    *reviewer.urlpatterns,
    *assignment.urlpatterns,
    *review.urlpatterns,
    *selection.urlpatterns,
    *announcement.urlpatterns,
    *award.urlpatterns,
    *panel.urlpatterns,
    *change.urlpatterns,
    *report.urlpatterns,
    *practical.urlpatterns,
    *outbox.urlpatterns,
]
