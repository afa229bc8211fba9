"""A call in numbers: who, from where, on what, for how much, and how it was in earlier calls.

Every count is taken from the records that the officer oversees: of the other agency's, those paired with one's own.
People are counted in the record of their own side, so that nobody who stands in both records of a pair counts twice.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.db.models import DecimalField, F, Sum
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import formats
from accounts.choices import Gender
from seminars.breakdowns import Breakdown, Row, columns_of
from seminars.choices import ANNOUNCED, CostKind, PairingStep, ParticipantRole, Population, ProposalState
from seminars.drawings.bars import Value
from seminars.models import BudgetLine, Call, CallAgency, Participant, Proposal
from seminars.models.laboratory import folded
from seminars.queries.overview import Overview
from seminars.rules.situation import RecordSituation

MOST_ROWS = 10
"""How many institutions, regions or countries of each side are named; the rest is one row."""

FEWEST_ANSWERS = 5
"""Gender is shown once this many people have given it, so that a number is nobody's answer."""

MONEY = DecimalField(max_digits=20, decimal_places=2)
Counts = Mapping[int, Counter[str]]
"""For each side, by its id, how often each label was counted."""


@dataclass(frozen=True)
class Person:
    """What is counted of one person: flags, places, and the gender a coordinator gave."""

    side_id: int
    is_coordinator: bool
    young: bool
    statutory: bool
    country: str
    institution: str
    region: str
    gender: str


def _belongs(population: str, situation: RecordSituation) -> bool:
    if population == Population.COMPLETE:
        return situation.step == PairingStep.COMPLETE
    return population == Population.ALL or situation.state == ProposalState.SUBMITTED


def statistics(call: Call, overview: Overview, population: str) -> tuple[Breakdown, ...]:
    """Return the breakdowns of a call that ``overview`` holds, fetched with its sides and areas.

    The number of queries does not depend on the number of records.
    """
    sides = tuple(call.sides.all())
    counted = {
        pk: situation.side_id
        for pk, situation in overview.situations.items()
        if situation.call_id == call.pk and _belongs(population, situation)
    }
    people = _people(counted, {side.pk: side.agency.country for side in sides})
    return (
        _by_area(call, sides, counted),
        _table("institution", _("Institutions of the coordinators"), sides, _most(_institutions(people), sides)),
        _table(
            "region",
            _("Regions of the coordinators"),
            sides,
            _most(_places(people, "region"), sides),
            _("The regional office of the laboratory where it is given, else its city."),
        ),
        _table("country", _("Countries where participants work"), sides, _most(_countries(people), sides)),
        _shares(sides, people),
        _genders(sides, people),
        *_budgets(sides, counted),
        *_outcomes(sides, counted),
    )


def _people(counted: Mapping[int, int], countries: Mapping[int, str]) -> list[Person]:
    columns = (
        "proposal_id",
        "side",
        "role",
        "young",
        "statutory",
        "country_of_work",
        "laboratory__institution",
        "laboratory__city",
        "laboratory__regional_office",
        "proposal__coordinator__gender",
    )
    rows = Participant.objects.filter(proposal__in=counted).order_by("pk").values_list(*columns)
    return [
        Person(
            side_id=counted[proposal_id],
            is_coordinator=role == ParticipantRole.COORDINATOR,
            young=young,
            statutory=statutory,
            country=country,
            institution=institution or "",
            region=office or city or "",
            gender=gender,
        )
        for proposal_id, side, role, young, statutory, country, institution, city, office, gender in rows
        if side == countries[counted[proposal_id]]
    ]


def _count(found: Iterable[tuple[int, str]]) -> Counts:
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for side_id, label in found:
        counts[side_id][label] += 1
    return counts


