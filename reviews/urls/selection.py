"""Addresses of the joint selection."""

from django.urls import path

from reviews.views import joint_minutes, joint_pair, merge_ranks, selection, signing

urlpatterns = [
    path("desk/<slug:code>/selection/", selection.selection, name="selection"),
    path("desk/<slug:code>/selection/minutes/", joint_minutes.joint_minutes, name="joint_minutes"),
    path("desk/<slug:code>/selection/merge/", merge_ranks.merge_ranks, name="merge_ranks"),
    path("desk/<slug:code>/selection/sign/", signing.sign_decisions, name="sign_decisions"),
    path("desk/<slug:code>/selection/<int:pk>/", joint_pair.joint_pair, name="joint_pair"),
]
