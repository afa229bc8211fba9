"""Addresses of budget validation: the officers', then the coordinators'."""

from django.urls import path

from reviews.views import award, desk_award, selected_pair

urlpatterns = [
    path("desk/<slug:code>/awards/", desk_award.awards, name="awards"),
    path("desk/<slug:code>/awards.xlsx", desk_award.awards_xlsx, name="awards_xlsx"),
    path("desk/<slug:code>/awards/<int:pk>/", desk_award.desk_award, name="desk_award"),
    path("desk/<slug:code>/awards/pairs/<int:pk>/", selected_pair.selected_pair, name="selected_pair"),
    path("proposals/<int:pk>/award/", award.award, name="award"),
    path("proposals/<int:pk>/award/accept/", award.accept_award, name="accept_award"),
    path("proposals/<int:pk>/award/answer/", award.answer_award, name="answer_award"),
    path("proposals/<int:pk>/award/decline/", award.decline_seminar, name="decline_seminar"),
]
