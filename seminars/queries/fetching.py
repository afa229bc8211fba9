"""What a line of the officers' list is made of: fetched in a fixed number of queries, and only what is asked for."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, DecimalField, F, IntegerField, OuterRef, Prefetch, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from seminars.choices import ParticipantRole
from seminars.models import BudgetLine, Participant, Proposal, Submission
from seminars.models.proposal_queries import ProposalQuerySet

MONEY = DecimalField(max_digits=20, decimal_places=2)
ROW = ("amount", "institution", "filed", "partner")
"""What a line of the list needs by itself."""

AMOUNT = Coalesce(
    Subquery(
        BudgetLine.objects.filter(proposal=OuterRef("pk"))
        .order_by()
        .values("proposal")
        .values(total=Sum(F("quantity") * F("unit_cost"), output_field=MONEY))
    ),
    Value(0),
    output_field=MONEY,
)
"""The sum of a record's budget lines, as an annotation."""


def _coordinators(column: str) -> Subquery:
    """Return a column of the own coordinator as the record names that person."""
    return Subquery(
        Participant.objects.filter(
            proposal=OuterRef("pk"), role=ParticipantRole.COORDINATOR, side=OuterRef("side__agency__country")
        ).values(column)[:1]
    )


def _people(**narrowed: Any) -> Coalesce:
    """Return how many people a record names."""
    people = Participant.objects.filter(proposal=OuterRef("pk"), **narrowed).order_by()
    counted = people.values("proposal").values(number=Count("pk"))
    return Coalesce(Subquery(counted), Value(0), output_field=IntegerField())


INSTITUTION = _coordinators("laboratory__institution")
"""The institution of the own coordinator's laboratory, as an annotation."""

SUBMITTED = Subquery(Submission.objects.in_force().filter(proposal=OuterRef("pk")).values("counted_at")[:1])
"""When the submission in force counts from, as an annotation."""

ANNOTATIONS: Mapping[str, Any] = {
    "amount": AMOUNT,
    "institution": INSTITUTION,
    "city": _coordinators("laboratory__city"),
    "country": _coordinators("laboratory__country"),
    "people": _people(),
    "young": _people(young=True),
    "statutory": _people(statutory=True),
}
"""What a line may need besides the record's own columns, computed with the record, in the same query."""

NAMES = ("email", "family_name", "given_name", "family_name_kanji", "given_name_kanji", "institution")
KANA = ("coordinator__family_name_kana", "coordinator__given_name_kana")
SHOWN = (
    "state",
    "side",
    "track",
    "admitted_until",
    "coordinator",
    "seminar",
    *(f"coordinator__{name}" for name in NAMES),
)
"""The columns that a line of the list shows of each half; what else it shows is the own half's."""
LISTED = tuple(
    f"seminar__listed__{name}"
    for name in ("track", "family_name", "given_name", "family_name_kanji", "given_name_kanji", "application_number")
)
"""The columns that it shows of a half that is a row of the other agency's list."""
OWN = (
    *("title_en", "title_fr", "title_ja", "keywords"),
    *("start_on", "end_on", "venue_name", "venue_city", "venue_country"),
    *("application_number", "admission_reason", "created_at", "changed_at"),
)


def with_row(records: ProposalQuerySet, needs: Collection[str] = ROW) -> ProposalQuerySet:
    """Fetch what a line of the list shows, and nothing else, in a fixed number of queries; the side is left out.

    ``needs`` names annotations, and: ``filed``, the submission in force; ``areas`` and ``theme``; ``kana``. Only what
    is named is fetched; what needs ``partner`` takes ``fetch_partners`` besides.
    """
    rows = records.select_related("coordinator", "seminar").annotate(
        **{name: expression for name, expression in ANNOTATIONS.items() if name in needs}
    )
    columns = [*SHOWN, *OWN, "seminar__call", "seminar__state", "seminar__matched_by"]
    columns += KANA if "kana" in needs else ()
    if "theme" in needs:
        rows, columns = rows.select_related("theme"), [*columns, "theme"]
    if "filed" in needs:
        in_force = Submission.objects.in_force().only("proposal", "number", "counted_at")
        rows = rows.prefetch_related(Prefetch("submissions", in_force, to_attr="filed"))
    if "areas" in needs:
        rows = rows.prefetch_related("areas")
    return rows.only(*columns)


def fetch_partners(rows: Collection[Any]) -> list[Any]:
    """Fetch the other record of each confirmed pair, and return those that are no rows themselves; one query."""
    halves: dict[int | None, list[Any]] = {}
    for row in rows:
        if row.seminar and row.seminar.is_confirmed:
            halves.setdefault(row.seminar_id, []).append(row)
    others = Proposal.objects.filter(seminar__in=halves).exclude(pk__in=[row.pk for row in rows])
    partners = list(others.select_related("coordinator").only(*SHOWN))
    for partner in partners:
        partner.seminar = halves[partner.seminar_id][0].seminar
        halves[partner.seminar_id].append(partner)
    for pair in halves.values():
        for row in pair:
            row.other_half = next((other for other in pair if other is not row), None)
    return partners


def partner_in_row(record: Any) -> Any:
    """Return the other record of a confirmed pair, from a record fetched ``with_row`` and its partner; or nothing."""
    return getattr(record, "other_half", None)
