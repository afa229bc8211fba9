"""The person who signs in."""

from collections.abc import Iterable
from typing import Any, ClassVar, Protocol

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.modelfields import PhoneNumberField

from accounts import fields
from accounts.choices import TIME_ZONES, Gender, Language, Role
from accounts.models.person import PersonName


class ActsForAgencies(Protocol):
    """Whoever sees what the officers of some agencies see: a person, or a system with a token."""

    @property
    def officer_agencies(self) -> tuple[int, ...]:
        """The ids of the agencies."""


class UserManager(BaseUserManager["User"]):
    """Creates users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **values: Any) -> "User":
        """Create and return a user; the address is stored in small letters."""
        user = self.model(email=email.lower(), **values)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **values: Any) -> "User":
        """Create and return an administrator."""
        return self.create_user(email, password, is_staff=True, **values)

    def officers_of(self, agencies: Iterable[int] | models.QuerySet[Any]) -> models.QuerySet["User"]:
        """Return the officers of agencies (their ids, or a subquery) who may sign in, each once, in a fixed order."""
        acting = self.filter(memberships__role=Role.OFFICER, memberships__agency__in=agencies, is_active=True)
        return acting.order_by("pk").distinct()

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with exactly this address (``iexact`` once matched ``mıke`` with ``mike``)."""
        return self.get(email=(username or "").lower())


class User(PersonName, AbstractBaseUser):
    """A person with an account. What they may do comes from their memberships, never from this record."""

    email = models.EmailField(_("E-mail address"), unique=True, max_length=254, validators=[fields.refuse_beyond_ascii])
    title = fields.LineField(pgettext_lazy("person", "Title"), max_length=20, blank=True)
    position = fields.LineField(_("Position"), max_length=120, blank=True)
    institution = fields.LineField(_("Institution"), max_length=200, blank=True)
    department = fields.LineField(_("Department"), max_length=200, blank=True)
    laboratory = fields.LineField(_("Laboratory"), max_length=200, blank=True)
    orcid = fields.OrcidField(_("ORCID iD"), max_length=60, blank=True, validators=[fields.validate_orcid])
    phone = PhoneNumberField(_("Telephone"), blank=True)
    gender = models.CharField(_("Gender"), max_length=5, choices=Gender, blank=True)
    language = models.CharField(_("Language"), max_length=2, choices=Language, default=Language.ENGLISH)
    time_zone = models.CharField(
        _("Time zone"), max_length=40, choices=[(zone, zone) for zone in TIME_ZONES], default="Europe/Paris"
    )
    is_active = models.BooleanField(_("May sign in"), default=True)
    is_staff = models.BooleanField(_("Administrator"), default=False)
    joined_at = models.DateTimeField(_("Joined"), default=timezone.now, editable=False)

    USERNAME_FIELD: ClassVar[str] = "email"
    EMAIL_FIELD: ClassVar[str] = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_in_small_letters"),
            models.CheckConstraint(condition=models.Q(gender__in=["", *Gender.values]), name="user_gender_known"),
            models.CheckConstraint(condition=models.Q(language__in=Language.values), name="user_language_known"),
            models.CheckConstraint(condition=models.Q(time_zone__in=TIME_ZONES), name="user_time_zone_known"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.email

    def clean(self) -> None:
        """Put the address into small letters, as every other door does."""
        super().clean()
        self.email = self.email.lower()

    def has_perm(self, permission: str, record: Any = None) -> bool:
        """Say whether Django admin lets the person do something: administrators may do what its pages offer."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        """Say whether Django admin shows the person an app."""
        return self.is_active and self.is_staff

    @cached_property
    def agency_roles(self) -> dict[int, frozenset[str]]:
        """The person's roles by agency id; one query, kept for the request."""
        roles: dict[int, set[str]] = {}
        for agency_id, role in self.memberships.values_list("agency_id", "role"):
            roles.setdefault(agency_id, set()).add(role)
        return {agency_id: frozenset(names) for agency_id, names in roles.items()}

    @property
    def officer_agencies(self) -> tuple[int, ...]:
        """The ids of the agencies this person is an officer of."""
        return tuple(agency_id for agency_id, roles in self.agency_roles.items() if Role.OFFICER in roles)

    @property
    def panel_agencies(self) -> tuple[int, ...]:
        """The ids of the agencies on whose panels this person acts: as an officer, or as a chair."""
        acting = {Role.OFFICER.value, Role.CHAIR.value}
        return tuple(agency_id for agency_id, roles in self.agency_roles.items() if roles & acting)

    @property
    def is_officer(self) -> bool:
        """Whether the person is an officer of any agency."""
        return bool(self.officer_agencies)

    @property
    def needs_second_factor(self) -> bool:
        """Whether a second factor is required: of everyone who acts for an agency, and of administrators."""
        return self.is_staff or bool(self.agency_roles)
