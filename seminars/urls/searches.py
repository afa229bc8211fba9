"""Addresses of saved searches."""

from django.urls import path

from seminars.views import desk_searches

urlpatterns = [
    path("desk/searches/<int:pk>/", desk_searches.desk_search, name="desk_search"),
    path("desk/searches/<int:pk>/delete/", desk_searches.delete_search, name="delete_search"),
    path("desk/searches/<int:pk>/start/", desk_searches.start_search, name="start_search"),
    path("desk/<slug:code>/searches/", desk_searches.desk_searches, name="desk_searches"),
]
