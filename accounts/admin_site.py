"""Django admin behind the same sign-in and the same second factor as everything else (SAFETY 18)."""

from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.policies import ADMINISTRATOR, has_second_factor, policy


class SeminarsAdminSite(AdminSite):
    """Every view of the admin is held to the policy of administrators."""

    site_title = site_header = _("Joint Seminars: administration")
    index_title = _("Everything, for administrators")
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register our own pages; those that libraries bring (with secrets, or past our actions) are left out."""
        if not admin_class.__module__.startswith(("allauth.", "django.")):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Say whether the person is an administrator whose session has its second factor."""
        return super().has_permission(request) and has_second_factor(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Return ``view`` held to the policy before Django's own checks; a date beyond all calendars is refused."""
        inner = super().admin_view(view, cacheable)

        @wraps(view)
        def careful(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            try:
                return inner(request, *args, **options)
            except OverflowError as error:
                raise BadRequest from error

        return policy(ADMINISTRATOR)(careful)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        """Lead to the one sign-in page; it comes back here."""
        held = policy(ADMINISTRATOR)(lambda request: redirect("admin:index"))
        return held(request)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the one sign-out page."""
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the one page where passwords are changed."""
        return redirect("account_change_password")

    def catch_all_view(self, request: HttpRequest, url: str) -> HttpResponse:
        """Answer 404 for anything else; the admin adds final slashes to nothing."""
        raise Http404
