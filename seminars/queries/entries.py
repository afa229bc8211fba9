"""Records and rows of lists as entries that can be matched, and as the facts a page shows beside each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from seminars.models import ListedApplication, Participant, Proposal
from seminars.queries.comparison import written
from seminars.queries.dossiers import listed_people
from seminars.queries.listed import dates
from seminars.rules.entries import Entry, Person, is_named

RECORD, ROW = "record", "row"
Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What one application says, in words: lines for each fact, coordinators by the country code of their side."""

    titles: Lines
    people: Mapping[str, Lines]
    dates: Lines
    venue: Lines
    number: Lines
    track: Lines


FACTS: tuple[tuple[str, str | Promise], ...] = (
    ("titles", _("Title")),
    ("dates", _("Dates")),
    ("venue", _("Venue")),
    ("number", _("Application number")),
    ("track", _("JSPS track")),
)


def side_by_side(mine: Told, theirs: Told, sides: Iterable[Any]) -> list[tuple[str | Promise, Lines, Lines]]:
    """Return the facts of two applications as (label, lines of one, lines of the other), coordinators by side."""
    people = [
        (
            _("Coordinator for %(agency)s") % {"agency": side.agency.acronym},
            mine.people.get(side.agency.country, ()),
            theirs.people.get(side.agency.country, ()),
        )
        for side in sides
    ]
    title, *rest = [(label, getattr(mine, name), getattr(theirs, name)) for name, label in FACTS]
    return [row for row in (title, *people, *rest) if row[1] or row[2]]


def key_of(half: Proposal | ListedApplication) -> tuple[str, int]:
    """Return what tells an application apart from all others on the page: its kind and its id."""
    return (RECORD if isinstance(half, Proposal) else ROW), half.pk


def _named(person: Participant) -> Person:
    laboratory = person.laboratory
    return Person(
        family=person.family_name,
        given=person.given_name,
        family_kanji=person.family_name_kanji,
        given_kanji=person.given_name_kanji,
        kana=person.kana_name,
        emails=frozenset({person.email.lower()} - {""}),
        orcid=person.orcid,
        institution=laboratory.institution if laboratory else "",
        laboratory=f"{laboratory.name} {laboratory.unit}".strip() if laboratory else "",
    )


def _with_account(person: Person, account: Any) -> Person:
    """Return the own coordinator with what the account adds where the record says nothing."""
    return Person(
        family=person.family or account.family_name,
        given=person.given or account.given_name,
        family_kanji=person.family_kanji or account.family_name_kanji,
        given_kanji=person.given_kanji or account.given_name_kanji,
        kana=person.kana or account.kana_name,
        emails=person.emails | {account.email.lower()},
        orcid=person.orcid or account.orcid,
        institution=person.institution or account.institution,
        laboratory=person.laboratory,
    )


def record_entry(record: Any) -> Entry:
    """Return a record as an entry; it has its coordinators' rows as ``named``."""
    people = {person.side: _named(person) for person in record.named}
    own = record.side.agency.country
    people[own] = _with_account(people.get(own, Person()), record.coordinator)
    titles = (record.title_en, record.title_fr, record.title_ja)
    return Entry(key_of(record), people, titles, record.start_on, record.end_on)


def row_entry(row: ListedApplication, opposite: str) -> Entry:
    """Return a row as an entry; ``opposite`` is the country code of the other side, whose coordinator it names."""
    own, partner = listed_people(row)
    people = {row.side.agency.country: own, **({opposite: partner} if is_named(partner) else {})}
    return Entry(key_of(row), people, (row.title_en, row.title_original, row.title_ja), row.start_on, row.end_on)


def _lines(person: Person) -> Lines:
    latin = f"{person.given} {person.family.upper()}".strip()
    kanji = f"{person.family_kanji} {person.given_kanji}".strip()
    place = " · ".join(filter(None, (person.laboratory, person.institution)))
    kana = f"{kanji} {person.kana}".strip()
    return tuple(filter(None, (latin, kana, place, *sorted(person.emails), person.orcid)))


def told(half: Any, entry: Entry) -> Told:
    """Return what an application says in words; ``entry`` is the same one as an entry."""
    is_record = isinstance(half, Proposal)
    city, country = half.venue_city, written_country(half)
    number = half.application_number or (f"#{half.pk}" if is_record else "")
    return Told(
        titles=tuple(dict.fromkeys(filter(None, entry.titles))),
        people={side: _lines(person) for side, person in entry.people.items()},
        dates=written(half, "dates") if is_record else dates(half),
        venue=(", ".join(filter(None, (city, country))),) if city or country else (),
        number=(number,) if number else (),
        track=(str(half.get_track_display()),) if half.track else (),
    )


def written_country(half: Any) -> str:
    """Return the host country that an application names, in words; "" for none."""
    return "".join(written(half, "venue_country"))
