"""Addresses of changes of selected seminars: the coordinator's, then the officers'."""

from django.urls import path

from reviews.views import change

urlpatterns = [
    path("proposals/<int:pk>/award/change/", change.ask_change, name="ask_change"),
    path("proposals/<int:pk>/award/change/<int:change>/withdraw/", change.withdraw_change, name="withdraw_change"),
    path("desk/<slug:code>/changes/<int:pk>/", change.desk_change, name="desk_change"),
]
