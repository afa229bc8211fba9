"""Addresses of assignments: one's own."""

from django.urls import path

from reviews.views import assignment

urlpatterns = [
    path("reviews/", assignment.review_list, name="review_list"),
    path("reviews/<int:pk>/acknowledge/", assignment.acknowledge, name="acknowledge_assignment"),
    path("reviews/<int:pk>/decline/", assignment.decline, name="decline_assignment"),
]
