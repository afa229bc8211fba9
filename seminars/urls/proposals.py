"""Addresses of a coordinator's records and of those sections that are one form."""

from django.urls import path, register_converter

from seminars.views import form_sections, proposals


class FormSection:
    """The sections that are one form; the others are lists of rows and have addresses of their own."""

    regex = "facts|coordinators|case|declarations"

    def to_python(self, value: str) -> str:
        """Return the section's name as it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """Return the section's name; one that is not a form's simply does not match."""
        return value


register_converter(FormSection, "form_section")

urlpatterns = [
    path("projects/", proposals.home, name="home"),
    path("calls/<slug:code>/<slug:agency>/start/", proposals.start, name="proposal_start"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/print/", proposals.whole, name="proposal_print"),
    path("proposals/<int:pk>/facts/dates/", form_sections.dates_info, name="dates_info"),
    path("proposals/<int:pk>/<form_section:section>/", form_sections.section, name="section"),
]
