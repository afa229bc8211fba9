"""Which static files are collected: those that pages use."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """Leaves out the builds of Bootstrap and htmx that no page uses, which took most of the time to compress."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "bootstrap-*",
        "bootstrap.css*",
        "bootstrap.js*",
        "bootstrap.min.js*",
        "bootstrap.bundle.js*",
        "bootstrap.esm.*",
        "*.rtl.*",
        "htma*-4*",
        "htmx-4*",
        "ext",
    ]
