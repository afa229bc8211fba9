"""Which pairs tell blocking facts differently, judged by the rules without reading the records whole."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.db.models import FilteredRelation, Q

from seminars.choices import CONFIRMED, ParticipantRole, ProposalState
from seminars.models.proposal import ProposalQuerySet
from seminars.rules.dossier import Dossier, ParticipantFacts, SharedFacts
from seminars.rules.pair import differences


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

    A pair of which only one record is given, or one was withdrawn, is not compared.
    """
    coordinators = FilteredRelation("participants", condition=Q(participants__role=ParticipantRole.COORDINATOR))
    rows = (
        records.filter(seminar__state__in=CONFIRMED)
        .annotate(named=coordinators)
        .order_by("seminar_id", "pk", "named__side")
        .values_list(*COLUMNS, *(f"named__{name}" for name in _Row._fields[len(COLUMNS) :]))
    )
    found = set()
    for seminar_id, of_pair in groupby(map(_Row._make, rows), key=lambda row: row.seminar_id):
        halves = [list(of_record) for _, of_record in groupby(of_pair, key=lambda row: row.proposal_id)]
        if len(halves) == 2 and _is_mismatching(*halves):
            found.add(seminar_id)
    return found


def _is_mismatching(first: Sequence[_Row], second: Sequence[_Row]) -> bool:
    if ProposalState.WITHDRAWN in (first[0].state, second[0].state):
        return False
    if [row[COMPARED] for row in first] == [row[COMPARED] for row in second]:
        # What two records say letter by letter alike need not be judged.
        return False
    return any(difference.blocking for difference in differences(_dossier(first), _dossier(second)))


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
