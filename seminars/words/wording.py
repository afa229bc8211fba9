"""The words for what the rules find, and where it is mended: one wording for forms, lists, officers and mails."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from babel.lists import format_list
from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts import formats
from seminars.choices import CostKind, Section
from seminars.models import Proposal
from seminars.rules.contacts import Marks
from seminars.rules.dossier import Violation

Words = str | Promise

FIELD_LABELS: Mapping[str, Words] = {
    "own": _("Coordinator"),
    "own-family_name": _("Coordinator's name"),
    "own-email": _("Coordinator's e-mail address"),
    "own-laboratory": _("Coordinator's laboratory"),
    "own-position": _("Coordinator's position"),
    "own-family_name_kanji": _("Coordinator's name in kanji"),
    "own-family_name_kana": _("Coordinator's name in katakana"),
    "partner": _("Partner"),
    "partner-email": _("Partner's e-mail address"),
    "partner-laboratory": _("Partner's laboratory"),
    "coordinators": _("Who the coordinators are"),
    "sessions": _("Seminar programme"),
    "laboratories": _("Laboratories"),
    "total": _("Total"),
}

ROWS = ("participant-", "session-", "line-")
BLOCKS = {"areas": "div_id_areas", "own": "id_own-family_name", "partner": "id_partner-family_name"}
LISTS = ("sessions", "laboratories", "total")
AT_PAIRING = ("no_partner", "pair_unconfirmed", "difference", "listed_track")


def contact_marks() -> Marks:
    """Return the words that stand where reviewers would read an address or a number, in the active language."""
    return Marks(email=gettext("[e-mail address left out]"), phone=gettext("[telephone number left out]"))


def field_label(field: str) -> str:
    """Return what people call a field of a record, in the active language; "" for a row, whose words name it."""
    if field in FIELD_LABELS:
        return str(FIELD_LABELS[field])
    if not field or field.startswith(ROWS):
        return ""
    described: models.Field[Any, Any] = Proposal._meta.get_field(field)  # type: ignore[assignment]
    return str(described.verbose_name)


def section_label(section: str) -> str:
    """Return the name of a section in the active language."""
    return str(Section(section).label)


def section_url(proposal: Proposal, violation: Violation) -> str:
    """Return the address at which a violation is mended: the section's page at the field, or the partner's page."""
    if violation.code in AT_PAIRING:
        return reverse("pairing", kwargs={"pk": proposal.pk})
    page = reverse("section", kwargs={"pk": proposal.pk, "section": violation.section})
    return f"{page}#{place}" if (place := anchor(violation.field)) else page


def anchor(field: str) -> str:
    """Return the id that a page gives a field, or a row such as ``participant-12``; "" for none."""
    if not field or field in LISTS or field.startswith(ROWS):
        return field
    return BLOCKS.get(field, f"id_{field}")


def words(violation: Violation) -> str:
    """Return what is missing or wrong as one sentence in the active language."""
    say = SENTENCES[violation.code]
    values = {name: _written(name, value, violation) for name, value in violation.params.items()}
    values["field"] = field_label(violation.field)
    return (say(violation.params) if callable(say) else str(say)) % values


def _written(name: str, value: Any, violation: Violation) -> Any:
    language = (get_language() or "en")[:2]
    match value:
        case date():
            return formats.day(value, language)
        case Decimal():
            return formats.money(value, str(violation.params["currency"]), language)
        case tuple():
            names = [formats.country(code, language) for code in value]
            return format_list(names, style="or" if violation.code == "host_country" else "standard", locale=language)
    if name == "country":
        return formats.country(value, language)
    if name == "kind":
        return CostKind(value).label if value in CostKind.values else value
    if name == "fact":
        return field_label(value)
    return value


def _days(params: Mapping[str, Any]) -> str:
    if params["minimum"] == params["maximum"]:
        return ngettext(
            "The seminar must last %(maximum)s day; these dates make %(days)s.",
            "The seminar must last %(maximum)s days; these dates make %(days)s.",
            params["maximum"],
        )
    return gettext("The seminar must last %(minimum)s to %(maximum)s days; these dates make %(days)s.")


def _too_short(params: Mapping[str, Any]) -> str:
    return ngettext(
        "%(field)s: at least %(minimum)s characters are needed; there is %(length)s.",
        "%(field)s: at least %(minimum)s characters are needed; there are %(length)s.",
        params["length"],
    )


def _keywords(params: Mapping[str, Any]) -> str:
    return ngettext(
        "Give %(minimum)s to %(maximum)s keywords; there is %(count)s.",
        "Give %(minimum)s to %(maximum)s keywords; there are %(count)s.",
        params["count"],
    )


def _attachments(params: Mapping[str, Any]) -> str:
    return ngettext(
        "There are %(count)s attachments; %(maximum)s is allowed.",
        "There are %(count)s attachments; %(maximum)s are allowed.",
        params["maximum"],
    )


def _laboratories(params: Mapping[str, Any]) -> str:
    return ngettext(
        "At least %(total)s laboratory is required, one in each country (%(countries)s).",
        "At least %(total)s laboratories are required, one in each country (%(countries)s).",
        params["total"],
    )


def _decimals(params: Mapping[str, Any]) -> str:
    return (
        gettext("Enter whole yen.") if params["currency"] == "JPY" else gettext("Enter an amount with cents at most.")
    )


SENTENCES: Mapping[str, Words | Callable[[Mapping[str, Any]], str]] = {
    "missing": _("%(field)s: to be filled in."),
    "too_short": _too_short,
    "too_long": _("%(field)s: at most %(maximum)s characters are allowed; there are %(length)s."),
    "keywords": _keywords,
    "keyword_too_long": _("Each keyword may have at most %(maximum)s characters."),
    "theme": _("This theme is outside the call: only admitted themes can be selected."),
    "no_priority_area": _("No priority area is ticked: the seminar is eligible, without priority."),
    "host_country": _("Host country: this call's seminars take place in %(countries)s."),
    "end_before_start": _("The end date is before the start date."),
    "length": _days,
    "window": _("The seminar must take place between %(first)s and %(last)s."),
    "track": _("Applications under this JSPS track are not accepted in this call."),
    "approves_alone": _("The institution officer must be somebody other than the coordinators."),
    "attachments": _attachments,
    "attachment_size": _("An attachment is larger than allowed."),
    "declaration": _("To be declared: %(field)s"),
    "no_session": _("The programme needs at least one seminar session."),
    "session_times": _("“%(title)s” ends before it starts."),
    "session_outside": _("“%(title)s” on %(day)s is outside the dates of the seminar."),
    "session_overlap": _("“%(title)s” on %(day)s starts before the session before it has ended."),
    "coordinator_missing": _("The coordinator for %(country)s is still to be named."),
    "same_coordinator": _("The two coordinators must be two different people."),
    "coordinator_elsewhere": _("%(name)s cannot be a coordinator: there is one for each of the two sides."),
    "laboratories": _laboratories,
    "workplace": _("%(name)s must work in an Inserm laboratory, as every coordinator and speaker of this side."),
    "participant_name": _("Somebody in the list has no name yet."),
    "participant_details": _("%(name)s: give the country of work and the grade."),
    "participant_laboratory": _("%(name)s: choose the laboratory."),
    "talk_title": _("%(name)s: give the title of the talk."),
    "named_twice": _("%(name)s is in the list twice."),
    "many_participants": _(
        "%(count)s people for %(country)s: the call expects small seminars, about %(expected)s a side."
    ),
    "no_young_statutory": _(
        "No young statutory researcher takes part for %(country)s: their participation is a criterion."
    ),
    "cost_kind": _("%(kind)s: this agency does not pay this kind of cost."),
    "other_sides_person": _("%(name)s takes part for the other side: this agency pays for its own people only."),
    "unfunded_workplace": _("%(name)s does not work in an Inserm laboratory: this agency cannot pay for this person."),
    "negative": _("Quantities start at one, and amounts cannot be negative."),
    "too_large": _("This quantity or unit cost is more than a budget can hold."),
    "decimals": _decimals,
    "charged_twice": _("%(kind)s for %(name)s is in your partner's budget too: only one side may pay it."),
    "cap": _("The budget must not exceed %(cap)s; it comes to %(total)s."),
    "nothing_asked": _("Nothing is asked for: the budget is empty."),
    "no_partner": _("The application is not eligible unless your partner also applies to the other agency."),
    "listed_track": _("The partner's file is listed under another call of the other agency, which is not accepted."),
    "pair_unconfirmed": _("The pair is still to be confirmed by both coordinators."),
    "difference": _("Your partner's record says something else: %(fact)s."),
}
