"""Addresses of reviewers and of their conflicts of interest."""

from django.urls import path

from reviews.views import conflict, reviewer, reviewers

urlpatterns = [
    path("desk/<slug:code>/reviewers/", reviewers.reviewers, name="reviewers"),
    path("desk/reviewers/<int:pk>/invite/", reviewers.invite_again, name="reviewer_invite_again"),
    path("desk/reviewers/<int:pk>/remove/", reviewers.remove_reviewer, name="remove_reviewer"),
    path("desk/<slug:code>/conflicts/", conflict.conflicts, name="conflicts"),
    path("reviews/invitations/<slug:token>/", reviewer.reviewer_invitation, name="reviewer_invitation"),
    path("reviews/invitations/<slug:token>/accept/", reviewer.accept_reviewing, name="accept_reviewing"),
    path("reviews/profile/<int:pk>/", reviewer.reviewer_profile, name="reviewer_profile"),
    path("reviews/conflicts/<slug:code>/", conflict.declare_conflicts, name="declare_conflicts"),
]
