"""Addresses of reviews."""

from django.urls import path

from reviews.views import reopening, review, review_files

urlpatterns = [
    path("reviews/<int:pk>/", review.review, name="review"),
    path("reviews/<int:pk>/seal/", review.seal_review, name="seal_review"),
    path("reviews/<int:pk>/dossier.pdf", review_files.review_pdf, name="review_pdf"),
    path("reviews/<int:pk>/files/<int:attachment>/", review_files.review_file, name="review_file"),
    path("desk/reviews/<int:pk>/reopen/", reopening.reopen_review, name="reopen_review"),
]
