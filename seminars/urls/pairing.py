"""Addresses of everything about the partner, and of invitations."""

from django.urls import path

from seminars.views import invitations, pairing

urlpatterns = [
    path("proposals/<int:pk>/partner/", pairing.pairing, name="pairing"),
    path("proposals/<int:pk>/partner/invite/", pairing.invite, name="pairing_invite"),
    path("proposals/<int:pk>/partner/revoke/", pairing.revoke, name="pairing_revoke"),
    path("proposals/<int:pk>/partner/confirm/", pairing.confirm, name="pairing_confirm"),
    path("proposals/<int:pk>/partner/leave/", pairing.leave, name="pairing_leave"),
    path("proposals/<int:pk>/partner/take/", pairing.take, name="pairing_take"),
    path("proposals/<int:pk>/partner/tell/", pairing.tell, name="pairing_tell"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("invitations/<str:token>/opened/", invitations.opened, name="invitation_opened"),
    path("invitations/<str:token>/accept/", invitations.accept, name="invitation_accept"),
    path("invitations/<str:token>/decline/", invitations.decline, name="invitation_decline"),
]
