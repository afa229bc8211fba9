"""Addresses of one's own data, and of what is kept how long."""

from django.urls import path

from seminars.views import personal

urlpatterns = [
    path("privacy/", personal.privacy, name="privacy"),
    path("people/<int:pk>/erase/", personal.erase_person, name="erase_person"),
    path("account/data/", personal.personal_data, name="personal_data"),
    path("account/data/<int:pk>/", personal.personal_copy, name="personal_copy"),
]
