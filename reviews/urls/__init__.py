"""The addresses of evaluation and selection, in the order of the flow."""

from reviews.urls import announcement, assignment, award, change, evaluation, panel, selection

urlpatterns = [
    *evaluation.urlpatterns,
    *assignment.urlpatterns,
    *selection.urlpatterns,
    *announcement.urlpatterns,
    *award.urlpatterns,
    *panel.urlpatterns,
    *change.urlpatterns,
]
