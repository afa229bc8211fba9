"""Addresses of assignments: one's own, and those of a side."""

from django.urls import path

from reviews.views import assignment, assignment_import, assignment_proposal, assignments

urlpatterns = [
    path("reviews/", assignment.review_list, name="review_list"),
    path("reviews/<int:pk>/acknowledge/", assignment.acknowledge, name="acknowledge_assignment"),
    path("reviews/<int:pk>/decline/", assignment.decline, name="decline_assignment"),
    path("desk/<slug:code>/assignments/", assignments.assignments, name="assignments"),
    path("desk/<slug:code>/assignments/proposal/", assignment_proposal.proposal, name="assignment_proposal"),
    path("desk/<slug:code>/assignments/import/", assignment_import.import_assignments, name="import_assignments"),
    path("desk/<slug:code>/assignments.xlsx", assignment_import.assignments_file, name="assignments_file"),
    path("desk/<slug:code>/assignments/chase/", assignments.chase_assignments, name="chase_assignments"),
]
