"""Calls: every term with validation, through the actions that keep the history."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import Model, QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.http import arrival_of, person_of
from seminars.actions import calls as actions
from seminars.admin.history import WithHistory
from seminars.forms.calls import CallAgencyForm, CallCountryForm, CountriesFormSet, SidesFormSet
from seminars.models import Call, CallAgency, CallCountry, Criterion, PriorityArea, ScaleStep, Theme
from seminars.permissions import remove_part_refusal

DEADLINE = {"deadline_on", "deadline_time", "deadline_zone"}
# The browser's own fields: the admin's would compare days and local times with the server's clock.
DAYS_AND_TIMES: Any = {
    models.DateField: {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})},
    models.TimeField: {"widget": forms.TimeInput(format="%H:%M:%S", attrs={"type": "time", "step": "1"})},
}


class PartInline(admin.StackedInline):
    """Parts of a call; they can be removed until somebody has started a record."""

    extra = 0

    def has_delete_permission(self, request: HttpRequest, obj: Call | None = None) -> bool:
        """Refuse once records rely on the parts of the call."""
        return obj is None or remove_part_refusal(obj, person_of(request)) is None


class SideInline(PartInline):
    """The two sides: deadline as announced, money, procedure."""

    model = CallAgency
    form = CallAgencyForm
    formfield_overrides = DAYS_AND_TIMES
    formset = SidesFormSet
    max_num = 2
    fieldsets = [
        (None, {"fields": ["agency", ("deadline_on", "deadline_time", "deadline_zone"), "deadline_confirmed"]}),
        (gettext_lazy("Money"), {"fields": [("currency", "cap"), "cost_kinds"]}),
        (
            gettext_lazy("What is asked"),
            {
                "fields": [
                    ("required_track", "required_laboratory_kind"),
                    "asks_application_number",
                    "asks_institution_approval",
                    "asks_director_agreement",
                    "asks_japanese_names",
                ]
            },
        ),
        (
            gettext_lazy("Evaluation"),
            {"fields": [("minimum_reviews", "maximum_load"), "quorum", "shares_reviews"]},
        ),
        (
            gettext_lazy("Texts"),
            {
                "classes": ["collapse"],
                "fields": [
                    *("pays_en", "pays_fr", "pays_ja", "filing_en", "filing_fr", "filing_ja"),
                    *("guidelines_url_en", "guidelines_url_fr", "guidelines_url_ja"),
                ],
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CallAgency]:
        """Fetch the agencies and the costs with the sides."""
        return super().get_queryset(request).select_related("agency", "call").prefetch_related("cost_kinds")


class CountryInline(PartInline, admin.TabularInline):
    """Who may host, and how many laboratories work where."""

    model = CallCountry
    form = CallCountryForm
    formset = CountriesFormSet
    template = "admin/edit_inline/tabular.html"


class ThemeInline(PartInline):
    """Themes, the ones refused included."""

    model = Theme
    classes = ["collapse"]
    fields = [("code", "position", "is_admitted"), ("title_en", "title_fr", "title_ja")]


class AreaInline(PartInline):
    """Priority areas."""

    model = PriorityArea
    classes = ["collapse"]
    fields = [("code", "position"), ("title_en", "title_fr", "title_ja")]


class CriterionInline(PartInline):
    """Criteria with their guidance."""

    model = Criterion
    classes = ["collapse"]
    fields = [
        ("code", "position", "weight"),
        ("title_en", "title_fr", "title_ja"),
        "guidance_en",
        "guidance_fr",
        "guidance_ja",
    ]


class ScaleInline(PartInline):
    """The steps that criteria are scored on."""

    model = ScaleStep
    classes = ["collapse"]
    max_num = 5
    fields = [
        ("code", "position"),
        ("title_en", "title_fr", "title_ja"),
        "guidance_en",
        "guidance_fr",
        "guidance_ja",
    ]


@admin.register(Call)
class CallAdmin(WithHistory):
    """Calls with all their parts."""

    formfield_overrides = DAYS_AND_TIMES
    change_form_template = "admin/seminars/call/change_form.html"
    list_display = ["code", "title_en", "year", "seminar_year", "opens_at", "hosts", "is_published", "is_demonstration"]
    list_filter = ["is_published", "is_demonstration", "year"]
    search_fields = ["code", "title_en", "title_fr", "title_ja"]
    date_hierarchy = "opens_at"
    inlines = [SideInline, CountryInline, ThemeInline, AreaInline, CriterionInline, ScaleInline]
    fieldsets = [
        (None, {"fields": ["code", ("year", "seminar_year"), ("is_published", "is_demonstration"), "admin_note"]}),
        (
            gettext_lazy("Dates"),
            {
                "fields": [
                    "opens_at",
                    ("window_start_on", "window_end_on"),
                    ("announce_from_on", "announce_until_on"),
                    "report_days",
                ]
            },
        ),
        (
            gettext_lazy("Terms"),
            {
                "fields": [
                    ("min_days", "max_days"),
                    ("minimum_laboratories", "expected_participants"),
                    "capacity",
                    ("keep_funded_years", "keep_other_years"),
                ]
            },
        ),
        (
            gettext_lazy("Texts"),
            {
                "classes": ["collapse"],
                "fields": [f"{text}_{code}" for text in ("title", "summary", "format") for code in ("en", "fr", "ja")],
            },
        ),
    ]

    @admin.display(description=gettext_lazy("Host country"))
    def hosts(self, call: Call) -> str:
        """Name the countries that may host."""
        return ", ".join(call.host_countries)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Call]:
        """Fetch the countries with the calls."""
        return super().get_queryset(request).prefetch_related("countries")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: a call that should not be seen is not published."""
        return False

    def save_model(self, request: HttpRequest, obj: Call, form: ModelForm, change: bool) -> None:
        """Save through the action."""
        actions.save_part(obj, by=person_of(request), at=arrival_of(request))

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseModelFormSet, change: bool) -> None:
        """Save each part through its action, and warn of deadlines that came nearer."""
        who: Any = {"by": person_of(request), "at": arrival_of(request)}
        formset.save(commit=False)
        for part in formset.deleted_objects:
            actions.remove_part(part, **who)
        for part, changed in formset.changed_objects:
            if DEADLINE & set(changed):
                self._announce(request, part)
            else:
                actions.save_part(part, **who)
        for part in formset.new_objects:
            actions.save_part(part, **who)
        for row in formset.forms:
            if "cost_kinds" in row.changed_data and row.instance.pk:
                actions.set_cost_kinds(row.instance, row.cleaned_data["cost_kinds"], **who)

    def _announce(self, request: HttpRequest, side: CallAgency) -> None:
        hurried = actions.set_deadline(
            side,
            on=side.deadline_on,
            time=side.deadline_time,
            zone=side.deadline_zone,
            by=person_of(request),
            at=arrival_of(request),
        )
        if hurried:
            words = ngettext(
                "The deadline of %(agency)s is earlier now. Please warn: %(count)d record has begun.",
                "The deadline of %(agency)s is earlier now. Please warn: %(count)d records have begun.",
                hurried,
            )
            messages.warning(request, words % {"agency": side.agency, "count": hurried})

    def get_urls(self) -> list[URLPattern]:
        """Add the page that changes the host country."""
        erratum = path(
            "<int:pk>/host/<str:country>/",
            self.admin_site.admin_view(self.change_host),
            name="seminars_call_host",
        )
        return [erratum, *super().get_urls()]

    def change_host(self, request: HttpRequest, pk: int, country: str) -> HttpResponse:
        """Ask whether ``country`` is to be the only host country from now on (C1); POST makes it so."""
        call = get_object_or_404(Call.objects.prefetch_related("countries"), pk=pk)
        if country not in [row.country for row in call.countries.all()]:
            raise Http404
        if request.method == "POST":
            actions.set_host_country(call, country, by=person_of(request), at=arrival_of(request))
            messages.success(request, _("The host country has been changed."))
            return redirect("admin:seminars_call_change", pk)
        context = {"call": call, "country": country, "opts": self.opts, **self.admin_site.each_context(request)}
        return render(request, "admin/seminars/call/host.html", context)
