"""All addresses: the three apps, Django admin behind the same sign-in, and what a supervisor asks."""

from django.contrib import admin
from django.urls import include, path

from config import health
from config.metrics import metrics

urlpatterns = [
    path("healthz/live", health.live, name="live"),
    path("healthz/ready", health.ready, name="ready"),
    path("healthz/work", health.work, name="work"),
    path("metrics", metrics, name="metrics"),
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("seminars.urls")),
    path("", include("reviews.urls")),
]

handler400 = "config.errors.bad_request"
handler500 = "config.errors.server_error"
