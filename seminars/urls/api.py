"""The read-only interface for machines, its reference, and the answer to what it does not have."""

from django.urls import path

from seminars.api import reference
from seminars.api.site import addresses

urlpatterns = [
    path("api/", reference.reference, name="api_reference"),
    path("api/v1/", addresses()),
    path("api/<path:rest>", reference.nowhere, name="api_nowhere"),
]
