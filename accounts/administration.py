"""Django admin as an installed app: on our own site."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Puts ``accounts.admin_site`` where Django's site would be."""

    default_site = "accounts.admin_site.SeminarsAdminSite"
