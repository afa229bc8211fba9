"""Which pairs tell blocking facts differently, judged by the rules without reading the records whole."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.db.models import FilteredRelation, Q

from seminars.choices import ParticipantRole, ProposalState, SeminarState
from seminars.models import Call, Proposal
from seminars.rules.dossier import Dossier, ParticipantFacts, SharedFacts
from seminars.rules.pair import differences

COMPARED = ("start_on", "end_on", "venue_country")
NAMED = ("side", "email", "orcid", "given_name", "family_name", "family_name_kanji", "given_name_kanji")
Row = dict[str, Any]


def mismatching_pairs(calls: Iterable[Call]) -> set[int]:
    """Return the ids of the confirmed pairs with a blocking difference, in one query.

    A pair whose record was withdrawn is void and not compared.
    """
    rows = (
        Proposal.objects.filter(side__call__in=list(calls), seminar__state=SeminarState.PAIRED)
        .annotate(named=FilteredRelation("participants", condition=Q(participants__role=ParticipantRole.COORDINATOR)))
        .order_by("seminar_id", "pk", "named__side")
        .values("seminar_id", "pk", "state", "side__agency__country", *COMPARED, *(f"named__{name}" for name in NAMED))
    )
    return {
        seminar_id
        for seminar_id, of_pair in groupby(rows, key=lambda row: row["seminar_id"])
        if _is_mismatching([list(of_record) for _, of_record in groupby(of_pair, key=lambda row: row["pk"])])
    }


def _is_mismatching(pair: list[list[Row]]) -> bool:
    if len(pair) != 2 or any(record[0]["state"] == ProposalState.WITHDRAWN for record in pair):
        return False
    first, second = pair
    return _facts(first) != _facts(second) and _differ(first, second)


def _facts(record: list[Row]) -> list[Any]:
    """Return what is compared as it stands: two records that say it letter by letter alike need no judging."""
    return [
        *(record[0][name] for name in COMPARED),
        *sorted(tuple(row[f"named__{name}"] or "" for name in NAMED) for row in record),
    ]


def _differ(first: list[Row], second: list[Row]) -> bool:
    return any(difference.blocking for difference in differences(_dossier(first), _dossier(second)))


def _people(record: list[Row]) -> Iterator[ParticipantFacts]:
    for row in record:
        if row["named__side"] is not None:
            latin = f"{row['named__given_name']} {row['named__family_name']}".strip()
            kanji = f"{row['named__family_name_kanji']} {row['named__given_name_kanji']}".strip()
            yield ParticipantFacts(
                id=0,
                name=latin or kanji,
                email=row["named__email"],
                orcid=row["named__orcid"],
                side=row["named__side"],
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


def _dossier(record: list[Row]) -> Dossier:
    """Return a record with nothing but what may block: what is left empty on both sides never differs."""
    said = record[0]
    return Dossier(
        side=said["side__agency__country"],
        shared=SharedFacts(
            title_en="",
            title_fr="",
            title_ja="",
            abstract_en="",
            keywords=(),
            theme="",
            theme_admitted=False,
            areas=(),
            start_on=said["start_on"],
            end_on=said["end_on"],
            venue_name="",
            venue_city="",
            venue_country=said["venue_country"],
            sessions=(),
        ),
        narrative={},
        participants=tuple(_people(record)),
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
