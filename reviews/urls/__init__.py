"""The addresses of evaluation and selection, in the order of the flow."""

from reviews.urls import announcement, assignment, award, change, evaluation, panel, review, selection

urlpatterns = [
    *evaluation.urlpatterns,
    *assignment.urlpatterns,
    *review.urlpatterns,
    *selection.urlpatterns,
    *announcement.urlpatterns,
    *award.urlpatterns,
    *panel.urlpatterns,
    *change.urlpatterns,
]
