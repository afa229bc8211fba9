"""Which pairs tell blocking facts differently, judged by the rules without reading the records whole."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.db.models import FilteredRelation, Q

from seminars.choices import CONFIRMED, ParticipantRole, ProposalState
from seminars.models import ListedApplication
from seminars.models.proposal_queries import ProposalQuerySet
from seminars.queries.dossiers import facts_of_row
from seminars.rules import listed_half
from seminars.rules.dossier import Dossier, ParticipantFacts, SharedFacts
from seminars.rules.pair import BLOCKING, differences


class _Row(NamedTuple):
    """One coordinator whom one record names; nothing of the person where it names nobody."""

    seminar_id: int
    proposal_id: int
    state: str
    country: str
    start_on: date | None
    end_on: date | None
    venue_country: str
    side: str | None
    email: str | None
    orcid: str | None
    given_name: str | None
    family_name: str | None
    family_name_kanji: str | None
    given_name_kanji: str | None


COLUMNS = ("seminar_id", "pk", "state", "side__agency__country", "start_on", "end_on", "venue_country")
COMPARED = slice(_Row._fields.index("start_on"), len(_Row._fields))


def mismatching_pairs(records: ProposalQuerySet) -> set[int]:
    """Return the ids of the confirmed pairs among ``records`` with a blocking difference, in one query.

    A pair of which only one record is given is compared with the row that is its other half, by one query more; else
    it is not compared, nor is one of which a record was withdrawn.
    """
    coordinators = FilteredRelation("participants", condition=Q(participants__role=ParticipantRole.COORDINATOR))
    rows = (
        records.filter(seminar__state__in=CONFIRMED)
        .annotate(named=coordinators)
        .order_by("seminar_id", "pk", "named__side")
        .values_list(*COLUMNS, *(f"named__{name}" for name in _Row._fields[len(COLUMNS) :]))
    )
    found = set()
    alone: dict[int, Sequence[_Row]] = {}
    for seminar_id, of_pair in groupby(map(_Row._make, rows), key=lambda row: row.seminar_id):
        halves = [list(of_record) for _, of_record in groupby(of_pair, key=lambda row: row.proposal_id)]
        if len(halves) == 2 and _is_mismatching(*halves):
            found.add(seminar_id)
        elif len(halves) == 1:
            alone[seminar_id] = halves[0]
    return found | set(_mismatching_rows(alone))


def _mismatching_rows(alone: Mapping[int, Sequence[_Row]]) -> Iterator[int]:
    """Yield the pairs whose other half is a row of a list that contradicts the record."""
    rows = ListedApplication.objects.filter(seminar__in=alone).select_related("side__agency")
    found = {row.seminar_id: row for row in rows.defer("received", "earlier")} if alone else {}
    for seminar_id, record in alone.items():
        row = found.get(seminar_id)
        if row is None:
            continue
        facts = facts_of_row(row, record[0].country)
        if record[0].state != ProposalState.WITHDRAWN and any(
            difference.blocking for difference in listed_half.differences(_dossier(record), facts)
        ):
            yield seminar_id


def _is_mismatching(first: Sequence[_Row], second: Sequence[_Row]) -> bool:
    if ProposalState.WITHDRAWN in (first[0].state, second[0].state):
        return False
    if [row[COMPARED] for row in first] == [row[COMPARED] for row in second]:
        # What two records say letter by letter alike need not be judged.
        return False
    return any(difference.blocking for difference in differences(_dossier(first), _dossier(second), BLOCKING))


def _person(row: _Row) -> ParticipantFacts:
    latin = f"{row.given_name} {row.family_name}".strip()
    kanji = f"{row.family_name_kanji} {row.given_name_kanji}".strip()
    return ParticipantFacts(
        id=0,
        name=latin or kanji,
        email=row.email or "",
        orcid=row.orcid or "",
        side=row.side or "",
        role=ParticipantRole.COORDINATOR,
        laboratory=None,
        country_of_work="",
        career_stage="",
        statutory=False,
        young=False,
        talk_title="",
        kanji_name=kanji,
        kana_name="",
        position="",
    )


def _dossier(record: Sequence[_Row]) -> Dossier:
    """Return a record with nothing but what may block: what is left empty on both sides never differs."""
    said = record[0]
    return Dossier(
        side=said.country,
        shared=SharedFacts(
            title_en="",
            title_fr="",
            title_ja="",
            abstract_en="",
            keywords=(),
            theme="",
            theme_admitted=False,
            areas=(),
            start_on=said.start_on,
            end_on=said.end_on,
            venue_name="",
            venue_city="",
            venue_country=said.venue_country,
            sessions=(),
        ),
        narrative={},
        participants=tuple(_person(row) for row in record if row.side is not None),
        lines=(),
        attachment_sizes=(),
        track="",
        application_number="",
        institution_officer_email="",
        director_name="",
        director_agrees=False,
        declarations={},
        pair_confirmed=True,
        partner_side="",
    )
