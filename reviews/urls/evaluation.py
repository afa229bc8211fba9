"""Addresses of the evaluation of a call."""

from django.urls import path

from reviews.views import evaluation

urlpatterns = [
    path("desk/<slug:code>/evaluation/", evaluation.evaluation, name="evaluation"),
]