def _places(people: Iterable[Person], name: str) -> Counts:
    """Count the coordinators by one of their places; spellings that differ in accents or capitals are one."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    found = [(person.side_id, getattr(person, name)) for person in people if person.is_coordinator]
    for _side, place in found:
        spellings[folded(place)][place] += 1
    usual = {key: spelled.most_common(1)[0][0] for key, spelled in spellings.items()}
    return _count((side_id, usual[folded(place)] or str(_("Not given"))) for side_id, place in found)


def _institutions(people: Iterable[Person]) -> Counts:
    return _places(people, "institution")


def _countries(people: Iterable[Person]) -> Counts:
    language = (get_language() or "en")[:2]
    named = (
        (person.side_id, formats.country(person.country, language) if person.country else str(_("Not given")))
        for person in people
    )
    return _count(named)


def _most(counts: Counts, sides: Sequence[CallAgency]) -> dict[str, tuple[int, ...]]:
    """Return the labels that each side counted most, each with its count on each side; the others are one label."""
    ranked = {
        side.pk: sorted(counts.get(side.pk, ()), key=lambda label, of=side.pk: (-counts[of][label], label))
        for side in sides
    }
    named = dict.fromkeys(label for side in sides for label in ranked[side.pk][:MOST_ROWS])
    table = {label: tuple(counts.get(side.pk, Counter())[label] for side in sides) for label in named}
    others = [[label for label in ranked[side.pk] if label not in named] for side in sides]
    sums = (sum(counts[side.pk][label] for label in labels) for side, labels in zip(sides, others, strict=True))
    return {**table, str(_("All others")): tuple(sums)}


def _table(
    key: str,
    title: str | Promise,
    sides: tuple[CallAgency, ...],
    table: Mapping[str, Sequence[int]],
    note: str | Promise = "",
) -> Breakdown:
    rows = (
        Row(label, tuple(Value(number, str(number)) for number in numbers))
        for label, numbers in table.items()
        if any(numbers)
    )
    return Breakdown(key, title, note, columns_of(sides), tuple(rows))


def _by_area(call: Call, sides: tuple[CallAgency, ...], counted: Mapping[int, int]) -> Breakdown:
    through = Proposal.areas.through.objects.filter(proposal__in=counted)
    pairs = list(through.values_list("proposal_id", "priorityarea_id"))
    counts = Counter((counted[proposal_id], area_id) for proposal_id, area_id in pairs)
    without = Counter(side_id for pk, side_id in counted.items() if pk not in {proposal_id for proposal_id, _ in pairs})
    table = {area.title: [counts[side.pk, area.pk] for side in sides] for area in call.areas.all()}
    table[str(_("No priority area"))] = [without[side.pk] for side in sides]
    return _table("area", _("Priority areas"), sides, table, _("A record may name several areas."))


def _outcomes(sides: tuple[CallAgency, ...], counted: Mapping[int, int]) -> Iterable[Breakdown]:
    """Yield how many records of each side had which outcome; nothing of a call before it is announced (R26)."""
    told = Proposal.objects.filter(pk__in=counted, seminar__state__in=ANNOUNCED)
    counts = Counter((counted[pk], state) for pk, state in told.values_list("pk", "seminar__state"))
    if counts:
        table = {str(state.label): [counts[side.pk, state] for side in sides] for state in ANNOUNCED}
        yield _table("outcome", _("Outcomes"), sides, table, _("Once announced; a seminar counts where it stands now."))


def _share(number: int, of: int) -> Value:
    language = (get_language() or "en")[:2]
    percent = formats.percent(number / of, language) if of else "–"
    return Value(number, f"{number} ({percent})", of)


def _shares(sides: tuple[CallAgency, ...], people: Sequence[Person]) -> Breakdown:
    def numbers(label: str | Promise, holds: Mapping[int, int], of: Mapping[int, int]) -> Row:
        return Row(str(label), tuple(_share(holds.get(side.pk, 0), of.get(side.pk, 0)) for side in sides))

    everybody = Counter(person.side_id for person in people)
    young = Counter(person.side_id for person in people if person.young)
    statutory = Counter(person.side_id for person in people if person.statutory)
    both = Counter(person.side_id for person in people if person.young and person.statutory)
    rows = (
        Row(str(_("All participants")), tuple(Value(everybody[s.pk], str(everybody[s.pk])) for s in sides)),
        numbers(_("Young researchers"), young, everybody),
        numbers(_("Statutory researchers (permanent)"), statutory, everybody),
        numbers(_("Young and statutory"), both, everybody),
    )
    return Breakdown(
        "shares",
        _("Young and statutory researchers"),
        _("Two questions, answered for each person."),
        columns_of(sides),
        rows,
    )


def _genders(sides: tuple[CallAgency, ...], people: Iterable[Person]) -> Breakdown:
    coordinators = [person for person in people if person.is_coordinator]
    title, said = _("Gender of the coordinators"), sum(bool(person.gender) for person in coordinators)
    if said < FEWEST_ANSWERS:
        note = _("Shown once at least %(number)s people have given it in their profile.") % {"number": FEWEST_ANSWERS}
        return Breakdown("gender", title, note, columns_of(sides), ())
    counts = Counter((person.side_id, person.gender) for person in coordinators)
    table = {str(gender.label): [counts[side.pk, gender] for side in sides] for gender in Gender}
    table[str(_("Not given"))] = [counts[side.pk, ""] for side in sides]
    return _table("gender", title, sides, table, _("As far as people have given it in their profile."))


def _budgets(sides: Sequence[CallAgency], counted: Mapping[int, int]) -> Iterable[Breakdown]:
    """Yield for each side what was asked for, by kind of cost and for a record; each in its own currency."""
    asked = (
        BudgetLine.objects.filter(proposal__in=counted)
        .order_by()
        .values_list("proposal_id", "kind")
        .annotate(sum=Sum(F("quantity") * F("unit_cost"), output_field=MONEY))
    )
    by_record: dict[int, dict[int, Decimal]] = {side.pk: {} for side in sides}
    by_kind: dict[int, dict[str, Decimal]] = {side.pk: defaultdict(Decimal) for side in sides}
    for proposal_id, kind, amount in asked:
        side_id = counted[proposal_id]
        by_kind[side_id][kind] += amount
        by_record[side_id][proposal_id] = by_record[side_id].get(proposal_id, Decimal(0)) + amount
    for side in sides:
        yield _budget(side, by_kind[side.pk], list(by_record[side.pk].values()))


def _budget(side: CallAgency, by_kind: Mapping[str, Decimal], sums: Sequence[Decimal]) -> Breakdown:
    language = (get_language() or "en")[:2]

    def row(label: str | Promise, amount: Decimal) -> Row:
        text = formats.money(round(amount, side.decimals), side.currency, language)
        return Row(str(label), (Value(amount, text),))

    kinds = tuple(row(kind.label, by_kind[kind]) for kind in CostKind if by_kind.get(kind))
    title, total = _("Budget asked of %(agency)s") % {"agency": side.agency.acronym}, sum(sums, Decimal(0))
    figures = (
        (
            row(_("All kinds together"), total),
            row(_("Mean of a record"), total / len(sums)),
            row(_("Median of a record"), Decimal(median(sums))),
            row(_("Highest of a record"), max(sums)),
        )
        if sums
        else ()
    )
    return Breakdown(f"budget-{side.agency.code}", title, "", columns_of((side,)), kinds, figures)
