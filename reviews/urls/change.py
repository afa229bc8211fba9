"""Addresses of changes of selected seminars: the coordinator's, then the officers'."""

from django.urls import path

from reviews.views import change, people_change

urlpatterns = [
    path("proposals/<int:pk>/award/change/", change.ask_change, name="ask_change"),
    path("proposals/<int:pk>/award/change/<int:change>/withdraw/", change.withdraw_change, name="withdraw_change"),
    path("proposals/<int:pk>/award/people/", people_change.change_people, name="change_people"),
    path("proposals/<int:pk>/award/people/add/", people_change.add_person, name="add_person"),
    path("proposals/<int:pk>/award/people/<int:row>/replace/", people_change.replace_person, name="replace_person"),
    path("proposals/<int:pk>/award/people/<int:row>/remove/", people_change.remove_person, name="remove_person"),
    path("desk/<slug:code>/changes/<int:pk>/", change.desk_change, name="desk_change"),
]
