"""The files of a confirmed seminar: its list of participants, and its days for a calendar."""

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts import formats
from reviews.queries.practical import Page
from seminars.exports.calendar import days_event, new_calendar, put
from seminars.exports.workbook import Sheet
from seminars.models import Participant


def people_sheet(page: Page) -> Sheet:
    """Return who takes part, one a row, as visas and badges need it: names in the letters of passports, and kanji."""
    headings = [
        *(_("Side"), _("Role"), pgettext("person", "Title")),
        *(_("Family name"), _("Given name"), _("Family name in kanji"), _("Given name in kanji")),
        *(_("Family name in katakana"), _("Given name in katakana"), _("Position"), _("Laboratory"), _("Institution")),
        *(_("City"), _("Country of work"), _("E-mail address"), _("First day"), _("Last day")),
    ]
    agencies = {record.side.agency.country: record.side.agency.acronym for record in page.records}
    language = (get_language() or "en")[:2]
    return Sheet(
        pgettext("people", "Participants"), headings, [_row(page, person, agencies, language) for person in page.people]
    )


def _row(page: Page, person: Participant, agencies: dict[str, str], language: str) -> list:
    laboratory = person.laboratory
    side = agencies.get(person.side) or (formats.country(person.side, language) if person.side else "")
    return [
        *(side, str(person.get_role_display()), person.title),
        *(person.family_name.upper(), person.given_name, person.family_name_kanji, person.given_name_kanji),
        *(person.family_name_kana, person.given_name_kana, person.position),
        *((str(laboratory), laboratory.institution, laboratory.city) if laboratory else ("", "", "")),
        formats.country(person.country_of_work, language) if person.country_of_work else "",
        *(person.email, *page.span),
    ]


def seminar_calendar(page: Page, address: str) -> bytes:
    """Return the days of a seminar as a calendar of one event that leads to ``address``, its practical page."""
    start_on, end_on = page.span
    calendar = new_calendar(page.title)
    if start_on and end_on:
        facts, place = page.facts, page.practical.address.splitlines()
        event = days_event(f"seminar-{page.seminar.pk}", page.title, start_on, end_on, address)
        country = formats.country(facts.venue_country, (get_language() or "en")[:2]) if facts.venue_country else ""
        parts = (facts.venue_name, *(place or [facts.venue_city]), country)
        event.add("location", ", ".join(filter(None, parts)))
        put(calendar, event, address, page.changed_at)
    return calendar.to_ical()
