"""Administration of accounts: changes go through the same actions, what happened is read only."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.actions import factors, people, roles
from accounts.actions.history import record
from accounts.http import arrival_of, person_of
from accounts.models import Agency, HistoryEntry, Membership, Message, User, Vital


class ReadOnly(admin.ModelAdmin):
    """Rows to look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse."""
        return False


class MembershipInline(admin.TabularInline):
    """A person's roles, to look at: they are given and taken on their own page."""

    model = Membership
    fk_name = "user"
    fields = readonly_fields = ["agency", "role", "given_at", "given_by"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse."""
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People. Their address is theirs to change; a password is set by the person through a reset."""

    list_display = [
        "email",
        "in_latin",
        "in_kanji",
        "institution",
        "language",
        "is_staff",
        "is_active",
        "joined_at",
    ]
    list_filter = ["is_staff", "is_active", "language", "memberships__agency", "memberships__role"]
    search_fields = ["email", "family_name", "given_name", "family_name_kanji", "family_name_kana", "institution"]
    ordering = ["email"]
    inlines = [MembershipInline]
    readonly_fields = ["last_login", "joined_at", "erasing"]
    fieldsets = [
        (None, {"fields": ["email", "language", "time_zone", "is_active", "last_login", "joined_at", "erasing"]}),
        (
            _("Name"),
            {
                "fields": [
                    ("title", "family_name", "given_name"),
                    ("family_name_kanji", "given_name_kanji"),
                    ("family_name_kana", "given_name_kana"),
                ]
            },
        ),
        (_("Work"), {"fields": ["position", "institution", "department", "laboratory", "orcid", "phone"]}),
        (_("Rights"), {"fields": ["is_staff"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Leave the address to its owner, and one's own rights to another administrator."""
        own = ["is_active", "is_staff"] if obj == request.user else []
        return [*self.readonly_fields, *(["email"] if obj else []), *own]

    @admin.display(description=_("Name"), ordering="family_name")
    def in_latin(self, user: User) -> str:
        """Write the name in Latin letters."""
        return user.latin_name

    @admin.display(description=_("Name in kanji"), ordering="family_name_kanji")
    def in_kanji(self, user: User) -> str:
        """Write the name in kanji."""
        return user.kanji_name

    @admin.display(description=_("Personal data"))
    def erasing(self, user: User) -> str:
        """Lead to the page that says what erasing the person does; there is nothing to erase before it is saved."""
        if user._state.adding:
            return "–"
        return format_html('<a href="{}">{}</a>', reverse("erase_person", args=[user.pk]), _("Erase this person…"))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: somebody who leaves may no longer sign in, and stays in the history."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        """Save through the action that keeps the history."""
        values = {name: form.cleaned_data[name] for name in form.changed_data}
        if change:
            people.change_person(User.objects.get(pk=obj.pk), values, by=person_of(request), at=arrival_of(request))
            return
        obj.set_unusable_password()
        obj.save()
        record(obj, "created", by=person_of(request), at=arrival_of(request), after={"email": obj.email})


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):
    """The funders."""

    list_display = ["acronym", "name_en", "country", "time_zone", "accent", "contact_email"]

    def save_model(self, request: HttpRequest, obj: Agency, form: ModelForm, change: bool) -> None:
        """Save, and keep what changed in the history."""
        before = {name: str(form.initial.get(name, "")) for name in form.changed_data} if change else {}
        obj.save()
        after = {name: str(form.cleaned_data[name]) for name in form.changed_data}
        record(
            obj,
            "changed" if change else "created",
            by=person_of(request),
            at=arrival_of(request),
            before=before,
            after=after,
        )

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: calls and people refer to agencies."""
        return False


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Who acts for which agency. A role is given or taken, never edited, so that the history stays plain."""

    list_display = ["user", "agency", "role", "given_at", "given_by"]
    list_filter = ["agency", "role"]
    search_fields = ["user__email", "user__family_name", "user__given_name", "user__family_name_kanji"]
    autocomplete_fields = ["user"]
    fields = ["user", "agency", "role"]
    list_select_related = ["user", "agency", "given_by"]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let the list be seen and the rows deleted; an existing row cannot be edited."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        """Leave one's own roles to another administrator (SAFETY 13)."""
        own = obj is not None and obj.user_id == person_of(request).pk
        return not own and super().has_delete_permission(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Offer everybody but oneself."""
        if db_field.name == "user":
            options["queryset"] = User.objects.exclude(pk=person_of(request).pk)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def save_model(self, request: HttpRequest, obj: Membership, form: ModelForm, change: bool) -> None:
        """Give the role."""
        given = roles.give_role(obj.user, obj.agency, obj.role, by=person_of(request), at=arrival_of(request))
        obj.pk = given.pk

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        """Take the role."""
        roles.take_role(obj, by=person_of(request), at=arrival_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Take each of the roles, one's own left out."""
        for membership in queryset.exclude(user=person_of(request)):
            roles.take_role(membership, by=person_of(request), at=arrival_of(request))


@admin.register(Message)
class MessageAdmin(ReadOnly):
    """Mail and how it fares. Its text is not shown: it may hold somebody's personal link."""

    list_display = ["queued_at", "kind", "address", "subject", "state", "due_at", "sent_at", "attempts"]
    list_filter = ["state", "kind", "language"]
    search_fields = ["address", "subject", "about"]
    exclude = ["text", "html", "key", "unsubscribe_url"]
    date_hierarchy = "queued_at"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out what evaluations write to people: administrators see none of it (SAFETY 2)."""
        return super().get_queryset(request).open_to_administrators()


@admin.register(Vital)
class VitalAdmin(ReadOnly):
    """Signs of life of workers, beat, the mail server and the scanner of attachments."""

    list_display = ["name", "seen_at", "failures", "failing_since", "error"]


@admin.register(HistoryEntry)
class HistoryEntryAdmin(ReadOnly):
    """Who did what, when, before and after."""

    list_display = ["at", "actor", "actor_label", "verb", "subject_kind", "subject_id", "reason"]
    list_filter = ["verb", "subject_kind"]
    search_fields = ["actor__email", "actor_label", "reason", "=subject_id"]
    date_hierarchy = "at"
    list_select_related = ["actor"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out what happens within evaluations: administrators see none of it (SAFETY 2)."""
        return super().get_queryset(request).open_to_administrators()


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnly):
    """Second factors, without their secrets. Taking one away lets somebody who lost it set up another."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    search_fields = ["user__email"]
    fields = ["user", "type", "created_at", "last_used_at"]
    list_select_related = ["user"]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allow what the administrator's rights allow."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        """Take the factor away."""
        factors.take_factor(obj, by=person_of(request), at=arrival_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Take each of the factors away."""
        for factor in queryset:
            self.delete_model(request, factor)
