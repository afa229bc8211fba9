"""Addresses of filing a record, its receipt, and the institution's approval."""

from django.urls import path

from seminars.views import submission

urlpatterns = [
    path("proposals/<int:pk>/submit/", submission.submit, name="submit"),
    path("proposals/<int:pk>/reopen/", submission.reopen, name="reopen"),
    path("proposals/<int:pk>/withdraw/", submission.withdraw, name="withdraw"),
    path("proposals/<int:pk>/submissions/<int:submission>/", submission.receipt, name="receipt"),
    path("proposals/<int:pk>/submissions/<int:submission>/record.json", submission.snapshot, name="snapshot"),
    path("approvals/<str:token>/", submission.approval, name="approval"),
]
