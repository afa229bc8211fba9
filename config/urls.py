"""All addresses: the two apps, Django admin behind the same sign-in, and what a supervisor asks."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from config import health

# The same limits and second factor as everywhere.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("healthz/live", health.live, name="live"),
    path("healthz/ready", health.ready, name="ready"),
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("seminars.urls")),
]

handler400 = "config.errors.bad_request"
handler500 = "config.errors.server_error"
